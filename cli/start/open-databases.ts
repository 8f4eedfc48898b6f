import { prepareAuditStore } from '../../gateway/audit/store/prepare.ts'
import type { AuditDatabase } from '../../gateway/audit/store/tables.ts'
import { databaseVariable } from '../../gateway/config/settings.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import type { Launch } from './bring-up.ts'
import { findFreePort } from './ports.ts'
import { findBinaries } from './postgres/binaries.ts'
import { AUDIT, connectAsOwner, type DatabaseOwner, GATEWAY } from './postgres/databases.ts'
import { initialise } from './postgres/init.ts'
import { endLeftover } from './postgres/leftover.ts'
import { ensurePasswords } from './postgres/passwords.ts'
import { findPostgresUser } from './postgres/run-as.ts'
import { startServer } from './postgres/server.ts'
import { StartProblem } from './problem.ts'

/** The databases of the system. */
export interface Databases {
  /** `postgres://…` of a participant's, once it is there. */
  urlOf(code: string): Promise<string>
  gatewayUrl(): Promise<string>
  /** Of the audit store, as the gateway's role. */
  auditUrl(): Promise<string>
  /** Says that all first patients are loaded: from now on what is written is safe on the disk. */
  makeDurable(): Promise<void>
  /** Resolves with a line when the embedded PostgreSQL has ended. */
  readonly broken: Promise<string>
}

/**
 * The databases of the settings or, when the settings name none, those of the embedded PostgreSQL,
 * which is started for it.
 *
 * @throws {StartProblem} when the settings name some and not all
 */
export async function openDatabases(launch: Launch): Promise<Databases> {
  const { config } = launch
  const given = new Map<string, string | undefined>([
    ['DATABASE_URL', config.databaseUrl],
    ['LCR_AUDIT_DATABASE_URL', config.audit.databaseUrl],
    ...config.sources.map((each) => [databaseVariable(each.code), each.databaseUrl] as const),
  ])
  const missing = [...given].flatMap(([variable, url]) => (url === undefined ? [variable] : []))
  if (missing.length === given.size) return openEmbedded(launch)
  if (missing.length > 0) {
    throw new StartProblem(`Set all databases or none. Absent: ${missing.join(', ')}`)
  }
  return {
    urlOf: async (code) => given.get(databaseVariable(code)) ?? '',
    gatewayUrl: async () => config.databaseUrl ?? '',
    auditUrl: async () => config.audit.databaseUrl ?? '',
    makeDurable: async () => {},
    broken: new Promise(() => {}),
  }
}

async function openEmbedded({ config, folder, running, timings }: Launch): Promise<Databases> {
  const binaries = await findBinaries()
  const user = await findPostgresUser([binaries.postgres, folder.path])
  await endLeftover(folder.postgres)
  const passwordOf = await ensurePasswords(folder.path)
  const isNew = await initialise(folder, { binaries, user, password: passwordOf('postgres') })
  timings.end('PostgreSQL initialised')
  if (running.isStopping) throw new StartProblem('It was stopped before PostgreSQL started')
  const port = await findFreePort(config.port, config.port + config.sources.length)
  const server = await startServer(folder, { binaries, user, port })
  running.addPostgres(server)
  const owner = await connectAsOwner(port, passwordOf)
  if (isNew) await owner.setDurable(false)
  const created = createInTurn(owner, [GATEWAY, AUDIT, ...config.sources.map(({ code }) => code)])
  const audited = prepareAudit(owner, created)
  audited.catch(() => {})
  const urlOf = async (name: string) => {
    await created.get(name)
    return owner.urlOf(name)
  }
  return {
    urlOf,
    gatewayUrl: () => urlOf(GATEWAY),
    async auditUrl() {
      await audited
      return owner.urlOf(GATEWAY, AUDIT)
    },
    makeDurable: () => owner.setDurable(true),
    broken: server.ended.then(
      () => `PostgreSQL has ended, so everything stops (see ${folder.logs}/postgres.log)`,
    ),
  }
}

/** The gateway may add to the audit store and read it; the store's own role alone could do more. */
async function prepareAudit(
  owner: DatabaseOwner,
  created: ReadonlyMap<string, Promise<void>>,
): Promise<void> {
  await Promise.all([created.get(GATEWAY), created.get(AUDIT)])
  const db = connect<AuditDatabase>(owner.urlOf(AUDIT), 1)
  try {
    await prepareAuditStore(db, GATEWAY)
  } finally {
    await db.destroy()
  }
}

function createInTurn(
  owner: DatabaseOwner,
  names: readonly string[],
): ReadonlyMap<string, Promise<void>> {
  const created = new Map<string, Promise<void>>()
  let last = Promise.resolve()
  for (const name of names) {
    last = last.then(() => owner.createDatabase(name))
    last.catch(() => {})
    created.set(name, last)
  }
  return created
}
