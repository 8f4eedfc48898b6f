import { type Kysely, type RawBuilder, sql } from 'kysely'
import { readId } from '../../governance/arguments.ts'
import type { GovernanceDatabase } from '../../governance/store/tables.ts'

/** Finds the patient of an objection, a claim or an alert that an action names by its id; null for any other action. */
export type FindSubject = (
  action: string,
  facts: Readonly<Record<string, unknown>>,
) => Promise<string | null>

const objection = (id: string) => sql`select nhs_number from objection where id = ${id}`
const claim = (id: string) => sql`select nhs_number from emergency_claim where id = ${id}`
const alert = (reference: string) =>
  sql`select nhs_number from privacy_alert where reference = ${reference}`

/** By which argument an action names something, and where that stands. */
const named: Readonly<
  Record<string, readonly [argument: string, find: (id: string) => RawBuilder<unknown>]>
> = {
  objection: ['id', objection],
  takeObjectionUnderReview: ['objectionId', objection],
  decideObjection: ['objectionId', objection],
  withdrawObjection: ['objectionId', objection],
  endEmergencyAccess: ['claimId', claim],
  privacyAlert: ['reference', alert],
  closePrivacyAlert: ['reference', alert],
  escalatePrivacyAlert: ['reference', alert],
}

/** Over the gateway's database. */
export function createFindSubject(db: Kysely<GovernanceDatabase>): FindSubject {
  return async (action, facts) => {
    const [argument, find] = named[action] ?? []
    const given = argument === undefined ? undefined : facts[argument]
    if (!find || typeof given !== 'string') return null
    const id = argument === 'reference' ? given : readId(given)
    if (id === null) return null
    const { rows } = await sql<{ nhs_number: string | null }>`${find(id)}`.execute(db)
    return rows[0]?.nhs_number ?? null
  }
}
