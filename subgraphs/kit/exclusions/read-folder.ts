import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ExclusionListError } from './list-error.ts'

/** A list as it stands on the disk. */
export interface ListFile {
  readonly name: string
  readonly text: string
}

const SUMS = 'SHA256SUMS'

/**
 * The files of a folder of full lists. With a `SHA256SUMS` in it (as `sha256sum` writes them) every
 * file must stand there and agree with it, and every file that stands there must exist.
 *
 * @throws {ExclusionListError} when the folder cannot be read, is empty, or holds what is no list
 */
export async function readFolder(folder: string): Promise<ListFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new ExclusionListError(folder, null, 'the folder cannot be read')
  })
  const names = entries.map(({ name }) => name).filter((name) => !name.startsWith('.'))
  const lists = names.filter((name) => name !== SUMS).sort()
  const wrong = lists.find((name) => !/\.(txt|csv|tsv)$/i.test(name))
  if (wrong !== undefined) {
    throw new ExclusionListError(wrong, null, 'a list ends in .txt, .csv or .tsv')
  }
  if (lists.length === 0) throw new ExclusionListError(folder, null, 'the folder holds no list')
  const sums = names.includes(SUMS) ? await readSums(folder) : null
  const missing = [...(sums?.keys() ?? [])].find((name) => !lists.includes(name))
  if (missing !== undefined) {
    throw new ExclusionListError(missing, null, `it stands in ${SUMS} and is not there`)
  }
  return Promise.all(lists.map((name) => readVerified(folder, name, sums)))
}

async function readVerified(
  folder: string,
  name: string,
  sums: ReadonlyMap<string, string> | null,
): Promise<ListFile> {
  const bytes = await read(folder, name)
  const expected = sums?.get(name)
  if (sums !== null && expected === undefined) {
    throw new ExclusionListError(name, null, `it does not stand in ${SUMS}`)
  }
  if (expected !== undefined && hash('sha256', bytes) !== expected) {
    throw new ExclusionListError(name, null, `its content is not the one of ${SUMS}`)
  }
  return { name, text: bytes.toString('utf8') }
}

async function readSums(folder: string): Promise<Map<string, string>> {
  const lines = (await read(folder, SUMS)).toString('utf8').split(/\r?\n/)
  return new Map(
    lines.flatMap((line, index) => {
      if (line.trim() === '') return []
      const [, sum, name] = /^([0-9a-f]{64}) [ *](?:\.\/)?(.+)$/i.exec(line) ?? []
      if (sum === undefined || name === undefined) {
        throw new ExclusionListError(SUMS, index + 1, 'it is no checksum and name')
      }
      return [[name, sum.toLowerCase()] as const]
    }),
  )
}

function read(folder: string, name: string): Promise<Buffer> {
  return readFile(join(folder, name)).catch(() => {
    throw new ExclusionListError(name, null, 'it cannot be read')
  })
}
