import { createWriteStream } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import {
  BEGINNING_OF_TRAIL,
  type ExportCursor,
  formatCursor,
  parseCursor,
} from '../../gateway/audit/export/export-cursor.ts'
import type { ExportOptions } from './export.ts'
import { AuditProblem } from './problem.ts'

/** Where an export begins. @throws AuditProblem for what is no cursor */
export async function readCursor({ after, cursorFile }: ExportOptions): Promise<ExportCursor> {
  if (after !== undefined && cursorFile !== undefined) {
    throw new AuditProblem('give --after or --cursor-file, not both')
  }
  const text = after ?? (cursorFile === undefined ? null : await readIfThere(cursorFile))
  if (text === null) return BEGINNING_OF_TRAIL
  const cursor = parseCursor(text)
  if (cursor) return cursor
  throw new AuditProblem(
    after === undefined ? `'${cursorFile}' holds no cursor` : `'${after}' is no cursor`,
  )
}

/** Keeps a cursor, so that the file holds the old one or the new one whatever happens. */
export async function keepCursor(file: string, cursor: ExportCursor): Promise<void> {
  await writeFile(`${file}.new`, `${formatCursor(cursor)}\n`)
  await rename(`${file}.new`, file)
}

/** What an export is written to. */
export interface ExportOutput {
  /** Resolves once it is handed over. */
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** Standard output, a new file, or one that an earlier run has begun. */
export function openOutput({ out, cursorFile }: ExportOptions): ExportOutput {
  if (out === undefined) return toOutput(process.stdout, false)
  const flags = cursorFile === undefined ? 'wx' : 'a'
  return toOutput(createWriteStream(out, { flags, mode: 0o600, flush: true }), true)
}

function toOutput(stream: Writable, isOwn: boolean): ExportOutput {
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (error: NodeJS.ErrnoException) => reject(toProblem(error)))
  })
  failed.catch(() => {})
  const settle = (act: (done: (error?: Error | null) => void) => void) =>
    Promise.race([
      failed,
      new Promise<void>((resolve) => act((error) => (error ? undefined : resolve()))),
    ])
  return {
    write: (text) => settle((done) => stream.write(text, done)),
    close: () => (isOwn ? settle((done) => stream.end(() => done())) : Promise.resolve()),
  }
}

function toProblem(error: NodeJS.ErrnoException): AuditProblem {
  if (error.code === 'EEXIST')
    return new AuditProblem('the file is there already', { cause: error })
  if (error.code === 'EPIPE') return new AuditProblem('nobody reads the output any more')
  return new AuditProblem(`the output cannot be written (${error.code})`, { cause: error })
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new AuditProblem(`'${file}' cannot be read`, { cause: error })
  }
}
