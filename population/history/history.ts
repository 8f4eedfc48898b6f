import { type AllergyKind, allergies } from '../codes/allergies.ts'
import {
  type ConditionKey,
  type LongTermCondition,
  longTermConditions,
} from '../codes/conditions.ts'
import { type LaboratoryTest, type TestKey, tests } from '../codes/laboratory.ts'
import { ageAt, type Person } from '../people/person.ts'
import type { Random } from '../random.ts'
import type { Result } from '../resources/laboratory.ts'

const DAY_MS = 86_400_000

/** What has happened to somebody, whoever wrote it down: the same for all their participants. */
export interface History {
  readonly person: Person
  readonly conditions: readonly Illness[]
  /** Undefined where nobody has asked; empty where the answer was "none". */
  readonly allergies: readonly AllergyKind[] | undefined
  /** Someone whom the practice has followed closely for years: hundreds of results. */
  readonly isLong: boolean
}

/** A long-term condition that somebody has had since its onset. */
export interface Illness {
  readonly key: ConditionKey
  readonly condition: LongTermCondition
  readonly onset: Date
}

/** Makes up a history that fits the person's age and sex. */
export function makeHistory(person: Person, random: Random, asOf: Date): History {
  const until = person.died ?? asOf
  const age = ageAt(person, until)
  const conditions: Illness[] = []
  for (const key of Object.keys(longTermConditions) as ConditionKey[]) {
    const condition: LongTermCondition = longTermConditions[key]
    const meets = random.chance(condition.share)
    if (!meets || age < condition.fromAge || age > (condition.toAge ?? 120)) continue
    if (condition.sex !== undefined && condition.sex !== person.gender) continue
    const since =
      key === 'pregnancy' ? 200 : 365 * Math.min(8, Math.max(1, age - condition.fromAge))
    const days = random.whole(30, Math.max(40, since))
    const onset = Math.max(person.born.getTime() + DAY_MS, until.getTime() - days * DAY_MS)
    conditions.push({ key, condition, onset: new Date(onset) })
  }
  const has = (key: ConditionKey) => conditions.some((each) => each.key === key)
  const isLong = has('diabetes') && has('kidneyDisease') && random.chance(0.1)
  return { person, conditions, allergies: makeAllergies(random), isLong }
}

/** A moment between the two, in working hours where that leaves it between them. */
export function momentBetween(random: Random, from: Date, to: Date): Date {
  const time = from.getTime() + random.next() * Math.max(0, to.getTime() - from.getTime())
  const rounded = Math.floor(time / 300_000) * 300_000
  const day = Math.floor(rounded / DAY_MS) * DAY_MS
  const working = day + random.whole(8 * 12, 17 * 12) * 300_000
  const isBetween = working >= from.getTime() && working <= to.getTime()
  return new Date(isBetween ? working : Math.max(rounded, from.getTime()))
}

/** Values for the tests, moved to where the person's illnesses put them. */
export function resultsOf(
  random: Random,
  keys: readonly TestKey[],
  shifts: readonly (LongTermCondition['results'] | undefined)[],
): Result[] {
  return keys.map((key) => {
    const test: LaboratoryTest = tests[key]
    const shift = shifts.find((each) => each?.[key] !== undefined)?.[key]
    const [mean, deviation] = shift ?? [test.mean, test.deviation]
    return { test: key, value: Math.max(0, random.around(mean, deviation)) }
  })
}

function makeAllergies(random: Random): readonly AllergyKind[] | undefined {
  const draw = random.next()
  if (draw < 0.45) return undefined
  if (draw < 0.75) return []
  const kinds = Object.values(allergies)
  const first = random.pick(kinds)
  const second = random.pick(kinds)
  const isAnother = random.chance(0.25) && second.coding.code !== first.coding.code
  return isAnother ? [first, second] : [first]
}
