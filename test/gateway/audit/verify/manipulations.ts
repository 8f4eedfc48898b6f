import type { StoredRow } from './stored-trail.ts'
import {
  isAccess,
  isBefore,
  isCheckpoint,
  lastOf,
  monthOf,
  pick,
  type Random,
  rechained,
  replace,
  signatureAfter,
  type Trail,
  withOtherBit,
  withOtherByte,
  withOtherEnd,
  without,
} from './trail-edits.ts'

/** What a superuser made of it, and where that must be found. */
export interface Manipulated {
  readonly rows?: readonly StoredRow[]
  readonly anchors?: ReadonlyMap<string, string>
  readonly writer: string
  /** The first and the last entry at which it may be found first; null: in the anchor. */
  readonly between: readonly [number, number] | null
}

type Manipulation = (trail: Trail, random: Random) => Manipulated

/** Everything that the tests do to a trail, by its name. */
export const manipulations: Readonly<Record<string, Manipulation>> = {
  'edit a byte of a body': (trail, random) =>
    changeOne(trail, random, (row) => ({ body: withOtherByte(row.body, random) })),
  'edit a time': (trail, random) =>
    changeOne(trail, random, ({ recordedAt }) => ({
      recordedAt: new Date(recordedAt.getTime() + 1 + random(86_400_000)),
    })),
  'edit a hash': (trail, random) =>
    changeOne(trail, random, ({ hash }) => ({ hash: withOtherBit(hash, random) })),
  'edit a previous hash': (trail, random) =>
    changeOne(trail, random, ({ previousHash }) => ({
      previousHash: withOtherBit(previousHash, random),
    })),
  'give an entry a later number': (trail, random) =>
    changeOne(trail, random, ({ sequence }) => ({ sequence: sequence + 1000 + random(1000) })),
  'give an entry an earlier number': (trail, random) => {
    const row = pick(trail, random, ({ sequence }) => sequence > 20)
    const sequence = row.sequence - 15
    return { ...at(row, sequence), rows: replace(trail, row, [{ ...row, sequence }]) }
  },
  'delete an entry': (trail, random) => {
    const row = pick(trail, random)
    return { ...at(row), rows: replace(trail, row, []) }
  },
  'delete several entries': (trail, random) => {
    const row = pick(trail, random)
    const last = row.sequence + 1 + random(10)
    return { ...at(row), rows: without(trail, row.writer, row.sequence, last) }
  },
  'delete the first entries': (trail, random) => {
    const { writer } = pick(trail, random)
    return { writer, between: [1, 1], rows: without(trail, writer, 1, 1 + random(3)) }
  },
  'cut off the end of a chain': (trail, random) => {
    const row = pick(trail, random, ({ sequence }) => sequence > 1)
    return { ...at(row), rows: without(trail, row.writer, row.sequence) }
  },
  'delete the last entry': (trail, random) => {
    const row = lastOf(trail, pick(trail, random).writer)
    return { ...at(row), rows: replace(trail, row, []) }
  },
  'delete a whole chain': (trail, random) => {
    const { writer } = pick(trail, random)
    return { writer, between: [1, 1], rows: without(trail, writer, 1) }
  },
  'delete a month': (trail, random) => {
    const month = monthOf(pick(trail, random))
    const [row] = trail.rows.filter((entry) => monthOf(entry) === month)
    if (!row) throw new Error('The month is empty')
    return { ...at(row), rows: trail.rows.filter((entry) => monthOf(entry) !== month) }
  },
  'insert an entry and chain all that follow anew': (trail, random) => {
    const row = pick(trail, random, isAccess)
    const forged = { ...row, body: withOtherByte(row.body, random) }
    const { writer, sequence } = row
    return {
      writer,
      between: [sequence, signatureAfter(trail, row) + 1],
      rows: rechained(replace(trail, row, [forged, row]), writer),
    }
  },
  'edit an entry and chain all that follow anew': (trail, random) => {
    const row = pick(trail, random, isAccess)
    const forged = { ...row, body: withOtherByte(row.body, random) }
    const { writer, sequence } = row
    return {
      writer,
      between: [sequence, signatureAfter(trail, row)],
      rows: rechained(replace(trail, row, [forged]), writer),
    }
  },
  'delete an entry and chain all that follow anew': (trail, random) => {
    const row = pick(trail, random, isAccess)
    const { writer, sequence } = row
    return {
      writer,
      between: [sequence, signatureAfter(trail, row)],
      rows: rechained(replace(trail, row, []), writer),
    }
  },
  'add an entry at the end': (trail, random) => {
    const last = lastOf(trail, pick(trail, random).writer)
    const { body } = pick(trail, random, isAccess)
    const position = String(Number(last.position) + 1)
    const rows = rechained(replace(trail, last, [last, { ...last, body, position }]), last.writer)
    return { ...at(last, last.sequence + 1), rows }
  },
  'add an entry twice': (trail, random) => {
    const row = pick(trail, random)
    const recordedAt = new Date(row.recordedAt.getTime() + 1 + random(1000))
    return { ...at(row), rows: [...trail.rows, { ...row, recordedAt }] }
  },
  'swap two entries': (trail, random) => {
    const row = pick(trail, random, (entry) => isAccess(entry) && entry.sequence > 5)
    const other = pick(trail, random, (entry) => isBefore(entry, row))
    const swapped = replace(trail, row, [{ ...row, body: other.body }])
    return { ...at(other), rows: replace({ rows: swapped }, other, [{ ...other, body: row.body }]) }
  },
  "put another chain's signature in place of a checkpoint": (trail, random) => {
    const row = pick(trail, random, isCheckpoint)
    const other = pick(trail, random, (entry) => isCheckpoint(entry) && entry.body !== row.body)
    const forged = replace(trail, row, [{ ...row, body: other.body }])
    return { ...at(row), rows: rechained(forged, row.writer) }
  },
  'put a false signature in place of a checkpoint': (trail, random) => {
    const row = pick(trail, random, isCheckpoint)
    const body = row.body.replace(/"signature":"[^.]+\.[^.]+\.../, (text) => withOtherEnd(text))
    return { ...at(row), rows: rechained(replace(trail, row, [{ ...row, body }]), row.writer) }
  },
  'move an entry to another chain': (trail, random) => {
    const row = pick(trail, random)
    const { writer } = pick(trail, random, (entry) => entry.writer !== row.writer)
    const recordedAt = new Date(row.recordedAt.getTime() + 1)
    return { ...at(row), rows: replace(trail, row, [{ ...row, writer, recordedAt }]) }
  },
  'give a chain another name': (trail, random) => {
    const { writer } = pick(trail, random)
    const rows = trail.rows.map((row) =>
      row.writer === writer ? { ...row, writer: `${writer}-x` } : row,
    )
    return { writer, between: [1, 1], rows }
  },
  'give an entry another place in the reading order': (trail, random) => {
    const row = pick(
      trail,
      random,
      (entry) => entry.sequence < lastOf(trail, entry.writer).sequence,
    )
    const position = String(Number(row.position) + (random(2) === 0 ? 10_000 : -10_000))
    const rows = replace(trail, row, [{ ...row, position }])
    return { writer: row.writer, between: [row.sequence, row.sequence + 1], rows }
  },
  'edit an anchor': (trail, random) => {
    const { writer } = pick(trail, random)
    const text = trail.anchors.get(writer) ?? ''
    const place = text.indexOf('.') + 1 + random(100)
    const other = text[place] === 'A' ? 'B' : 'A'
    const edited = text.slice(0, place) + other + text.slice(place + 1)
    return { writer, between: null, anchors: new Map([...trail.anchors, [writer, edited]]) }
  },
  "put another chain's anchor in the place of one": (trail, random) => {
    const { writer } = pick(trail, random)
    const other = pick(trail, random, (entry) => entry.writer !== writer).writer
    const text = trail.anchors.get(other) ?? ''
    return { writer, between: null, anchors: new Map([...trail.anchors, [writer, text]]) }
  },
  'cut off the end of a chain and put an earlier anchor back': (trail, random) => {
    // The earlier anchor is genuine: a later chain gives it away, which names where this one stood.
    const [[writer, text] = ['', '']] = trail.earlierAnchors
    const last = lastOf(trail, writer)
    const cut = last.sequence - 1 - random(3)
    return {
      writer,
      between: [2, last.sequence],
      rows: without(trail, writer, cut),
      anchors: new Map([...trail.anchors, [writer, text]]),
    }
  },
}

function at({ writer, sequence }: StoredRow, found = sequence) {
  return { writer, between: [found, found] as const }
}

function changeOne(
  trail: Trail,
  random: Random,
  change: (row: StoredRow) => Partial<StoredRow>,
): Manipulated {
  const row = pick(trail, random)
  return { ...at(row), rows: replace(trail, row, [{ ...row, ...change(row) }]) }
}
