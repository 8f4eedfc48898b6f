import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { loadBundles } from '../../../subgraphs/kit/load/load-bundles.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { loadPerson } from '../whose-record/load.ts'
import { allergy, patient } from '../whose-record/records.ts'

const generated = testNhsNumbers()
const all = Array.from({ length: 6 }, () => generated.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

const UNA = { given: 'Una', family: 'Underway', birthDate: '1971-01-03' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

/** What a clinician gets: the words of the allergies, what is said of them, and how the source did. */
async function shownOf(nhsNumber: string): Promise<unknown> {
  await system.catchUp()
  const { data, extensions } = await system.ask(
    `query ($n: ID!) { patient(nhsNumber: $n) {
      allergies { status isComplete nodes { code { display } } } } }`,
    { as: 'doctor.mkuh', variables: { n: nhsNumber } },
  )
  const sources: { participant: { code: string }; outcome: string }[] = extensions?.sources ?? []
  const outcome = sources.find((one) => one.participant.code === 'nel')?.outcome
  if (data.patient === null) return { outcome }
  const { status, isComplete, nodes } = data.patient.allergies
  const words = nodes.map((one: { code: { display: string } }) => one.code.display).sort()
  return { outcome, status, isComplete, words }
}

/** Loads one patient's record, in many parts, and looks while the last of them cannot be written yet. */
async function loadHeld(
  nhsNumber: string,
  { signal, look }: { readonly signal?: AbortSignal; look(): Promise<void> },
) {
  const [db, holder] = [system.databaseOf('nel'), system.databaseOf('nel')]
  const id = `p-${nhsNumber}`
  const participant = system.participants.find(({ code }) => code === 'nel')
  if (!participant) throw new Error('There is no nel')
  const allergies = ['Latex', 'Nuts'].map((words) => allergy(`${id}-${words}`, id, words))
  const entry = [patient(id, nhsNumber, UNA), ...allergies].map((resource) => ({ resource }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  try {
    let loading: Promise<unknown> = Promise.resolve()
    await holder.transaction().execute(async (transaction) => {
      // Patients are written first; entries wait for this.
      await sql`lock table item in share mode`.execute(transaction)
      loading = loadBundles(db, participant, [{ name: 'held', bundle }], {
        ...(signal && { signal }),
      })
      loading.catch(() => {})
      await untilHeld(holder)
      await look()
    })
    return await loading
  } finally {
    await Promise.all([db.destroy(), holder.destroy()])
    await system.catchUp()
  }
}

async function untilHeld(db: ReturnType<TestSystem['databaseOf']>): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select from pg_locks join pg_database on pg_database.oid = database
      where not granted and datname = current_database()`.execute(db)
    if (rows.length > 0) return
    await wait(10)
  }
}

describe('A load that is under way', () => {
  it('shows nothing of a new patient until all is in (nothing was recorded, complete)', async () => {
    const nhsNumber = aNumber()
    await loadHeld(nhsNumber, {
      async look() {
        expect(await shownOf(nhsNumber)).not.toMatchObject({ outcome: 'ANSWERED' })
      },
    })
    expect(await shownOf(nhsNumber)).toEqual({
      outcome: 'ANSWERED',
      status: 'HAS_ENTRIES',
      isComplete: true,
      words: ['Latex', 'Nuts'],
    })
  })

  it('leaves what is known of a patient as it is until all is in, and the feed is told of others', async () => {
    const [nhsNumber, other] = [aNumber(), aNumber()]
    await loadPerson(system, 'nel', { nhsNumber, who: UNA })
    const before = await shownOf(nhsNumber)
    await loadHeld(nhsNumber, {
      async look() {
        expect(await shownOf(nhsNumber)).toEqual(before)
        await loadPerson(system, 'sel', { nhsNumber: other, who: UNA })
      },
    })
    expect(await shownOf(nhsNumber)).toMatchObject({ isComplete: true })
    expect(await shownOf(nhsNumber)).not.toEqual(before)
  })

  it('leaves everything as it was where it is ended, and goes on with the same data', async () => {
    const nhsNumber = aNumber()
    const controller = new AbortController()
    const ended = loadHeld(nhsNumber, {
      signal: controller.signal,
      look: async () => controller.abort(),
    })
    await expect(ended).rejects.toThrow('aborted')
    expect(await shownOf(nhsNumber)).not.toMatchObject({ outcome: 'ANSWERED' })
    await loadHeld(nhsNumber, { look: async () => {} })
    expect(await shownOf(nhsNumber)).toMatchObject({ words: ['Latex', 'Nuts'], isComplete: true })
  })
})
