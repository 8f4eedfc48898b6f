import type { Kysely } from 'kysely'
import type { RegistryDatabase } from './tables.ts'
import { createToken, hashOfToken } from './token.ts'

const PREFIX = 'lcr_team_'

/**
 * Makes a token for a front-end team; it may have several.
 *
 * @returns the token, which is kept nowhere: only its hash is
 */
export async function createTeam(
  db: Kysely<RegistryDatabase>,
  team: { readonly name: string; readonly createdAt: Date },
): Promise<string> {
  const token = createToken(PREFIX)
  const { name, createdAt } = team
  await db
    .insertInto('registry_team')
    .values({ token_hash: hashOfToken(token), name, created_at: createdAt })
    .execute()
  return token
}

/** The name of the team whose token it is; null when nobody's, or no longer. */
export async function findTeam(
  db: Kysely<RegistryDatabase>,
  token: string,
): Promise<string | null> {
  const found = await db
    .selectFrom('registry_team')
    .select('name')
    .where('token_hash', '=', hashOfToken(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return found?.name ?? null
}

/**
 * Takes a team's tokens from it; its operations stay.
 *
 * @returns how many
 */
export async function revokeTeam(
  db: Kysely<RegistryDatabase>,
  { name, at }: { readonly name: string; readonly at: Date },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('registry_team')
    .set({ revoked_at: at })
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
