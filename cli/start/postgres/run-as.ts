import { spawnSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartProblem } from '../problem.ts'

/** Who PostgreSQL runs as, since it refuses to run as root. */
export interface PostgresUser {
  readonly uid: number
  readonly gid: number
  /** True when folders above the data or the programs are closed to that user. */
  readonly needsPassage: boolean
}

/** How to spawn a program of PostgreSQL's. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly options: { readonly uid?: number; readonly gid?: number }
}

/**
 * The user that PostgreSQL runs as: undefined for the present one, unless that is root. Then it is
 * `postgres` where there is one, else `nobody`; no user is added to the machine.
 *
 * @param paths absolute paths that PostgreSQL has to reach
 * @throws {StartProblem} when that user cannot reach them
 */
export async function findPostgresUser(
  paths: readonly string[],
): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile('/etc/passwd', 'utf8')
  const account = ['postgres', 'nobody'].flatMap((name) => {
    const line = accounts.split('\n').find((each) => each.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid !== undefined && gid !== undefined ? [{ uid: Number(uid), gid: Number(gid) }] : []
  })[0]
  if (!account) {
    throw new StartProblem(
      'PostgreSQL does not run as root, and there is no user nobody: start as another user',
    )
  }
  const closed = await findClosedFolder(paths, account)
  if (closed !== undefined && spawnSync('setpriv', ['--version']).status !== 0) {
    throw new StartProblem(
      `PostgreSQL does not run as root, and another user may not enter ${closed}: start as another user, or from another folder`,
    )
  }
  return { ...account, needsPassage: closed !== undefined }
}

/** Wraps a program so that it runs as PostgreSQL's user. */
export function commandAs(
  user: PostgresUser | undefined,
  program: string,
  args: readonly string[],
): Command {
  if (!user) return { command: program, args, options: {} }
  const { uid, gid, needsPassage } = user
  if (!needsPassage) return { command: program, args, options: { uid, gid } }
  // A checkout in /root is closed to everybody else: the one privilege kept is to pass through. Without
  // the securebit access(2), by which initdb and postgres look for their own programs, ignores it.
  const keep = [
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ]
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  return { command: 'setpriv', args: [...become, ...keep, program, ...args], options: {} }
}

async function findClosedFolder(
  paths: readonly string[],
  { uid, gid }: { uid: number; gid: number },
): Promise<string | undefined> {
  for (const path of paths) {
    for (let folder = path; ; folder = dirname(folder)) {
      const { mode, uid: owner, gid: group } = await stat(folder)
      const mayEnter = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
      if ((mode & mayEnter) === 0) return folder
      if (folder === dirname(folder)) break
    }
  }
  return undefined
}
