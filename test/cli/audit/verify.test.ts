import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../support/audit.ts'
import { createDatabase } from '../../support/postgres.ts'
import { lcrAudit } from './lcr-audit.ts'

const NHS_NUMBER = '9990000018'

let store: TestAuditStore
beforeEach(async () => {
  store = await createAuditStore()
  const trail = await store.open()
  await trail.commit([accessEvent({ nhsNumber: NHS_NUMBER }), accessEvent()])
  await trail.close()
})
afterEach(() => store.remove())

const verify = (...args: readonly string[]) =>
  lcrAudit(join(store.anchors, '..', 'none'), ['verify', '--database-url', store.url, ...args])

const anchors = () => ['--anchors', store.anchors, '--keys', store.keys.gateway.jwksFile]

/** What only the owner can do, around the trigger that keeps entries. */
async function manipulate(statement: string): Promise<void> {
  await sql`alter table audit_entry disable trigger is_kept`.execute(store.owner)
  await sql.raw(statement).execute(store.owner)
}

describe('lcr audit verify', () => {
  it('ends with 0 for a trail that is as it was written', async () => {
    expect(await verify(...anchors())).toEqual({
      code: 0,
      out: 'The trail is untouched: 4 entries in 1 chain, 1 signature.\n',
      err: '',
    })
  })

  it('ends with 1 and names the entry that was changed, without a word of it', async () => {
    await manipulate(
      `update audit_entry set body = replace(body::text, '${NHS_NUMBER}', '9990000026')::json where sequence = 2`,
    )
    const { code, out, err } = await verify(...anchors())
    expect(code).toBe(1)
    expect(out).toMatch(/^The trail is BROKEN in 1 place: 4 entries in 1 chain, 1 signature\.\n/)
    expect(out).toMatch(
      /First broken link: \d+T\d+Z-[\da-f]{8} entry 2 was changed: its hash is not/,
    )
    expect(out + err).not.toMatch(/999\d{7}/)
  })

  it('gives its findings as JSON', async () => {
    await manipulate('delete from audit_entry where sequence = 3')
    const { code, out } = await verify(...anchors(), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      chains: 1,
      entries: 3,
      breaks: [{ sequence: 3, problem: 'is missing', following: 0 }],
    })
  })

  it('says that the end of a chain cannot be checked where its anchor is not given', async () => {
    // It has not ended: its last signature says so of none but the entries before it.
    await manipulate("delete from audit_entry where body ->> 'isLast' = 'true'")
    const { code, out } = await verify('--keys', store.keys.gateway.jwksFile)
    expect(code).toBe(0)
    expect(out).toContain('There are no anchors in')
    expect(out).toContain('The ends of 1 chain cannot be checked: no anchor was given.')
    await rm(store.anchors, { recursive: true })
  })

  it.each([
    [
      'a database that does not answer',
      'postgres://a@127.0.0.1:1/a',
      'the database does not answer',
    ],
    ['what is no URL of a database', 'audit', 'the database URL must be like'],
  ])('ends with 2 for %s', async (_, url, problem) => {
    const { code, out, err } = await verify(...anchors(), '--database-url', url)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`lcr audit verify: ${problem}`)
  })

  it('ends with 2 for a database that is no audit store, and without the keys', async () => {
    const other = await createDatabase()
    const noStore = await verify(...anchors(), '--database-url', other.url)
    await other.drop()
    expect(noStore).toMatchObject({ code: 2, err: expect.stringContaining('is no audit store') })
    const noKeys = await verify('--keys', join(store.anchors, 'none.json'))
    expect(noKeys).toMatchObject({ code: 2, err: expect.stringContaining('holds no public keys') })
  })
})
