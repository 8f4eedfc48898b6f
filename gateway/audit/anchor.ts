import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

/**
 * Where a writer's chain ends, kept in a file beside the database: what was cut off at its end is
 * missed by this alone. Two signed heads, since a process can die between the two writes: the chain
 * ends with the one or the other.
 */
export interface Anchor {
  /** The last head that is surely committed: a signature (see head.ts). */
  readonly committed: string
  /** The head of the batch under way, if any. */
  readonly underway: string | null
}

/** A writer's anchor, open for writing. */
export interface AnchorFile {
  /** Replaces what it holds, at once. */
  write(anchor: Anchor): void
  close(): void
}

/** Longer than any anchor, so that each one covers the one before it. */
const LENGTH = 2048

/**
 * Opens a writer's anchor file.
 *
 * @param folder made when absent
 * @throws with the system's own code when it cannot be written
 */
export function openAnchor(folder: string, writer: string): AnchorFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = openSync(join(folder, `${writer}.json`), 'w', 0o600)
  return {
    write(anchor) {
      writeSync(file, `${JSON.stringify(anchor).padEnd(LENGTH - 1)}\n`, 0)
    },
    close: () => closeSync(file),
  }
}

const anchorSchema = z.object({ committed: z.string(), underway: z.string().nullable() })

/**
 * The anchors of a folder by their writers; `null` for a file that holds none.
 *
 * @throws with the system's own code when the folder cannot be read
 */
export async function readAnchors(folder: string): Promise<Map<string, Anchor | null>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const read = files.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8')
    return [name.slice(0, -'.json'.length), toAnchor(text)] as const
  })
  return new Map(await Promise.all(read))
}

function toAnchor(text: string): Anchor | null {
  try {
    const anchor = anchorSchema.safeParse(JSON.parse(text))
    return anchor.success ? anchor.data : null
  } catch {
    // Not JSON: a file that somebody changed.
    return null
  }
}
