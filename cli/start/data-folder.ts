import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartProblem } from './problem.ts'

/** Grows whenever what a data folder holds changes in a way that an older folder cannot follow. */
const LAYOUT = 1

/** Everything that a running system keeps, in one folder. */
export interface DataFolder {
  readonly path: string
  readonly postgres: string
  readonly logs: string
}

/**
 * Makes a data folder, or checks that an existing one can be used.
 *
 * @throws {StartProblem} when another version of this software made it
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = { path, postgres: join(path, 'postgres'), logs: join(path, 'logs') }
  await mkdir(folder.logs, { recursive: true })
  await refuseReadOnly(path)
  const layout = await readOrCreate(join(path, 'layout.json'), async () =>
    JSON.stringify({ layout: LAYOUT }),
  )
  const found = parse(layout)['layout']
  if (found !== LAYOUT) {
    throw new StartProblem(
      `${path} was made by another version of this software (layout ${found}; this is layout ${LAYOUT}): set LCR_DATA_DIR to another folder, or remove this one to begin afresh`,
    )
  }
  return folder
}

/**
 * Reads a file, or makes it when there is none: it is whole from the moment it is seen, and whoever
 * comes second reads the first's. For its owner's eyes alone.
 */
export async function readOrCreate(file: string, make: () => Promise<string>): Promise<string> {
  const present = await readIfPresent(file)
  if (present !== undefined) return present
  const text = await make()
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    await link(draft, file)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return await readFile(file, 'utf8')
  } finally {
    await unlink(draft).catch(() => {})
  }
}

/** A file's text; undefined when there is none. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function refuseReadOnly(path: string): Promise<void> {
  const probe = join(path, `.probe-${process.pid}`)
  await (await open(probe, 'w')).close()
  await rm(probe, { force: true })
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    // A file that cannot be read counts as another version's.
    return {}
  }
}
