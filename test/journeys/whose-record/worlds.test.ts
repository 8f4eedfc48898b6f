import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { loadBundle } from './load.ts'
import {
  type Held,
  isInOneFile,
  isRegisteredAtOwn,
  isUnderOneNumber,
  numberOf,
  SOURCES,
  sentBy,
  type World,
  world,
  writtenBy,
} from './world.ts'

const WORLDS = 2_000

/** Another seed tries other worlds; this one keeps a failure from coming and going. */
const SEED = Number(process.env['LCR_TEST_SEED'] ?? 11)

/** At once, as an operation allows. */
const PATIENTS = 10

const worlds = fc.sample(world, { numRuns: WORLDS, seed: SEED })
const generated = testNhsNumbers()
const numbersOf = worlds.map(
  () => [generated.next().value, generated.next().value] as [string, string],
)

let system: TestSystem

beforeAll(async () => {
  system = await startSystem()
  for (const source of SOURCES) {
    const entry = worlds.flatMap((one, place) =>
      one.held
        .filter((held) => held.source === source)
        .flatMap((held) => sentBy(one, held, { numbers: numbersOf[place] ?? ['', ''], place })),
    )
    await loadBundle(system, source, { resourceType: 'Bundle', type: 'searchset', entry })
  }
  await relate(numbersOf.flat())
}, 120_000)
afterAll(() => system?.close())

/** A trust that holds no record has everybody on its caseload, so that the test is about something else. */
async function relate(nhsNumbers: readonly string[]): Promise<void> {
  const db = connect<IndexDatabase>(system.settings['DATABASE_URL'] ?? '', 1)
  await sql`
    insert into care_relationship (nhs_number, participant, ods_code, kind, evidence)
    select nhs_number, 'hpft', 'RWR', 'CASELOAD', 'EpisodeOfCare/test'
    from unnest(${nhsNumbers}::text[]) as nhs_number`.execute(db)
  await db.destroy()
}

interface Shown {
  readonly nhsNumber: string
  readonly name: { readonly family: string; readonly given: readonly string[] } | null
  readonly birthDate: string | null
  readonly identity: {
    readonly basis: string
    readonly disagreeing: readonly string[]
    readonly unconfirmed: readonly string[]
    readonly unjoinedBy: readonly string[]
  }
  readonly allergies: {
    readonly isComplete: boolean
    readonly missingSources: readonly string[]
    readonly nodes: readonly { readonly substance: { readonly display: string } }[]
  }
  readonly sources: readonly {
    readonly participant: { readonly code: string }
    readonly outcome: string
  }[]
}

const SELECTION = `nhsNumber name { family given } birthDate
  identity { basis disagreeing unconfirmed unjoinedBy }
  allergies { isComplete missingSources nodes { substance { display } } }
  sources { participant { code } outcome }`

async function ask(nhsNumbers: readonly string[]): Promise<(Shown | null)[]> {
  const fields = nhsNumbers.map((n, at) => `p${at}: patient(nhsNumber: "${n}") { ${SELECTION} }`)
  const { data } = await system.ask(`{ ${fields.join('\n')} }`, { as: 'clinician.hpft' })
  return nhsNumbers.map((_, at) => data[`p${at}`])
}

it(`tells whose record it is in ${WORLDS} worlds of mistakes`, async () => {
  const all = numbersOf.flat()
  const shown = new Map<string, Shown | null>()
  for (let from = 0; from < all.length; from += PATIENTS) {
    const some = all.slice(from, from + PATIENTS)
    const answers = await ask(some)
    for (const [at, number] of some.entries()) shown.set(number, answers[at] ?? null)
  }
  const counts: Record<string, number> = {}
  worlds.forEach((one, place) => {
    for (const number of numbersOf[place] ?? []) {
      const came = shown.get(number)
      const outcome = came?.identity.basis ?? 'UNKNOWN'
      counts[outcome] = (counts[outcome] ?? 0) + 1
      if (came) check({ world: one, numbers: numbersOf[place] ?? ['', ''], number, shown: came })
    }
  })
  process.stdout.write(
    `worlds: ${WORLDS}, seed ${SEED}, patients by basis: ${JSON.stringify(counts)}\n`,
  )
  expect(Object.keys(counts).sort()).toEqual([
    'MOST_SOURCES',
    'ONLY_SOURCE',
    'REGISTERED_PRACTICE',
    'UNDECIDED',
    'UNKNOWN',
  ])
}, 300_000)

interface Answered {
  readonly world: World
  readonly numbers: readonly [string, string]
  readonly number: string
  readonly shown: Shown
}

