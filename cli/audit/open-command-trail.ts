import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { AuditStoreProblem, type AuditTrail, openTrail } from '../../gateway/audit/open-trail.ts'
import type { Config } from '../../gateway/config.ts'
import { systemClock } from '../../subgraphs/kit/clock.ts'
import { findDatabaseUrl } from '../load/find-database-url.ts'
import { ensureKeys } from '../start/keys.ts'
import { AUDIT, GATEWAY } from '../start/postgres/databases.ts'
import { AuditProblem } from './problem.ts'

/**
 * Opens the audit trail with a chain of this command's own, signed with the gateway's key and anchored
 * beside the gateway's chains, so that it is verified with them.
 *
 * @throws AuditProblem where it cannot be written: then nothing is handed out
 */
export async function openCommandTrail(
  config: Config,
  databaseUrl: string | undefined,
): Promise<AuditTrail> {
  const url = databaseUrl ?? (await findWriterUrl(config))
  if (url === null) throw new AuditProblem(NO_STORE)
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new AuditProblem(NO_URL)
  const key = join(config.dataDir, 'keys', 'gateway.private.jwk.json')
  // A key made here would sign what nobody could verify.
  await access(key).catch(() => {
    throw new AuditProblem(NO_KEY)
  })
  const { gateway } = await ensureKeys(config.dataDir)
  try {
    return await openTrail({
      url,
      anchors: config.audit.anchors,
      privateJwk: gateway.privateJwk,
      clock: systemClock,
      logger: pino({ level: 'silent' }),
      deadlineMs: config.audit.deadlineMs,
    })
  } catch (error) {
    if (error instanceof AuditStoreProblem) throw new AuditProblem(error.message)
    throw error
  }
}

/** The running system's audit store is the audit role's; the gateway's role adds to it. */
async function findWriterUrl(config: Config): Promise<string | null> {
  if (config.audit.databaseUrl !== undefined) return config.audit.databaseUrl
  const [gateway, store] = await Promise.all(
    [GATEWAY, AUDIT].map((code) => findDatabaseUrl(config, code)),
  )
  if (!gateway || !store) return null
  const url = new URL(store)
  const { username, password } = new URL(gateway)
  return Object.assign(url, { username, password }).href
}

const NO_STORE =
  "no audit store is known. Start the system with 'npm start', or set LCR_AUDIT_DATABASE_URL, or give --database-url"
const NO_URL = 'the database URL must be like postgres://user:password@host:port/database'
const NO_KEY =
  "the gateway's key is not in the data folder: run the command where a gateway runs, with its LCR_DATA_DIR"
