import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createGunzip } from 'node:zlib'

/** A stretch of input under one name: bytes to read, or a Bundle or resource already in memory. */
export type LoadSource =
  | {
      readonly name: string
      /** True where it can be opened once only. */
      readonly isOnce?: boolean
      open(onBytes: (bytes: number) => void): AsyncIterable<Buffer>
    }
  | { readonly name: string; readonly bundle: unknown }

/** What a path stands for. */
export interface FoundSources {
  readonly sources: LoadSource[]
  /** Bytes on disk altogether; null for standard input, a pipe or a device. */
  readonly totalBytes: number | null
  /** Names of files that are neither JSON nor NDJSON. */
  readonly skippedFiles: string[]
}

const chunkBytes = 256 * 1024
const readable = /\.(json|ndjson|jsonl)(\.gz)?$/i

/**
 * Finds what there is to load: a file, a folder with all folders in it (`.json`, `.ndjson`, `.jsonl`,
 * each also with `.gz`, in the order of their paths), or `-` for standard input.
 *
 * @throws the file system's own error when the path does not exist
 */
export async function findSources(
  path: string,
  input: AsyncIterable<Buffer>,
): Promise<FoundSources> {
  if (path === '-') {
    const open = (onBytes: (bytes: number) => void) => counted(input, onBytes)
    return { sources: [{ name: '-', isOnce: true, open }], totalBytes: null, skippedFiles: [] }
  }
  const found = await stat(path)
  if (!found.isDirectory()) {
    // What is read from a pipe or a device is gone: it cannot be looked through before.
    const isOnce = !found.isFile()
    const source = { ...fileSource(path, path), isOnce }
    return { sources: [source], totalBytes: isOnce ? null : found.size, skippedFiles: [] }
  }
  const sources: LoadSource[] = []
  const skippedFiles: string[] = []
  let totalBytes = 0
  for (const file of await filesIn(path)) {
    const name = relative(path, file)
    if (readable.test(file)) {
      sources.push(fileSource(file, name))
      totalBytes += (await stat(file)).size
    } else skippedFiles.push(name)
  }
  return { sources, totalBytes, skippedFiles }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function fileSource(path: string, name: string): LoadSource {
  return { name, open: (onBytes) => readFile(path, onBytes) }
}

async function* readFile(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: chunkBytes })
  try {
    if (!path.toLowerCase().endsWith('.gz')) return yield* counted(file, onBytes)
    const unzip = createGunzip({ chunkSize: chunkBytes })
    file.on('data', (chunk) => onBytes(chunk.length))
    file.on('error', (error) => unzip.destroy(error))
    yield* file.pipe(unzip) as AsyncIterable<Buffer>
  } finally {
    file.destroy()
  }
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length)
    yield chunk
  }
}
