import type { Kysely } from 'kysely'
import {
  type EarlierObjection,
  importObjections,
} from '../../gateway/governance/objections/import-objections.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { type LineProblem, readRows } from '../csv/read-rows.ts'
import { count, type ImportCommand } from '../csv/run-import.ts'
import { type Column, columns, readObjection } from './read-objection.ts'

/** What became of a file. */
export interface ImportCounts {
  imported: number
  known: number
  refused: number
}

/** What an import works with, and whom it tells. */
export interface ImportTask {
  readonly db: Kysely<GovernanceDatabase>
  readonly participant: string
  readonly chunks: AsyncIterable<string>
  readonly now: Date
  onProblem(line: number, problem: LineProblem<Column>): void
  onProgress(line: number): void
}

/** `lcr objections import`. */
export const importCommand: ImportCommand = {
  name: 'lcr objections import',
  whenBroken: 'what was imported stands, and importing the file again goes on from there',
  async run({ participant: { code }, ...source }) {
    const counts = await importFile({ ...source, participant: code, now: new Date() })
    const { imported, known, refused } = counts
    const summary = `${count(imported, 'objection')} imported into ${code}, ${known.toLocaleString('en-GB')} known already`
    return { summary, refused }
  },
}

/** So many lines are written at once. */
const BATCH = 500

/** Imports a file line by line; of its size, only one batch is ever in memory. */
export async function importFile(task: ImportTask): Promise<ImportCounts> {
  const counts: ImportCounts = { imported: 0, known: 0, refused: 0 }
  let batch: NumberedObjection[] = []
  for await (const row of readRows(task.chunks, columns)) {
    const { line } = row
    task.onProgress(line)
    if ('problem' in row) {
      refuse(task, counts, line, [{ column: null, problem: row.problem }])
      continue
    }
    const objection = readObjection(row.fields, task.now)
    if ('nhsNumber' in objection) batch.push({ line, objection })
    else refuse(task, counts, line, objection)
    if (batch.length === BATCH) {
      await write(task, batch, counts)
      batch = []
    }
  }
  await write(task, batch, counts)
  return counts
}

interface NumberedObjection {
  readonly line: number
  readonly objection: EarlierObjection
}

function refuse(
  task: ImportTask,
  counts: ImportCounts,
  line: number,
  problems: readonly LineProblem<Column>[],
): void {
  counts.refused += 1
  for (const problem of problems) task.onProblem(line, problem)
}

const CONTRADICTION: LineProblem<Column> = {
  column: 'status',
  problem:
    'this objection was imported before and stood otherwise then: change it in the register, or mend the line',
}

async function write(
  task: ImportTask,
  batch: readonly NumberedObjection[],
  counts: ImportCounts,
): Promise<void> {
  if (batch.length === 0) return
  const objections = batch.map(({ objection }) => objection)
  const outcomes = await importObjections(task.db, task.participant, objections, task.now)
  for (const [at, { line }] of batch.entries()) {
    if (outcomes[at] === 'IMPORTED') counts.imported += 1
    else if (outcomes[at] === 'KNOWN') counts.known += 1
    else refuse(task, counts, line, [CONTRADICTION])
  }
}
