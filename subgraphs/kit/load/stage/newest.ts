import type { StagedEntry } from '../read/prepare-entry.ts'

/** A state of a resource, as far as telling newer from older goes. */
export type State = Pick<StagedEntry, 'version' | 'lastUpdated'>

/** A staged entry and its place in the load. */
export interface Candidate extends State, Pick<StagedEntry, 'scope' | 'isOfHistory'> {
  readonly seq: number
  readonly isDeletion: boolean
}

/** A version that is a number, as a number: others cannot be ordered; null for them. */
export function versionNumber(version: string | null): bigint | null {
  return version !== null && /^[0-9]{1,18}$/.test(version) ? BigInt(version) : null
}

/**
 * The one of several states of a resource that counts: by version, else by time, else the last, which in a
 * history is the first. A deletion without either ends what came before it.
 */
export function newestOf<One extends Candidate>(candidates: readonly One[]): One | undefined {
  if (candidates.length === 1) return candidates[0]
  const ends = candidates.filter(
    (one) => one.isDeletion && one.version === null && one.lastUpdated === null,
  )
  return candidates
    .filter((one) => !ends.some((end) => comesAfter(end, one)))
    .reduce<One | undefined>((best, one) => (best && isBefore(one, best) ? best : one), undefined)
}

/** True when the store's state of a resource is newer than the one that came in. */
export function isOutdated(incoming: State, stored: State): boolean {
  const [own, other] = [versionNumber(incoming.version), versionNumber(stored.version)]
  if (own !== null && other !== null) return own < other
  const [at, since] = [incoming.lastUpdated, stored.lastUpdated]
  return at !== null && since !== null && at < since
}

function isBefore(one: Candidate, other: Candidate): boolean {
  const order =
    compare(versionNumber(one.version), versionNumber(other.version)) ||
    compare(one.lastUpdated?.getTime() ?? null, other.lastUpdated?.getTime() ?? null) ||
    (comesAfter(one, other) ? 1 : -1)
  return order < 0
}

/** True for a state that was told of later: R4 puts the newest state of a history first. */
function comesAfter(one: Candidate, other: Candidate): boolean {
  const areOfOneHistory = one.isOfHistory && one.scope === other.scope
  return areOfOneHistory ? one.seq < other.seq : one.seq > other.seq
}

/** What is not known counts as older. */
function compare<Value extends bigint | number>(one: Value | null, other: Value | null): number {
  if (one === other) return 0
  if (one === null) return -1
  if (other === null) return 1
  return one < other ? -1 : 1
}
