import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putItem, putItems, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const ADA = '9990000018'
const concept = (code: string) => ({
  display: 'Excluded',
  code,
  system: 'http://snomed.info/sct',
  text: null,
  codings: [{ system: 'http://snomed.info/sct', code, display: 'Excluded' }],
})
const hiv = concept('86406008')

let subgraph: TestSubgraph

beforeAll(async () => {
  subgraph = await createTestSubgraph()
})

afterAll(() => subgraph.close())

const SECTION = `allergies(first: 2) {
  nodes { id code { display } } edges { cursor } pageInfo { endCursor hasNextPage } status }`

describe('an entry that loading should have hidden', () => {
  it('is not sent, makes no gap in its page, and is hidden from then on', async () => {
    await putPatient(subgraph.db, ADA)
    const moment = (day: number) => ({ sort_time: new Date(Date.UTC(2025, 0, day)) })
    await putItems(subgraph.db, ADA, [
      { id: 'first', ...moment(9) },
      { id: 'secret', ...moment(8), item: { code: hiv } },
      { id: 'deeper', ...moment(7), item: { reactions: [{ manifestations: [hiv] }] } },
      { id: 'second', ...moment(6) },
      { id: 'third', ...moment(5) },
    ])
    const { record, errors } = await subgraph.askRecord(ADA, SECTION)
    expect(errors).toBeUndefined()
    expect(record.allergies.nodes.map(({ id }: { id: string }) => id)).toEqual(['first', 'second'])
    expect(record.allergies.edges).toHaveLength(2)
    expect(record.allergies.pageInfo.hasNextPage).toBe(true)
    expect(JSON.stringify(record)).not.toContain('Excluded')
    const hidden = await subgraph.db
      .selectFrom('item')
      .select('id')
      .where('is_restricted', '=', true)
      .orderBy('id')
      .execute()
    expect(hidden).toEqual([{ id: 'deeper' }, { id: 'secret' }])
  })

  it('leaves no status, and no record, behind', async () => {
    const nobody = '9990000026'
    await putPatient(subgraph.db, nobody)
    await putItem(subgraph.db, nobody, 'only', { item: { code: hiv } })
    const { record, errors } = await subgraph.askRecord(nobody, SECTION)
    expect([record, errors]).toEqual([null, undefined])
  })

  it('leaves its section empty beside others', async () => {
    const other = '9990000034'
    await putPatient(subgraph.db, other)
    await putItem(subgraph.db, other, 'one', { item: { code: hiv } })
    await putItem(subgraph.db, other, 'two', { section: 'diagnoses' })
    const { record } = await subgraph.askRecord(other, SECTION)
    expect(record.allergies).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { endCursor: null, hasNextPage: false },
      status: 'NOTHING_RECORDED',
    })
  })

  it('is not sent at all when it cannot be hidden', async () => {
    const stuck = '9990000042'
    await putPatient(subgraph.db, stuck)
    await putItem(subgraph.db, stuck, 'stuck', { item: { code: hiv } })
    await sql`create rule never as on update to item do instead nothing`.execute(subgraph.db)
    const { record, errors } = await subgraph.askRecord(stuck, SECTION)
    await sql`drop rule never on item`.execute(subgraph.db)
    expect(JSON.stringify([record, errors])).not.toMatch(/Excluded|stuck/)
    expect(errors?.length).toBeGreaterThan(0)
  })
})
