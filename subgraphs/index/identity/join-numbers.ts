import { agree, haveOtherGivenNames } from '../../kit/person/compare-people.ts'
import type { Person } from '../../kit/person/person.ts'
import { NATIONAL_SERVICE } from './claim.ts'

/** A participant's statement that one NHS number was replaced by another. */
export interface NumberLink {
  readonly participant: string
  readonly old: string
  readonly new: string
}

/** The numbers of one person. */
export interface JoinedNumbers {
  /** The number in force. */
  readonly current: string
  /** Every number that leads to it, itself included. */
  readonly all: ReadonlySet<string>
  /** Codes of participants whose statement about one of these numbers is not followed, sorted. */
  readonly unjoined: readonly string[]
}

/**
 * Follows statements about numbers from the one that was asked for. A statement counts where the
 * national service makes it, or where the people known under both ends agree. A number under which nobody
 * is known leads to who replaced it, or else to the only one whose number it is said to replace; it is
 * nobody's number in force, and joins nobody to anybody. Where sources name different successors, the
 * one that most of them name counts, and of equals none.
 *
 * @param personUnder who is known under a number: undefined for nobody, null where that is not decided
 */
export function joinNumbers(
  requested: string,
  links: readonly NumberLink[],
  personUnder: (nhsNumber: string) => Person | null | undefined,
): JoinedNumbers {
  if (links.length === 0) return { current: requested, all: new Set([requested]), unjoined: [] }
  const numbers = [...new Set([requested, ...links.flatMap((link) => [link.old, link.new])])]
  const people = new Map(numbers.map((number) => [number, personUnder(number)]))
  const successors = successorsOf(links, people)
  const known = (number: string) => people.get(number) !== undefined
  const path = pathFrom(requested, successors)
  // A number that nobody is known under is in force for nobody.
  const lastFrom = (number: string) => pathFrom(number, successors).findLast(known)
  const lastOf = (number: string) => {
    const behind = numbers.filter((one) => pathFrom(one, successors).includes(number))
    return lastFrom(number) ?? onlyOf(behind.flatMap((one) => lastFrom(one) ?? []))
  }
  const last = lastOf(requested) ?? requested
  const led = numbers.filter((number) => lastOf(number) === last)
  // Numbers under which nobody is known lie between: who stands at both ends has to agree as well.
  const anchor = path.find(known) ?? led.find(known)
  const areOne = (number: string) =>
    anchor === undefined ||
    number === anchor ||
    !known(number) ||
    isNational(links, successors, number) ||
    isOnePerson(people.get(anchor), people.get(number))
  const all = new Set([requested, ...led.filter(areOne)])
  return {
    current: all.has(last) && areOne(last) ? last : requested,
    all,
    unjoined: unjoinedAmong(links, { successors, all, lastFrom }),
  }
}

function successorsOf(
  links: readonly NumberLink[],
  people: ReadonlyMap<string, Person | null | undefined>,
): Map<string, string> {
  const successors = new Map<string, string>()
  for (const old of new Set(links.map((link) => link.old))) {
    const told = links.filter((link) => link.old === old)
    const national = told.find(({ participant }) => participant === NATIONAL_SERVICE)
    const named = national ? national.new : mostNamed(told)
    if (named === null) continue
    const [before, after] = [people.get(old), people.get(named)]
    const isNobody = before === undefined || after === undefined
    if (national || isNobody || isOnePerson(before, after)) successors.set(old, named)
  }
  return successors
}

function onlyOf(numbers: readonly string[]): string | undefined {
  const [first, ...others] = new Set(numbers)
  return others.length === 0 ? first : undefined
}

/** The successor that most participants name; null where as many name another. */
function mostNamed(told: readonly NumberLink[]): string | null {
  const named = [...new Set(told.map((link) => link.new))]
  const namedBy = (number: string) =>
    new Set(told.filter((link) => link.new === number).map(({ participant }) => participant)).size
  const [first, second] = named.sort((one, other) => namedBy(other) - namedBy(one))
  if (first === undefined) return null
  return second !== undefined && namedBy(first) === namedBy(second) ? null : first
}

function isOnePerson(one: Person | null | undefined, other: Person | null | undefined): boolean {
  return Boolean(one && other && agree(one, other) && !haveOtherGivenNames(one, other))
}

/** The numbers from one to the last that replaced it; of those that replace each other, the smallest is last. */
function pathFrom(number: string, successors: ReadonlyMap<string, string>): string[] {
  const path = [number]
  for (let next = successors.get(number); next !== undefined; next = successors.get(next)) {
    const at = path.indexOf(next)
    if (at >= 0) return [...path.slice(0, at), ...path.slice(at).sort().reverse()]
    path.push(next)
  }
  return path
}

/** Whether the national service itself leads from, or to, a number. */
function isNational(
  links: readonly NumberLink[],
  successors: ReadonlyMap<string, string>,
  number: string,
): boolean {
  return links.some(
    (link) =>
      link.participant === NATIONAL_SERVICE &&
      (link.old === number || link.new === number) &&
      successors.get(link.old) === link.new,
  )
}

function unjoinedAmong(
  links: readonly NumberLink[],
  joined: {
    readonly successors: ReadonlyMap<string, string>
    readonly all: ReadonlySet<string>
    readonly lastFrom: (number: string) => string | undefined
  },
): string[] {
  const { successors, all, lastFrom } = joined
  const isOpen = (link: NumberLink) =>
    (all.has(link.old) || all.has(link.new)) &&
    !(
      successors.get(link.old) === link.new &&
      all.has(link.old) &&
      all.has(link.new) &&
      lastFrom(link.new) !== undefined
    )
  const codes = links.filter(isOpen).map(({ participant }) => participant)
  return [...new Set(codes)].filter((code) => code !== NATIONAL_SERVICE).sort()
}
