import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ada, at, ben, bundle, observation, patient, practitioner } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const people = [patient('a', ada), patient('b', ben, { name: [{ family: 'Oakes' }] })]
const ods = 'https://fhir.nhs.uk/Id/ods-organization-code'
const recordedBy = (code: string) => ({ meta: { tag: [{ system: ods, code }] } })
const known = (value: string, system = 'https://lab.example/result') => ({
  identifier: [{ system, value }],
})
const result = (more: object = {}, who = 'a') =>
  observation('o1', at(`Patient/${who}`), { code: { text: 'Sodium' }, ...more })
const immunisation = (more: object = {}) => ({
  resourceType: 'Immunization',
  id: 'i1',
  status: 'completed',
  patient: at('Patient/a'),
  vaccineCode: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] },
  occurrenceDateTime: '2025-10-01',
  ...more,
})
const request = (more: object) => ({
  resourceType: 'MedicationRequest',
  id: 'm1',
  status: 'active',
  intent: 'order',
  subject: at('Patient/a'),
  ...more,
})

const others: readonly (readonly [string, object, object])[] = [
  ['another patient', result(), result({}, 'b')],
  ['another patient and a later version', result(), result({ meta: { versionId: '9' } }, 'b')],
  ['another code', result(), result({ code: { text: 'Potassium' } })],
  [
    'another vaccine',
    immunisation(),
    immunisation({ vaccineCode: { coding: [{ system: 'http://snomed.info/sct', code: '2' }] } }),
  ],
  [
    'another day of vaccination',
    immunisation(),
    immunisation({ occurrenceDateTime: '2024-10-01' }),
  ],
  [
    'another medicine',
    request({ medicationCodeableConcept: { text: 'Warfarin' } }),
    request({ medicationCodeableConcept: { text: 'Apixaban' } }),
  ],
  [
    'another Medication',
    request({ medicationReference: at('Medication/w') }),
    request({ medicationReference: at('Medication/x') }),
  ],
  ['another organisation', result(recordedBy('R1H')), result(recordedBy('RAX'))],
  ['another number of one laboratory', result(known('1')), result(known('2'))],
  ['another time', result(), result({ effectiveDateTime: '2026-05-07T07:08:09+01:00' })],
  [
    'another organisation’s code',
    { resourceType: 'Organization', id: 'g', name: 'Oak', ...known('F84001', ods) },
    { resourceType: 'Organization', id: 'g', name: 'Elm', ...known('F84002', ods) },
  ],
]
const updates: readonly (readonly [string, object, object])[] = [
  ['a status', result(), result({ status: 'amended' })],
  [
    'a code beside the words',
    result(),
    result({ code: { text: ' SODIUM ', coding: [{ code: '7' }] } }),
  ],
  ['the time in another zone', result(), result({ effectiveDateTime: '2026-05-06T06:08:09Z' })],
  [
    'the hour of a day of London',
    result({ effectiveDateTime: '2026-05-07' }),
    result({ effectiveDateTime: '2026-05-06T23:30:00Z' }),
  ],
  ['the hour of a day', result({ effectiveDateTime: '2026-05-06' }), result()],
  ['a number that was missing', result(), result(known('1'))],
  ['a number of another system', result(known('1')), result(known('2', 'https://gp.example/id'))],
  ['a practitioner’s name', practitioner('p', 'Once'), practitioner('p', 'Twice')],
]

const sameId = (report: { refusalCounts: object }) => report.refusalCounts

