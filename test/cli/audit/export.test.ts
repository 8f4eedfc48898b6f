import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLocalJWKSet } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccessEvent, Outcome } from '../../../gateway/audit/entries.ts'
import { verifyTrail } from '../../../gateway/audit/verify/verify-trail.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../support/audit.ts'
import { lcrAudit } from './lcr-audit.ts'

let store: TestAuditStore
beforeEach(async () => {
  store = await createAuditStore()
})
afterEach(() => store.remove())

const dataDir = () => join(store.anchors, '..')
const cursorFile = () => join(dataDir(), 'audit.cursor')
const outFile = () => join(dataDir(), 'audit.ndjson')
const keeping = () => ['--cursor-file', cursorFile(), '--out', outFile()]

const exportTrail = (...args: readonly string[]) =>
  lcrAudit(dataDir(), ['export', '--database-url', store.url, ...args])

async function writeEvents(...events: readonly AccessEvent[]): Promise<void> {
  const trail = await store.open()
  const outcomes = events.map(
    ({ event, at }): Outcome => ({
      kind: 'OUTCOME',
      event,
      at,
      durationMs: 1,
      sources: {},
      items: {},
      errors: [],
    }),
  )
  await trail.commit([...events, ...outcomes])
  await trail.close()
}

function linesOf(text: string) {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as { id: string; entity: { description?: string }[] })
}

const idsOf = (text: string) => linesOf(text).map(({ id }) => id)

async function entriesOf(): Promise<number> {
  const { breaks, entries } = await verifyTrail({
    db: store.owner,
    keys: createLocalJWKSet(store.keys.gateway.jwks),
    anchorFolders: [store.anchors],
  })
  expect(breaks).toEqual([])
  return entries
}

/** Another test's transaction may hold the reading back for a while: it runs on the same PostgreSQL. */
async function untilExported(events: number, ...args: readonly string[]) {
  for (;;) {
    const done = await exportTrail(...args)
    expect(done.code).toBe(0)
    if (!done.err.startsWith('0 events')) {
      expect(done.err).toMatch(new RegExp(`^${events} events? exported`))
      return done
    }
  }
}

describe('lcr audit export', () => {
  it('writes the events to standard output and the cursor to go on from to standard error', async () => {
    const [first, second] = [accessEvent(), accessEvent()]
    await writeEvents(first, second)
    const { out, err } = await untilExported(2)
    expect(idsOf(out)).toEqual([first.event, second.event])
    const cursor = err.trimEnd().split('\n').at(-1) ?? ''
    const next = accessEvent()
    await writeEvents(next)
    const { out: more } = await untilExported(2, '--after', cursor)
    expect(idsOf(more)).toHaveLength(2)
    expect(idsOf(more)[1]).toBe(next.event)
  })

  it('goes on where the last run ended, and writes nothing where only exports are new', async () => {
    const [first, second] = [accessEvent(), accessEvent()]
    await writeEvents(first)
    await untilExported(1, ...keeping())
    const before = await entriesOf()
    const idle = await exportTrail(...keeping())
    expect(idle).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/^0 events/) })
    expect(await entriesOf()).toBe(before)
    await writeEvents(second)
    await untilExported(2, ...keeping())
    const lines = linesOf(await readFile(outFile(), 'utf8'))
    expect([lines[0]?.id, lines[2]?.id]).toEqual([first.event, second.event])
    expect(lines[1]?.entity.some(({ description }) => description === 'lcr audit export')).toBe(
      true,
    )
    expect(lines).toHaveLength(3)
  })

  it('writes down that it exports before anybody has an event', async () => {
    await writeEvents(accessEvent())
    const before = await entriesOf()
    await untilExported(1)
    expect(await entriesOf()).toBe(before + 4)
  })

  it.each([
    ['what is no cursor', ['--after', 'x'], "'x' is no cursor"],
    ['what is no time', ['--until', 'soon'], "'soon' is no day or moment"],
    [
      'a database that does not answer',
      ['--database-url', 'postgres://a@127.0.0.1:1/a'],
      'does not',
    ],
  ])('ends with 2 for %s', async (_, args, problem) => {
    const { code, out, err } = await exportTrail(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(problem)
  })

  it('adds to no file that it has not begun', async () => {
    await writeEvents(accessEvent())
    await untilExported(1, '--out', outFile())
    const text = await readFile(outFile(), 'utf8')
    const { code, err } = await exportTrail('--out', outFile())
    expect({ code, err }).toEqual({ code: 2, err: 'lcr audit export: the file is there already\n' })
    expect(await readFile(outFile(), 'utf8')).toBe(text)
  })
})
