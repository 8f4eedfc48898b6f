import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAnchors } from '../../../gateway/audit/anchor.ts'
import type { AccessEvent, EntryBody } from '../../../gateway/audit/entries.ts'
import { verifyHead } from '../../../gateway/audit/head.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../support/audit.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { type Given, replaceNumber, runReport } from './report-command.ts'

const ADA = '9990000018'
const GEORGE = '9990000069'
const KWAME = { now: '9990000107', before: '9990000115' }

let audit: TestAuditStore
let gateway: TestDatabase
let folder: string

beforeAll(async () => {
  audit = await createAuditStore()
  gateway = await createDatabase()
  folder = await mkdtemp(join(tmpdir(), 'lcr-report-'))
  let now = new Date()
  const trail = await audit.open({ clock: () => now })
  const write = async (at: string, changes: Partial<AccessEvent>) => {
    now = new Date(at)
    await trail.commit([accessEvent({ at, ...changes })])
  }
  await write('2025-10-31T23:59:59.999Z', { nhsNumber: ADA, sections: ['documents'] })
  await write('2025-11-01T00:00:00.000Z', { nhsNumber: ADA })
  await write('2025-11-30T23:59:59.999Z', { nhsNumber: ADA, refusal: 'OBJECTION_IN_FORCE' })
  await write('2025-12-01T00:00:00.000Z', { nhsNumber: ADA, sections: ['carePlans'] })
  await write('2025-11-02T10:00:00.000Z', { nhsNumber: KWAME.before })
  await write('2025-11-02T11:00:00.000Z', { nhsNumber: KWAME.now })
  await trail.close()
  await replaceNumber(gateway.url, KWAME.before, KWAME.now)
})
afterAll(async () => {
  await audit.remove()
  await gateway.drop()
  await rm(folder, { recursive: true, force: true })
})

const report = (args: readonly string[], given: Given = {}) =>
  runReport(args, {
    ...given,
    env: {
      LCR_DATA_DIR: join(audit.anchors, '..'),
      LCR_AUDIT_DATABASE_URL: audit.url,
      DATABASE_URL: gateway.url,
      ...given.env,
    },
  })

const NOVEMBER = ['--from', '2025-11-01', '--until', '2025-11-30']

/** What the command itself wrote into the trail. */
async function written(): Promise<EntryBody[]> {
  const { rows } = await sql<{ body: EntryBody }>`
    with own as (
      select writer from audit_entry where category = 'AUDIT' order by position desc limit 1
    )
    select body from audit_entry where writer in (select writer from own)
    order by sequence`.execute(audit.owner)
  return rows.map(({ body }) => body)
}

