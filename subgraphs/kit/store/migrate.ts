import { type Kysely, type Migration, Migrator } from 'kysely'

/**
 * Brings a database, or one part of it, to the present schema. Safe to call from several processes at
 * once: the first one migrates, the others wait.
 *
 * @param migrations by their names, in the order of which they run
 * @param part whose migrations they are, where several parts share a database; each keeps its own count
 * @throws `<what> could not be brought to the present schema`, with the failing migration's own error as `cause`
 */
export async function migrate<Database>(
  db: Kysely<Database>,
  what: string,
  migrations: Readonly<Record<string, Migration>>,
  part?: string,
): Promise<void> {
  const migrator = new Migrator({
    db,
    ...(part !== undefined && {
      migrationTableName: `${part}_migration`,
      migrationLockTableName: `${part}_migration_lock`,
    }),
    provider: { getMigrations: async () => migrations },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error(`${what} could not be brought to the present schema`, { cause: error })
}
