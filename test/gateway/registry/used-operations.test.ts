import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AccessEvent } from '../../../gateway/audit/entries.ts'
import type { AuditTrail } from '../../../gateway/audit/open-trail.ts'
import type { UsedOperation } from '../../../gateway/registry/used-operation.ts'
import { findUsedOperations } from '../../../gateway/registry/used-operations.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../support/audit.ts'

let store: TestAuditStore
let trail: AuditTrail
let now = new Date('2026-10-01T10:00:00.000Z')

beforeAll(async () => {
  store = await createAuditStore()
  trail = await store.open({ clock: () => now })
  for (const [digest, text] of [
    [SUMMARY, 'query Summary($n: ID!) {\n  patient(nhsNumber: $n) {\n    nhsNumber\n  }\n}'],
    [UNNAMED, '{\n  patient(nhsNumber: "") {\n    nhsNumber\n  }\n}'],
    [CLAIM, 'mutation Claim {\n  claimEmergencyAccess\n}'],
  ] as const) {
    await sql`insert into operation (digest, text) values (${digest}, ${text})`.execute(trail.db)
  }
})
afterAll(async () => {
  await trail.close()
  await store.remove()
})

const SUMMARY = 'a'.repeat(64)
const UNNAMED = 'b'.repeat(64)
const CLAIM = 'c'.repeat(64)

let requests = 0

/** One request, as its events are written. */
function request(digest: string, client: string | null, changes: Partial<AccessEvent> = {}) {
  requests += 1
  return accessEvent({
    requestId: `request-${requests}`,
    operation: { type: 'query', name: null, digest },
    client: client === null ? null : { name: client, version: null },
    ...changes,
  })
}

async function write(at: string, events: readonly AccessEvent[]): Promise<void> {
  now = new Date(at)
  await trail.commit(events)
}

/** What is found as soon as no transaction of another test holds it back. */
async function settled(
  since: string,
  isThere: (found: readonly UsedOperation[]) => boolean,
): Promise<readonly UsedOperation[]> {
  return vi.waitFor(
    async () => {
      const found = await findUsedOperations(trail.db, new Date(since))
      if (!isThere(found)) throw new Error('Not all of it is settled')
      return found
    },
    { timeout: 28_000, interval: 50 },
  )
}

const timesOf = (found: readonly UsedOperation[], digest: string) =>
  found.find((operation) => operation.digest === digest)?.times ?? 0

describe('The operations that were used', () => {
  beforeAll(async () => {
    await write('2026-10-01T10:00:00.000Z', [request(CLAIM, 'ed-viewer')])
    await write('2026-11-01T10:00:00.000Z', [
      request(SUMMARY, 'ed-viewer'),
      request(SUMMARY, 'ed-viewer'),
      request(SUMMARY, 'ambulance-app'),
    ])
    await write('2026-11-02T09:30:00.000Z', [
      request(SUMMARY, 'ed-viewer', { refusal: 'NO_LEGITIMATE_RELATIONSHIP' }),
    ])
    await write('2026-11-03T09:30:00.000Z', [request(UNNAMED, null)])
  })

  it('are given with their programs, how often and when last, those used last first', async () => {
    const found = await settled('2026-11-01T12:00:00.000Z', (all) => timesOf(all, UNNAMED) > 0)
    expect(found).toEqual([
      {
        digest: UNNAMED,
        text: expect.stringContaining('patient'),
        name: null,
        clients: ['unnamed'],
        times: 1,
        lastUsed: '2026-11-03T09:30:00.000Z',
      },
      {
        digest: SUMMARY,
        text: expect.stringContaining('query Summary'),
        name: 'Summary',
        clients: ['ed-viewer', 'ambulance-app'],
        times: 4,
        lastUsed: '2026-11-02T09:30:00.000Z',
      },
    ])
  })

  it('are counted once, however often they are looked for, and by several at once', async () => {
    const since = '2026-09-01T00:00:00.000Z'
    await write('2026-11-04T09:30:00.000Z', [request(SUMMARY, 'ed-viewer')])
    const [found = []] = await Promise.all(
      [1, 2, 3].map(() => settled(since, (all) => timesOf(all, SUMMARY) >= 5)),
    )
    expect(found.map(({ name, times }) => [name, times])).toEqual([
      ['Summary', 5],
      [null, 1],
      ['Claim', 1],
    ])
  })

  it('count a request once that asked for two patients, and none of who is not known', async () => {
    const twice = request(UNNAMED, 'ed-viewer')
    await write('2026-11-05T09:30:00.000Z', [
      twice,
      { ...twice, event: crypto.randomUUID() },
      request(CLAIM, 'anybody', { user: null }),
    ])
    const found = await settled('2026-11-05T00:00:00.000Z', (all) => all.length > 0)
    expect(found.map(({ digest, times, clients }) => [digest, times, clients])).toEqual([
      [UNNAMED, 1, ['ed-viewer']],
    ])
  })

  it('leave out an operation whose text was not kept', async () => {
    await write('2026-11-06T09:30:00.000Z', [
      request('d'.repeat(64), 'ed-viewer'),
      request(SUMMARY, 'ed-viewer'),
    ])
    const found = await settled('2026-11-06T00:00:00.000Z', (all) => all.length > 0)
    expect(found.map(({ digest }) => digest)).toEqual([SUMMARY])
  })

  it('are counted by the gateway’s role, which cannot change the count', async () => {
    const change = sql`update operation_use set times = 0`.execute(trail.db)
    await expect(change).rejects.toThrow('permission denied')
  })
})
