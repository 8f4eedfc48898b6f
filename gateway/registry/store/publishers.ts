import type { Kysely } from 'kysely'
import type { RegistryDatabase } from './tables.ts'
import { createToken, hashOfToken } from './token.ts'

/** Who may publish for one participant. */
export interface Publisher {
  readonly id: string
  readonly participant: string
  /** As the operator calls them. */
  readonly name: string
  /** Where the participant's subgraph may be: `https://host:port`, each. */
  readonly origins: readonly string[]
}

/** What every token begins with, so that a lost one is recognised. */
const PREFIX = 'lcr_publish_'

/**
 * Makes a publisher.
 *
 * @returns their token, which is kept nowhere: only its hash is
 */
export async function createPublisher(
  db: Kysely<RegistryDatabase>,
  publisher: Omit<Publisher, 'id'> & { readonly createdAt: Date },
): Promise<string> {
  const token = createToken(PREFIX)
  const { participant, name, origins, createdAt } = publisher
  await db
    .insertInto('registry_publisher')
    .values({
      token_hash: hashOfToken(token),
      participant,
      name,
      origins: JSON.stringify(origins),
      created_at: createdAt,
    })
    .execute()
  return token
}

/** The publisher whose token it is; null when nobody's, or no longer. */
export async function findPublisher(
  db: Kysely<RegistryDatabase>,
  token: string,
): Promise<Publisher | null> {
  const found = await db
    .selectFrom('registry_publisher')
    .select(['id', 'participant', 'name', 'origins'])
    .where('token_hash', '=', hashOfToken(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return found ?? null
}

/**
 * Takes their tokens from a participant's publishers.
 *
 * @param name of one of them; all of them when left out
 * @returns how many
 */
export async function revokePublishers(
  db: Kysely<RegistryDatabase>,
  of: { readonly participant: string; readonly name?: string | undefined; readonly at: Date },
): Promise<number> {
  const { participant, name, at } = of
  const { numUpdatedRows } = await db
    .updateTable('registry_publisher')
    .set({ revoked_at: at })
    .where('participant', '=', participant)
    .where('revoked_at', 'is', null)
    .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
