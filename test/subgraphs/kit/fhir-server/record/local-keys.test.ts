import { expect, it } from 'vitest'
import { localKeys } from '../../../../../subgraphs/kit/fhir-server/record/local-keys.ts'

const BASE = 'https://fhir.region.example/R4'

it.each([
  ['Patient/1', 'Patient/1'],
  [`${BASE}/Patient/1`, 'Patient/1'],
  [`${BASE}/Patient/1/_history/2`, 'Patient/1'],
  // Another hospital's server, and one that stands deeper on the same machine.
  ['https://fhir.hospital.example/R4/Patient/1', null],
  [`${BASE}/hospital/Patient/1`, null],
  [`${BASE}-test/Patient/1`, null],
])('%s means %s on this server', (reference, identity) => {
  expect(localKeys({ reference }, BASE).identity).toBe(identity)
})
