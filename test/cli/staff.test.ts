import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findStaff } from '../../gateway/governance/staff-register/staff-members.ts'
import { migrateGovernance } from '../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { runLcr } from './run-lcr.ts'

const HEADER = 'user_id,nhs_number,ods_code'
const GEORGE = '555000000201,999 000 0069,RJZ'
const HALIMA = '555000000202,9990000077,rj1'

let folder: string
let database: TestDatabase
let db: Kysely<GovernanceDatabase>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-staff-'))
  database = await createDatabase()
  db = connect<GovernanceDatabase>(database.url, 2)
  await migrateGovernance(db)
})
beforeEach(async () => {
  await db.deleteFrom('staff_member').execute()
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const lcr = (args: readonly string[], input = '') => runLcr(join(folder, 'none'), args, input)

const importLines = (participant: string, ...lines: readonly string[]) =>
  lcr(['staff', 'import', participant, '-', '--database-url', database.url], lines.join('\n'))

const register = () =>
  db
    .selectFrom('staff_member')
    .selectAll()
    .orderBy('participant')
    .orderBy('user_id')
    .orderBy('ods_code')
    .execute()

describe('lcr staff import', () => {
  it('lists who works where and is which patient', async () => {
    const file = join(folder, 'staff.csv')
    await writeFile(file, `\ufeff${[HEADER, GEORGE, '', HALIMA, GEORGE].join('\r\n')}\r\n`)
    const run = await lcr(['staff', 'import', 'sel', file, '--database-url', database.url])
    expect(run).toEqual({
      code: 0,
      err: '',
      out: '2 entries listed for sel, in place of the earlier list, 0 lines refused.\n',
    })
    expect(await register()).toEqual([
      { participant: 'sel', user_id: '555000000201', nhs_number: '9990000069', ods_code: 'RJZ' },
      { participant: 'sel', user_id: '555000000202', nhs_number: '9990000077', ods_code: 'RJ1' },
    ])
    const found = { userId: '555000000201', nhsNumber: '9990000069', odsCode: 'RJZ' }
    expect(await findStaff(db, { userIds: ['555000000201'], nhsNumbers: [] })).toEqual([found])
    expect(await findStaff(db, { userIds: [], nhsNumbers: ['9990000069'] })).toEqual([found])
  })

  it('puts the new list in the place of the earlier one, and leaves those of others', async () => {
    await importLines('sel', HEADER, GEORGE, HALIMA)
    await importLines('ncl', HEADER, '555000000203,9990000085,RRV')
    await importLines('sel', HEADER, GEORGE.replace('RJZ', 'RPG'))
    expect((await register()).map(({ user_id, ods_code }) => [user_id, ods_code])).toEqual([
      ['555000000203', 'RRV'],
      ['555000000201', 'RPG'],
    ])
  })

  it('lists somebody at several organisations, and thousands of people', async () => {
    const codes = ['RJZ', 'RJ1', 'RJ2', 'RPG', 'RV5']
    const people = Array.from({ length: 400 }, (_, person) => `5550000${person}`)
    const lines = people.flatMap((person) => codes.map((code) => `${person},9990000069,${code}`))
    const run = await importLines('sel', HEADER, ...lines)
    expect(run.out).toBe(
      '2,000 entries listed for sel, in place of the earlier list, 0 lines refused.\n',
    )
    expect(await register()).toHaveLength(2000)
  })

  it('lists every right line, and names every wrong one by its line and column alone', async () => {
    const run = await importLines(
      'sel',
      HEADER,
      GEORGE,
      '555000000202,9990000070,RRV',
      'not an id,9990000085,RJZ',
      '"555000000203,9990000085,RJZ',
      '555000000204,9990000085',
      HALIMA,
    )
    expect(run.code).toBe(1)
    expect(run.out).toBe(
      '2 entries listed for sel, in place of the earlier list, 4 lines refused.\n',
    )
    expect(run.err.split('\n')).toEqual([
      'standard input:3: nhs_number: it is no NHS number: ten digits, the last one a check',
      "standard input:3: ods_code: it is none of the participant's organisations",
      'standard input:4: user_id: it is no national user id: up to 64 letters, digits and . _ @ -',
      'standard input:5: a quotation mark is not closed, or stands within a field',
      'standard input:6: it has 2 fields instead of 3',
      '',
    ])
    expect(run.err + run.out).not.toMatch(/99900000|55500000|RRV|not an id/)
  })

  it('refuses a second number of the same user', async () => {
    const run = await importLines('sel', HEADER, GEORGE, '555000000201,9990000077,RJ1')
    expect(run.code).toBe(1)
    expect(run.err).toContain('standard input:3: nhs_number: this user stands with another number')
    expect((await register()).map(({ nhs_number }) => nhs_number)).toEqual(['9990000069'])
  })

  it.each([
    ['is empty', [], 'standard input:1: the file is empty'],
    ['has a first line alone', [HEADER], ''],
    [
      'begins with a member of staff',
      [HALIMA, GEORGE],
      'standard input:1: it must name the columns',
    ],
    [
      'has no right line',
      [HEADER, HALIMA.replace('rj1', 'RRV')],
      'standard input:2: ods_code: it is none',
    ],
    ['is no text of lines', ['x'.repeat(100_000)], 'standard input:1: it has no end'],
  ])('leaves the earlier list when the file %s', async (_what, lines, why) => {
    await importLines('sel', HEADER, GEORGE)
    const before = await register()
    const run = await importLines('sel', ...lines)
    expect(run.out).toMatch(
      /^Nobody listed for sel: the earlier list stands, [01] lines? refused\.\n$/,
    )
    expect(run.err).toContain(why)
    expect(await register()).toEqual(before)
  })

  it.each([
    ['a participant that there is not', ['lon', '-'], 'there is no such participant'],
    ['a file that there is not', ['sel', '/nowhere/staff.csv'], 'there is no file'],
    [
      'a database that there is not',
      ['sel', '-', '--database-url', 'postgres://x:y@127.0.0.1:1/x'],
      'the database does not answer',
    ],
    ['no database', ['sel', '-'], 'no database of the gateway is known'],
    ['nothing', [], 'missing required argument'],
  ])('ends with 2 when it is given %s', async (_what, args, why) => {
    const run = await lcr(['staff', 'import', ...args], `${HEADER}\n`)
    expect(run.code).toBe(2)
    expect(run.err).toContain(why)
    expect(run.err).not.toMatch(/ {4}at /)
  })

  it('explains its columns, with an example', async () => {
    const run = await lcr(['staff', 'import', '--help'])
    expect(run.code).toBe(0)
    expect(run.out).toContain(HEADER)
    expect((await lcr(['staff', '--help'])).out).toContain('Example:')
  })
})
