import type { FastifyInstance } from 'fastify'
import type { GraphQLFormattedError } from 'graphql'
import type { Kysely } from 'kysely'
import { createSubgraph, type SubgraphOptions } from '../../../subgraphs/kit/create-subgraph.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import type { ParticipantDatabase } from '../../../subgraphs/kit/store/tables.ts'
import { participant as nel } from '../../../subgraphs/nel/participant.ts'
import { createDatabase } from '../../support/postgres.ts'
import { createTestSigner, type TestAssertion, type TestSigner } from './test-signer.ts'

/** One participant's subgraph over a database of its own. */
export interface TestSubgraph {
  readonly server: FastifyInstance
  readonly db: Kysely<ParticipantDatabase>
  /** Asks for a selection on one patient's record, with an assertion for that patient. */
  askRecord(nhsNumber: string, selection: string, asked?: Asked): Promise<RecordAnswer>
  /** Sends any operation with an assertion about no patient. */
  ask(query: string, scope?: 'participant.read' | 'feed.read'): Promise<Answer>
  close(): Promise<void>
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed.
type Data = any

interface Answer {
  readonly status: number
  readonly data: Data
  readonly errors?: readonly GraphQLFormattedError[]
}

/** Who asks, as the assertion says, and fragments that the selection uses. */
interface Asked extends Pick<TestAssertion, 'roleCode' | 'activityCodes' | 'claims'> {
  readonly fragments?: string
}

interface RecordAnswer extends Answer {
  /** The record, or null. */
  readonly record: Data
}

export async function createTestSubgraph({
  signer: given,
  ...options
}: Partial<SubgraphOptions> & { readonly signer?: TestSigner } = {}): Promise<TestSubgraph> {
  const database = await createDatabase()
  const signer = given ?? (await createTestSigner())
  const participant = options.participant ?? nel
  const server = await createSubgraph({
    participant,
    // Beside a FHIR server there is a database all the same, which nobody reads.
    ...(options.fhir ? {} : { databaseUrl: database.url }),
    gatewayKeys: signer.keys,
    ...options,
  })
  const db = connect<ParticipantDatabase>(database.url, 2)
  const recordType = `${participant.code.charAt(0).toUpperCase()}${participant.code.slice(1)}Record`

  async function send(authorization: string, payload: object): Promise<Answer> {
    const answer = await server.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization },
      payload,
    })
    return { status: answer.statusCode, ...answer.json() }
  }

  return {
    server,
    db,
    async askRecord(nhsNumber, selection, { fragments = '', ...reader } = {}) {
      const assertion = { participant: participant.code, nhsNumber, ...reader }
      const answer = await send(await signer.sign(assertion), {
        query: `query ($r: [_Any!]!) {
          _entities(representations: $r) { ... on ${recordType} { ${selection} } }
        } ${fragments}`,
        variables: { r: [{ __typename: recordType, nhsNumber }] },
      })
      return { ...answer, record: answer.data?._entities?.[0] ?? null }
    },
    async ask(query, scope = 'participant.read') {
      return send(await signer.sign({ participant: participant.code, scope }), { query })
    },
    async close() {
      await db.destroy()
      await server.close()
      await database.drop()
    },
  }
}
