import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccessEvent, Outcome } from '../../../../gateway/audit/entries.ts'
import {
  BEGINNING_OF_TRAIL,
  type ExportCursor,
  formatCursor,
  parseCursor,
} from '../../../../gateway/audit/export/export-cursor.ts'
import { exportEvents } from '../../../../gateway/audit/export/export-events.ts'
import type { AuditTrail } from '../../../../gateway/audit/open-trail.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../../support/audit.ts'

let store: TestAuditStore
beforeEach(async () => {
  store = await createAuditStore()
})
afterEach(() => store.remove())

function outcomeOf({ event }: AccessEvent): Outcome {
  const at = '2026-11-02T10:15:00.500Z'
  return { kind: 'OUTCOME', event, at, durationMs: 500, sources: {}, items: {}, errors: [] }
}

/** One run: what it exports, and where the next one goes on. */
async function run(after: ExportCursor, range: { until?: Date; settlesAfterMs?: number } = {}) {
  const ids: string[] = []
  let cursor = after
  const { until = null, settlesAfterMs } = range
  const pages = exportEvents(store.owner, {
    after,
    until,
    pageSize: 7,
    ...(settlesAfterMs === undefined ? {} : { settlesAfterMs }),
  })
  for await (const page of pages) {
    ids.push(...page.map(({ event }) => event.event))
    cursor = page.at(-1)?.cursor ?? cursor
  }
  return { ids, cursor }
}

/** Another test's transaction may hold the reading back for a while: it runs on the same PostgreSQL. */
async function expectExported(
  events: readonly AccessEvent[],
  after = BEGINNING_OF_TRAIL,
  range: Parameters<typeof run>[1] = {},
): Promise<void> {
  const ids = events.map(({ event }) => event)
  await expect.poll(async () => (await run(after, range)).ids, { timeout: 10_000 }).toEqual(ids)
}

/** Writes events and their outcomes, which come later and in another order. */
async function write(trail: AuditTrail, count: number): Promise<string[]> {
  const events = Array.from({ length: count }, () => accessEvent())
  for (const [place, event] of events.entries()) {
    await trail.commit([event])
    const answered = place % 3 === 2 ? events.slice(place - 2, place + 1).reverse() : []
    trail.append(answered.map(outcomeOf))
  }
  trail.append(events.slice(count - (count % 3)).map(outcomeOf))
  return events.map(({ event }) => event)
}

describe('Exporting access events', () => {
  it('exports each event once over many runs, while several gateways are writing', async () => {
    const trails = await Promise.all([store.open(), store.open(), store.open()])
    let isDone = false
    const writing = Promise.all(trails.map((trail) => write(trail, 100))).then(async (written) => {
      await Promise.all(trails.map((trail) => trail.close()))
      isDone = true
      return written.flat()
    })
    const exported: string[] = []
    let cursor = BEGINNING_OF_TRAIL
    let runs = 0
    for (let isLast = false; !isLast; ) {
      const done = await run(cursor)
      isLast = isDone && exported.length + done.ids.length >= 300
      exported.push(...done.ids)
      cursor = parseCursor(formatCursor(done.cursor)) ?? BEGINNING_OF_TRAIL
      runs += 1
    }
    expect([...exported].sort()).toEqual((await writing).sort())
    expect(runs).toBeGreaterThan(2)
  })

  it('passes over no event of a transaction that commits after later ones', async () => {
    const trail = await store.open()
    const late = accessEvent()
    const early = accessEvent()
    const whileOpen = await store.owner.transaction().execute(async (slow) => {
      await sql`
        insert into audit_entry (writer, sequence, recorded_at, body, previous_hash, hash)
        values ('slow', 1, now(), ${JSON.stringify(late)}::json, '', '')`.execute(slow)
      await trail.commit([early, outcomeOf(early)])
      return await run(BEGINNING_OF_TRAIL, { settlesAfterMs: -60_000 })
    })
    expect(whileOpen.ids).toEqual([])
    await expectExported([late, early], whileOpen.cursor, { settlesAfterMs: -60_000 })
    await trail.close()
  })

  it('waits with an event, and all behind it, until its outcome is there', async () => {
    const trail = await store.open()
    const [slow, quick] = [accessEvent(), accessEvent()]
    await trail.commit([slow, quick, outcomeOf(quick)])
    expect((await run(BEGINNING_OF_TRAIL)).ids).toEqual([])
    await trail.commit([outcomeOf(slow)])
    await expectExported([slow, quick])
    await trail.close()
  })

  it('exports an event without an outcome once there will be none any more', async () => {
    const fiveMinutesAgo = new Date(Date.now() - 5 * 60_000 - 1000)
    const crashed = await store.open({ clock: () => fiveMinutesAgo })
    const event = accessEvent()
    await crashed.commit([event])
    await expectExported([event])
    await crashed.close()
  })

  it('ends before the first event of the moment that is given, and goes on there', async () => {
    const earlier = await store.open({ clock: () => new Date('2026-10-31T23:59:59.999Z') })
    const last = accessEvent()
    await earlier.commit([last, outcomeOf(last)])
    const later = await store.open({ clock: () => new Date('2026-11-01T00:00:00.000Z') })
    const first = accessEvent()
    await later.commit([first, outcomeOf(first)])
    await expectExported([last, first])
    const october = await run(BEGINNING_OF_TRAIL, { until: new Date('2026-11-01') })
    expect(october.ids).toEqual([last.event])
    expect((await run(october.cursor)).ids).toEqual([first.event])
    await Promise.all([earlier.close(), later.close()])
  })
})