function check(answered: Answered): void {
  const { world: one, shown, number } = answered
  const told = JSON.stringify(
    { world: one, asked: answered.numbers.indexOf(number), shown },
    null,
    1,
  )
    // A failure names people of the world by their places, and nobody by a number.
    .replaceAll(/\b999\d{7}\b/g, 'a number')
  const entries = shown.allergies.nodes.map(({ substance }) => substance.display.split(' '))
  const owner = ownerOf(one, shown)
  // No entry of one person is in a merged section of the other.
  for (const [who] of entries) expect(Number(who), told).toBe(owner)
  const held = one.held.filter((each) => numberOf(each, answered.numbers) === number)
  // Numbers under which two people are known are never joined.
  const areTwo = ([0, 1] as const).every((who) =>
    one.held.some(
      (each) =>
        each.who === who &&
        isWholeClaim(one, each) &&
        numberOf(each, answered.numbers) === answered.numbers[who],
    ),
  )
  if (areTwo) expect(shown.nhsNumber === number, told).toBe(true)
  for (const each of held) {
    const outcome = shown.sources.find(
      ({ participant }) => participant.code === each.source,
    )?.outcome
    const isWhole = isWholeClaim(one, each)
    const isMerged = shown.allergies.nodes.some(
      ({ substance }) => substance.display === `${each.who} ${each.source}`,
    )
    if (held.some((one) => isInOneFile(one, each))) {
      // A hospital that has two people under one number shows neither.
      expect(outcome, told).toBe('FAILED')
      expect(isMerged, told).toBe(false)
      expect(shown.allergies.missingSources, told).toContain(each.source)
    } else if (held.some((one) => isUnderOneNumber(one, each))) {
      // Of two hospitals, the one that is right is heard, and what is wrong with the other is said.
      const isHeard = held.some((one) => one.source === each.source && one.who === owner)
      const heard = isWhole && each.who === owner
      if (heard) expect(isMerged, told).toBe(true)
      if (heard) expect(outcome, told).toBe('INCOMPLETE')
      if (!isHeard) expect(['QUARANTINED', 'IDENTITY_UNCONFIRMED'], told).toContain(outcome)
      expect(shown.allergies.missingSources, told).toContain(each.source)
      expect([...shown.identity.disagreeing, ...shown.identity.unconfirmed], told).toContain(
        each.source,
      )
    } else if (each.who !== owner || owner === null) {
      // Every disagreement is visible.
      expect(['QUARANTINED', 'IDENTITY_UNCONFIRMED'], told).toContain(outcome)
      expect(shown.allergies.missingSources, told).toContain(each.source)
      expect(shown.allergies.isComplete, told).toBe(false)
      expect([...shown.identity.disagreeing, ...shown.identity.unconfirmed], told).toContain(
        each.source,
      )
    } else if (isWhole) {
      // Whoever is right and says so is heard.
      expect(outcome, told).toBe('ANSWERED')
    }
  }
  checkMajority(answered, { held, told })
}

/** No source that agrees with most is kept out for one that does not; a practice's own source decides first. */
function checkMajority(
  { world: one, shown }: Answered,
  { held, told }: { readonly held: readonly Held[]; readonly told: string },
): void {
  const whole = held.filter(
    (each) => isWholeClaim(one, each) && !held.some((other) => isInOneFile(other, each)),
  )
  const practices = whole.filter((each) => isRegisteredAtOwn(one, each))
  for (const who of [0, 1] as const) {
    const agreeing = whole.filter((each) => each.who === who)
    const isMost = agreeing.length * 2 > whole.length
    const isPracticeAgainst =
      practices.some((each) => each.who !== who) && practices.every((each) => each.who !== who)
    if (!isMost || isPracticeAgainst) continue
    for (const each of agreeing) {
      const outcome = shown.sources.find(
        ({ participant }) => participant.code === each.source,
      )?.outcome
      const isAlone = !held.some((other) => isUnderOneNumber(other, each))
      expect(outcome, told).toBe(isAlone ? 'ANSWERED' : 'INCOMPLETE')
    }
  }
}

function isWholeClaim(one: World, held: Held): boolean {
  const { birthDate, family } = writtenBy(one, held)
  return birthDate !== null && family !== null
}

/** Whose name and date of birth stand above the record; null where nobody's do. */
function ownerOf({ people }: World, { name, birthDate }: Shown): number | null {
  const place = people.findIndex(
    (one) =>
      (name !== null || birthDate !== null) &&
      (name === null || one.family === name.family) &&
      (birthDate === null || one.birthDate === birthDate),
  )
  return place < 0 ? null : place
}
