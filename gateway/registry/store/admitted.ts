import type { Kysely } from 'kysely'
import type { ParticipantDescription } from '../../../subgraphs/kit/participant-description.ts'
import type { RegistryDatabase } from './tables.ts'

/** Admits a participant from outside this project, or describes one anew; it counts from its next publication on. */
export async function admitParticipant(
  db: Kysely<RegistryDatabase>,
  description: ParticipantDescription,
  admittedAt: Date,
): Promise<void> {
  const row = { description: JSON.stringify(description), admitted_at: admittedAt }
  await db
    .insertInto('registry_admitted')
    .values({ code: description.code, ...row })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
    .execute()
}

/** Every participant from outside this project that was admitted, by code. */
export async function findAdmitted(
  db: Kysely<RegistryDatabase>,
): Promise<ReadonlyMap<string, ParticipantDescription>> {
  const rows = await db.selectFrom('registry_admitted').select(['code', 'description']).execute()
  return new Map(rows.map(({ code, description }) => [code, description]))
}
