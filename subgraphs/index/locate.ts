import { type Kysely, sql } from 'kysely'
import type { Clock } from '../kit/clock.ts'
import { badArgument } from '../kit/errors.ts'
import { toNhsNumber } from '../kit/fhir/nhs-number.ts'
import type { Participant } from '../kit/participant.ts'
import type { Person } from '../kit/person/person.ts'
import { isContributor } from '../kit/schema/participant-sdl.ts'
import { compileOnce, type Placeholder } from '../kit/store/compile-once.ts'
import { NATIONAL_SERVICE, type Teller, toClaim } from './identity/claim.ts'
import { decideIdentity, type Identity } from './identity/decide-identity.ts'
import { joinNumbers, type NumberLink } from './identity/join-numbers.ts'
import type { NationalDesk, NationalState } from './national/national-desk.ts'
import { type IndexedPatient, isSomebody, toPatient } from './patient.ts'
import type { IndexDatabase } from './store/tables.ts'

/** A participant to ask about a patient, and by which number. */
export interface Holder extends Teller {
  /** The number under which this participant holds the patient: it may have been replaced since. */
  readonly nhsNumber: string
  /** When its record last changed; null when it is asked only because its feed has been silent. */
  readonly asOf: Date | null
}

/** Who the patient is, and whose statements that another number is theirs are not followed. */
export interface LocatedIdentity extends Identity {
  /** Codes of participants, sorted. */
  readonly unjoined: readonly string[]
  readonly nationalService: NationalState
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
  readonly identity: LocatedIdentity
  readonly holders: readonly Holder[]
  /** When each participant's feed was last read to its end; missing: never. */
  readonly feeds: ReadonlyMap<string, Date>
}

/** What one participant's feed told of a patient. */
export interface KnownPatient extends Teller {
  readonly nhs_number: string
  readonly holds_record: boolean
  readonly demographics: object
  readonly is_sensitive: boolean
  readonly as_of: Date
}

/** Longer without a word from a feed, and the participant is asked whether or not it is known to hold. */
const SILENT_AFTER_MS = 5 * 60_000

/**
 * Finds a patient by NHS number; null when nobody knows it.
 *
 * @throws BAD_USER_INPUT for a number whose check digit is wrong
 */
export type Locate = (
  nhsNumber: string,
  /** False: what the national service said before counts, and it is not asked. */
  how?: { readonly asksNationally?: boolean },
) => Promise<Located | null>

/**
 * Finds patients in the index, each in one statement. A number that has been replaced is followed to
 * the one in force, and every number that leads there counts, where the people known under them agree.
 *
 * @param parts.db opened by `connect`
 */
export function createLocate(parts: {
  readonly db: Kysely<IndexDatabase>
  readonly participants: readonly Participant[]
  readonly clock: Clock
  readonly national?: NationalDesk | null | undefined
}): Locate {
  const { db, participants, clock, national } = parts
  const readLinked = compileOnce<{ readonly requested: string }, LinkedRow>(
    db,
    'index-locate',
    ['requested'],
    ({ requested }) => selectLinked(requested),
  )
  return async (nhsNumber, { asksNationally = true } = {}) => {
    const requested = toNhsNumber(nhsNumber)
    if (requested === null) throw badArgument('nhsNumber', 'a valid NHS number')
    const nationalService = await consult(national, asksNationally ? requested : null)
    const rows = await readLinked({ requested })
    const isTold = isTellingNow(nationalService, { national, now: clock() })
    const known = rows
      .filter((row): row is LinkedRow & KnownPatient => row.participant !== null)
      .filter(isTold)
    const links = linksIn(rows).filter(
      (link) => link.participant !== NATIONAL_SERVICE || known.some(isNational),
    )
    const claimsUnder = (isOne: (number: string) => boolean) =>
      known.filter((row) => isOne(row.nhs_number) && isSomebody(row)).map(toClaim)
    const numbers = joinNumbers(requested, links, (number) => {
      const claims = claimsUnder((one) => one === number)
      return claims.length === 0 ? undefined : surelyUnder(decideIdentity(claims, participants))
    })
    const same = known.filter((row) => numbers.all.has(row.nhs_number))
    if (!same.some(isSomebody)) return null
    const identity = {
      ...decideIdentity(
        claimsUnder((one) => numbers.all.has(one)),
        participants,
      ),
      unjoined: numbers.unjoined,
      nationalService,
    }
    const feeds = new Map(
      (rows[0]?.feeds ?? []).map(([participant, at]) => [participant, new Date(at)] as const),
    )
    const { current } = numbers
    const holders = holdersOf(participants, same, { current, feeds, now: clock() })
    const patients = toPatient({ requested, numbers, known: same, holders, identity })
    return {
      nhsNumber: current,
      requestedNhsNumber: requested,
      ...patients,
      identity,
      holders,
      feeds,
    }
  }
}

