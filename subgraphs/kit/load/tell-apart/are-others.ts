import { dayOf, toInstant } from '../../fhir/time.ts'
import type { Traits } from './traits.ts'

/** True when something shows that two states under one id are of two resources. What is not said shows nothing. */
export function areOthers(one: Traits, other: Traits): boolean {
  return (
    (one.nhsNumber !== null && other.nhsNumber !== null && one.nhsNumber !== other.nhsNumber) ||
    isAnyApart(one.codes, other.codes) ||
    isAnyApart(one.identifiers, other.identifiers) ||
    areApart(one.organisations, other.organisations) ||
    (one.time !== null && other.time !== null && areOtherTimes(one.time, other.time))
  )
}

type Values = ReadonlyMap<string, readonly string[]>

function isAnyApart(one: Values, other: Values): boolean {
  return [...one].some(([key, values]) => areApart(values, other.get(key) ?? []))
}

function areApart(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && !one.some((value) => other.includes(value))
}

/**
 * A day agrees with any moment that begins with it, or is of it in London; moments agree in whatever zone they
 * are written.
 */
function areOtherTimes(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length)
  if (long.startsWith(short) || dayOf(long).startsWith(short)) return false
  const moments = [one, other].map((time) => toInstant(time)?.getTime() ?? Number.NaN)
  return !(moments[0] === moments[1])
}
