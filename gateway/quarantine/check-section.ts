import { fromCursor } from '../../subgraphs/kit/position.ts'
import { readMoment } from '../../subgraphs/kit/reading/moment.ts'
import { compareEntries, compareGroups, type Place } from '../record/order.ts'
import { isObject, type Json } from '../record/section-source.ts'
import { readPlace } from '../record/source-place.ts'
import type { Variables } from '../record/values.ts'
import { Violation } from './check-value.ts'
import { endOfLongestDate } from './end-of-longest-date.ts'
import type { SectionPlan } from './section-plan.ts'

/** A section as it came, in the contract's shape. */
interface Given {
  readonly section: Json
  readonly plan: SectionPlan
  readonly places: readonly Place[]
  readonly asked: Readonly<Record<string, unknown>>
}

/** Gives where in the section the disagreement is, as the schema names it; null where there is none. */
type Rule = (given: Given) => string | null

const RULES: readonly Rule[] = [
  sameEntries,
  inOrder,
  behindTheCursor,
  inTime,
  pageGoesOn,
  statusFits,
]

/**
 * Whether a section of the right shape agrees with itself and with what was asked of it: merging and
 * paging rest on that, and a source whose list is out of order would lose entries between two pages
 * without anybody's notice. The rules are those of docs/subgraph-protocol.md.
 */
export function disagreementIn(
  section: unknown,
  plan: SectionPlan,
  variables: Variables,
): Violation | null {
  if (!isObject(section)) return null
  const stated = statementsFit({ section, plan }) ?? sharingFits({ section, plan })
  if (stated !== null) return new Violation(stated)
  if (!plan.places) return null
  const { key, cursor, type } = plan.places
  const places: Place[] = []
  for (const edge of section[key] as readonly Json[]) {
    const place = readPlace(edge[cursor])
    if (!place) return new Violation(`${type}.cursor`)
    places.push(place)
  }
  const given = { section, plan, places, asked: plan.argumentsOf(variables) }
  for (const rule of RULES) {
    const where = rule(given)
    if (where !== null) return new Violation(where)
  }
  return null
}

/** Every list has the same entries, each at the place that bears its id. */
function sameEntries({ section, plan, places }: Given): string | null {
  for (const list of plan.lists) {
    const entries = section[list.key] as readonly unknown[]
    if (entries.length !== places.length) return `${plan.type}.nodes`
    const { id } = list
    if (id && entries.some((entry, at) => valueAt(entry, id) !== places[at]?.id)) {
      return `${list.type}.id`
    }
  }
  return null
}

/** Newest first, then by key, then by id, and nothing twice. */
function inOrder({ plan, places }: Given): string | null {
  const isSorted = places.every((place, at) => {
    const before = places[at - 1]
    return !before || compareEntries(before, place) < 0
  })
  return isSorted ? null : `${plan.type}.edges`
}

function behindTheCursor({ plan, places, asked }: Given): string | null {
  const after = typeof asked['after'] === 'string' ? fromCursor(asked['after']) : null
  const [first] = places
  if (!after || !first) return null
  const { id } = after
  const distance =
    id === undefined ? compareGroups(after, first) : compareEntries({ ...after, id }, first)
  return distance < 0 ? null : `${plan.type}.edges`
}

/** Within the time that was asked for, as far as places tell. */
function inTime({ plan, places, asked }: Given): string | null {
  const [since, until] = [momentOf(asked['since']), momentOf(asked['until'])]
  if (since === null && until === null) return null
  const isIn = places.every((place) => {
    const time = timeOf(place)
    return (until === null || time < until) && (since === null || reaches(time, since))
  })
  return isIn ? null : `${plan.type}.edges`
}

function reaches(time: number, since: number): boolean {
  return time >= since || (Number.isFinite(time) && endOfLongestDate(time) >= since)
}

/** Without a last entry nobody could say where the list goes on. */
function pageGoesOn({ section, plan, places }: Given): string | null {
  const saysMore = plan.pages.some(({ key, hasNext }) => (section[key] as Json)[hasNext] === true)
  return saysMore && places.length === 0 ? `${plan.type}.pageInfo` : null
}

const FILTERS = ['after', 'since', 'until', 'codes', 'status']

/** What is there is said to be there; what is said to be there is there, where nothing was left out. */
function statusFits({ section, plan, places, asked }: Given): string | null {
  const isWhole = FILTERS.every((name) => (asked[name] ?? null) === null)
  const fits = plan.status.every((key) =>
    places.length > 0 ? section[key] === 'HAS_ENTRIES' : !isWhole || section[key] !== 'HAS_ENTRIES',
  )
  return fits ? null : `${plan.type}.status`
}

/** None is known where somebody says so, and nothing is recorded where nobody does. */
function statementsFit({ section, plan }: Pick<Given, 'section' | 'plan'>): string | null {
  const [stated] = plan.stated.map((key) => section[key] as readonly unknown[])
  if (!stated) return null
  const wrong = stated.length > 0 ? 'NOTHING_RECORDED' : 'NONE_KNOWN'
  return plan.status.some((key) => section[key] === wrong) ? `${plan.type}.status` : null
}

/** NOT_SHARED is who shares nothing of the section, and then it lists and states nothing. */
function sharingFits({ section, plan }: Pick<Given, 'section' | 'plan'>): string | null {
  const [told] = plan.notShared.map((key) => section[key] as readonly unknown[])
  if (!told) return null
  const isShared = told.length === 0
  const fits = plan.status.every((key) => (section[key] === 'NOT_SHARED') !== isShared)
  if (!fits) return `${plan.type}.status`
  const says = [...plan.stated, ...plan.lists.map(({ key }) => key)]
  const isSilent = says.every((key) => (section[key] as readonly unknown[]).length === 0)
  return isShared || isSilent ? null : `${plan.type}.notShared`
}

function valueAt(entry: unknown, way: readonly string[]): unknown {
  return way.reduce((value: unknown, key) => (isObject(value) ? value[key] : undefined), entry)
}

function momentOf(text: unknown): number | null {
  return (typeof text === 'string' ? readMoment(text)?.getTime() : null) ?? null
}

/** Without a time: older than any moment. */
function timeOf(place: Place): number {
  return typeof place.time === 'string' ? Date.parse(place.time) : Number.NEGATIVE_INFINITY
}
