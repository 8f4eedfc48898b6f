import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessEvent, EntryBody } from '../../../../gateway/audit/entries.ts'
import type { AuditTrail } from '../../../../gateway/audit/open-trail.ts'
import {
  type EventPosition,
  fromEventCursor,
  toEventCursor,
} from '../../../../gateway/audit/reading/event-cursor.ts'
import { type EventFilter, findEvents } from '../../../../gateway/audit/reading/find-events.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../../support/audit.ts'

let store: TestAuditStore
let trails: AuditTrail[]
let now = new Date('2026-10-30T10:00:00.000Z')

beforeAll(async () => {
  store = await createAuditStore()
  trails = [await store.open({ clock: () => now }), await store.open({ clock: () => now })]
})
afterAll(async () => {
  for (const trail of trails) await trail.close()
  await store.remove()
})

async function write(at: string, entries: readonly EntryBody[], by = 0): Promise<void> {
  now = new Date(at)
  await trails[by]?.commit(entries)
}

/** An event that is told by its request id; of a person whom no other test writes of. */
function of(requestId: string, changes: Partial<AccessEvent> = {}): AccessEvent {
  return accessEvent({ requestId, ...changes })
}

async function found(filter: EventFilter): Promise<string[]> {
  const { events } = await findEvents(store.owner, filter, { first: 200 })
  return events.map(({ event }) => event.requestId)
}

