import { spawn } from 'node:child_process'
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataFolder } from '../data-folder.ts'
import { readIfPresent } from '../data-folder.ts'
import { fullDisk, StartProblem } from '../problem.ts'
import { type Binaries, readMajorVersion } from './binaries.ts'
import { commandAs, type PostgresUser } from './run-as.ts'

/**
 * Makes PostgreSQL's data folder, or checks that this PostgreSQL can use the one that is there.
 *
 * @param given.password of the owner, `postgres`
 * @returns true when it was made now
 * @throws {StartProblem} when another major version made it, or the disk is full
 */
export async function initialise(
  folder: DataFolder,
  given: { binaries: Binaries; user: PostgresUser | undefined; password: string },
): Promise<boolean> {
  const version = (await readIfPresent(join(folder.postgres, 'PG_VERSION')))?.trim()
  if (version !== undefined) {
    const own = readMajorVersion(given.binaries.postgres)
    if (version === own) return false
    throw new StartProblem(
      `${folder.path} holds databases of PostgreSQL ${version}, and this is PostgreSQL ${own}: set LCR_DATA_DIR to another folder, or remove this one to begin afresh`,
    )
  }
  // Under another name until it is whole: a start that is killed here leaves nothing half made.
  const draft = `${folder.postgres}.new`
  await rm(draft, { recursive: true, force: true })
  await rm(folder.postgres, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  if (given.user) await chown(draft, given.user.uid, given.user.gid)
  const passwordFile = join(folder.path, 'password.new')
  await writeFile(passwordFile, given.password, { mode: 0o600 })
  try {
    if (given.user) await chown(passwordFile, given.user.uid, given.user.gid)
    await runInitdb(folder, { ...given, draft, passwordFile })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, folder.postgres)
  return true
}

async function runInitdb(
  folder: DataFolder,
  given: {
    binaries: Binaries
    user: PostgresUser | undefined
    draft: string
    passwordFile: string
  },
): Promise<void> {
  const { command, args, options } = commandAs(given.user, given.binaries.initdb, [
    `--pgdata=${given.draft}`,
    '--username=postgres',
    `--pwfile=${given.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ])
  const child = spawn(command, args, {
    ...options,
    // Not of the terminal's group: Ctrl-C is for the launcher to handle.
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  if (code === 0) return
  await rm(given.draft, { recursive: true, force: true })
  if (said.includes('No space left on device')) throw new StartProblem(fullDisk(folder.path))
  const line = said.split('\n').find((each) => /error|fatal|could not/i.test(each)) ?? said.trim()
  throw new StartProblem(`PostgreSQL could not make its data folder: ${line}`)
}