/**
 * Who is known under a number so well that another number may be theirs too; null where any source has
 * somebody else there, or says too little: then the number's own records are not of one person for sure.
 */
function surelyUnder({ basis, person, disagreeing, unconfirmed }: Identity): Person | null {
  const isDoubtful = disagreeing.length + unconfirmed.length > 0
  return isDoubtful && basis !== 'NATIONAL_SERVICE' ? null : person
}

function consult(
  national: NationalDesk | null | undefined,
  nhsNumber: string | null,
): Promise<NationalState> | NationalState {
  if (!national) return 'NOT_CONNECTED'
  return nhsNumber === null ? 'NOT_ASKED' : national.consult(nhsNumber)
}

/** What the national service said counts while it is connected, and not for ever. */
function isTellingNow(
  state: NationalState,
  index: { readonly national: NationalDesk | null | undefined; readonly now: Date },
): (row: KnownPatient) => boolean {
  const keptForMs = state === 'AWAY' ? 0 : (index.national?.keptForMs ?? 0)
  const oldest = index.now.getTime() - keptForMs
  return (row) => !isNational(row) || (keptForMs > 0 && row.as_of.getTime() >= oldest)
}

function isNational({ participant }: Pick<KnownPatient, 'participant'>): boolean {
  return participant === NATIONAL_SERVICE
}

type LinkedRow = { readonly [Column in keyof KnownPatient]: KnownPatient[Column] | null } & {
  readonly feeds: [participant: string, lastSuccessAt: string][] | null
  readonly links: NumberLink[] | null
}

function linksIn(rows: readonly LinkedRow[]): readonly NumberLink[] {
  return rows[0]?.links ?? []
}

/** Everything known under the number or one that it is said to have replaced or been replaced by. */
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
    select holder.participant, nullif(holder.server, '') as server, holder.nhs_number, holder.holds_record, holder.demographics,
      holder.is_sensitive, holder.as_of, feed.feeds, (
        select json_agg(json_build_object(
          'participant', participant, 'old', old_number, 'new', new_number))
        from number_link where old_number in (select nhs_number from linked)
      ) as links
    from linked
    left join lateral (
      select * from holder where holder.nhs_number = linked.nhs_number offset 0
    ) as holder on true
    cross join (
      select json_agg(json_build_array(participant, last_success_at)) as feeds
      from feed_cursor where last_success_at is not null
    ) as feed`
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
      .map((row) => ({
        participant: code,
        server: row.server,
        nhsNumber: row.nhs_number,
        asOf: row.as_of,
      }))
    if (held.length > 0) return held
    const lastHeard = index.feeds.get(code)?.getTime() ?? Number.NEGATIVE_INFINITY
    const isSilent = index.now.getTime() - lastHeard > SILENT_AFTER_MS
    return isSilent
      ? [{ participant: code, server: null, nhsNumber: index.current, asOf: null }]
      : []
  })
}
