import { type Kysely, sql } from 'kysely'
import { prepareAuditStore } from '../../gateway/audit/store/prepare.ts'
import type { AuditDatabase } from '../../gateway/audit/store/tables.ts'
import { connectTo } from './open-store.ts'
import { AuditProblem, describeAuditProblem } from './problem.ts'

/**
 * Prepares an audit store and says so.
 *
 * @param request.writer the gateway's role
 * @returns the exit code: 0 prepared, 2 not carried out
 */
export async function runPrepare(request: {
  readonly ownerUrl: string
  readonly writer: string
}): Promise<number> {
  try {
    const db = connectTo(request.ownerUrl)
    try {
      await refuseUnfit(db, request.writer)
      await prepareAuditStore(db, request.writer)
    } finally {
      await db.destroy()
    }
    process.stdout.write(`The audit store is ready: ${request.writer} may add to it and read it.\n`)
    return 0
  } catch (error) {
    process.stderr.write(`lcr audit prepare: ${describeAuditProblem(error)}\n`)
    return 2
  }
}

async function refuseUnfit(db: Kysely<AuditDatabase>, writer: string): Promise<void> {
  const { rows } = await sql<Roles>`
    select current_user as owner,
      has_schema_privilege(current_user, 'public', 'create')
        and coalesce(
          (select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass('audit_entry')),
          true
        ) as is_owner,
      exists (select from pg_roles where rolname = ${writer}) as has_writer,
      (select rolsuper from pg_roles where rolname = ${writer}) as is_writer_superuser,
      (select pg_has_role(oid, current_user, 'member') from pg_roles where rolname = ${writer})
        as is_writer_owner`.execute(db)
  const [found] = rows
  if (!found?.has_writer) {
    throw new AuditProblem(`there is no role '${writer}': create it first, without any right`)
  }
  if (found.is_writer_superuser) {
    throw new AuditProblem(
      `'${writer}' is a superuser, who can change every entry: use another role`,
    )
  }
  if (found.is_writer_owner) {
    throw new AuditProblem(
      `'${writer}' has the owner's rights and could change entries: use another`,
    )
  }
  if (!found.is_owner) {
    throw new AuditProblem(`'${found.owner}' does not own the audit store: use the role that does`)
  }
}

interface Roles {
  readonly owner: string
  readonly is_owner: boolean
  readonly has_writer: boolean
  readonly is_writer_superuser: boolean | null
  readonly is_writer_owner: boolean | null
}
