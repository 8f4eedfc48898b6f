import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../gateway/config.ts'
import { AUDIT, GATEWAY } from '../start/postgres/databases.ts'
import { ensurePasswords } from '../start/postgres/passwords.ts'

/**
 * Where the database of a participant, of the gateway or of the audit store is: as the settings say or, when they name
 * none, in the embedded PostgreSQL of the system that runs on the same data folder. Null when none
 * runs there.
 */
export async function findDatabaseUrl(config: Config, code: string): Promise<string | null> {
  const given = givenUrl(config, code)
  if (given !== undefined) return given
  const port = await runningPort(join(config.dataDir, 'postgres', 'postmaster.pid'))
  if (port === null) return null
  const passwordOf = await ensurePasswords(config.dataDir)
  return `postgres://${code}:${passwordOf(code)}@127.0.0.1:${port}/${code}?sslmode=disable`
}

function givenUrl(config: Config, code: string): string | undefined {
  if (code === GATEWAY) return config.databaseUrl
  if (code === AUDIT) return config.audit.databaseUrl
  return config.sources.find((source) => source.code === code)?.databaseUrl
}

/** PostgreSQL's own note of itself: the process on its first line, the port on its fourth. */
async function runningPort(file: string): Promise<number | null> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const [processId, port] = [Number(lines[0]), Number(lines[3])]
  return isRunning(processId) && port > 0 ? port : null
}

function isRunning(processId: number): boolean {
  if (!(processId > 0)) return false
  try {
    return process.kill(processId, 0)
  } catch (error) {
    // It runs as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
