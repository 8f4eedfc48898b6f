import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { Chart } from '../chart.ts'
import { type TestKey, tests } from '../codes/laboratory.ts'
import type { GeneratedBundle } from '../generate-population.ts'
import { organisationOf } from '../participants.ts'
import type { Person } from '../people/person.ts'
import type { Result } from '../resources/laboratory.ts'

const DAY_MS = 86_400_000

/** Writes what one holder knows into its chart. */
export type Writer = (chart: Chart) => void

/** A named person with a fixed NHS number whose record shows one thing well. */
export interface Story {
  readonly key: string
  readonly name: string
  readonly nhsNumber: string
  /** The number that `nhsNumber` has superseded, where a source still holds it. */
  readonly formerNhsNumber?: string
  /** What the record shows, in a sentence. */
  readonly shows: string
  /** The participants that hold a record. */
  readonly holders: readonly string[]
  readonly person: Person
  /** The person as one participant still describes them, where it differs. */
  readonly personAt?: Readonly<Record<string, Person>>
  readonly write: Readonly<Record<string, Writer>>
}

/** A story told in one piece: its name, number and holders follow from the person and the writers. */
export function defineStory(given: {
  key: string
  shows: string
  person: Person
  formerNhsNumber?: string
  personAt?: Readonly<Record<string, Person>>
  write: Readonly<Record<string, Writer>>
}): Story {
  return {
    ...given,
    name: `${given.person.given[0]} ${given.person.family}`,
    nhsNumber: given.person.nhsNumber,
    holders: Object.keys(given.write),
  }
}

/** The bundles of one story, in the order of its holders. */
export function* bundlesOf(
  story: Story,
  asOf: Date,
  isWanted: (participant: string) => boolean = () => true,
): Generator<GeneratedBundle> {
  for (const [participant, write] of Object.entries(story.write)) {
    if (!isWanted(participant)) continue
    const person = story.personAt?.[participant] ?? story.person
    const chart = new Chart({ participant, person, asOf })
    write(chart)
    for (const bundle of chart.bundles()) yield { participant, bundle }
  }
}

/** A story's person, from what matters and plausible rest. */
export function storyPerson(given: {
  nhsNumber: string
  name: string
  gender: 'female' | 'male'
  born: string
  home: { line: string; town: string; postcode: string }
  practice: string
  language?: { code: string; display: string }
}): Person {
  const names = given.name.split(' ')
  const family = names.at(-1) ?? ''
  return {
    nhsNumber: given.nhsNumber,
    prefix: given.gender === 'female' ? 'Ms' : 'Mr',
    given: names.slice(0, -1),
    family,
    gender: given.gender,
    born: new Date(`${given.born}T00:00:00Z`),
    ...given.home,
    phone: `07700 900${given.nhsNumber.slice(-3)}`,
    email: `${names[0]?.toLowerCase()}.${family.toLowerCase()}@example.com`,
    ...(given.language === undefined ? {} : { language: given.language }),
    nextOfKin: { name: `Robin ${family}`, relationship: 'FRND', phone: '07700 900999' },
    practice: organisationOf(given.practice),
  }
}

/** A moment `days` days before the chart's present day; one day or more is always past. */
export function ago(chart: Chart, days: number, hour = 9, minute = 0): Date {
  const today = Math.floor(chart.asOf.getTime() / DAY_MS) * DAY_MS
  return new Date(today - days * DAY_MS + (hour * 60 + minute) * 60_000)
}

/** A moment `days` days after the chart's present day. */
export function ahead(chart: Chart, days: number, hour = 10, minute = 0): Date {
  return ago(chart, -days, hour, minute)
}

/** Somebody at the organisation wrote it down `days` days ago. */
export function by(chart: Chart, odsCode: string, days: number, hour = 9, minute = 0) {
  return { by: organisationOf(odsCode), at: ago(chart, days, hour, minute) }
}

/** Laboratory values, in the order in which they are given. */
export function values(given: Partial<Record<TestKey, number>>): Result[] {
  const keys = Object.keys(given).filter((key): key is TestKey => key in tests)
  return keys.map((test) => ({ test, value: given[test] ?? 0 }))
}

/** The organisation of that ODS code, where a story names it. */
export function at(odsCode: string): Organisation {
  return organisationOf(odsCode)
}
