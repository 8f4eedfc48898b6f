import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ada, at, bundle, observation, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const dated = (version: string | undefined, lastUpdated: string | undefined) => ({
  meta: { ...(version && { versionId: version }), ...(lastUpdated && { lastUpdated }) },
})
const state = (more: object = {}) => observation('o', at('Patient/a'), { ...more })
const deletion = (response?: object) => ({
  resourceType: 'Bundle',
  type: 'history',
  entry: [{ request: { method: 'DELETE', url: 'Observation/o' }, ...(response && { response }) }],
})
const past = '2026-01-02T03:04:05Z'

describe.each(['MEMORY', 'TABLES'] as const)('what was deleted, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(async () => {
    await store.clear()
    await store.load([bundle([patient('a', ada)])])
  })
  afterAll(() => store.close())

  it.each([
    ['the state that it was in', state(), undefined, state()],
    [
      'an older state by its time',
      state(dated(undefined, past)),
      undefined,
      state({ ...dated(undefined, past), note: [{ text: 'x' }] }),
    ],
    [
      'the version that it was in',
      state(dated('2', undefined)),
      undefined,
      state({ ...dated('2', undefined), note: [{ text: 'x' }] }),
    ],
    [
      'a version before the deletion’s',
      state(dated('1', undefined)),
      { etag: 'W/"3"' },
      state(dated('2', undefined)),
    ],
  ])('does not come back with %s (it did)', async (_what, first, response, later) => {
    await store.load([bundle([first])])
    await store.load([deletion(response)])
    const report = await store.load([bundle([later])])
    expect(report.counts).toMatchObject([{ resourceType: 'Observation', unchanged: 1 }])
    expect(report.notices).toMatchObject([
      { kind: 'DELETED_BEFORE', resourceType: 'Observation', entries: 1 },
    ])
    expect(await store.items()).toEqual([])
  })

  it('is not brought back by a state that comes after the deletion, and is from before it', async () => {
    expect((await store.load([deletion()])).counts).toMatchObject([{ unchanged: 1 }])
    await store.load([bundle([state(dated('1', past))])])
    expect(await store.items()).toEqual([])
  })

  it('stays deleted by the later of two deletions', async () => {
    await store.load([deletion({ etag: 'W/"3"' })])
    await store.load([deletion({ etag: 'W/"5"' })])
    await store.load([deletion({ etag: 'W/"2"' })])
    await store.load([bundle([state(dated('4', undefined))])])
    expect(await store.items()).toEqual([])
  })

  const inHistory = (resource: object) => ({ resource, request: { method: 'PUT', url: 'x' } })
  const [deleted] = deletion().entry

  it('is not brought back by the older states behind it in a history (it was)', async () => {
    const entry = [deleted, inHistory(state(dated('2', past))), inHistory(state(dated('1', past)))]
    await store.load([{ resourceType: 'Bundle', type: 'history', entry }])
    expect(await store.items()).toEqual([])
  })

  it('is there where a history tells first that it was made anew', async () => {
    const later = { ...dated('3', '2026-02-02T03:04:05Z'), note: [{ text: 'Anew' }] }
    const entry = [inHistory(state(later)), deleted, inHistory(state(dated('1', past)))]
    await store.load([{ resourceType: 'Bundle', type: 'history', entry }])
    expect(await store.items()).toHaveLength(1)
  })

  it('is in its first state of a history that says neither when nor which', async () => {
    const entry = [state({ note: [{ text: 'new' }] }), state({ note: [{ text: 'old' }] })].map(
      inHistory,
    )
    await store.load([{ resourceType: 'Bundle', type: 'history', entry }])
    expect(JSON.stringify(await store.items())).toContain('new')
  })

  it.each([
    ['a later time', undefined, state(dated(undefined, '2999-01-01T00:00:00Z'))],
    ['a later version', { etag: 'W/"3"' }, state(dated('4', undefined))],
    ['other words, where nothing tells when', undefined, state({ note: [{ text: 'Anew' }] })],
  ])('comes back where it is made anew, with %s', async (_what, response, later) => {
    await store.load([bundle([state()])])
    await store.load([deletion(response)])
    await store.load([bundle([later])])
    expect(await store.items()).toHaveLength(1)
    await store.load([deletion({ etag: 'W/"9"' })])
    expect(await store.items()).toEqual([])
  })
})
