import { hashOf } from '../../../../gateway/audit/chain.ts'
import type { StoredRow } from './stored-trail.ts'

/** The trail as a superuser finds it, who can also write to the gateway's disk. */
export interface Trail {
  readonly rows: readonly StoredRow[]
  /** The files of the anchors by their writers, and as they were some time before. */
  readonly anchors: ReadonlyMap<string, string>
  readonly earlierAnchors: ReadonlyMap<string, string>
}

/** Numbers at random, from a seed. */
export type Random = (below: number) => number

/** Always the same numbers for a seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export function isAccess({ body }: StoredRow): boolean {
  return body.startsWith('{"kind":"ACCESS"')
}

export function isCheckpoint({ body }: StoredRow): boolean {
  return body.startsWith('{"kind":"CHECKPOINT"')
}

export function isBefore(entry: StoredRow, row: StoredRow): boolean {
  return (
    entry.writer === row.writer &&
    entry.sequence < row.sequence &&
    isAccess(entry) &&
    entry.body !== row.body
  )
}

export function monthOf({ recordedAt }: StoredRow): string {
  return recordedAt.toISOString().slice(0, 7)
}

/** Of a random chain, so that short ones get their turn, a random entry. */
export function pick(
  { rows }: Pick<Trail, 'rows'>,
  random: Random,
  isFit: (row: StoredRow) => boolean = () => true,
): StoredRow {
  const fit = rows.filter(isFit)
  const writers = [...new Set(fit.map(({ writer }) => writer))]
  const writer = writers[random(writers.length)]
  const candidates = fit.filter((row) => row.writer === writer)
  const row = candidates[random(candidates.length)]
  if (!row) throw new Error('No entry of the trail is fit for this')
  return row
}

export function lastOf({ rows }: Pick<Trail, 'rows'>, writer: string): StoredRow {
  const row = rows.findLast((entry) => entry.writer === writer)
  if (!row) throw new Error('The chain is empty')
  return row
}

export function replace(
  { rows }: Pick<Trail, 'rows'>,
  row: StoredRow,
  others: readonly StoredRow[],
): StoredRow[] {
  return rows.flatMap((entry) => (entry === row ? others : [entry]))
}

export function without(
  { rows }: Trail,
  writer: string,
  first: number,
  last = Number.POSITIVE_INFINITY,
): StoredRow[] {
  return rows.filter((row) => row.writer !== writer || row.sequence < first || row.sequence > last)
}

/** A chain as a forger leaves it who computes every number, place and hash anew. */
export function rechained(rows: readonly StoredRow[], writer: string): StoredRow[] {
  let sequence = 0
  let previousHash: Buffer = Buffer.alloc(32)
  let position = 0
  return rows.map((row) => {
    if (row.writer !== writer) return row
    sequence += 1
    position = Math.max(position + 1, Number(row.position))
    const entry = { ...row, sequence, previousHash, position: String(position) }
    previousHash = hashOf(entry)
    return { ...entry, hash: previousHash }
  })
}

/** The first entry from here on that holds or has a signature. */
export function signatureAfter({ rows }: Trail, { writer, sequence }: StoredRow): number {
  const after = rows.filter((row) => row.writer === writer && row.sequence >= sequence)
  return (after.find(isCheckpoint) ?? after.at(-1))?.sequence ?? sequence
}

export function withOtherBit(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  const place = random(changed.length)
  changed[place] = (changed[place] ?? 0) ^ (1 << random(8))
  return changed
}

/** Text with one other character that is JSON still, as PostgreSQL asks for. */
export function withOtherByte(body: string, random: Random): string {
  for (;;) {
    const place = random(body.length)
    const changed = `${body.slice(0, place)}${'0aZ _'[random(5)]}${body.slice(place + 1)}`
    if (changed !== body && isJson(changed)) return changed
  }
}

export function withOtherEnd(text: string): string {
  return text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
