import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, at, patient } from '../load/resources.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

let server: FhirTestServer
let subgraph: TestSubgraph

beforeAll(async () => {
  server = await startFhirTestServer()
  const signer = await createTestSigner()
  subgraph = await createTestSubgraph({ participant, signer, fhir: { baseUrl: server.baseUrl } })
})
afterAll(async () => {
  await subgraph?.close()
  await server?.close()
})

it('shows numbers with the digits that a FHIR server writes', async () => {
  const potassium = {
    resourceType: 'Observation',
    id: 'k',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: 'Potassium' },
    subject: at('Patient/a'),
    valueQuantity: { value: 5, unit: 'mmol/L' },
  }
  await server.put([patient('a', ada), potassium] as unknown as FhirResource[])
  server.meddle((_, { status, body }) => ({
    status,
    body: JSON.stringify(body).replaceAll('"value":5,', '"value":5.0,'),
  }))
  const { record } = await subgraph.askRecord(ada, 'testResults { nodes { value { value text } } }')
  expect(record.testResults.nodes).toEqual([{ value: { value: 5, text: '5.0 mmol/L' } }])
})
