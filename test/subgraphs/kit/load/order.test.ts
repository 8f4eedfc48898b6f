import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ada,
  at,
  ben,
  bundle,
  medication,
  medicationRequest,
  nhsIdentifier,
  observation,
  patient,
  practitioner,
} from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: at('urn:uuid:a'),
  serviceProvider: at('Organization?identifier=https://fhir.nhs.uk/Id/ods-organization-code|R1H'),
  period: { start: '2026-02-03T10:00:00Z', end: '2026-02-03T10:20:00Z' },
}
const entries: readonly unknown[] = [
  ['urn:uuid:a', patient('a', ada, { generalPractitioner: [at('Organization/barts')] })],
  ['urn:uuid:b', patient('b', ben)],
  [
    'https://fhir.example/Organization/barts',
    {
      resourceType: 'Organization',
      id: 'barts',
      name: 'Barts',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'R1H' }],
    },
  ],
  ['urn:uuid:p', practitioner('p', 'Marchbanks')],
  ['urn:uuid:e', encounter],
  observation('o1', at('urn:uuid:a'), {
    encounter: at('urn:uuid:e'),
    performer: [at('urn:uuid:p')],
  }),
  observation('o2', at('Patient/b'), { performer: [at('urn:uuid:p')] }),
  observation('o3', { identifier: nhsIdentifier(ben) }),
  medicationRequest('m1', at('urn:uuid:a'), at('urn:uuid:m')),
  ['urn:uuid:m', medication('m', 'Paracetamol')],
]

describe.each(['MEMORY', 'TABLES'] as const)('order, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it('makes no difference within a Bundle', async () => {
    await store.load([bundle(entries)])
    const expected = await store.shown()
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...entries], { minLength: entries.length }),
        async (some) => {
          await store.clear()
          const report = await store.load([bundle(some)])
          expect(report.refusals).toEqual([])
          expect(await store.shown()).toEqual(expected)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('makes no difference between the files of a bulk export', async () => {
    const line = (value: unknown) => JSON.stringify(value)
    const files = [
      [observation('o1', at('Patient/a'), { performer: [at('Practitioner/p')] })],
      [medicationRequest('m1', at('Patient/a'), at('Medication/m'))],
      [patient('a', ada)],
      [practitioner('p', 'Marchbanks')],
      [medication('m', 'Paracetamol')],
    ].map((resources) => resources.map(line).join('\n'))
    await store.loadText('good.ndjson', [...files].reverse().join('\n'))
    const expected = await store.shown()
    await store.clear()
    const report = await store.loadText('hostile.ndjson', files.join('\n'))
    expect(report.refusals).toEqual([])
    expect(await store.shown()).toEqual(expected)
  })

  it('makes no difference between loads, once the patient is known', async () => {
    const parts = [
      [patient('a', ada), patient('b', ben)],
      [observation('o1', at('Patient/a'), { encounter: at('Encounter/e1') })],
      [{ ...encounter, subject: at('Patient/a') }],
      [medicationRequest('m1', at('Patient/a'), at('Medication/m'))],
      [medication('m', 'Paracetamol')],
    ]
    await store.load(parts.flat())
    const expected = await store.shown()
    await store.clear()
    for (const part of parts) await store.load(part)
    expect(await store.shown()).toEqual(expected)
  })
})
