import { afterEach, expect, it } from 'vitest'
import { putItem, putPatient } from '../kit/test-store.ts'
import { createTestLondon, type TestLondon } from './test-london.ts'

const ADA = '9990000018'
const BEN = '9990000026'

let london: TestLondon

afterEach(() => london.close())

it('finds a patient at every participant that holds a record, and at no other', async () => {
  london = await createTestLondon(['nel', 'sel', 'hpft'])
  await putPatient(london.store('nel'), ADA)
  await putItem(london.store('nel'), ADA, 'nel-1')
  await putPatient(london.store('hpft'), ADA)
  await london.feeds.whenCaughtUp()

  const located = await london.index.locate('999 000 0018')

  expect(located?.holders).toEqual([
    {
      participant: 'nel',
      server: null,
      nhsNumber: ADA,
      asOf: new Date('2026-01-02T03:04:05.000Z'),
    },
  ])
  expect(located?.patient.records).toEqual([
    { __typename: 'NelRecord', nhsNumber: ADA, server: null },
  ])
  expect([...(located?.feeds.keys() ?? [])].sort()).toEqual(['hpft', 'nel', 'sel'])
})

it('catches up by itself with what changed while a participant was away', async () => {
  london = await createTestLondon(['nel'])
  await putPatient(london.store('nel'), ADA)
  await london.feeds.whenCaughtUp()
  await london.stop('nel')
  await london.feeds.whenCaughtUp()
  expect(london.feeds.state().get('nel')?.lastError).toBe('UNREACHABLE')
  await putPatient(london.store('nel'), BEN)

  await london.restart('nel')
  await london.feeds.whenCaughtUp()

  expect(london.feeds.state().get('nel')?.lastError).toBeNull()
  expect((await london.index.locate(BEN))?.nhsNumber).toBe(BEN)
})

it('keeps serving what it knew of a participant that is away', async () => {
  london = await createTestLondon(['nel'])
  await putPatient(london.store('nel'), ADA)
  await london.feeds.whenCaughtUp()
  await london.stop('nel')
  await london.feeds.whenCaughtUp()

  expect((await london.index.locate(ADA))?.holders.map((holder) => holder.participant)).toEqual([
    'nel',
  ])
})

it('asks a participant whose feed has long been silent about every patient', async () => {
  let now = new Date()
  london = await createTestLondon(['nel', 'sel'], () => now)
  await putPatient(london.store('nel'), ADA)
  await london.feeds.whenCaughtUp()
  expect((await london.index.locate(ADA))?.holders.length).toBe(1)
  await london.stop('sel')

  now = new Date(now.getTime() + 6 * 60_000)
  await london.feeds.whenCaughtUp()

  expect((await london.index.locate(ADA))?.holders).toMatchObject([
    { participant: 'nel' },
    { participant: 'sel', nhsNumber: ADA, asOf: null },
  ])
})

it('reads on from the stored cursor and takes more than one page', async () => {
  london = await createTestLondon(['nel'])
  const numbers = validNumbers(1100)
  for (const number of numbers) await putPatient(london.store('nel'), number)
  await london.feeds.whenCaughtUp()
  const known = await london.indexDb.selectFrom('holder').select('nhs_number').execute()
  expect(known.length).toBe(1100)
  const { cursor } = await london.indexDb
    .selectFrom('feed_cursor')
    .select('cursor')
    .executeTakeFirstOrThrow()
  expect(cursor).toMatch(/\.1100$/)

  await london.indexDb.deleteFrom('holder').execute()
  await putPatient(london.store('nel'), ADA)
  await london.feeds.whenCaughtUp()

  const since = await london.indexDb.selectFrom('holder').select('nhs_number').execute()
  expect(since.map((row) => row.nhs_number)).toEqual([ADA])
})

it('starts over when the participant has another store than before', async () => {
  london = await createTestLondon(['nel'])
  await putPatient(london.store('nel'), ADA)
  await putPatient(london.store('nel'), BEN)
  await london.feeds.whenCaughtUp()
  await london.indexDb.deleteFrom('holder').execute()

  await london.store('nel').updateTable('store').set({ id: 'another' }).execute()
  await london.feeds.whenCaughtUp()

  const known = await london.indexDb.selectFrom('holder').select('nhs_number').execute()
  expect(known.length).toBe(2)
})

it('replaces the care relationships of a patient with what the feed says now', async () => {
  london = await createTestLondon(['nel'])
  const relationship = { nhs_number: ADA, ods_code: 'R1H', resource_type: 'Encounter' }
  const times = { starts_at: new Date('2025-01-01T00:00:00Z'), ends_at: null }
  await london
    .store('nel')
    .insertInto('care_relationship')
    .values([
      { ...relationship, ...times, kind: 'ATTENDANCE', resource_id: 'a' },
      { ...relationship, ...times, kind: 'ADMISSION', resource_id: 'b' },
    ])
    .execute()
  await putPatient(london.store('nel'), ADA)
  await london.feeds.whenCaughtUp()
  await london
    .store('nel')
    .deleteFrom('care_relationship')
    .where('kind', '=', 'ATTENDANCE')
    .execute()
  await putPatient(london.store('nel'), ADA)
  await london.feeds.whenCaughtUp()

  expect(await london.indexDb.selectFrom('care_relationship').selectAll().execute()).toEqual([
    {
      participant: 'nel',
      nhs_number: ADA,
      ods_code: 'R1H',
      kind: 'ADMISSION',
      evidence: 'Encounter/b',
      referrer: null,
      recorded_at: null,
      is_from_file: false,
      ...times,
    },
  ])
})

it('does not tell that a patient is held when all that is held may never be shared', async () => {
  london = await createTestLondon(['nel', 'sel'])
  await putPatient(london.store('nel'), ADA)
  await putItem(london.store('nel'), ADA, 'nel-1', { is_restricted: true })
  await putPatient(london.store('sel'), ADA)
  await london.feeds.whenCaughtUp()

  expect((await london.index.locate(ADA))?.holders.map((holder) => holder.participant)).toEqual([
    'sel',
  ])
})

it('misses no patient whose change was written before, but committed after, the feed was read', async () => {
  london = await createTestLondon(['nel'])
  const store = london.store('nel')
  let later: Promise<void> | undefined
  await store.transaction().execute(async (transaction) => {
    await putPatient(transaction, ADA)
    later = putPatient(store, BEN)
    await waitsForWriter(london)
    await london.feeds.whenCaughtUp()
  })
  await later
  await london.feeds.whenCaughtUp()

  expect(await london.index.locate(ADA)).not.toBeNull()
  expect(await london.index.locate(BEN)).not.toBeNull()
})

/** Resolves when somebody who writes waits for another. */
async function waitsForWriter({ store }: TestLondon): Promise<void> {
  const waiting = store('nel')
    .selectFrom('pg_locks' as never)
    .select('pid' as never)
    .where('granted' as never, '=', false as never)
  while ((await waiting.execute()).length === 0) await new Promise(setImmediate)
}

function validNumbers(count: number): string[] {
  const numbers: string[] = []
  for (let body = 999_100_000; numbers.length < count; body += 1) {
    const sum = [...String(body)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
    const check = (11 - (sum % 11)) % 11
    if (check !== 10) numbers.push(`${body}${check}`)
  }
  return numbers
}
