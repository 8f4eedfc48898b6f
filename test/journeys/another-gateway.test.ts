import { readFile } from 'node:fs/promises'
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation'
import { type DocumentNode, execute, type GraphQLSchema, parse, print } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAssertionSigner } from '../../gateway/federation/assertion.ts'
import { indexContext } from '../../gateway/index-context.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ stories: ['ada'] })
})

afterAll(() => system?.close())

it('another federation gateway serves the view by source from the same supergraph.graphql', async () => {
  const schema = await anotherGateway()
  const result = await execute({
    schema,
    document: parse(`{ patient(nhsNumber: "${ADA}") {
      name { text }
      records { __typename nhsNumber allergies { status nodes { id provenance { participant } } } }
    } }`),
  })
  expect(result.errors).toBeUndefined()
  const { data } = await system.ask(`{ patient(nhsNumber: "${ADA}") {
    name { text }
    records { __typename nhsNumber allergies { status nodes { id provenance { participant } } } }
  } }`)
  expect(JSON.parse(JSON.stringify(result.data))).toEqual(data)
  expect(data.patient.records.length).toBeGreaterThanOrEqual(4)
})

/** Stitching as Hive Gateway does it, with our subgraphs' assertions on its calls. */
async function anotherGateway(): Promise<GraphQLSchema> {
  const supergraphSdl = await readFile('supergraph.graphql', 'utf8')
  const sign = createAssertionSigner(system.keys.gateway.privateJwk)
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    onSubschemaConfig(subschema) {
      subschema.executor = async ({ document, variables }) =>
        subschema.name.toLowerCase() === 'index'
          ? askIndex(document, variables)
          : askSubgraph(subschema.name.toLowerCase(), document, variables)
    },
  })

  async function askIndex(document: DocumentNode, variableValues: Record<string, unknown> = {}) {
    const located = await system.index.locate(ADA)
    const nobody = async () => ({ permitted: false, code: 'NO_LEGITIMATE_RELATIONSHIP' }) as const
    const contextValue = indexContext({} as never, located ? [located] : [], nobody, () => {})
    return execute({ schema: system.index.schema, document, variableValues, contextValue }) as never
  }

  async function askSubgraph(code: string, document: DocumentNode, variables: unknown) {
    const assertion = sign(code, {
      sub: '555000000001',
      requested_scope: 'patient/*.read',
      patient: { nhs_number: ADA, is_sensitive: false },
      relationship: { kind: 'ATTENDANCE' },
      requesting_organization: { ods_code: 'RJZ' },
      requesting_practitioner: {
        sds_user_id: '555000000001',
        sds_role_profile_id: '1',
        role_code: 'R0050',
        activity_codes: [],
      },
      purpose: 'TREAT',
      request_id: 'another-gateway',
    })
    const response = await fetch(system.subgraphs.get(code)?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${assertion}` },
      body: JSON.stringify({ query: print(document), variables }),
    })
    return (await response.json()) as never
  }
}
