const PRIME = 0x01000193

/** A seeded stream of numbers: the same seed always tells the same story. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean
  /** One of the things, each as likely as the others. */
  pick<T>(things: readonly T[]): T
  /** A number around `mean`, bell-shaped, within three deviations. */
  around(mean: number, deviation: number): number
}

/** A 32-bit number from a text, the same on every machine (FNV-1a with a final mix). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME)
  return spread(hash)
}

/** A deterministic identifier in the shape of a version 4 UUID. */
export function uuidOf(text: string): string {
  // Four hashes in one pass: a population asks for a hundred thousand.
  let [one, two, three, four] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, PRIME)
    two = Math.imul(two ^ code, PRIME)
    three = Math.imul(three ^ code, PRIME)
    four = Math.imul(four ^ code, PRIME)
  }
  const [middle, end] = [hexOf(two), hexOf(three)]
  const variant = '89ab'.charAt(Number.parseInt(end.charAt(0), 16) % 4)
  return `${hexOf(one)}-${middle.slice(0, 4)}-4${middle.slice(5)}-${variant}${end.slice(1, 4)}-${end.slice(4)}${hexOf(four)}`
}

function spread(state: number): number {
  let hash = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexOf(state: number): string {
  const hash = spread(state)
  const [high, low] = [hash >>> 16, hash & 0xffff]
  return `${BYTES[high >> 8]}${BYTES[high & 0xff]}${BYTES[low >> 8]}${BYTES[low & 0xff]}`
}

/** Starts a stream from a text (mulberry32). */
export function randomFrom(text: string): Random {
  let state = hashOf(text)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (things) => {
      const thing = things[whole(0, things.length - 1)]
      if (thing === undefined) throw new Error('nothing to pick from')
      return thing
    },
    around: (mean, deviation) => mean + deviation * (next() + next() + next() - 1.5) * 2,
  }
}
