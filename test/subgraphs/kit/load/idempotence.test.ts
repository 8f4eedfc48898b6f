import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ada, at, ben, bundle, observation, patient, practitioner } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const resultOf = async (id: string) => {
  const found = (await store.items()).find((item) => item.resource_id === id)
  return (found?.item['value'] as { value?: number } | undefined)?.value
}
const heartRate = (value: number, meta: object = {}) =>
  observation('o1', at('Patient/a'), { valueQuantity: { value, unit: '/min' }, meta })

describe.each(['MEMORY', 'TABLES'] as const)('loading again, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  const data = [
    bundle([
      ['urn:uuid:1', patient('a', ada)],
      ['urn:uuid:2', practitioner('p', 'Once')],
      ['urn:uuid:3', observation('o1', at('urn:uuid:1'), { performer: [at('urn:uuid:2')] })],
      ['urn:uuid:4', { ...observation('x', at('urn:uuid:1')), id: undefined }],
    ]),
    // The same practitioner, otherwise written: as Synthea's bundles do.
    bundle([practitioner('p', 'Twice'), observation('o2', at('Patient/a'))]),
    observation('o3', at('Patient/a')),
    {
      ...observation('x', at('Patient/a')),
      id: undefined,
      identifier: [{ system: 's', value: 'v' }],
    },
    { ...observation('x', at('Patient/a'), { status: 'amended' }), id: undefined },
  ]

  it('changes nothing and says so', async () => {
    const first = await store.load(data)
    expect(first.counts.map((row) => [row.resourceType, row.loaded, row.unchanged])).toEqual([
      ['Observation', 6, 0],
      ['Patient', 1, 0],
      ['Practitioner', 1, 1],
    ])
    const before = { ...(await readAll()) }
    const again = await store.load(data)
    expect(again.counts.map((row) => [row.resourceType, row.loaded, row.unchanged])).toEqual([
      ['Observation', 0, 6],
      ['Patient', 0, 1],
      ['Practitioner', 0, 2],
    ])
    expect(again.patientsChanged).toBe(0)
    expect(await readAll()).toEqual(before)
  })

  it('knows a resource again when only its formatting differs', async () => {
    await store.load(data)
    const report = await store.loadText('x.json', JSON.stringify(data[1], null, 4))
    expect(report.counts.map((row) => row.loaded)).toEqual([0, 0])
  })

  const readAll = async () => ({ shown: await store.shown(), patients: await store.patients() })
})

describe.each(['MEMORY', 'TABLES'] as const)('versions, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it.each([
    ['an older version', { versionId: '10' }, { versionId: '9' }, 72],
    ['a newer version', { versionId: '9' }, { versionId: '10' }, 99],
    [
      'an older time',
      { lastUpdated: '2026-02-01T00:00:00Z' },
      { lastUpdated: '2026-01-31T23:59:59Z' },
      72,
    ],
    [
      'a newer time',
      { lastUpdated: '2026-01-31T23:59:59Z' },
      { lastUpdated: '2026-02-01T00:00:00Z' },
      99,
    ],
    ['no version', { versionId: '7' }, {}, 99],
    ['a version that is no number', { versionId: 'b' }, { versionId: 'a' }, 99],
  ])('meets %s', async (_, stored, loaded, expected) => {
    await store.load([patient('a', ada), heartRate(72, stored)])
    const report = await store.load([heartRate(99, loaded)])
    expect(await resultOf('o1')).toBe(expected)
    const [row] = report.counts
    expect([row?.loaded, row?.unchanged]).toEqual(expected === 99 ? [1, 0] : [0, 1])
  })

  it('takes the newest of several in one load, whatever their order', async () => {
    const report = await store.load([
      heartRate(3, { versionId: '3' }),
      heartRate(1, { versionId: '1' }),
      heartRate(2, { versionId: '2' }),
      patient('a', ada),
    ])
    expect(await resultOf('o1')).toBe(3)
    expect(report.counts[0]).toMatchObject({ loaded: 1, unchanged: 2 })
  })

  it('takes the last of several that do not say', async () => {
    await store.load([patient('a', ada), heartRate(1), heartRate(2)])
    expect(await resultOf('o1')).toBe(2)
  })

  it('numbers a patient once more for each change, and dates the record', async () => {
    const clock = (day: number) => () => new Date(Date.UTC(2026, 0, day))
    await store.load([patient('a', ada), patient('b', ben), heartRate(1)], { clock: clock(1) })
    const [first] = await store.patients()
    await store.load([heartRate(2)], { clock: clock(2) })
    const [second, other] = await store.patients()
    expect(second?.change).toBeGreaterThan(first?.change ?? 0)
    expect(second?.as_of).toEqual(clock(2)())
    expect(other?.as_of).toEqual(clock(1)())
  })
})

describe.each(['MEMORY', 'TABLES'] as const)('deletions, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  const deletion = (url: string, response?: object) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url }, response }],
  })

  it('removes a resource with its entries, and counts one that is not there as unchanged', async () => {
    await store.load([patient('a', ada), heartRate(72)])
    const [before] = await store.patients()
    const report = await store.load([deletion('Observation/o1'), deletion('Observation/none')])
    expect(await store.items()).toEqual([])
    expect(report.counts).toMatchObject([{ resourceType: 'Observation', loaded: 1, unchanged: 1 }])
    expect((await store.patients())[0]?.change).toBeGreaterThan(before?.change ?? 0)
  })

  it('reads a history from its newest entry on', async () => {
    await store.load([patient('a', ada)])
    await store.load([
      {
        resourceType: 'Bundle',
        type: 'history',
        entry: [
          { request: { method: 'DELETE', url: 'Observation/o1' }, response: { etag: 'W/"3"' } },
          {
            resource: heartRate(2, { versionId: '2' }),
            request: { method: 'PUT', url: 'Observation/o1' },
          },
          {
            resource: heartRate(1, { versionId: '1' }),
            request: { method: 'POST', url: 'Observation' },
          },
        ],
      },
    ])
    expect(await store.items()).toEqual([])
  })

  it('takes what comes after a deletion in the same load', async () => {
    await store.load([patient('a', ada), heartRate(1)])
    await store.load([deletion('Observation/o1'), heartRate(2)])
    expect(await resultOf('o1')).toBe(2)
  })

  it('hides the entries of a patient who was removed, until the patient is back', async () => {
    await store.load([patient('a', ada), heartRate(72)])
    await store.load([deletion('Patient/a')])
    expect(await store.items()).toEqual([])
    expect(JSON.stringify((await store.patients())[0]?.demographics)).not.toContain('Quillfeather')
    await store.load([patient('a', ada, { meta: { lastUpdated: '2999-01-01T00:00:00Z' } })])
    expect(await resultOf('o1')).toBe(72)
  })
})
