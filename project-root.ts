import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, wherever this code runs from: its source or the bundle. */
export const projectRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)))

/** True when this code runs from `dist/`. */
export const isBundled: boolean = fileURLToPath(import.meta.url).startsWith(
  join(projectRoot, 'dist') + sep,
)

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('No package.json above this file')
  return findRoot(parent)
}
