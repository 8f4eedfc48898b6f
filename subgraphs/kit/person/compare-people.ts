import { type Person, saysNothing } from './person.ts'

/** How a fact of two people compares; UNKNOWN where one of them does not say. */
type Likeness = 'SAME' | 'NEAR' | 'OTHER' | 'UNKNOWN'

/**
 * Whether two recordings are surely of one person: same date of birth and same family name, former
 * names counted. What is absent is no agreement.
 */
export function agree(one: Person, other: Person): boolean {
  return likenessOfDates(one, other) === 'SAME' && likenessOfFamilies(one, other) === 'SAME'
}

/**
 * Whether two recordings cannot be of one person: date of birth and family name both differ. People
 * marry, and clerks mistype a date; what is absent or only a part of the other contradicts nothing.
 */
export function contradict(one: Person, other: Person): boolean {
  const areOtherDays = areWholeDays(one, other) && likenessOfDates(one, other) !== 'SAME'
  return areOtherDays && likenessOfFamilies(one, other) === 'OTHER'
}

/**
 * Whether a recording is of this person beyond what chance would give: the same date of birth with the
 * family name or a given name, or both names with a date that is mistyped or known in part. The first of
 * January, which many bear whose day is not known, takes the family name.
 */
export function confirms(person: Person, recording: Person): boolean {
  const dates = likenessOfDates(person, recording)
  const family = likenessOfFamilies(person, recording)
  const given = likenessOfGiven(person, recording)
  if (dates === 'SAME') {
    return family === 'SAME' || (given === 'SAME' && !person.birthDate?.endsWith('-01-01'))
  }
  return dates === 'NEAR' && family === 'SAME' && given === 'SAME'
}

/**
 * Whether two recordings of one source under one NHS number may stand for one person: they confirm each
 * other or, where one leaves something out, agree in what both say. Who says nothing stands in nobody's way.
 */
export function mayBeOne(one: Person, other: Person): boolean {
  if (saysNothing(one) || saysNothing(other) || confirms(one, other)) return true
  const dates = likenessOfDates(one, other)
  const family = likenessOfFamilies(one, other)
  if (likenessOfGiven(one, other) === 'OTHER') return false
  return (dates === 'UNKNOWN' && family === 'SAME') || (dates === 'SAME' && family === 'UNKNOWN')
}

/** The same for recordings of two servers, where who says nothing may be anybody. */
export function mayBeOneAcross(one: Person, other: Person): boolean {
  return !saysNothing(one) && !saysNothing(other) && mayBeOne(one, other)
}

/** Whether two people have given names, and none in common: twins, or one who goes by another name now. */
export function haveOtherGivenNames(one: Person, other: Person): boolean {
  return likenessOfGiven(one, other) === 'OTHER'
}

/** Years by which a year can be mistyped; more, and it may be a parent's with the same name. */
const A_GENERATION = 15

/** Near: known in part only and fitting, or of year, month and day two alike, or day and month exchanged. */
function likenessOfDates({ birthDate: one }: Person, { birthDate: other }: Person): Likeness {
  if (one === null || other === null) return 'UNKNOWN'
  if (one === other) return one.length === 10 ? 'SAME' : 'NEAR'
  if (one.startsWith(other) || other.startsWith(one)) return 'NEAR'
  if (one.length < 10 || other.length < 10) return 'OTHER'
  const [year, month, day] = one.split('-')
  const [otherYear, otherMonth, otherDay] = other.split('-')
  const alike = [year === otherYear, month === otherMonth, day === otherDay].filter(Boolean).length
  const isExchanged = year === otherYear && month === otherDay && day === otherMonth
  const isGeneration = Math.abs(Number(year) - Number(otherYear)) >= A_GENERATION
  return (alike === 2 && !isGeneration) || isExchanged ? 'NEAR' : 'OTHER'
}

function areWholeDays(one: Person, other: Person): boolean {
  return one.birthDate?.length === 10 && other.birthDate?.length === 10
}

function likenessOfFamilies(one: Person, other: Person): Likeness {
  if (one.families.length === 0 || other.families.length === 0) return 'UNKNOWN'
  const isSame = one.families.some((name) => other.families.some((each) => isOneName(name, each)))
  return isSame ? 'SAME' : 'OTHER'
}

/** Who goes by one name alone may be recorded with it as given name elsewhere. */
function likenessOfGiven(one: Person, other: Person): Likeness {
  if (one.given.length === 0 || other.given.length === 0) return 'UNKNOWN'
  const isSame = one.given.some((name) => other.given.some((each) => isOneGiven(name, each)))
  return isSame ? 'SAME' : 'OTHER'
}

/** The same joined, or one of them a part of the other: `Smith` of `Okafor-Smith`, `S.` of `Smith`. */
function isOneName(one: readonly string[], other: readonly string[]): boolean {
  return one.join('') === other.join('') || isPartOf(one, other) || isPartOf(other, one)
}

function isPartOf(parts: readonly string[], whole: readonly string[]): boolean {
  return parts.every((part) => whole.some((name) => isOneGiven(part, name)))
}

/** Equal, or the initial of the other. */
function isOneGiven(one: string, other: string): boolean {
  if (one === other) return true
  return (
    (one.length === 1 && other.startsWith(one)) || (other.length === 1 && one.startsWith(other))
  )
}
