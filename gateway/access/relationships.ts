import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import type { RelationshipKind } from '../../subgraphs/kit/store/tables.ts'

/** Evidence that an organisation cares for a patient, as a participant's feed told it. */
export interface Relationship {
  readonly kind: RelationshipKind
  /** The code of the participant whose record shows it. */
  readonly participant: string
  /** The organisation that has it, by ODS code. */
  readonly odsCode: string
  /** The resource that shows it: `Encounter/123`. */
  readonly evidence: string
  readonly startsAt: Date | null
  /** Null while it is open. */
  readonly endsAt: Date | null
  /** Who referred, by ODS code; null for every other kind. */
  readonly referrer: string | null
  /** When what shows it was last changed, as its source dates it. */
  readonly recordedAt: Date | null
}

/** Each kind is in force from so many days before it begins until so many after it has ended. */
export const involvedDays: Readonly<Record<RelationshipKind, number>> = {
  GP_REGISTRATION: 0,
  REFERRAL: 30,
  APPOINTMENT: 30,
  ATTENDANCE: 30,
  ADMISSION: 30,
  CASELOAD: 30,
}

const DAY_MS = 86_400_000

/**
 * Whether a relationship is one at a moment: question 6. A registration counts while it lasts;
 * everything else from thirty days before it begins, when it is being prepared, until thirty days after its end.
 */
export function isInForce(
  { kind, startsAt, endsAt }: Pick<Relationship, 'kind' | 'startsAt' | 'endsAt'>,
  now: Date,
): boolean {
  const days = involvedDays[kind]
  const hasBegun = startsAt === null || startsAt.getTime() - days * DAY_MS <= now.getTime()
  const isOver = endsAt !== null && endsAt.getTime() + days * DAY_MS < now.getTime()
  return hasBegun && !isOver
}

/** A relationship as PostgreSQL writes it into JSON. */
export type RelationshipRow = Pick<
  Relationship,
  'kind' | 'participant' | 'evidence' | 'referrer'
> & {
  readonly ods_code: string
  readonly starts_at: string | null
  readonly ends_at: string | null
  readonly recorded_at: string | null
}

/**
 * SQL: all relationships of an organisation with the person of these numbers, in force or not, as JSON, and
 * what it takes to tell which of them count: every registration and, where the organisation was referred to,
 * every referral and whatever those who referred have.
 */
export function relationshipRows(
  odsCode: RawBuilder<string>,
  nhsNumbers: RawBuilder<readonly string[]>,
): RawBuilder<readonly RelationshipRow[]> {
  return sql<readonly RelationshipRow[]>`(
    select coalesce(json_agg(known order by kind, participant, evidence), '[]') from (
      select kind, participant, ods_code, evidence, starts_at, ends_at, referrer, recorded_at
      from care_relationship
      where nhs_number = any (${nhsNumbers}::text[])
        and (ods_code = ${odsCode} or kind = 'GP_REGISTRATION'
          or (
            exists (
              select from care_relationship
              where nhs_number = any (${nhsNumbers}::text[]) and ods_code = ${odsCode}
                and kind = 'REFERRAL'
            )
            and (kind = 'REFERRAL' or ods_code in (
              select referrer from care_relationship
              where nhs_number = any (${nhsNumbers}::text[]) and referrer is not null
            ))
          ))
    ) as known
  )`
}

/** @throws when a row is not of the table's shape: a moment that cannot be read opens nothing */
export function toRelationship(row: RelationshipRow): Relationship {
  const { kind, participant, ods_code: odsCode, evidence, referrer } = row
  return {
    kind,
    participant,
    odsCode,
    evidence,
    startsAt: toMoment(row.starts_at),
    endsAt: toMoment(row.ends_at),
    referrer,
    recordedAt: toMoment(row.recorded_at),
  }
}

function toMoment(text: string | null): Date | null {
  if (text === null) return null
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new Error('A moment that cannot be read')
  return moment
}

/** What `relationshipRows` reads. */
export async function findRelationships(
  db: Kysely<IndexDatabase>,
  odsCode: string,
  nhsNumbers: readonly string[],
): Promise<Relationship[]> {
  const { rows } = await sql<{ relationships: readonly RelationshipRow[] }>`
    select ${relationshipRows(sql.val(odsCode), sql.val(nhsNumbers))} as relationships`.execute(db)
  return (rows[0]?.relationships ?? []).map(toRelationship)
}
