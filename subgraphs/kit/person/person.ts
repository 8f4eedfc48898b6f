import { dayOf } from '../fhir/time.ts'
import { toNameKeys } from './name-key.ts'

/** A name of the contract, as far as people are told apart by it. */
export interface WrittenName {
  readonly text?: string | null
  readonly given?: readonly string[] | null
  readonly family?: string | null
}

/** What a source says of a person, as far as people are told apart by it: part of the contract's `Demographics`. */
export interface WrittenPerson {
  readonly name?: WrittenName | null
  readonly otherNames?: readonly WrittenName[] | null
  readonly formerNames?: readonly WrittenName[] | null
  readonly birthDate?: string | null
}

/** A person as two of them are compared: names folded as the search folds them. */
export interface Person {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; null where none is recorded. */
  readonly birthDate: string | null
  /** Family names, former ones too, each as its folded parts: `Okafor-Smith` is two. */
  readonly families: readonly (readonly string[])[]
  /** Folded given names. */
  readonly given: readonly string[]
}

const DAY = /^\d{4}(?:-\d\d(?:-\d\d)?)?/

/** The date that systems write where none is known. */
const NO_DAY = '1900-01-01'

/** Folded words that stand for any name where none is known. */
const NO_NAME: ReadonlySet<string> = new Set(['anonymous', 'unk', 'unknown', 'unnamed'])

/** Folded words that stand for a given name where none is given yet. */
const NO_GIVEN_NAME: ReadonlySet<string> = new Set([
  ...NO_NAME,
  'baby',
  'boy',
  'female',
  'girl',
  'infant',
  'male',
  'twin',
])

/** Reads a person from demographics, every current and former name counted. What stands for nothing known is left out. */
export function toPerson(written: WrittenPerson | null | undefined): Person {
  const { name, otherNames, formerNames, birthDate } = written ?? {}
  const names = [name, ...(otherNames ?? []), ...(formerNames ?? [])].flatMap((one) => one ?? [])
  return {
    birthDate: birthDayOf(birthDate ?? ''),
    families: names.flatMap(familiesOf),
    given: [...new Set(names.flatMap(({ given }) => (given ?? []).flatMap(givenKeys)))],
  }
}

/** A person under every name that several recordings of them use, born when the first one says. */
export function together(first: Person, all: readonly { readonly person: Person }[]): Person {
  const people = [first, ...all.map(({ person }) => person)]
  return {
    birthDate: first.birthDate,
    families: people.flatMap(({ families }) => families),
    given: [...new Set(people.flatMap(({ given }) => given))],
  }
}

/** True for a person with a whole date of birth and a family name: who has less can confirm nothing. */
export function isWhole({ birthDate, families }: Person): boolean {
  return birthDate?.length === 10 && families.length > 0
}

/** True for a recording by which nobody can be told from anybody. */
export function saysNothing({ birthDate, families, given }: Person): boolean {
  return birthDate === null && families.length === 0 && given.length === 0
}

/** A family name as its parts, twice where letters are also written as two; who has one name alone is known by its words. */
function familiesOf({ family, given, text }: WrittenName): string[][] {
  const written = family || ((given ?? []).length > 0 ? '' : (text ?? ''))
  const keys = wordsOf(written).map((word) => toNameKeys(word).filter((key) => !NO_NAME.has(key)))
  const [plain, widened] = [0, -1].map((place) => keys.flatMap((one) => one.at(place) ?? []))
  const all = [plain, widened].flatMap((parts) => (parts && parts.length > 0 ? [parts] : []))
  return all.filter((parts, place) => all.findIndex((one) => one.join() === parts.join()) === place)
}

function givenKeys(name: string): string[] {
  return wordsOf(name)
    .flatMap(toNameKeys)
    .filter((key) => !NO_GIVEN_NAME.has(key))
}

function birthDayOf(birthDate: string): string | null {
  const day = DAY.exec(dayOf(birthDate))?.[0] ?? null
  return day === NO_DAY ? null : day
}

function wordsOf(name: string): string[] {
  return name.split(/[\s\p{Pd}]+/u)
}
