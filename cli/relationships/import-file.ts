import type { Kysely } from 'kysely'
import {
  type BroughtRelationship,
  bringRelationships,
} from '../../subgraphs/index/relationships/bring-relationships.ts'
import { migrateIndex } from '../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import { readRows } from '../csv/read-rows.ts'
import { count, type ImportCommand, type ImportSource } from '../csv/run-import.ts'
import { columns, readRelationship } from './read-relationship.ts'

/** `lcr relationships import`. */
export const importCommand: ImportCommand = {
  name: 'lcr relationships import',
  whenBroken: 'the earlier list stands as it was',
  async run(source) {
    const { code } = source.participant
    const { brought, refused } = await readAll(source)
    if (refused > 0)
      return { summary: `Nothing changed for ${code}: the earlier list stands`, refused }
    // The index and governance share the gateway's database.
    const db = source.db as unknown as Kysely<IndexDatabase>
    await migrateIndex(db)
    const stand = await bringRelationships(db, code, brought)
    const summary = `${count(stand, 'relationship')} of ${code} in place of the earlier list`
    return { summary, refused }
  },
}

/** All of a list is read before anything is written: one with a wrong line changes nothing. */
async function readAll(source: ImportSource) {
  const odsCodes = new Set(source.participant.organisations.map(({ odsCode }) => odsCode))
  const brought: BroughtRelationship[] = []
  let refused = 0
  for await (const row of readRows(source.chunks, columns)) {
    source.onProgress(row.line)
    const read =
      'problem' in row
        ? [{ column: null, problem: row.problem }]
        : readRelationship(row.fields, odsCodes)
    if ('nhsNumber' in read) {
      brought.push({ ...read, line: row.line })
      continue
    }
    refused += 1
    for (const problem of read) source.onProblem(row.line, problem)
  }
  return { brought, refused }
}
