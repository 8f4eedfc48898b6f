import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../../gateway/audit/chain.ts'
import type { AuditTrail } from '../../../gateway/audit/open-trail.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../support/audit.ts'

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
    await trail.commit([accessEvent()])
    const closing = await store.open()
    await closing.close()
    const last = (await entries()).map(({ kind, body }) => [kind, JSON.parse(body).isLast])
    expect(last.slice(-2)).toEqual([
      ['OPENED', undefined],
      ['CHECKPOINT', true],
    ])
  })
})
