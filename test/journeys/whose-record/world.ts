import fc from 'fast-check'
import { allergy, NHS_NUMBER, organisation, patient, type Sent, type Someone } from './records.ts'

/** The sources of every world, each with a practice of its own. */
export const SOURCES = ['nel', 'ncl', 'sel', 'swl'] as const

export type Source = (typeof SOURCES)[number]

/** A practice that belongs to each source. */
const PRACTICES: Readonly<Record<Source, string>> = {
  nel: 'Y02633',
  ncl: 'F83008',
  sel: 'G85651',
  swl: 'H85115',
}

/** The people of a world: two, with a number each. */
export type Who = 0 | 1

/** What a source gets wrong in one person's record. */
export type Mistake =
  | 'WRONG_NUMBER'
  | 'REPLACED_BY'
  | 'REPLACES'
  | 'OLD_NUMBER'
  | 'STALE_PRACTICE'
  | 'NO_BIRTH_DATE'
  | 'NO_NAME'
  | 'NOTHING'

/** One person's record at one source. */
export interface Held {
  readonly source: Source
  /** Which of the source's two hospitals. */
  readonly hospital: 0 | 1
  readonly who: Who
  readonly mistakes: readonly Mistake[]
}

/** Two people, who holds what of them, and where they are registered. */
export interface World {
  readonly people: readonly [Someone, Someone]
  /** At whose practice each is registered. */
  readonly registered: readonly [Source, Source]
  readonly held: readonly Held[]
}

const GIVEN = ['Ada', 'Bea', 'Cy', 'Di', 'Eve', 'Flo', 'Gus', 'Hal']
const FAMILY = ['Abbot', 'Baker', 'Cooper', 'Dyer', 'Fisher', 'Glover', 'Hunter', 'Mason']

const someone: fc.Arbitrary<Someone> = fc.record({
  given: fc.constantFrom(...GIVEN),
  family: fc.constantFrom(...FAMILY),
  birthDate: fc
    .integer({ min: 0, max: 30_000 })
    .map((day) => new Date(Date.UTC(1930, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)),
})

const mistakes: fc.Arbitrary<readonly Mistake[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  {
    weight: 4,
    arbitrary: fc.uniqueArray(
      fc.constantFrom<Mistake>(
        'WRONG_NUMBER',
        'REPLACED_BY',
        'REPLACES',
        'OLD_NUMBER',
        'STALE_PRACTICE',
        'NO_BIRTH_DATE',
        'NO_NAME',
        'NOTHING',
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
)

/** Worlds in which two different people are held by some sources, some of which make mistakes. */
export const world: fc.Arbitrary<World> = fc
  .record({
    people: fc.tuple(someone, someone).filter(([one, other]) => areDifferent(one, other)),
    registered: fc.tuple(fc.constantFrom(...SOURCES), fc.constantFrom(...SOURCES)),
    held: fc.tuple(
      ...SOURCES.flatMap((source) =>
        ([0, 1] as const).map((who) =>
          fc.record({
            isHeld: fc.boolean(),
            held: fc.record({
              source: fc.constant(source),
              hospital: fc.constantFrom(0, 1),
              who: fc.constant(who),
              mistakes,
            }),
          }),
        ),
      ),
    ),
  })
  .map(({ held, ...rest }) => ({
    ...rest,
    held: held.filter(({ isHeld }) => isHeld).map((one) => one.held),
  }))
  .map((one) => ({ ...one, held: one.held.filter((each) => !isLostAmongOthers(one, each)) }))

/**
 * Who is filed without a word under the number of another of the same hospital cannot be told from them by
 * anybody: the one mixture that no world holds. See docs/clinical-safety.md, H6.
 */
function isLostAmongOthers({ held }: World, own: Held): boolean {
  const isBlank =
    own.mistakes.includes('NOTHING') ||
    (own.mistakes.includes('NO_NAME') && own.mistakes.includes('NO_BIRTH_DATE'))
  return isBlank && held.some((one) => one !== own && isInOneFile(one, own))
}

/** Whether a source files two people under one number. */
export function isUnderOneNumber(one: Held, other: Held): boolean {
  const isWrong = ({ mistakes: made }: Held) => made.includes('WRONG_NUMBER')
  return one.source === other.source && one.who !== other.who && isWrong(one) !== isWrong(other)
}

/** Whether a hospital files two people under one number. */
export function isInOneFile(one: Held, other: Held): boolean {
  return one.hospital === other.hospital && isUnderOneNumber(one, other)
}

/** Who shares name and date of birth is one person to everybody. */
function areDifferent(one: Someone, other: Someone): boolean {
  return one.birthDate !== other.birthDate && one.family !== other.family
}

/** The number under which a source files the record. */
export function numberOf(
  { who, mistakes: made }: Held,
  numbers: readonly [string, string],
): string {
  return numbers[made.includes('WRONG_NUMBER') ? other(who) : who]
}

/** What the source writes of who it is. */
export function writtenBy({ people }: World, { who, mistakes: made }: Held): Someone {
  const isBlank = made.includes('NOTHING')
  const { given, family, birthDate } = people[who]
  const hasNoName = isBlank || made.includes('NO_NAME')
  return {
    given: hasNoName ? null : given,
    family: hasNoName ? null : family,
    birthDate: isBlank || made.includes('NO_BIRTH_DATE') ? null : birthDate,
  }
}

/** Whether the source's own practice is where it has the person registered. */
export function isRegisteredAtOwn({ registered }: World, { source, who, mistakes: made }: Held) {
  return registered[who] === source || made.includes('STALE_PRACTICE')
}

/** What a source sends of a person, by its address at the hospital: a Patient, and an allergy whose words say whose it is, and at whose source. */
export function sentBy(
  given: World,
  held: Held,
  { numbers, place }: { readonly numbers: readonly [string, string]; readonly place: number },
): { readonly fullUrl: string; readonly resource: Sent }[] {
  const { source, hospital, who, mistakes: made } = held
  const id = `w${place}-${who}`
  const [own, others] = [numberOf(held, numbers), otherNumber(held, numbers)]
  const practice = PRACTICES[isRegisteredAtOwn(given, held) ? source : given.registered[who]]
  const named = { identifier: { system: NHS_NUMBER, value: others } }
  const links = [
    ...(made.includes('REPLACED_BY') ? [{ type: 'replaced-by', other: named }] : []),
    ...(made.includes('REPLACES') ? [{ type: 'replaces', other: named }] : []),
  ]
  const identifier = [
    { system: NHS_NUMBER, value: own },
    ...(made.includes('OLD_NUMBER') ? [{ use: 'old', system: NHS_NUMBER, value: others }] : []),
  ]
  const sent = [
    patient(id, own, writtenBy(given, held), {
      identifier,
      ...(links.length > 0 && { link: links }),
      generalPractitioner: [organisation(practice)],
    }),
    allergy(`${id}-a`, id, `${who} ${source}`),
  ]
  return sent.map((resource) => ({
    fullUrl: `https://${source}.example/${hospital}/${resource.resourceType}/${String(resource['id'])}`,
    resource,
  }))
}

function otherNumber(held: Held, numbers: readonly [string, string]): string {
  return numberOf(held, numbers) === numbers[0] ? numbers[1] : numbers[0]
}

function other(who: Who): Who {
  return who === 0 ? 1 : 0
}
