import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLineCounter } from '../../cli/csv/line-counter.ts'
import { importFile } from '../../cli/objections/import-file.ts'
import { migrateGovernance } from '../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { runLcr } from './run-lcr.ts'

const HEADER = 'nhs_number,received_on,source,status,decided_on,reason'
const GEORGE = '999 000 0069,2023-05-02,connectcare,upheld,2023-05-30,'
const HALIMA = '9990000077,2024-03-31,Local Care Record,Not upheld,2024-04-19,safeguarding'
const IAN = '9990000085,2026-01-05,local-care-record,under-review,,'

let folder: string
let database: TestDatabase
let db: Kysely<GovernanceDatabase>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-objections-'))
  database = await createDatabase()
  db = connect<GovernanceDatabase>(database.url, 2)
  await migrateGovernance(db)
})
beforeEach(async () => {
  await sql
    .raw(`do $$ begin
      alter table objection disable trigger user;
      alter table objection_step disable trigger user;
      truncate objection, objection_step;
      alter table objection enable trigger user;
      alter table objection_step enable trigger user;
    end $$`)
    .execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const lcr = (args: readonly string[], input = '') => runLcr(join(folder, 'none'), args, input)

/** The same in this process: what became of the lines, and what was said of them. */
async function importLines(...lines: readonly string[]) {
  const problems: string[] = []
  const counts = await importFile({
    db,
    participant: 'nel',
    chunks: chunksOf(lines.map((line) => `${line}\n`).join('')),
    now: new Date('2026-11-22T09:00:00.000Z'),
    onProgress() {},
    onProblem: (line, { column, problem }) => problems.push(`${line} ${column}: ${problem}`),
  })
  return { ...counts, problems }
}

/** Cut anywhere, as a file comes. */
async function* chunksOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 37) yield text.slice(at, at + 37)
}

function register() {
  return db
    .selectFrom('objection')
    .innerJoin('objection_step', 'objection_step.objection_id', 'objection.id')
    .select(['nhs_number', 'participant', 'source', 'route', 'state', 'from_state', 'to_state'])
    .select(['reason', 'notice', 'user_id'])
    .select(sql<string>`received_on::text`.as('received_on'))
    .select(sql<string>`decided_on::text`.as('decided_on'))
    .orderBy('nhs_number')
    .orderBy('received_on')
    .execute()
}

