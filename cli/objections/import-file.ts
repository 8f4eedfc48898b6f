import type { Kysely } from 'kysely'
import {
  type EarlierObjection,
  importObjections,
} from '../../gateway/governance/objections/import-objections.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { type Places, readColumns } from './columns.ts'
import { EndlessLine, readLines } from './read-lines.ts'
import { type LineProblem, readObjection } from './read-objection.ts'
import { splitLine } from './split-line.ts'

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
  onProblem(line: number, problem: LineProblem): void
  onProgress(line: number): void
}

/** So many lines are written at once. */
const BATCH = 500

/** Imports a file line by line; of its size, only one batch is ever in memory. */
export async function importFile(task: ImportTask): Promise<ImportCounts> {
  const counts: ImportCounts = { imported: 0, known: 0, refused: 0 }
  let line = 0
  let places: Places | undefined
  let batch: NumberedObjection[] = []
  try {
    for await (const text of readLines(task.chunks)) {
      line += 1
      if (text.trim() === '') continue
      const fields = splitLine(text)
      if (!places) {
        const read = readColumns(fields)
        if ('problem' in read) return refuseFile(task, counts, line, read.problem)
        places = read
        continue
      }
      const objection = readObjection(fields, places, task.now)
      if ('nhsNumber' in objection) batch.push({ line, objection })
      else refuse(task, counts, line, objection)
      if (batch.length === BATCH) {
        await write(task, batch, counts)
        batch = []
      }
      task.onProgress(line)
    }
  } catch (error) {
    if (!(error instanceof EndlessLine)) throw error
    refuseFile(task, counts, error.line, 'it has no end: nothing from here on can be read as CSV')
  }
  await write(task, batch, counts)
  if (!places && line === 0) refuseFile(task, counts, 1, 'the file is empty')
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
  problems: readonly LineProblem[],
): void {
  counts.refused += 1
  for (const problem of problems) task.onProblem(line, problem)
}

function refuseFile(
  task: ImportTask,
  counts: ImportCounts,
  line: number,
  problem: string,
): ImportCounts {
  refuse(task, counts, line, [{ column: null, problem }])
  return counts
}

const CONTRADICTION: LineProblem = {
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
