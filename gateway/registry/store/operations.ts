import { type Kysely, sql, type Transaction } from 'kysely'
import type { CheckedOperation, RegisteredOperation } from '../operations/registered-operation.ts'
import type { RegistryDatabase } from './tables.ts'

/** Every publication is checked against all of them. */
export const MOST_OF_A_TEAM = 2000

/** A team may register no more: nothing was changed. */
export class TooManyOperations extends Error {
  override readonly name = 'TooManyOperations'
}

/** What a manifest changed. */
export interface TakenManifest {
  /** How many operations of the team are registered now. */
  readonly operations: number
  readonly added: number
  readonly retired: number
}

/**
 * Takes over a team's operations, all or none; those that it registered before stay, unless this is all
 * it has.
 *
 * @throws {TooManyOperations}
 */
export async function takeManifest(
  db: Kysely<RegistryDatabase>,
  manifest: {
    readonly team: string
    readonly operations: readonly CheckedOperation[]
    /** Whether what the manifest does not name is retired. */
    readonly isWhole: boolean
    readonly at: Date
  },
): Promise<TakenManifest> {
  return db.transaction().execute(async (transaction) => {
    // One after the other, so that whoever follows the newest number misses none.
    await sql`select pg_advisory_xact_lock(hashtextextended('registry operations', 0))`.execute(
      transaction,
    )
    const { team, at } = manifest
    const retired = manifest.isWhole ? await retireOthers(transaction, manifest) : 0
    const added = await addOperations(transaction, manifest)
    const operations = await countOperations(transaction, team)
    if (operations > MOST_OF_A_TEAM) throw new TooManyOperations()
    if (added > 0 || retired > 0) {
      await transaction
        .insertInto('registry_manifest')
        .values({ team, operations, added, retired, taken_at: at })
        .execute()
    }
    return { operations, added, retired }
  })
}

type Given = Parameters<typeof takeManifest>[1]

async function retireOthers(
  db: Transaction<RegistryDatabase>,
  { team, operations, at }: Given,
): Promise<number> {
  const digests = operations.map(({ digest }) => digest)
  const { numUpdatedRows } = await db
    .updateTable('registry_operation')
    .set({ retired_at: at })
    .where('team', '=', team)
    .where('retired_at', 'is', null)
    .where(sql<boolean>`digest <> all(${digests}::text[])`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

async function addOperations(
  db: Transaction<RegistryDatabase>,
  { team, operations, at }: Given,
): Promise<number> {
  if (operations.length === 0) return 0
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('registry_operation')
    .values(
      operations.map(({ digest, text, name, type, manifestId }) => ({
        team,
        digest,
        text,
        name,
        type,
        manifest_id: manifestId,
        registered_at: at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}

async function countOperations(db: Kysely<RegistryDatabase>, team: string): Promise<number> {
  const { count } = await db
    .selectFrom('registry_operation')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('team', '=', team)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The operations that teams have registered and not retired, by team and name. */
export async function findRegisteredOperations(
  db: Kysely<RegistryDatabase>,
): Promise<RegisteredOperation[]> {
  const rows = await db
    .selectFrom('registry_operation')
    .select(['team', 'digest', 'text', 'name', 'type', 'manifest_id', 'registered_at'])
    .where('retired_at', 'is', null)
    .orderBy('team')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ manifest_id, registered_at, ...row }) => ({
    ...row,
    manifestId: manifest_id,
    registeredAt: registered_at,
  }))
}

/** The digests of all that are registered. */
export async function findRegisteredDigests(
  db: Kysely<RegistryDatabase>,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('registry_operation')
    .select('digest')
    .distinct()
    .where('retired_at', 'is', null)
    .execute()
  return new Set(rows.map(({ digest }) => digest))
}

/** The number of the manifest that changed something last; `0` when none did. */
export async function findNewestManifest(db: Kysely<RegistryDatabase>): Promise<string> {
  const newest = await db
    .selectFrom('registry_manifest')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.id ?? '0'
}
