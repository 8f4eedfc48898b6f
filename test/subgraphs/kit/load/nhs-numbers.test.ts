import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LoadReport } from '../../../../subgraphs/kit/load/report.ts'
import { ada, at, ben, bundle, nhsIdentifier, observation, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const status = (code: string) => ({
  extension: [
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
      valueCodeableConcept: { coding: [{ code }] },
    },
  ],
})
const withNumbers = (...identifier: object[]) => patient('a', null, { identifier })
const numbered = (more: object, value = ada) => withNumbers({ ...nhsIdentifier(value), ...more })

const withdrawn = [
  ['is marked as old', numbered({ use: 'old' }), 'NHS_NUMBER_WITHDRAWN'],
  ['ended years ago', numbered({ period: { end: '2019-02' } }), 'NHS_NUMBER_WITHDRAWN'],
  ['is a temporary one', numbered({ use: 'temp' }), 'NHS_NUMBER_WITHDRAWN'],
  ['was never traced', numbered(status('trace-required')), 'NHS_NUMBER_NOT_VERIFIED'],
  ['is one of two', withNumbers(nhsIdentifier(ada), nhsIdentifier(ben)), 'SEVERAL_NHS_NUMBERS'],
] as const

const refusalsOf = ({ refusals }: LoadReport) =>
  refusals.map(({ place, resourceType, reason }) => `${place} ${resourceType} ${reason}`)
const countsOf = (report: LoadReport) =>
  report.counts.map(({ resourceType, loaded, unchanged, refused }) => [
    resourceType,
    loaded,
    unchanged,
    refused,
  ])
const namesOf = async () =>
  (await store.patients()).map(({ demographics }) => demographics['name'] as unknown)
const lines = (...resources: object[]) => resources.map((one) => JSON.stringify(one)).join('\n')