describe('lcr objections import', () => {
  it('takes over earlier objections as they stood', async () => {
    const file = join(folder, 'earlier.csv')
    await writeFile(file, `\ufeff${[HEADER, GEORGE, HALIMA, '', IAN].join('\r\n')}\r\n`)
    const run = await lcr(['objections', 'import', 'nel', file, '--database-url', database.url])

    expect(run).toEqual({
      code: 0,
      err: '',
      out: '3 objections imported into nel, 0 known already, 0 lines refused.\n',
    })
    const imported = {
      participant: 'nel',
      route: null,
      from_state: null,
      notice: null,
      user_id: null,
    }
    expect(await register()).toEqual([
      {
        ...imported,
        nhs_number: '9990000069',
        source: 'CONNECT_CARE',
        received_on: '2023-05-02',
        state: 'UPHELD',
        to_state: 'UPHELD',
        decided_on: '2023-05-30',
        reason: null,
      },
      {
        ...imported,
        nhs_number: '9990000077',
        source: 'LOCAL_CARE_RECORD',
        received_on: '2024-03-31',
        state: 'NOT_UPHELD',
        to_state: 'NOT_UPHELD',
        decided_on: '2024-04-19',
        reason: 'SAFEGUARDING',
      },
      {
        ...imported,
        nhs_number: '9990000085',
        source: 'LOCAL_CARE_RECORD',
        received_on: '2026-01-05',
        state: 'UNDER_REVIEW',
        to_state: 'UNDER_REVIEW',
        decided_on: null,
        reason: null,
      },
    ])
  })

  it('changes nothing when the same is imported again, nor what was done since', async () => {
    await importLines(HEADER, GEORGE, HALIMA)
    await db
      .updateTable('objection')
      .set({ state: 'WITHDRAWN' })
      .where('state', '=', 'UPHELD')
      .execute()
    const before = await register()
    const again = await importLines(HEADER, HALIMA, GEORGE, GEORGE)

    expect(again).toEqual({ imported: 0, known: 3, refused: 0, problems: [] })
    expect(await register()).toEqual(before)
  })

  it('does not overwrite an objection with another state of it', async () => {
    await importLines(HEADER, IAN)
    const run = await importLines(HEADER, '9990000085,2026-01-05,local-care-record,withdrawn,,')
    expect(run).toMatchObject({ imported: 0, known: 0, refused: 1 })
    expect(run.problems[0]).toContain('2 status: this objection was imported before')
    expect((await register()).map(({ state }) => state)).toEqual(['UNDER_REVIEW'])
  })

  it('takes over every right line, and names every wrong one by its line and column alone', async () => {
    const lines = [
      HEADER,
      GEORGE,
      '9990000070,2023-05-02,connectcare,upheld,2023-05-30,',
      IAN,
      '9990000077,31/03/2024,connectcare,refused,,because of Zettlemoyer',
    ]
    const run = await lcr(
      ['objections', 'import', 'nel', '-', '--database-url', database.url],
      lines.join('\n'),
    )
    expect(run.code).toBe(1)
    expect(run.out).toBe('2 objections imported into nel, 0 known already, 2 lines refused.\n')
    expect(run.err.split('\n')).toEqual([
      'standard input:3: nhs_number: it is no NHS number: ten digits, the last one a check',
      'standard input:5: received_on: it must be a day like 2024-03-31, not in the future',
      'standard input:5: status: it must be one of received, under-review, upheld, not-upheld, withdrawn',
      '',
    ])
    expect(run.err + run.out).not.toMatch(/9990000070|9990000077|Zettlemoyer|31.03/)
  })

  it.each([
    ['summary-care-record', 'a Summary Care Record opt-out does not carry over'],
    ['SCR opt-out', 'a Summary Care Record opt-out does not carry over'],
    [
      'National Data Opt-Out',
      'the national data opt-out does not carry over: it does not apply to direct care',
    ],
    ['ndoo', 'the national data opt-out does not carry over'],
    ['paper', 'it must be connectcare or local-care-record'],
    ['', 'it must be connectcare or local-care-record'],
  ])('refuses what was made under "%s", saying why', async (source, why) => {
    const run = await importLines(HEADER, `9990000069,2023-05-02,${source},upheld,2023-05-30,`)
    expect(run.problems).toEqual([expect.stringContaining(`2 source: ${why}`)])
    expect(await register()).toEqual([])
  })

  it.each([
    ['decided_on', 'upheld,,', 'it is missing'],
    ['decided_on', 'under-review,2023-06-01,', 'it must be empty'],
    ['decided_on', 'upheld,2023-05-01,', 'it must not be before received_on'],
    ['decided_on', 'upheld,2999-01-01,', 'it must be a day'],
    ['reason', 'not-upheld,2023-06-01,', 'it must be one of public-interest'],
    ['reason', 'upheld,2023-06-01,safeguarding', 'it must be empty'],
  ])('refuses a line whose %s does not fit: %s', async (column, rest, why) => {
    const run = await importLines(HEADER, `9990000069,2023-05-02,connectcare,${rest}`)
    expect(run.problems).toEqual([expect.stringContaining(`2 ${column}: ${why}`)])
    expect(await register()).toEqual([])
  })

  it.each([
    ['a quotation mark that is not closed', '"9990000069,2023-05-02,connectcare,withdrawn,,'],
    ['a quotation mark within a field', '999"0000069,2023-05-02,connectcare,withdrawn,,'],
    ['a field too few', '9990000069,2023-05-02,connectcare,withdrawn,'],
    ['a field too many', '9990000069,2023-05-02,connectcare,withdrawn,,,'],
  ])('refuses a line with %s, and goes on with the next', async (_what, line) => {
    const run = await importLines(HEADER, line, GEORGE)
    expect(run).toMatchObject({ imported: 1, refused: 1 })
    expect(run.problems).toEqual([expect.stringMatching(/^2 null: (a quotation|it has \d fields)/)])
  })

  it('reads quoted fields, columns in any order, and names of columns in capitals', async () => {
    const run = await importLines(
      'STATUS,"reason",source,"nhs_number",received_on,decided_on',
      '"withdrawn", "" ,"connectcare","999 000 0069", 2023-05-02 ,',
    )
    expect(run).toEqual({ imported: 1, known: 0, refused: 0, problems: [] })
    expect(await register()).toMatchObject([{ nhs_number: '9990000069', state: 'WITHDRAWN' }])
  })

  it.each([
    ['begins with a patient', [GEORGE, IAN], 'it must name the columns; missing: nhs_number'],
    ['lacks a column', [HEADER.replace(',reason', ''), IAN], 'missing: reason'],
    ['has a column that there is not', [`${HEADER},note`, `${IAN},x`], 'column 7 is not one of'],
    ['has a column twice', [`${HEADER},status`, `${IAN},x`], 'column 7 is not one of'],
    ['is empty', [], 'the file is empty'],
  ])('refuses a file that %s, whole, and repeats nothing of it', async (_what, lines, why) => {
    const run = await importLines(...lines)
    expect(run.problems).toEqual([expect.stringContaining(why)])
    expect(run.problems[0]).toMatch(/^1 null: [^9]*$/)
    expect(await register()).toEqual([])
  })

  it('stops at what is no text of lines, and says where', async () => {
    const run = await importLines(HEADER, GEORGE, 'x'.repeat(100_000))
    expect(run).toMatchObject({ imported: 1, refused: 1 })
    expect(run.problems).toEqual([expect.stringContaining('3 null: it has no end')])
  })

  it('takes over thousands of lines', async () => {
    const days = Array.from({ length: 2500 }, (_, day) =>
      new Date(Date.UTC(2015, 0, 1 + day)).toISOString().slice(0, 10),
    )
    const run = await importLines(
      HEADER,
      ...days.map((day) => `9990000069,${day},connectcare,withdrawn,,`),
    )
    expect(run).toMatchObject({ imported: 2500, refused: 0 })
  })

  it.each([
    ['a participant that there is not', ['lon', '-'], 'there is no such participant'],
    ['a file that there is not', ['nel', '/nowhere/earlier.csv'], 'there is no file'],
    [
      'a database that there is not',
      ['nel', '-', '--database-url', 'postgres://x:y@127.0.0.1:1/x'],
      'the database does not answer',
    ],
    ['no database', ['nel', '-'], 'no database of the gateway is known'],
    [
      'something else for a database',
      ['nel', '-', '--database-url', 'earlier'],
      'the database URL must be like',
    ],
    ['nothing', [], 'missing required argument'],
  ])('ends with 2 when it is given %s', async (_what, args, why) => {
    const run = await lcr(['objections', 'import', ...args], `${HEADER}\n`)
    expect(run.code).toBe(2)
    expect(run.err).toContain(why)
    expect(run.err).not.toMatch(/ {4}at /)
  })

  it('explains its columns, with an example', async () => {
    const run = await lcr(['objections', 'import', '--help'])
    expect(run.code).toBe(0)
    expect(run.out).toContain(HEADER)
    expect((await lcr(['objections', '--help'])).out).toContain('Example:')
  })
})

it('counts lines on a terminal, and gives way to what stays', () => {
  const written: string[] = []
  let now = 0
  const terminal = { isTTY: true, write: (text: string) => written.push(text) }
  const counter = createLineCounter(terminal as unknown as NodeJS.WriteStream, () => now)
  counter.show(1)
  now = 250
  counter.show(12_345)
  counter.say('earlier.csv:7: status: wrong')
  counter.end()
  expect(written.join('')).toBe(
    '\r\u001b[KRead 12,345 lines\r\u001b[Kearlier.csv:7: status: wrong\n\r\u001b[K',
  )
})
