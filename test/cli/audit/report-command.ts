import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../../project-root.ts'
import { migrateIndex } from '../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'

/** What a run is given beside its arguments. */
export interface Given {
  /** Standard input. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `lcr audit report` as a process of its own. */
export async function runReport(args: readonly string[], given: Given): Promise<Run> {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const child = spawn(process.execPath, [command, 'audit', 'report', ...args], {
    env: { PATH: process.env['PATH'], ...given.env },
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(given.input ?? '')
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...said }
}

/** Tells the index in a gateway's database that a number was replaced, as a participant's feed does. */
export async function replaceNumber(
  url: string,
  nhs_number: string,
  new_number: string,
): Promise<void> {
  const db = connect<IndexDatabase>(url, 1)
  await migrateIndex(db)
  await db
    .insertInto('holder')
    .values({
      nhs_number,
      participant: 'sel',
      holds_record: true,
      demographics: JSON.stringify({ name: { text: 'Somebody' }, birthDate: '1950-01-01' }),
      is_sensitive: false,
      as_of: new Date('2026-11-22T09:00:00.000Z'),
      objection: null,
      birth_date: null,
      family_key: null,
    })
    .execute()
  await db
    .insertInto('number_link')
    .values({ participant: 'sel', nhs_number, old_number: nhs_number, new_number })
    .execute()
  await db.destroy()
}