describe.each(['MEMORY', 'TABLES'] as const)('NHS numbers, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it.each(withdrawn)('shows nothing of a patient whose number %s', async (_, given, reason) => {
    const report = await store.load([bundle([given, observation('o1', at('Patient/a'))])])
    expect(refusalsOf(report)).toEqual([
      `entry[0] Patient ${reason}`,
      'entry[1] Observation UNKNOWN_PATIENT',
    ])
    expect(report.entries).toBe(2)
    expect(await store.shown()).toEqual({
      items: [],
      relationships: [],
      patients: [],
      resources: [],
    })
  })

  it.each(withdrawn)('refuses line by line whose number %s', async (_, given, reason) => {
    const ndjson = lines(observation('o1', at('Patient/a')), given, patient('b', ben))
    const report = await store.loadText('x.ndjson', ndjson)
    expect(refusalsOf(report)).toEqual([
      `line 2 Patient ${reason}`,
      'line 1 Observation UNKNOWN_PATIENT',
    ])
    expect((await store.patients()).map((row) => row.nhs_number)).toEqual([ben])
  })

  it.each(withdrawn)(
    'takes back a stored patient whose number now %s',
    async (_, given, reason) => {
      await store.load([
        bundle([patient('a', ada), patient('b', ben), observation('o1', at('Patient/a'))]),
      ])
      const [before] = await store.patients()
      const report = await store.load([given])
      expect(refusalsOf(report)).toEqual([` Patient ${reason}`])
      expect(countsOf(report)).toEqual([['Patient', 0, 0, 1]])
      expect(report.patientsChanged).toBe(1)
      expect(await store.items()).toEqual([])
      expect(await namesOf()).toEqual([null, expect.objectContaining({ family: 'Quillfeather' })])
      const [after] = await store.patients()
      expect(after?.change).toBeGreaterThan(before?.change ?? 0)
    },
  )

  it('takes a stored patient back by a line of NDJSON, and gives nothing more to them', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    const given = numbered(status('06'))
    const report = await store.loadText(
      'x.ndjson',
      lines(given, observation('o2', at('Patient/a'))),
    )
    expect(report.refusalCounts).toEqual({ NHS_NUMBER_NOT_VERIFIED: 1, UNKNOWN_PATIENT: 1 })
    expect(await store.items()).toEqual([])
    expect(await namesOf()).toEqual([null])
  })

  it('shows the record again when the number is verified after all', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    await store.load([numbered(status('05'))])
    expect(await store.items()).toEqual([])
    await store.load([numbered(status('01'))])
    expect((await store.items()).map(({ nhs_number }) => nhs_number)).toEqual([ada])
  })

  const stated = (meta: object, given: object = patient('a', ada)) => ({ ...given, meta })

  it.each([
    ['version', { versionId: '7' }, { versionId: '6' }],
    ['time', { lastUpdated: '2026-03-02T10:00:00Z' }, { lastUpdated: '2026-03-02T09:59:00Z' }],
  ])('is not moved by a withdrawal of an older %s', async (_, newer, older) => {
    await store.load([stated(newer), observation('o1', at('Patient/a'))])
    const before = await store.shown()
    const report = await store.load([stated(older, numbered({ use: 'old' }))])
    expect(report.refusalCounts).toEqual({ NHS_NUMBER_WITHDRAWN: 1 })
    expect(countsOf(report)).toEqual([['Patient', 0, 0, 1]])
    expect(await store.shown()).toEqual(before)
  })

  it('lets the newest of several states in one load decide, whatever their order', async () => {
    const good = stated({ versionId: '1' })
    const gone = stated({ versionId: '2' }, numbered(status('02')))
    expect(countsOf(await store.load([gone, good]))).toEqual([['Patient', 0, 1, 1]])
    expect(await store.patients()).toEqual([])
    const back = stated({ versionId: '3' }, patient('a', ada, { name: [{ family: 'Back' }] }))
    expect(countsOf(await store.load([back, gone]))).toEqual([['Patient', 1, 0, 1]])
    expect(await namesOf()).toEqual([expect.objectContaining({ family: 'Back' })])
  })

  it('lets nobody take back what another has under the same id', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    const before = await store.shown()
    const other = { birthDate: '1990-09-09', identifier: [{ ...nhsIdentifier(ben), use: 'old' }] }
    const report = await store.load([
      bundle([patient('a', null, other), observation('o2', at('Patient/a'))]),
    ])
    expect(report.refusalCounts).toEqual({ NHS_NUMBER_WITHDRAWN: 1, UNKNOWN_PATIENT: 1 })
    expect(countsOf(report)).toEqual([
      ['Observation', 0, 0, 1],
      ['Patient', 0, 0, 1],
    ])
    expect(await store.shown()).toEqual(before)
  })

  it('takes a number back that was replaced by one that is not verified yet', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    await store.load([numbered(status('05'), ben)])
    expect(await store.items()).toEqual([])
  })

  it('takes back what has ended since, though the file is the same', async () => {
    const ending = numbered({ period: { end: '2026-06-30' } })
    const on = (day: string) => ({ clock: () => new Date(`${day}T12:00:00Z`) })
    const first = await store.load([ending, observation('o1', at('Patient/a'))], on('2026-06-30'))
    expect(first.refusals).toEqual([])
    const again = await store.load([ending], on('2026-07-01'))
    expect(again.refusalCounts).toEqual({ NHS_NUMBER_WITHDRAWN: 1 })
    expect(await store.items()).toEqual([])
  })

  it('takes back what was stored before numbers were looked at so closely', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    await sql`
      update resource set content = ${JSON.stringify(numbered({ use: 'old' }))}::json,
        is_mapped = false
      where type = 'Patient'`.execute(store.db)
    const report = await store.load([patient('b', ben)])
    expect(report.patientsChanged).toBe(2)
    expect(await store.items()).toEqual([])
    expect(await namesOf()).toEqual([null, expect.objectContaining({ family: 'Quillfeather' })])
  })

  it('forgets by what other numbers a stored patient was found', async () => {
    await store.load([withNumbers(nhsIdentifier(ada), { ...nhsIdentifier(ben), use: 'old' })])
    await sql`
      insert into resource_alias
      values (${`?https://fhir.nhs.uk/Id/nhs-number|${ben}`}, 'Patient', 'a')`.execute(store.db)
    await sql`update resource set is_mapped = false`.execute(store.db)
    await store.load([])
    const named = { type: 'Patient', identifier: nhsIdentifier(ben) }
    const report = await store.load([observation('o1', named)])
    expect(report.refusalCounts).toEqual({ UNKNOWN_PATIENT: 1 })
  })

  it('shows what has ended since as former, and what has begun as present, though the file is the same', async () => {
    const moving = patient('a', ada, {
      name: [
        { family: 'Sooner', period: { end: '2031-05-31' } },
        { family: 'Later', period: { start: '2031-06-01' } },
      ],
    })
    const on = (day: string) => ({ clock: () => new Date(`${day}T12:00:00Z`) })
    const loaded = async (day: string) => (await store.load([moving], on(day))).counts[0]?.loaded
    expect([await loaded('2031-05-30'), await loaded('2031-05-31')]).toEqual([1, 0])
    expect(await namesOf()).toEqual([expect.objectContaining({ family: 'Sooner' })])
    expect(await loaded('2031-06-02')).toBe(1)
    expect(await namesOf()).toEqual([expect.objectContaining({ family: 'Later' })])
  })

  it('leaves another Patient under the number alone', async () => {
    await store.load([patient('a', ada), patient('b', ada), observation('o1', at('Patient/b'))])
    await store.load([numbered({ use: 'old' })])
    expect((await store.items()).map(({ nhs_number }) => nhs_number)).toEqual([ada])
    expect(await namesOf()).toEqual([expect.objectContaining({ family: 'Quillfeather' })])
  })

  it('does not give what names a number to whom it is only an old number of', async () => {
    const kept = withNumbers(nhsIdentifier(ada), { ...nhsIdentifier(ben), use: 'old' })
    const named = { type: 'Patient', identifier: nhsIdentifier(ben) }
    const report = await store.load([bundle([kept, observation('o1', named)])])
    expect(refusalsOf(report)).toEqual(['entry[1] Observation UNKNOWN_PATIENT'])
    await store.load([bundle([patient('b', ben), observation('o1', named)])])
    expect((await store.items()).map(({ nhs_number }) => nhs_number)).toEqual([ben])
  })

  it.each([
    ['that is old', numbered({ use: 'old' })],
    ['that is not verified', numbered(status('03'))],
  ])('does not know a contained patient by a number %s', async (_, given) => {
    const contained = [{ ...given, id: 'me' }]
    const report = await store.load([
      patient('b', ada),
      observation('o1', at('#me'), { contained }),
    ])
    expect(report.refusalCounts).toEqual({ UNKNOWN_PATIENT: 1 })
  })

  it('tells what a number replaced, by a link to a Patient who is known or by an old number', async () => {
    const third = '9990000034'
    const kept = patient('a', null, {
      identifier: [nhsIdentifier(ada), { ...nhsIdentifier(third), use: 'old' }],
      link: [{ type: 'replaces', other: at('Patient/b') }],
    })
    await store.load([kept])
    await store.load([patient('b', ben)])
    const { patients } = (await store.shown()) as { patients: { supersedes: string[] }[] }
    expect(patients.map(({ supersedes }) => supersedes)).toEqual([[ben, third], []])
  })
})
