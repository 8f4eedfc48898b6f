import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateIndex } from '../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { runLcr } from './run-lcr.ts'

const HEADER = 'nhs_number,ods_code,kind,start,end,referrer'
const CASELOAD = '999 000 0131,RWR,caseload,2026-03-31,,'
const REFERRAL = '9990000158,rwr,referral,2026-04-02T09:30:00Z,2026-05-01,rqw'

let folder: string
let database: TestDatabase
let db: Kysely<IndexDatabase>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-relationships-'))
  database = await createDatabase()
  db = connect<IndexDatabase>(database.url, 2)
  await migrateIndex(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const lcr = (args: readonly string[], input = '') => runLcr(join(folder, 'none'), args, input)

const importLines = (participant: string, ...lines: readonly string[]) =>
  lcr(
    ['relationships', 'import', participant, '-', '--database-url', database.url],
    lines.join('\n'),
  )

const stored = async () =>
  (
    await db
      .selectFrom('care_relationship')
      .select(['participant', 'ods_code', 'kind', 'starts_at', 'ends_at', 'referrer', 'evidence'])
      .orderBy('participant')
      .orderBy('evidence')
      .execute()
  ).map(({ starts_at, ends_at, ...rest }) => ({
    ...rest,
    from: starts_at?.toISOString() ?? null,
    to: ends_at?.toISOString() ?? null,
  }))

describe('lcr relationships import', () => {
  it("takes over a view-only trust's own relationships", async () => {
    const run = await importLines('hpft', HEADER, CASELOAD, '', REFERRAL)
    expect(run).toEqual({
      code: 0,
      err: '',
      out: '2 relationships of hpft in place of the earlier list, 0 lines refused.\n',
    })
    const own = { participant: 'hpft', ods_code: 'RWR' }
    expect(await stored()).toEqual([
      {
        ...own,
        kind: 'CASELOAD',
        referrer: null,
        evidence: 'line 2 of a file',
        from: '2026-03-30T23:00:00.000Z',
        to: null,
      },
      {
        ...own,
        kind: 'REFERRAL',
        referrer: 'RQW',
        evidence: 'line 4 of a file',
        from: '2026-04-02T09:30:00.000Z',
        to: '2026-05-01T22:59:59.999Z',
      },
    ])
  })

  it('replaces what the file before it brought, and nothing that others brought or a feed told', async () => {
    await db
      .insertInto('care_relationship')
      .values({
        nhs_number: '9990000131',
        participant: 'hpft',
        ods_code: 'RWR',
        kind: 'ATTENDANCE',
        evidence: 'Encounter/1',
        starts_at: null,
        ends_at: null,
      })
      .execute()
    await importLines('sel', HEADER, '9990000018,RJZ,appointment,2026-06-01T09:00:00Z,2026-06-01,')
    await importLines('sel', HEADER, '9990000018,RJZ,appointment,2026-06-01,2026-06-01,')
    await importLines('hpft', HEADER, REFERRAL)
    expect((await stored()).map(({ participant, kind }) => `${participant} ${kind}`)).toEqual(
      ['hpft REFERRAL', 'hpft ATTENDANCE', 'sel APPOINTMENT'].sort(),
    )
    const ended = await importLines('hpft', HEADER)
    expect(ended.out).toContain('0 relationships of hpft in place of the earlier list')
    expect((await stored()).map(({ kind }) => kind)).toEqual(['ATTENDANCE', 'APPOINTMENT'])
  })

  it('names every wrong line by its number and column alone, and then changes nothing', async () => {
    const before = await stored()
    const run = await importLines(
      'hpft',
      HEADER,
      CASELOAD,
      '9990000132,RJZ,caseload,2026-03-31,,',
      '9990000131,RWR,friendship,31/03/2026,2026,RQW',
      '9990000131,RWR,referral,2026-03-31,2026-03-30,',
      '9990000131,RWR',
    )
    expect(run.code).toBe(1)
    expect(run.out).toBe('Nothing changed for hpft: the earlier list stands, 4 lines refused.\n')
    const date = 'it is no date or moment: 2026-03-31, or 2026-03-31T09:30:00Z'
    expect(run.err.split('\n')).toEqual([
      'standard input:3: nhs_number: it is no NHS number: ten digits, the last one a check',
      "standard input:3: ods_code: it is none of the participant's organisations",
      'standard input:4: kind: it must be one of gp-registration, referral, appointment, attendance, admission, caseload',
      `standard input:4: start: ${date}`,
      `standard input:4: end: ${date}`,
      'standard input:4: referrer: only a referral has one: leave it empty',
      'standard input:5: end: it is before the start',
      'standard input:5: referrer: a referral names who referred, by ODS code',
      'standard input:6: it has 2 fields instead of 6',
      '',
    ])
    expect(await stored()).toEqual(before)
  })

  it('shows an example in its help', async () => {
    const { out } = await lcr(['relationships', 'import', '--help'])
    expect(out).toContain('$ npx lcr relationships import hpft caseload.csv')
  })
})
