import { type Kysely, sql } from 'kysely'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import type { RelationshipKind } from '../../subgraphs/kit/store/tables.ts'

/** Evidence that an organisation cares for a patient, as a participant's feed told it. */
export interface Relationship {
  readonly kind: RelationshipKind
  /** The code of the participant whose record shows it. */
  readonly participant: string
  /** The resource that shows it: `Encounter/123`. */
  readonly evidence: string
  readonly startsAt: Date | null
  /** Null while it is open. */
  readonly endsAt: Date | null
}

/** Involvement counts from so long before it begins until so long after it has ended. */
const INVOLVED_DAYS = 30

const DAY_MS = 86_400_000

/**
 * Whether a relationship is one at a moment: question 6. A registration counts while it lasts;
 * everything else from thirty days before it begins, when it is being prepared, until thirty days after its end.
 */
export function isInForce(
  { kind, startsAt, endsAt }: Pick<Relationship, 'kind' | 'startsAt' | 'endsAt'>,
  now: Date,
): boolean {
  const days = kind === 'GP_REGISTRATION' ? 0 : INVOLVED_DAYS
  const hasBegun = startsAt === null || startsAt.getTime() - days * DAY_MS <= now.getTime()
  const isOver = endsAt !== null && endsAt.getTime() + days * DAY_MS < now.getTime()
  return hasBegun && !isOver
}

/** All relationships of an organisation with the person of these numbers, in force or not. */
export async function findRelationships(
  db: Kysely<IndexDatabase>,
  odsCode: string,
  nhsNumbers: readonly string[],
): Promise<Relationship[]> {
  const { rows } = await sql<Relationship>`
    select kind, participant, evidence, starts_at as "startsAt", ends_at as "endsAt"
    from care_relationship
    where nhs_number = any (${[...nhsNumbers]}::text[]) and ods_code = ${odsCode}
    order by kind, participant, evidence`.execute(db)
  return rows
}