async function countEntries(): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from audit_entry`.execute(
    audit.owner,
  )
  return Number(rows[0]?.count)
}

describe('lcr audit report', () => {
  it('tells who looked, for whole days in London, in plain words', async () => {
    const { code, out, err } = await report(['--nhs-number', '999 000 0018', ...NOVEMBER])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('NHS number: 999 000 0018')
    expect(out).toContain(
      "1 November 2025 at 00:00\n  Who:           A consultant at King's College Hospital",
    )
    expect(out).toContain('30 November 2025 at 23:59')
    expect(out).toContain('You have objected to sharing your record.')
    expect(out).not.toMatch(/your letters|your care plans|Adeyemi/)
  })

  it('reads the number from standard input, so that it stands in no history', async () => {
    const { code, out } = await report(['--nhs-number', '-', '--format', 'csv', ...NOVEMBER], {
      input: '999 000 0018\n',
    })
    expect(code).toBe(0)
    expect(out.split('\r\n')).toHaveLength(4)
  })

  it('names staff where that is asked for', async () => {
    const { out } = await report(['--nhs-number', ADA, '--staff-names'])
    expect(out).toContain('Dr Tom Adeyemi')
  })

  it('writes a page into a new file, which nobody else may read, and over no other', async () => {
    const file = join(folder, 'report.html')
    const args = ['--nhs-number', ADA, '--format', 'html', '--out', file]
    const { code, out } = await report(args)
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(await readFile(file, 'utf8')).toMatch(/^<!doctype html>/)
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    await writeFile(file, 'kept')
    const again = await report(args)
    expect(again.code).toBe(2)
    expect(again.err).toContain('there is a file of this name already')
    expect(await readFile(file, 'utf8')).toBe('kept')
  })

  it('looks for the numbers that replaced it or were replaced', async () => {
    for (const number of [KWAME.now, KWAME.before]) {
      const { out, err } = await report(['--nhs-number', number, '--format', 'csv', ...NOVEMBER])
      expect(out.match(/Opened your record/g)).toHaveLength(2)
      expect(err).toBe('')
    }
  })

  it('says that it looked for one number only where the gateway’s database cannot be read', async () => {
    const { code, out, err } = await report(['--nhs-number', KWAME.now, ...NOVEMBER], {
      env: { DATABASE_URL: 'postgres://gateway@127.0.0.1:1/gateway' },
    })
    expect(code).toBe(0)
    expect(err).toContain('only this NHS number is looked for')
    expect(err).not.toContain(KWAME.now)
    expect(out.match(/Opened your record/g)).toHaveLength(1)
  })

  it('is an access itself, which stands in the trail before anything is told, and in the report', async () => {
    const { out } = await report(['--nhs-number', GEORGE])
    expect(out).toContain('The team that looks after your data')
    expect(out).toContain('Made a report like this one.')

    const [opened, event, outcome, checkpoint] = await written()
    expect(opened).toMatchObject({ kind: 'OPENED' })
    expect(event).toMatchObject({
      kind: 'ACCESS',
      category: 'AUDIT',
      action: 'lcr audit report',
      user: null,
      refusal: null,
      nhsNumber: GEORGE,
      device: { id: expect.stringMatching(/^.+@.+$/) },
    })
    expect(outcome).toMatchObject({ kind: 'OUTCOME', items: { entries: 1 } })
    expect(checkpoint).toMatchObject({ kind: 'CHECKPOINT', isLast: true })
  })

  it('anchors its chain beside the gateway’s and signs it with the gateway’s key', async () => {
    const before = await readdir(audit.anchors)
    await report(['--nhs-number', GEORGE])
    const anchors = await readAnchors(audit.anchors)
    const [added] = [...anchors].filter(([writer]) => !before.includes(`${writer}.json`))
    const keys = createLocalJWKSet(audit.keys.gateway.jwks)
    const head = await verifyHead(added?.[1]?.committed ?? '', keys)
    expect(head).toMatchObject({ writer: added?.[0], sequence: 4 })
  })
})

describe('No report is made', () => {
  it.each<[string, string[], Record<string, string | undefined>, string]>([
    ['a number with a wrong digit', ['9990000019'], {}, '--nhs-number must be a valid NHS number'],
    ['an unknown form', [ADA, '--format', 'pdf'], {}, '--format must be text, csv, html'],
    ['a month', [ADA, '--from', '2026-11'], {}, '--from must be a day'],
    ['a day that there is not', [ADA, '--until', '2026-02-30'], {}, '--until must be a day'],
    [
      'an end before the beginning',
      [ADA, '--from', '2026-11-02', '--until', '2026-11-01'],
      {},
      '--until must be later than --from',
    ],
    ['no audit store', [ADA], { LCR_AUDIT_DATABASE_URL: '' }, 'no audit store is known'],
    [
      'an audit store that is away',
      [ADA],
      { LCR_AUDIT_DATABASE_URL: 'postgres://gateway@127.0.0.1:1/audit' },
      'the database does not answer',
    ],
    [
      'a folder without the key',
      [ADA],
      { LCR_DATA_DIR: '/nowhere' },
      'key is not in the data folder',
    ],
  ])('for %s', async (_, [number = '', ...args], env, problem) => {
    const before = await countEntries()
    const { code, out, err } = await report(['--nhs-number', number, ...args], { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`lcr audit report: `)
    expect(err).toContain(problem)
    expect(err).not.toContain(number)
    expect(await countEntries()).toBe(before)
  })

  it('by a role that could change the trail', async () => {
    const args = ['--nhs-number', ADA, '--database-url', audit.ownerUrl]
    const { code, out, err } = await report(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('superuser')
  })

  it('where the trail does not take the entry', async () => {
    await sql`alter table audit_entry add constraint is_full check (category <> 'AUDIT') not valid`.execute(
      audit.owner,
    )
    try {
      const { code, out, err } = await report(['--nhs-number', ADA])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('its making cannot be written down')
    } finally {
      await sql`alter table audit_entry drop constraint is_full`.execute(audit.owner)
    }
  })

  it('without a number, and the help says how one is given', async () => {
    expect((await report([])).code).toBe(2)
    const { code, out } = await report(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('--nhs-number - --from 2026-11-01')
    expect(out.replaceAll(/\s+/g, ' ')).toContain("the shell's history")
  })
})
