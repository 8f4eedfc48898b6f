import { type Kysely, sql } from 'kysely'
import { migrate } from '../../../subgraphs/kit/store/migrate.ts'
import { migrations } from './migrations.ts'
import type { AuditDatabase } from './tables.ts'

/**
 * Brings the audit store to the present schema, and lets another role add to it and read it. Safe to
 * repeat, and to call from several processes at once.
 *
 * @param db connected as the store's owner
 * @param writer the gateway's role, which exists already
 * @throws with the failing migration's own error as `cause`
 */
export async function prepareAuditStore(db: Kysely<AuditDatabase>, writer: string): Promise<void> {
  await migrate(db, 'The audit store', migrations)
  const role = sql.id(writer)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db)
  await sql`grant connect on database ${sql.id(rows[0]?.name ?? '')} to ${role}`.execute(db)
  await sql`grant select, insert on audit_entry, operation to ${role}`.execute(db)
  await sql`grant usage on sequence audit_position to ${role}`.execute(db)
  await sql`grant execute on function audit_ensure_month to ${role}`.execute(db)
  await sql`grant select on operation_use to ${role}`.execute(db)
  await sql`grant execute on function audit_count_operations to ${role}`.execute(db)
}

/**
 * Why a role may not be the gateway's, a sentence each; empty when it may: it can add entries and read
 * them, and has no way to change or remove one.
 */
export async function findPrivilegeProblems(db: Kysely<AuditDatabase>): Promise<string[]> {
  const { rows } = await sql<Privileges>`
    select to_regclass('audit_entry') is not null as is_prepared, current_user as role,
      (select rolsuper from pg_roles where rolname = current_user) as is_superuser
  `.execute(db)
  const [found] = rows
  if (!found?.is_prepared) return ["it is not prepared: run 'lcr audit prepare' as its owner"]
  if (found.is_superuser) return ['its role is a superuser, who can change every entry']
  const { rows: rights } = await sql<Rights>`
    select has_table_privilege('audit_entry', 'insert') and has_table_privilege('audit_entry', 'select')
        as may_add,
      exists (
        select from pg_class
        where (oid = 'audit_entry'::regclass or relname like 'audit\\_entry\\_%') and relkind in ('r', 'p')
          and (pg_has_role(relowner, 'member') or has_table_privilege(oid, 'update, delete, truncate'))
      ) as may_change`.execute(db)
  const [right] = rights
  return [
    ...(right?.may_add ? [] : ['its role may not add entries: prepare it for this role']),
    ...(right?.may_change ? ['its role may change or remove entries: use one that may not'] : []),
  ]
}

interface Privileges {
  readonly is_prepared: boolean
  readonly role: string
  readonly is_superuser: boolean
}

interface Rights {
  readonly may_add: boolean
  readonly may_change: boolean
}
