import Fastify from 'fastify'
import { type DocumentNode, execute, parse } from 'graphql'
import { decodeJwt } from 'jose'
import type { AssertionClaims } from '../../../subgraphs/kit/assertion/claims.ts'
import { systemClock } from '../../../subgraphs/kit/clock.ts'
import type { ExclusionLists } from '../../../subgraphs/kit/exclusions/exclusion-lists.ts'
import { loadBundles } from '../../../subgraphs/kit/load/load-bundles.ts'
import type { Participant } from '../../../subgraphs/kit/participant.ts'
import { createStoreSource } from '../../../subgraphs/kit/reading/store-source.ts'
import { createContext } from '../../../subgraphs/kit/resolvers/context.ts'
import { createExecutableSchema } from '../../../subgraphs/kit/resolvers/executable-schema.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../../subgraphs/kit/store/tables.ts'
import { createDatabase } from '../../support/postgres.ts'

const NOTHING: ExclusionLists = {
  snomed: new Set(),
  loinc: new Set(),
  icd10: new Set(),
  opcs4: new Set(),
  treatmentFunctions: new Set(),
  labels: new Set(),
  digest: 'nothing',
}

/** A participant's subgraph that excludes nothing and looks at no signature. */
export async function startCarelessSource(participant: Participant, bundle: object) {
  const database = await createDatabase()
  const db = connect<ParticipantDatabase>(database.url, 4)
  await migrateStore(db)
  await loadBundles(db, participant, [{ name: 'careless', bundle }], { exclusions: NOTHING })
  const source = createStoreSource(db, participant, NOTHING)
  const schema = await createExecutableSchema(participant, source, systemClock)
  const documents = new Map<string, DocumentNode>()
  const server = Fastify()
  server.post('/graphql', async (request) => {
    const { query, variables } = request.body as { query: string; variables?: object }
    const document = documents.get(query) ?? parse(query)
    documents.set(query, document)
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    const claims = decodeJwt(token) as unknown as AssertionClaims
    const { signal } = new AbortController()
    const contextValue = createContext(source.begin({ signal, onExcluded: () => {} }), claims)
    return execute({ schema, document, contextValue, variableValues: { ...variables } })
  })
  const address = await server.listen({ port: 0 })
  return {
    url: `${address.replace('[::1]', '127.0.0.1')}/graphql`,
    async close() {
      await server.close()
      await source.close()
      await database.drop()
    },
  }
}
