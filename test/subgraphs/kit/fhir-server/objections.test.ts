import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { createFhirSource } from '../../../../subgraphs/kit/fhir-server/fhir-source.ts'
import type { RecordSource } from '../../../../subgraphs/kit/record-source.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { objection } from '../fhir/examples/objection.ts'
import { ada, ben, patient } from '../load/resources.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

let server: FhirTestServer
let source: RecordSource

beforeAll(async () => {
  server = await startFhirTestServer()
  source = createFhirSource({
    fhir: { baseUrl: server.baseUrl },
    participant,
    lists: await loadExclusions(),
    clock: () => new Date(Date.now() + 60_000),
  })
})

afterAll(async () => {
  await source?.close()
  await server?.close()
})

it('tells of an objection that stands in the exceptions of a Consent on a FHIR server', async () => {
  const exceptions = (type: string) => ({ provision: [{ type: 'permit', provision: [{ type }] }] })
  await server.put([
    patient('a', ada),
    patient('b', ben),
    { ...objection, id: 'one', policyRule: undefined, provision: exceptions('deny') },
    {
      ...objection,
      id: 'other',
      patient: { reference: 'Patient/b' },
      policyRule: undefined,
      provision: exceptions('permit'),
    },
  ] as unknown as FhirResource[])
  const reading = source.begin({ signal: new AbortController().signal, onExcluded: () => {} })
  const { changes } = await reading.readFeed({ after: null, first: 10 })
  const told = Object.fromEntries(changes.map((one) => [one.nhsNumber, one.objection]))
  expect(told).toEqual({ [ada]: 'UPHELD', [ben]: null })
})