describe('Events', () => {
  const nurse = accessEvent().user
  if (!nurse) throw new Error('An event has a user')
  const grace = { ...nurse, userId: '555000000003', odsCode: 'RRV', participant: 'ncl' }

  beforeAll(async () => {
    await write('2026-10-30T10:00:00.000Z', [of('first')])
    await write('2026-10-31T23:59:59.999Z', [
      of('old number', { nhsNumber: '9990000115', user: grace }),
    ])
    await write('2026-11-01T00:00:00.000Z', [
      of('search', { category: 'SEARCH', action: 'findPatients', nhsNumber: null }),
    ])
    await write(
      '2026-11-02T09:00:00.000Z',
      [
        of('refused', {
          nhsNumber: '9990000107',
          refusal: 'NO_LEGITIMATE_RELATIONSHIP',
          user: grace,
        }),
      ],
      1,
    )
    await write('2026-11-03T09:00:00.000Z', [of('nobody', { user: null, nhsNumber: null })])
  })

  it.each<[string, EventFilter, string[]]>([
    ['all, the newest first', {}, ['nobody', 'refused', 'search', 'old number', 'first']],
    [
      'of one person under both of their numbers',
      { nhsNumbers: ['9990000107', '9990000115'] },
      ['refused', 'old number'],
    ],
    ['of nobody without a number', { nhsNumbers: [] }, []],
    ['by one user', { userId: '555000000003' }, ['refused', 'old number']],
    ['by one organisation’s staff', { odsCode: 'RJZ' }, ['search', 'first']],
    ['by one participant’s staff', { participant: 'ncl' }, ['refused', 'old number']],
    [
      'from a moment on, which belongs to it',
      { from: new Date('2026-11-01T00:00:00.000Z') },
      ['nobody', 'refused', 'search'],
    ],
    [
      'until a moment, which does not',
      { until: new Date('2026-11-01T00:00:00.000Z') },
      ['old number', 'first'],
    ],
    ['of one kind', { category: 'SEARCH' }, ['search']],
    ['that were permitted', { isPermitted: true }, ['nobody', 'search', 'old number', 'first']],
    ['that were refused', { isPermitted: false }, ['refused']],
    [
      'by all conditions at once',
      { participant: 'ncl', isPermitted: true, until: new Date('2026-11-02T00:00:00.000Z') },
      ['old number'],
    ],
  ])('are found %s', async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected)
  })

  it('come with what came of them, once it is written', async () => {
    const [answered, open] = [of('answered'), of('open')]
    await write('2026-11-04T09:00:00.000Z', [answered, open])
    const outcome = {
      kind: 'OUTCOME',
      event: answered.event,
      at: '2026-11-04T09:00:00.120Z',
      durationMs: 120,
      sources: { sel: 'ANSWERED' },
      items: { allergies: 2 },
      errors: [],
    } as const
    await write('2026-11-04T09:00:01.000Z', [outcome], 1)

    const { events } = await findEvents(
      store.owner,
      { from: new Date('2026-11-04T00:00:00.000Z') },
      { first: 10 },
    )
    expect(events.map((event) => [event.event.requestId, event.outcome])).toEqual([
      ['open', null],
      ['answered', outcome],
    ])
  })

  it('are read from the months asked for, and from no other', async () => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select from audit_entry
      where recorded_at >= '2026-11-01T00:00:00Z' and recorded_at < '2026-11-30T00:00:00Z'`.execute(
      store.owner,
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('audit_entry_2026_11')
    expect(plan).not.toContain('audit_entry_2026_10')
  })
})

describe('Pages of events', () => {
  const patient = '9990000263'
  const MOMENTS = [
    '2026-12-31T23:59:59.999Z',
    '2027-01-01T00:00:00.000Z',
    '2027-01-01T00:00:00.001Z',
  ]

  it('show each event once and in one order, however many have the same time', async () => {
    const batch = fc.record({
      by: fc.nat(1),
      count: fc.integer({ min: 1, max: 6 }),
    })
    const batches = fc.array(batch, { minLength: 3, maxLength: 6 })
    let round = 0
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 1, max: 5 }), async (written, first) => {
        round += 1
        const userId = `round ${round}`
        const user = { ...accessEvent().user, userId } as AccessEvent['user']
        const ids: string[] = []
        for (const [place, { by, count }] of written.entries()) {
          const events = Array.from({ length: count }, () =>
            accessEvent({ nhsNumber: patient, user }),
          )
          ids.push(...events.map(({ event }) => event))
          const moment = MOMENTS[Math.floor((place * MOMENTS.length) / written.length)]
          await write(moment ?? '', events, by)
        }
        const walked = await walk({ nhsNumbers: [patient], userId }, first)
        const places = walked.map(({ recordedAt, writer, sequence }) => ({
          recordedAt,
          writer,
          sequence,
        }))
        expect(walked.map(({ event }) => event.event).sort()).toEqual(ids.sort())
        expect(places).toEqual([...places].sort(newestFirst))
      }),
      { numRuns: 15, seed: 20261102 },
    )
  })

  it('go on where they were, whatever is written meanwhile', async () => {
    const userId = 'meanwhile'
    const user = { ...accessEvent().user, userId } as AccessEvent['user']
    const event = (requestId: string) => of(requestId, { user })
    await write('2027-02-01T09:00:00.000Z', [event('1'), event('2'), event('3')])
    const page = await findEvents(store.owner, { userId }, { first: 2 })
    const last = page.events.at(-1)
    if (!last) throw new Error('The page is empty')
    await write('2027-02-01T09:00:01.000Z', [event('4')])
    const after = fromEventCursor(toEventCursor(last))
    const rest = await findEvents(store.owner, { userId }, { first: 2, after })
    expect(page.hasNextPage).toBe(true)
    expect(rest.events.map(({ event: { requestId } }) => requestId)).toEqual(['1'])
    expect(rest.hasNextPage).toBe(false)
  })

  async function walk(filter: EventFilter, first: number) {
    const walked = []
    let after: EventPosition | null = null
    for (;;) {
      const page = await findEvents(store.owner, filter, { first, after })
      expect(page.events.length).toBeLessThanOrEqual(first)
      walked.push(...page.events)
      if (!page.hasNextPage) return walked
      after = fromEventCursor(toEventCursor(page.events.at(-1) ?? never()))
    }
  }
})

function never(): never {
  throw new Error('A page that goes on is not empty')
}

/** Writers' names are compared as PostgreSQL's default collation does: digits, letters and a hyphen. */
function newestFirst(a: EventPosition, b: EventPosition): number {
  return (
    b.recordedAt.getTime() - a.recordedAt.getTime() ||
    b.writer.localeCompare(a.writer) ||
    b.sequence - a.sequence
  )
}

describe('A cursor', () => {
  it.each([
    ['empty', ''],
    ['no JSON', 'not-a-cursor'],
    ['another list’s', Buffer.from('["2026-11-02T10:15:00.000Z","key"]').toString('base64url')],
    ['of no time', Buffer.from('["yesterday","writer",1]').toString('base64url')],
    [
      'of a writer that there cannot be',
      Buffer.from('["2026-11-02T10:15:00.000Z","a\\u0000b",1]').toString('base64url'),
    ],
    [
      'of no sequence number',
      Buffer.from('["2026-11-02T10:15:00.000Z","writer",1.5]').toString('base64url'),
    ],
  ])('that is %s leads nowhere', (_, cursor) => {
    expect(fromEventCursor(cursor)).toBeNull()
  })
})
