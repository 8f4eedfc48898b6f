import { createWriteStream, type WriteStream } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'

/** What the processes of the whole run print is kept in one folder, and searched when it is over: see global-postgres.ts. */
export function printedBy(name: string): WriteStream {
  return createWriteStream(fileOf(name), { flags: 'a' })
}

/** Keeps what a process has printed. */
export function keepPrinted(name: string, text: string): Promise<void> {
  return appendFile(fileOf(name), text)
}

function fileOf(name: string): string {
  return join(inject('printedFolder'), `${name}-${process.pid}.log`)
}
