import { hash } from 'node:crypto'
import { type Alike, lookAlikes } from './duplicates.ts'
import type { MergedEntry } from './entries.ts'

/** An entry as it stands in a list. */
export interface ShownEntry {
  readonly entry: MergedEntry
  /** The source's own where all of it is the source's, else the entry's own in this view: docs/decisions/0025. */
  readonly id: string
  /** The others here that look like it, by the ids under which they are shown. */
  readonly duplicates: readonly string[]
}

/**
 * The entries of a list under ids that mean one thing wherever they are read: where something is in an entry
 * that depends on the list, other sources' provenance or entries that look like it, its id is made of all that
 * this depends on.
 *
 * @param marksLookAlikes whether the client selected what looks alike: without it nothing in an entry depends on the
 *   others of its page
 */
export function showEntries(
  entries: readonly MergedEntry[],
  marksLookAlikes: boolean,
): ShownEntry[] {
  if (!marksLookAlikes) {
    return entries.map((entry) => ({ entry, id: idOf(entry), duplicates: [] }))
  }
  const alike = lookAlikes(entries)
  const digests = new Map<Alike['kin'], string>()
  const ids = entries.map((entry, index) => {
    const kin = alike[index]?.kin ?? null
    if (kin === null) return idOf(entry)
    const digest = digests.get(kin) ?? digestOf(kin.flatMap((place) => entries[place] ?? []))
    digests.set(kin, digest)
    return derived(entry, digest)
  })
  return entries.map((entry, index) => ({
    entry,
    id: ids[index] ?? '',
    duplicates: (alike[index]?.places ?? []).map((place) => ids[place] ?? ''),
  }))
}

function idOf(entry: MergedEntry): string {
  return entry.members.length === 1 ? entry.members[0].id : derived(entry, digestOf([entry]))
}

function derived({ members }: MergedEntry, digest: string): string {
  return `${members[0].id}~${digest}`
}

function digestOf(entries: readonly MergedEntry[]): string {
  const ids = entries.map(({ members }) => members.map(({ id }) => id))
  return hash('sha256', JSON.stringify(ids), 'base64url').slice(0, 16)
}
