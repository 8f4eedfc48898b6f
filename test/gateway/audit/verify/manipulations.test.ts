import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLocalJWKSet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHeadSigner } from '../../../../gateway/audit/head.ts'
import type { AuditTrail } from '../../../../gateway/audit/open-trail.ts'
import type { ChainBreak } from '../../../../gateway/audit/verify/breaks.ts'
import { verifyTrail } from '../../../../gateway/audit/verify/verify-trail.ts'
import { createAuditStore, type TestAuditStore } from '../../../support/audit.ts'
import { type Manipulated, manipulations } from './manipulations.ts'
import { type BatchPlan, changeRows, createClock, readRows, writeEvents } from './stored-trail.ts'
import { seeded, type Trail } from './trail-edits.ts'

const MANIPULATIONS = 100
const SEED = 20261122

let store: TestAuditStore
let folder: string
let trail: Trail
/** The first entry of a batch that is there and is not known to be settled. */
const unsettledFrom = new Map<string, number>()
/** What is in the store now. */
let stored: Trail['rows']
const open: AuditTrail[] = []

beforeAll(async () => {
  store = await createAuditStore()
  folder = join(store.anchors, '..', 'copies')
  await mkdir(folder)
  trail = await buildTrail()
  stored = trail.rows
})
afterAll(async () => {
  await Promise.all(open.map((chain) => chain.close()))
  await store.remove()
})

/**
 * Two months of five chains: two that ended, one that a crash cut short with a batch under way, one
 * whose anchor was left between batch and settlement, and one that is still written.
 */
async function buildTrail(): Promise<Trail> {
  const ended = await begin('2026-09-10T08:00:00.000Z')
  await ended.write({ batches: 25, each: 4, seconds: 86_400 })
  const crashed = await begin('2026-10-05T08:00:00.000Z')
  await crashed.write({ batches: 20, each: 3, seconds: 4 })
  const earlierAnchors = new Map([...(await readAnchorFiles())].slice(-1))
  await crashed.write({ batches: 20, each: 3, seconds: 4 })
  await ended.chain.close()
  const short = await begin('2026-10-06T08:00:00.000Z')
  await short.write({ batches: 15, each: 1, seconds: 86_400 })
  await short.chain.close()
  const unsettled = await begin('2026-10-25T08:00:00.000Z')
  await unsettled.write({ batches: 15, each: 4, seconds: 6 })
  const live = await begin('2026-10-31T23:59:00.000Z')
  await live.write({ batches: 40, each: 2, seconds: 3 })
  open.push(crashed.chain, unsettled.chain, live.chain)
  const rows = await readRows(store)
  const anchors = await leaveUnderway(await readAnchorFiles(), rows)
  return { rows, anchors, earlierAnchors }
}

/** A chain with a clock of its own, which stands when nothing is written: no signature falls due. */
async function begin(start: string) {
  const clock = createClock(start)
  const chain = await store.open({ clock: clock.now })
  return { chain, write: (plan: BatchPlan) => writeEvents(chain, clock, plan) }
}

async function readAnchorFiles(): Promise<Map<string, string>> {
  const files = (await readdir(store.anchors)).sort()
  const read = files.map(async (file) => {
    const text = await readFile(join(store.anchors, file), 'utf8')
    return [file.replace('.json', ''), text] as const
  })
  return new Map(await Promise.all(read))
}

/** The anchors as crashes leave them: before a batch was committed, and after. */
async function leaveUnderway(
  anchors: ReadonlyMap<string, string>,
  rows: Trail['rows'],
): Promise<Map<string, string>> {
  const sign = createHeadSigner(store.keys.gateway.privateJwk)
  const [, crashed = '', , unsettled = ''] = anchors.keys()
  const headOf = (writer: string, back: number) => {
    const row = rows.filter((entry) => entry.writer === writer).at(-1 - back)
    return { writer, sequence: row?.sequence ?? 0, hash: row?.hash.toString('hex') ?? '' }
  }
  const never = { ...headOf(crashed, 0), hash: 'ab'.repeat(32) }
  unsettledFrom.set(unsettled, headOf(unsettled, 3).sequence)
  const anchorOf = async (committed: object, underway: object) =>
    JSON.stringify({
      committed: sign(committed as typeof never),
      underway: sign(underway as typeof never),
    })
  return new Map([
    ...anchors,
    [crashed, await anchorOf(headOf(crashed, 0), { ...never, sequence: never.sequence + 3 })],
    [unsettled, await anchorOf(headOf(unsettled, 4), headOf(unsettled, 0))],
  ])
}

async function verifyWith(changed: Partial<Manipulated>): Promise<readonly ChainBreak[]> {
  const rows = changed.rows ?? trail.rows
  await changeRows(store, stored, rows)
  stored = rows
  for (const [writer, text] of changed.anchors ?? trail.anchors) {
    await writeFile(join(folder, `${writer}.json`), text)
  }
  const found = await verifyTrail({
    db: store.owner,
    keys: createLocalJWKSet(store.keys.gateway.jwks),
    anchorFolders: [folder],
  })
  return found.breaks
}

function isNamed(breaks: readonly ChainBreak[], { writer, between }: Manipulated): boolean {
  const found = breaks.find((broken) => broken.writer === writer)
  if (!found) return false
  if (between === null || found.sequence === null) return between === found.sequence
  // Entries of a batch that nobody knows to be settled stand or fall together.
  const first = Math.min(between[0], unsettledFrom.get(writer) ?? between[0])
  return found.sequence >= first && found.sequence <= between[1]
}

describe('A hundred random manipulations', () => {
  it('are each found at the first entry that they changed, and the untouched trail passes', async () => {
    expect(await verifyWith({})).toEqual([])
    const random = seeded(SEED)
    const kinds = Object.entries(manipulations)
    const missed: unknown[] = []
    for (let made = 0; made < MANIPULATIONS; made += 1) {
      const [name, manipulate] = kinds[made % kinds.length] ?? []
      const manipulated = manipulate?.(trail, random)
      if (!manipulated) throw new Error('There is no such manipulation')
      const breaks = await verifyWith(manipulated)
      const { writer, between } = manipulated
      if (!isNamed(breaks, manipulated)) missed.push({ name, writer, between, breaks })
    }
    const found = MANIPULATIONS - missed.length
    console.info(`Manipulations made: ${MANIPULATIONS}, found and named: ${found}`)
    expect(missed).toEqual([])
    expect(await verifyWith({})).toEqual([])
  }, 60_000)
})
