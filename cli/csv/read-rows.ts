import { readColumns } from './read-columns.ts'
import { EndlessLine, readLines } from './read-lines.ts'
import { splitLine } from './split-line.ts'

/** One line with its fields by their columns; or what is wrong with it as a whole. */
export type Row<Column extends string> =
  | { readonly line: number; readonly fields: Readonly<Record<Column, string>> }
  | { readonly line: number; readonly problem: string }

/** What is wrong with a line: in which column, and what it must be. Nothing of the line itself. */
export interface LineProblem<Column extends string> {
  /** Null for the line as a whole. */
  readonly column: Column | null
  readonly problem: string
}

/**
 * Reads a CSV file row by row. Its first line names the columns, in any order; without one that does,
 * it ends there. Empty lines are passed over.
 */
export async function* readRows<Column extends string>(
  chunks: AsyncIterable<string>,
  columns: readonly Column[],
): AsyncGenerator<Row<Column>> {
  let line = 0
  let places: ReadonlyMap<Column, number> | undefined
  try {
    for await (const text of readLines(chunks)) {
      line += 1
      if (text.trim() === '') continue
      const fields = splitLine(text)
      if (places) {
        yield { line, ...readFields(fields, places) }
        continue
      }
      const read = readColumns(columns, fields)
      if ('problem' in read) return yield { line, ...read }
      places = read
    }
  } catch (error) {
    if (!(error instanceof EndlessLine)) throw error
    const problem = 'it has no end: nothing from here on can be read as CSV'
    return yield { line: error.line, problem }
  }
  if (!places) yield { line: 1, problem: 'the file is empty' }
}

function readFields<Column extends string>(
  fields: readonly string[] | null,
  places: ReadonlyMap<Column, number>,
) {
  if (fields === null) {
    return { problem: 'a quotation mark is not closed, or stands within a field' }
  }
  if (fields.length !== places.size) {
    return { problem: `it has ${fields.length} fields instead of ${places.size}` }
  }
  const named = [...places].map(([column, place]) => [column, fields[place] ?? ''] as const)
  return { fields: Object.fromEntries(named) as Record<Column, string> }
}
