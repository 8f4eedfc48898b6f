import { type Kysely, sql } from 'kysely'
import type { Clock } from '../kit/clock.ts'
import { badArgument } from '../kit/errors.ts'
import { toNhsNumber } from '../kit/fhir/nhs-number.ts'
import type { Participant } from '../kit/participant.ts'
import { isContributor } from '../kit/schema/participant-sdl.ts'
import { compileOnce, type Placeholder } from '../kit/store/compile-once.ts'
import { type IndexedPatient, isSomebody, toPatient } from './patient.ts'
import type { IndexDatabase } from './store/tables.ts'

/** A participant to ask about a patient, and by which number. */
export interface Holder {
  readonly participant: string
  /** The number under which this participant holds the patient: it may have been replaced since. */
  readonly nhsNumber: string
  /** When its record last changed; null when it is asked only because its feed has been silent. */
  readonly asOf: Date | null
}

/** Where a patient's records are, as the index knows. */
export interface Located {
  /** The number now in force. */
  readonly nhsNumber: string
  readonly requestedNhsNumber: string
  /** Answers the schema's `Patient`, for everybody: a sensitive patient's is without location. */
  readonly patient: IndexedPatient
  /** The same with everything, for whom `shownTo` shows it. */
  readonly wholePatient: IndexedPatient
  readonly holders: readonly Holder[]
  /** When each participant's feed was last read to its end; missing: never. */
  readonly feeds: ReadonlyMap<string, Date>
}

/** What one participant's feed told of a patient. */
export interface KnownPatient {
  readonly participant: string
  readonly nhs_number: string
  readonly holds_record: boolean
  readonly demographics: object
  readonly is_sensitive: boolean
  readonly superseded_by: string | null
  readonly as_of: Date
}

/** Longer without a word from a feed, and the participant is asked whether or not it is known to hold. */
const SILENT_AFTER_MS = 5 * 60_000

/**
 * Finds a patient by NHS number; null when nobody knows it.
 *
 * @throws BAD_USER_INPUT for a number whose check digit is wrong
 */
export type Locate = (nhsNumber: string) => Promise<Located | null>

/**
 * Finds patients in the index, each in one statement. A number that has been replaced is followed to
 * the one in force, and every number that leads there counts.
 *
 * @param parts.db opened by `connect`
 */
export function createLocate(parts: {
  readonly db: Kysely<IndexDatabase>
  readonly participants: readonly Participant[]
  readonly clock: Clock
}): Locate {
  const { db, participants, clock } = parts
  const readLinked = compileOnce<{ readonly requested: string }, LinkedRow>(
    db,
    'index-locate',
    ['requested'],
    ({ requested }) => selectLinked(requested),
  )
  return async (nhsNumber) => {
    const requested = toNhsNumber(nhsNumber)
    if (requested === null) throw badArgument('nhsNumber', 'a valid NHS number')
    const rows = await readLinked({ requested })
    const known = rows.filter((row): row is LinkedRow & KnownPatient => row.participant !== null)
    const { current, all } = numbersOf(requested, known)
    const same = known.filter((row) => all.has(row.nhs_number))
    if (!same.some(isSomebody)) return null
    const feeds = new Map(
      (rows[0]?.feeds ?? []).map(([participant, at]) => [participant, new Date(at)] as const),
    )
    const holders = holdersOf(participants, same, { current, feeds, now: clock() })
    const patients = toPatient({ current, requested, all, known: same, holders })
    return { nhsNumber: current, requestedNhsNumber: requested, ...patients, holders, feeds }
  }
}

type LinkedRow = { readonly [Column in keyof KnownPatient]: KnownPatient[Column] | null } & {
  readonly feeds: [participant: string, lastSuccessAt: string][] | null
}

/** Everything known under the number or one that it replaced or was replaced by. */
function selectLinked(nhsNumber: Placeholder<string>) {
  return sql<LinkedRow>`
    with recursive linked (nhs_number) as (
      select ${nhsNumber}::text
      union
      select neighbour.nhs_number from linked
      cross join lateral (
        select new_number as nhs_number from number_link where old_number = linked.nhs_number
        union all
        select old_number from number_link where new_number = linked.nhs_number
      ) as neighbour
    )
    select holder.participant, holder.nhs_number, holder.holds_record, holder.demographics,
      holder.is_sensitive, holder.as_of, feed.feeds, (
        select min(new_number) from number_link
        where number_link.participant = holder.participant
          and number_link.old_number = holder.nhs_number
      ) as superseded_by
    from linked left join holder using (nhs_number)
    cross join (
      select json_agg(json_build_array(participant, last_success_at)) as feeds
      from feed_cursor where last_success_at is not null
    ) as feed`
}

/**
 * The number in force, and every number that leads to it. Where sources name different successors,
 * the one that changed last is believed, and the other's patient is not mixed in.
 */
function numbersOf(requested: string, known: readonly KnownPatient[]) {
  const successors = new Map<string, string>()
  for (const row of [...known].sort(byAsOf)) {
    if (row.superseded_by !== null) successors.set(row.nhs_number, row.superseded_by)
  }
  const current = lastOf(requested, successors)
  const numbers = [current, ...known.map((row) => row.nhs_number), ...successors.keys()]
  const all = new Set(numbers.filter((number) => lastOf(number, successors) === current))
  return { current, all }
}

function byAsOf(a: KnownPatient, b: KnownPatient): number {
  return a.as_of.getTime() - b.as_of.getTime() || (a.participant < b.participant ? 1 : -1)
}

/** Follows successors; numbers that replace each other in a circle stand for the smallest of them. */
function lastOf(number: string, successors: ReadonlyMap<string, string>): string {
  const seen = [number]
  for (let next = successors.get(number); next !== undefined; next = successors.get(next)) {
    const at = seen.indexOf(next)
    if (at >= 0) return seen.slice(at).sort()[0] ?? number
    seen.push(next)
  }
  return seen.at(-1) ?? number
}

function holdersOf(
  participants: readonly Participant[],
  known: readonly KnownPatient[],
  index: {
    readonly current: string
    readonly feeds: ReadonlyMap<string, Date>
    readonly now: Date
  },
): Holder[] {
  return participants.filter(isContributor).flatMap(({ code }): Holder[] => {
    const held = known
      .filter((row) => row.participant === code && row.holds_record)
      .map((row) => ({ participant: code, nhsNumber: row.nhs_number, asOf: row.as_of }))
    if (held.length > 0) return held
    const lastHeard = index.feeds.get(code)?.getTime() ?? Number.NEGATIVE_INFINITY
    const isSilent = index.now.getTime() - lastHeard > SILENT_AFTER_MS
    return isSilent ? [{ participant: code, nhsNumber: index.current, asOf: null }] : []
  })
}
