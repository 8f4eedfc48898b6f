import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InitProblem } from './init-problem.ts'

/** A file's text, or a folder to copy. */
export type Content = string | { readonly copyOf: string }

/** What a folder is to hold, by path below it. */
export type Plan = ReadonlyMap<string, Content>

/**
 * Makes a folder, whole or not at all.
 *
 * @throws {InitProblem} when there is something of that name that is not an empty folder
 */
export async function makeFolder(folder: string, plan: Plan): Promise<void> {
  const wasThere = await refuseUsed(folder)
  try {
    await mkdir(folder, { recursive: true })
    for (const [path, content] of plan) {
      const target = join(folder, path)
      await mkdir(dirname(target), { recursive: true })
      if (typeof content === 'string') await writeFile(target, content)
      else await cp(content.copyOf, target, { recursive: true })
    }
  } catch (error) {
    await takeAway(folder, wasThere)
    throw error
  }
}

async function refuseUsed(folder: string): Promise<boolean> {
  try {
    const entries = await readdir(folder)
    if (entries.length === 0) return true
    throw new InitProblem(`${folder} is not empty: name a new folder, or an empty one`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return false
    if (code === 'ENOTDIR') throw new InitProblem(`${folder} is a file: name a new folder`)
    throw error
  }
}

/** It was empty, so all that it holds was made here. */
async function takeAway(folder: string, wasThere: boolean): Promise<void> {
  if (!wasThere) return rm(folder, { recursive: true, force: true })
  for (const entry of await readdir(folder)) {
    await rm(join(folder, entry), { recursive: true, force: true })
  }
}
