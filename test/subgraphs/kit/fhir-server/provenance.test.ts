import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, at, observation, patient } from '../load/resources.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

let server: FhirTestServer

beforeAll(async () => {
  server = await startFhirTestServer()
  await server.put([
    patient('a', ada),
    observation('told', at('Patient/a')),
    observation('other', at('Patient/a'), { effectiveDateTime: '2020-01-01' }),
    {
      resourceType: 'Provenance',
      id: 'pv',
      target: [at('Observation/told')],
      recorded: '2026-05-06T10:00:00Z',
      agent: [{ who: { display: 'Nurse Told' } }],
    },
  ] as unknown as FhirResource[])
})
afterAll(() => server?.close())

async function authors(): Promise<unknown> {
  const fhir = { baseUrl: server.baseUrl }
  const signer = await createTestSigner()
  const subgraph: TestSubgraph = await createTestSubgraph({ participant, signer, fhir })
  try {
    const { record } = await subgraph.askRecord(
      ada,
      'observations { nodes { provenance { author } } }',
    )
    return record.observations.nodes.map(
      ({ provenance: [told] }: { provenance: { author: string | null }[] }) => told?.author,
    )
  } finally {
    await subgraph.close()
  }
}

it('asks a FHIR server for the Provenances of what it shows', async () => {
  expect(await authors()).toEqual(['Nurse Told', null])
})

it('does not ask where they cannot be searched for by what they are about', async () => {
  server.meddle(({ url }, { status, body }) => {
    const text = JSON.stringify(body)
    return { status, body: url === '/metadata' ? text.replaceAll('"target"', '"agent"') : body }
  })
  const from = server.seen.length
  expect(await authors()).toEqual([null, null])
  expect(server.seen.slice(from).filter(({ type }) => type === 'Provenance')).toEqual([])
})
