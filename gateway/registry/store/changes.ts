import type { Kysely } from 'kysely'
import type { SchemaChange } from '../changelog/compare-schemas.ts'
import type { RegistryDatabase } from './tables.ts'

/** What is known of the changes that versions brought, by their numbers. */
export async function findChanges(
  db: Kysely<RegistryDatabase>,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly SchemaChange[]>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('registry_changes')
    .select(['version', 'changes'])
    .where('version', 'in', numbers)
    .execute()
  return new Map(rows.map(({ version, changes }) => [version, changes]))
}

/** Keeps the changes that a version brought; another process may have done so already. */
export async function keepChanges(
  db: Kysely<RegistryDatabase>,
  version: number,
  changes: readonly SchemaChange[],
): Promise<void> {
  await db
    .insertInto('registry_changes')
    .values({ version, changes: JSON.stringify(changes) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
