import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readFeed } from '../../../../subgraphs/kit/reading/read-feed.ts'
import { objection } from '../fhir/examples/objection.ts'
import { ada, ben, bundle, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore
let cursor: string | null = null

beforeAll(async () => {
  store = await createTestStore()
})
beforeEach(async () => {
  await store.clear()
  cursor = null
})
afterAll(() => store.close())

/** What the feed tells since it was last read: patients with their objection. */
async function news(): Promise<Record<string, string | null>> {
  const feed = await readFeed(store.db, { after: cursor, contributes: true })
  cursor = feed.cursor
  return Object.fromEntries(feed.changes.map((one) => [one.nhsNumber, one.objection]))
}

describe("A patient's objection in a participant's own record", () => {
  it('is told by the feed, and so is every change of it', async () => {
    await store.load([bundle([patient('a', ada), patient('b', ben)])])
    expect(await news()).toEqual({ [ada]: null, [ben]: null })

    await store.load([bundle([{ ...objection, status: 'proposed' }])])
    expect(await news()).toEqual({ [ada]: 'UNDER_REVIEW' })
    await store.load([bundle([objection])])
    expect(await news()).toEqual({ [ada]: 'UPHELD' })
    await store.load([bundle([{ ...objection, status: 'inactive' }])])
    expect(await news()).toEqual({ [ada]: 'WITHDRAWN' })
    await store.load([bundle([{ ...objection, status: 'entered-in-error' }])])
    expect(await news()).toEqual({ [ada]: null })
  })

  it('counts the one in force among several', async () => {
    await store.load([
      bundle([
        patient('a', ada),
        { ...objection, id: 'old', status: 'inactive' },
        objection,
        { ...objection, id: 'new', status: 'rejected' },
      ]),
    ])
    expect(await news()).toEqual({ [ada]: 'UPHELD' })
  })

  it('goes with the patient whose NHS number is corrected', async () => {
    await store.load([bundle([patient('a', ada), objection])])
    expect(await news()).toEqual({ [ada]: 'UPHELD' })
    await store.load([bundle([patient('a', ben)])])
    expect(await news()).toMatchObject({ [ada]: null, [ben]: 'UPHELD' })
  })

  it('is told when an interrupted load has left it with the former number', async () => {
    await store.load([bundle([patient('a', ben), objection])])
    await store.db
      .updateTable('resource')
      .set({ nhs_number: ada, is_mapped: false })
      .where('type', '=', 'Consent')
      .execute()
    await news()
    await store.load([bundle([])])
    expect(await news()).toEqual({ [ben]: 'UPHELD' })
  })

  it('is no entry of any section', async () => {
    await store.load([bundle([patient('a', ada), objection])])
    expect(await store.items()).toEqual([])
  })
})
