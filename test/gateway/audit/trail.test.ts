import { createLocalJWKSet } from 'jose'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../../gateway/audit/chain.ts'
import { type AuditTrail, openTrail } from '../../../gateway/audit/open-trail.ts'
import { verifyTrail } from '../../../gateway/audit/verify/verify-trail.ts'
import { eventually } from '../../cli/start/system.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../support/audit.ts'
import { createDatabase, createRole } from '../../support/postgres.ts'

let store: TestAuditStore
let trail: AuditTrail

beforeEach(async () => {
  store = await createAuditStore()
  trail = await store.open()
})
afterEach(async () => {
  await trail.close()
  await store.remove()
})

async function entries() {
  const { rows } = await sql<{
    writer: string
    sequence: string
    recorded_at: Date
    body: string
    previous_hash: Buffer
    hash: Buffer
    kind: string
  }>`select writer, sequence, recorded_at, body::text, previous_hash, hash, kind
     from audit_entry order by writer, sequence`.execute(store.owner)
  return rows
}

describe('The audit trail', () => {
  it('has an event in the store once its commit has resolved', async () => {
    const event = accessEvent()
    await trail.commit([event])
    const written = await entries()
    expect(written.map(({ kind }) => kind)).toEqual(['OPENED', 'ACCESS'])
    expect(JSON.parse(written[1]?.body ?? '')).toEqual(event)
  })

  it('chains the entries of one process, without a gap', async () => {
    await Promise.all(Array.from({ length: 40 }, () => trail.commit([accessEvent()])))
    const written = await entries()
    let previousHash: Buffer = Buffer.alloc(32)
    for (const [place, entry] of written.entries()) {
      expect(Number(entry.sequence)).toBe(place + 1)
      expect(entry.previous_hash.equals(previousHash)).toBe(true)
      const { writer, body } = entry
      const hash = hashOf({
        writer,
        sequence: place + 1,
        recordedAt: entry.recorded_at,
        body,
        previousHash,
      })
      expect(entry.hash.equals(hash)).toBe(true)
      previousHash = entry.hash
    }
    expect(written).toHaveLength(41)
  })

  it('shares one transaction among events that come at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => trail.commit([accessEvent()])))
    const { rows } = await sql<{ count: string }>`
      select count(distinct xid) from audit_entry where kind = 'ACCESS'`.execute(store.owner)
    expect(Number(rows[0]?.count)).toBeLessThan(5)
  })

  it.each([
    'update audit_entry set body = body',
    'delete from audit_entry',
    'truncate audit_entry',
    'drop table audit_entry',
  ])('lets the gateway not %s', async (statement) => {
    await trail.commit([accessEvent()])
    await expect(sql.raw(statement).execute(trail.db)).rejects.toThrow()
    expect(await entries()).toHaveLength(2)
  })

  it('ends a chain with a signature', async () => {
    await trail.close()
    const [, last] = await entries()
    expect(JSON.parse(last?.body ?? '')).toMatchObject({ kind: 'CHECKPOINT', isLast: true })
    trail = await store.open()
  })
})

