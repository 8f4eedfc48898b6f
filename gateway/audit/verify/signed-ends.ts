import { setTimeout } from 'node:timers/promises'
import type { JWTVerifyGetKey } from 'jose'
import { type Anchor, readAnchors } from '../anchor.ts'
import type { Head } from '../entries.ts'
import { verifyHead } from '../head.ts'

/** Where a chain ends, as the gateway signed it: with the one head or, if it is there, the other. */
export interface SignedEnd {
  readonly committed: Head
  readonly underway: Head | null
}

/** What the folders of anchors say. */
export interface SignedEnds {
  /** By writer; null for an anchor that the gateway did not sign. */
  readonly byWriter: ReadonlyMap<string, SignedEnd | null>
  /** Folders that cannot be read. */
  readonly absentFolders: readonly string[]
}

/** A gateway may be writing the very file: it is looked at again before it is called false. */
const TRIES = 5
const TRY_AGAIN_MS = 20

/** Reads the anchors of every folder, and whether the gateway signed them. */
export async function readSignedEnds(
  folders: readonly string[],
  keys: JWTVerifyGetKey,
): Promise<SignedEnds> {
  const byWriter = new Map<string, SignedEnd | null>()
  const absentFolders: string[] = []
  for (const folder of folders) {
    const found = await readFolder(folder, keys)
    if (!found) absentFolders.push(folder)
    for (const [writer, end] of found ?? []) {
      const known = byWriter.get(writer)
      if (!known || !end || lastOf(end) > lastOf(known)) byWriter.set(writer, end)
    }
  }
  return { byWriter, absentFolders }
}

/** The last sequence number that is signed. */
export function lastOf({ committed, underway }: SignedEnd): number {
  return underway?.sequence ?? committed.sequence
}

async function readFolder(folder: string, keys: JWTVerifyGetKey) {
  const ends = new Map<string, SignedEnd | null>()
  for (let tried = 1; ; tried += 1) {
    const anchors = await readAnchors(folder).catch(() => null)
    if (!anchors) return null
    for (const [writer, anchor] of anchors) {
      if (!ends.get(writer)) ends.set(writer, await toSignedEnd(writer, anchor, keys))
    }
    if (tried === TRIES || [...ends.values()].every((end) => end !== null)) return ends
    await setTimeout(TRY_AGAIN_MS)
  }
}

async function toSignedEnd(
  writer: string,
  anchor: Anchor | null,
  keys: JWTVerifyGetKey,
): Promise<SignedEnd | null> {
  if (!anchor) return null
  const committed = await verifyHead(anchor.committed, keys)
  const underway = anchor.underway === null ? null : await verifyHead(anchor.underway, keys)
  if (committed?.writer !== writer) return null
  if (anchor.underway !== null && underway?.writer !== writer) return null
  return { committed, underway }
}
