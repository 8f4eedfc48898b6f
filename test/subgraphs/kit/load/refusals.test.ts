import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ada, at, ben, bundle, observation, patient, practitioner } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const reasons = (report: Awaited<ReturnType<TestStore['load']>>) =>
  report.refusals.map(({ file, place, resourceType, reason }) =>
    [file, place, resourceType, reason].join(' '),
  )

describe.each(['MEMORY', 'TABLES'] as const)('refusals, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it('names file, entry, type and reason, and takes the rest', async () => {
    const report = await store.load([
      bundle([
        patient('a', ada),
        'no resource',
        { id: 'typeless' },
        { resourceType: 'observation', id: 'x' },
        observation('has space', at('Patient/a')),
        observation('o1', undefined),
        observation('o2', at('Patient/nobody')),
        observation('o3', at('Patient/a')),
        observation('o4', at('Group/g')),
      ]),
    ])
    expect(reasons(report)).toEqual([
      'bundle-0 entry[1]  NOT_A_RESOURCE',
      'bundle-0 entry[2]  NO_RESOURCE_TYPE',
      'bundle-0 entry[3]  NO_RESOURCE_TYPE',
      'bundle-0 entry[4] Observation INVALID_ID',
      'bundle-0 entry[5] Observation NO_PATIENT',
      'bundle-0 entry[8] Observation NO_PATIENT',
      'bundle-0 entry[6] Observation UNKNOWN_PATIENT',
    ])
    expect(report.entries).toBe(9)
    expect((await store.items()).map((item) => item.resource_id)).toEqual(['o3'])
  })

  it.each([
    ['no NHS number', null, 'NO_NHS_NUMBER'],
    ['an NHS number whose check digit is wrong', '9990000017', 'INVALID_NHS_NUMBER'],
  ])('refuses a patient with %s, and all that hangs on that patient', async (_, number, reason) => {
    const report = await store.load([
      bundle([
        ['urn:uuid:1', patient('a', number)],
        observation('o1', at('urn:uuid:1')),
        observation('o2', at('Patient/a')),
        practitioner('p', 'Stays'),
      ]),
      bundle([patient('b', ben), observation('o3', at('Patient/b'))]),
    ])
    expect(reasons(report)).toEqual([
      `bundle-0 entry[0] Patient ${reason}`,
      'bundle-0 entry[1] Observation UNKNOWN_PATIENT',
      'bundle-0 entry[2] Observation UNKNOWN_PATIENT',
    ])
    expect((await store.items()).map((item) => item.nhs_number)).toEqual([ben])
    expect((await store.patients()).map((row) => row.nhs_number)).toEqual([ben])
  })

  it('does not give what hangs on a refused patient to the one stored under the same id', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    const before = await store.shown()
    const report = await store.load([
      bundle([
        patient('a', null),
        observation('o2', at('Patient/a')),
        observation('o1', at('Patient/a'), { status: 'amended' }),
      ]),
    ])
    expect(report.refusalCounts).toEqual({ NO_NHS_NUMBER: 1, UNKNOWN_PATIENT: 2 })
    expect(await store.shown()).toEqual(before)
  })

  it('counts what the contract does not know as unsupported, by type', async () => {
    const report = await store.load([
      bundle(
        [
          { resourceType: 'Claim', id: 'c' },
          { resourceType: 'ExplanationOfBenefit', id: 'e' },
          { resourceType: 'OperationOutcome' },
          patient('a', ada),
        ],
        'searchset',
      ),
      {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [{ request: { method: 'GET', url: 'Patient/1' } }],
      },
    ])
    expect(report.counts.map((row) => [row.resourceType, row.unsupported, row.loaded])).toEqual([
      ['Claim', 1, 0],
      ['ExplanationOfBenefit', 1, 0],
      ['OperationOutcome', 1, 0],
      ['Patient', 1, 1],
    ])
    expect(report.refusals).toEqual([])
  })

  it('keeps what came before a file breaks off, and goes on with the next file', async () => {
    const whole = JSON.stringify(bundle([patient('a', ada), observation('o1', at('Patient/a'))]))
    const report = await store.loadText('x.json', `${whole.slice(0, -40)}`)
    expect(reasons(report)).toEqual(['x.json entry[1]  TRUNCATED'])
    expect((await store.patients()).length).toBe(1)
  })

  it('refuses what the database cannot hold alone, not with its batch', async () => {
    await sql`alter table item add constraint made_to_fail check (status <> 'AMENDED')`.execute(
      store.db,
    )
    try {
      const observations = Array.from({ length: 20 }, (_, index) =>
        observation(`o${index}`, at('Patient/a'), {
          status: index % 7 === 3 ? 'amended' : 'final',
        }),
      )
      const report = await store.load([patient('a', ada), bundle(observations)])
      expect(reasons(report)).toEqual([
        'bundle-1 entry[3] Observation NOT_STORABLE',
        'bundle-1 entry[10] Observation NOT_STORABLE',
        'bundle-1 entry[17] Observation NOT_STORABLE',
      ])
      expect(report.counts[0]).toMatchObject({ loaded: 17, refused: 3 })
      expect((await store.items()).length).toBe(17)
    } finally {
      await sql`alter table item drop constraint made_to_fail`.execute(store.db)
    }
  })

  it('stores NUL characters and lone surrogates as far as they can be stored', async () => {
    const report = await store.loadText(
      'x.ndjson',
      [
        JSON.stringify(patient('a', ada)),
        JSON.stringify(observation('o1', at('Patient/a'))).replace(
          '364075005',
          '36\\u0000\\ud8004',
        ),
      ].join('\n'),
    )
    expect(report.refusals).toEqual([])
    expect((await store.items()).length).toBe(1)
  })
})
