import { FhirServerError } from '../fhir-server-error.ts'
import type { Asking, FhirClient } from '../http/fhir-client.ts'
import type { ServerResource } from '../http/search-page.ts'
import { lastUpdateOf } from '../record/read-patients.ts'
import type { Place } from './feed-cursor.ts'

/** A resource that changed, and when. */
export interface Change extends Place {
  readonly resource: ServerResource
}

/** What changed in some types, in order. */
export interface Changes {
  readonly changes: readonly Change[]
  /** True when there are more changes behind these. */
  readonly hasMore: boolean
}

/** So many changes of a type are asked for at a time. */
const PAGE = 100

/** Keys are `Type/id`, in ASCII. */
const BEHIND_EVERY_KEY = '~'

/**
 * What changed behind a place, the earliest first, as far as it is known in full: where one type has
 * more changes than were read, nothing of a later time is told yet.
 *
 * @param options.beforeMs what changed then or later is left for the next time: transactions that are
 *   not written out yet may still bring an earlier time
 * @throws NOT_IN_ORDER where the server does not sort by time, or does not date what changed
 */
export async function readChanges(
  types: readonly string[],
  options: {
    readonly client: FhirClient
    readonly asking: Asking
    readonly after: Place
    readonly beforeMs: number
  },
): Promise<Changes> {
  const { beforeMs } = options
  const read = await Promise.all(types.map((type) => readType(type, options)))
  const knownToMs = Math.min(beforeMs, ...read.map(({ knownToMs: own }) => own))
  const changes = read
    .flatMap((one) => one.changes)
    .filter((change) => change.timeMs < knownToMs)
    .sort(byPlace)
  return { changes, hasMore: knownToMs < beforeMs }
}

/**
 * The place behind everything that the server holds, by its own clock: what came since is news. Never
 * as late as `beforeMs`.
 *
 * @throws NOT_IN_ORDER where the server does not date what changed
 */
export async function newestPlace(
  types: readonly string[],
  options: { readonly client: FhirClient; readonly asking: Asking; readonly beforeMs: number },
): Promise<Place> {
  const { client, asking, beforeMs } = options
  const times = await Promise.all(
    types.map(async (type) => {
      const newest = client.pages(type, { _sort: '-_lastUpdated', _count: '1' }, asking)
      for await (const [resource] of newest) return resource ? placeOf(resource).timeMs : 0
      return 0
    }),
  )
  const timeMs = Math.min(beforeMs - 1, Math.max(0, ...times))
  return { timeMs, key: BEHIND_EVERY_KEY }
}

/**
 * Where a resource's last change stands among all.
 *
 * @throws NOT_IN_ORDER where the server does not date it
 */
export function placeOf(resource: ServerResource): Place {
  const time = lastUpdateOf(resource)
  if (time === null) throw new FhirServerError('NOT_IN_ORDER')
  return { timeMs: time.getTime(), key: `${resource.resourceType}/${resource.id}` }
}

/** True for what comes behind a place. */
export function isBehind(one: Place, place: Place): boolean {
  return byPlace(one, place) > 0
}

async function readType(
  type: string,
  options: {
    readonly client: FhirClient
    readonly asking: Asking
    readonly after: Place
    readonly beforeMs: number
  },
): Promise<{ readonly changes: readonly Change[]; readonly knownToMs: number }> {
  const { client, asking, after, beforeMs } = options
  const since = new Date(after.timeMs).toISOString()
  const parameters = { _lastUpdated: `ge${since}`, _sort: '_lastUpdated', _count: String(PAGE) }
  const changes: Change[] = []
  let lastMs = after.timeMs
  for await (const page of client.pages(type, parameters, asking)) {
    for (const resource of page) {
      const change = { ...placeOf(resource), resource }
      if (change.timeMs < lastMs) throw new FhirServerError('NOT_IN_ORDER')
      lastMs = change.timeMs
      if (isBehind(change, after)) changes.push(change)
    }
    if (lastMs >= beforeMs) break
    // Of the last moment there may be more on the next page.
    const whole = changes.filter((change) => change.timeMs < lastMs)
    if (whole.length >= PAGE) return { changes: whole, knownToMs: lastMs }
  }
  return { changes, knownToMs: Number.POSITIVE_INFINITY }
}

function byPlace(one: Place, other: Place): number {
  return one.timeMs - other.timeMs || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)
}