describe.each(['MEMORY', 'TABLES'] as const)('one id without a server, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it.each(others)('refuses both of one load with %s, in either order', async (_, one, other) => {
    for (const pair of [
      [one, other],
      [other, one],
    ]) {
      await store.clear()
      expect(sameId(await store.load([...people, bundle(pair)]))).toEqual({ SAME_ID: 2 })
      expect(await store.items()).toEqual([])
    }
  })

  it.each(others)('keeps what is stored from %s', async (_, one, other) => {
    await store.load([...people, one])
    const before = await store.shown()
    const report = await store.load([bundle([other])])
    expect(report.refusals).toMatchObject([{ place: 'entry[0]', reason: 'SAME_ID' }])
    expect(await store.shown()).toEqual(before)
    expect(sameId(await store.load([one, other]))).toEqual({ SAME_ID: 2 })
    expect(await store.shown()).toEqual(before)
  })

  it.each(updates)('takes a state that brings %s for an update', async (_, one, other) => {
    await store.load([...people, one])
    expect(sameId(await store.load([other]))).toEqual({})
    await store.clear()
    expect(sameId(await store.load([...people, one, other]))).toEqual({})
  })

  it('keeps what a state that says no more of what it is would take away', async () => {
    const unnamed = result({ code: undefined })
    await store.load([...people, result()])
    const before = await store.shown()
    expect(sameId(await store.load([unnamed]))).toEqual({ SAME_ID: 1 })
    expect(await store.shown()).toEqual(before)
    const withdrawn = result({ code: undefined, status: 'entered-in-error' })
    expect(sameId(await store.load([withdrawn]))).toEqual({})
    expect(await store.shown()).not.toEqual(before)
  })

  it('is mended by naming the systems', async () => {
    const [first, second] = [result(), result({}, 'b')]
    await store.load([...people, first], { source: 'one' })
    await store.load([...people, second], { source: 'two' })
    const owners = (await store.items()).map((item) => item.nhs_number).sort()
    expect(owners).toEqual([ada, ben])
  })

  it('moves a record of a named server to another patient when that is put right', async () => {
    await store.load([...people, result()], { source: 'one' })
    const report = await store.load([result({}, 'b')], { source: 'one' })
    expect(report.refusals).toEqual([])
    expect((await store.items()).map((item) => item.nhs_number)).toEqual([ben])
  })

  it('follows a patient whose number is put right together with the record', async () => {
    await store.load([patient('a', ada), result()])
    const report = await store.load([result({ status: 'amended' }), patient('a', ben)])
    expect(report.refusals).toEqual([])
    expect((await store.items()).map((item) => item.nhs_number)).toEqual([ben])
  })

  it('refuses the same whatever the order of the entries and of the files', async () => {
    const entries = [...people, result(), result({}, 'b'), immunisation(), practitioner('p', 'P')]
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(entries, { minLength: entries.length }),
        fc.nat(entries.length),
        async (some, cut) => {
          await store.clear()
          const report = await store.load([bundle(some.slice(0, cut)), bundle(some.slice(cut))])
          expect(report.refusalCounts).toEqual({ SAME_ID: 2 })
          expect((await store.items()).map((item) => item.resource_id)).toEqual(['i1'])
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe.each(['MEMORY', 'TABLES'] as const)('one id for two people, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  const named = (family: string, given: string | undefined) => ({
    name: [{ family, ...(given === undefined ? {} : { given: [given] }) }],
  })
  const peopleApart: readonly (readonly [string, object, object])[] = [
    ['twins', named('Pell', 'Ann'), named('Pell', 'Eve')],
    ['twins without given names', named('Pell', undefined), named('Pell', undefined)],
    ['strangers of one birth date', named('Pell', 'Ann'), named('Rook', 'Ann')],
    ['people without birth dates', { birthDate: undefined }, { birthDate: undefined }],
  ]

  for (const source of [undefined, 'royal-oak']) {
    const server = source === undefined ? 'no server' : 'a named server'
    it.each(peopleApart)(`does not make one of %s, of ${server}`, async (_, one, other) => {
      const [first, second] = [patient('a', ada, { ...one }), patient('a', ben, { ...other })]
      const part = [first, observation('o1', at('Patient/a'))]
      await store.load([bundle(part)], { source })
      const before = await store.shown()
      const report = await store.load([bundle([second, observation('o2', at('Patient/a'))])], {
        source,
      })
      expect(report.refusalCounts).toEqual({ DIFFERENT_PATIENT: 1, UNKNOWN_PATIENT: 1 })
      expect(await store.shown()).toEqual(before)
      await store.clear()
      const both = await store.load([bundle(part), bundle([second])], { source })
      expect(both.refusalCounts).toEqual({ DIFFERENT_PATIENT: 2, UNKNOWN_PATIENT: 1 })
      expect(await store.items()).toEqual([])
    })
  }

  it('moves the record of one person, however the name is written', async () => {
    await store.load([
      patient('a', ada, named('Brontë', 'ANNE')),
      observation('o1', at('Patient/a')),
    ])
    const report = await store.load([patient('a', ben, named('BRONTE', 'Anne'))])
    expect(report.refusals).toEqual([])
    expect((await store.items()).map((item) => item.nhs_number)).toEqual([ben])
  })
})