describe('A writer of the trail', () => {
  it.each([
    ['the character NUL', '\0'],
    ['half a character', '\ud800'],
    ['a quotation mark and a backslash', '"\\u0000'],
  ])('writes an entry that holds %s', async (_what, text) => {
    const event = accessEvent({ facts: { familyName: `O${text}Brien` } })
    await trail.commit([event])
    await trail.commit([accessEvent()])
    const [, written] = await entries()
    const { facts } = JSON.parse(written?.body ?? '')
    expect(facts.familyName).toBe(`O${text}Brien`.replaceAll(/\0|[\ud800-\udfff]/gu, '\ufffd'))
  })

  it('writes without what the store will not take, rather than nothing', async () => {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin
      if new.body::text like '%é%' then raise exception 'no' using errcode = '22P05'; end if;
      return new; end $$`.execute(store.owner)
    await sql`create trigger refuse before insert on audit_entry
      for each row execute function refuse()`.execute(store.owner)
    await trail.commit([accessEvent({ facts: { familyName: 'Andrée' } })])
    await trail.commit([accessEvent()])
    const [, written] = await entries()
    expect(JSON.parse(written?.body ?? '').facts).toEqual({ familyName: 'Andr?e' })
    expect((await verify()).breaks).toEqual([])
  })

  it('goes on with its chain when its connection is lost, and refuses nobody for it', async () => {
    await trail.commit([accessEvent()])
    const own = sql`application_name = 'lcr-audit' and datname = current_database()`
    const committed = await store.owner.transaction().execute(async (transaction) => {
      await sql`lock table audit_entry in exclusive mode`.execute(transaction)
      const underway = trail.commit([accessEvent()]).then(() => 'committed')
      await eventually(async () => {
        const { rows } = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where ${own} and wait_event_type = 'Lock'`.execute(transaction)
        return rows.length > 0
      })
      return { underway }
    })
    expect(await committed.underway).toBe('committed')
    expect((await entries()).map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3])
    expect((await verify()).breaks).toEqual([])
  })

  it('begins a chain anew when it finds its own continued by somebody else', async () => {
    const hasty = await store.open({ deadlineMs: 300 })
    await hasty.commit([accessEvent()])
    const [own] = (await entries()).filter(({ kind }) => kind === 'ACCESS')
    await store.owner.transaction().execute(async (transaction) => {
      await sql`lock table audit_entry in exclusive mode`.execute(transaction)
      await expect(hasty.commit([accessEvent()])).rejects.toThrow()
      await eventually(async () => !hasty.isAvailable)
      await sql`
        insert into audit_entry (writer, sequence, recorded_at, body, previous_hash, hash)
        select writer, 9, recorded_at, body, hash, sha256('forged') from audit_entry
        where writer = ${own?.writer} and sequence = 2`.execute(transaction)
    })
    await eventually(async () => hasty.isAvailable)
    await hasty.commit([accessEvent()])
    const { breaks, chains } = await verify()
    expect(chains).toBe(3)
    expect(breaks).toMatchObject([{ writer: own?.writer }])
    await hasty.close()
  })
})

const verify = () =>
  verifyTrail({
    db: store.owner,
    keys: createLocalJWKSet(store.keys.gateway.jwks),
    anchorFolders: [store.anchors],
  })

describe('A gateway does not begin', () => {
  const open = (url: string) =>
    openTrail({
      url,
      anchors: store.anchors,
      privateJwk: store.keys.gateway.privateJwk,
      clock: () => new Date(),
      logger: pino({ level: 'silent' }),
      deadlineMs: 5000,
    })

  it('as a superuser, who could change every entry', async () => {
    await expect(open(store.ownerUrl)).rejects.toThrow(
      'The audit store: its role is a superuser, who can change every entry',
    )
  })

  it.each(['update', 'delete', 'truncate'])('with a role that may %s', async (right) => {
    const { username } = new URL(store.url)
    await sql`grant ${sql.raw(right)} on audit_entry to ${sql.id(username)}`.execute(store.owner)
    await expect(store.open()).rejects.toThrow(
      'The audit store: its role may change or remove entries: use one that may not',
    )
  })

  it('with a role for which the store was not prepared', async () => {
    const { username } = new URL(store.url)
    await sql`revoke insert on audit_entry from ${sql.id(username)}`.execute(store.owner)
    await expect(store.open()).rejects.toThrow(
      'The audit store: its role may not add entries: prepare it for this role',
    )
  })

  it('on a database that is no audit store', async () => {
    const empty = await createDatabase()
    const { url } = await createRole(empty.url)
    await expect(open(url)).rejects.toThrow(
      "The audit store: it is not prepared: run 'lcr audit prepare' as its owner",
    )
    await empty.drop()
  })
})
