import { ExclusionListError } from './list-error.ts'

/** A row of a list, with its place for error messages. */
export interface TableRow {
  /** Counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The rows of a text of tab- or comma-separated values; lines without anything in them are left out. */
export function readRows(file: string, text: string): TableRow[] {
  const separator = text.includes('\t') ? '\t' : ','
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((written, index) => ({ line: index + 1, written }))
    .filter(({ written }) => written.trim() !== '')
    .map(({ line, written }) => ({ line, cells: cellsOf(file, line, written, separator) }))
}

/** Commas and doubled quotation marks may stand in a cell in quotation marks; line breaks may not. */
function cellsOf(file: string, line: number, written: string, separator: string): string[] {
  if (separator === '\t') return written.split('\t').map((cell) => cell.trim())
  const cells: string[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/y
  for (let isLast = false; !isLast; ) {
    const match = cell.exec(written)
    if (match === null) throw new ExclusionListError(file, line, 'its quotation marks do not match')
    const [, quoted, plain = '', end] = match
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim())
    isLast = end === ''
  }
  return cells
}
