import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BuiltIn } from '../registry/built-in-version.ts'
import type { Version } from '../registry/version.ts'

/** What the file holds. */
interface LastKnown extends Version {
  readonly base: string
}

/**
 * Keeps a version for a start without the registry: whole, or as it was before.
 *
 * @param file absolute
 */
export async function keepLastKnown(file: string, version: Version, base: string): Promise<void> {
  const { number, supergraphSdl, members } = version
  const kept: LastKnown = { base, number, supergraphSdl, members }
  const draft = `${file}.${randomUUID()}`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  try {
    await writeFile(draft, JSON.stringify(kept), { mode: 0o600 })
    await rename(draft, file)
  } finally {
    await unlink(draft).catch(() => {})
  }
}

/**
 * The version that was kept last, for this software; null when none was, or it cannot be read. Who has a
 * folder is described there, extensions and all.
 */
export async function readLastKnown(file: string, builtIn: BuiltIn): Promise<Version | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { base, number, supergraphSdl, members } = JSON.parse(text) as LastKnown
    if (base !== builtIn.base) return null
    return {
      number,
      supergraphSdl,
      members: members.map((member) => {
        const own = builtIn.members.find(
          ({ participant }) => participant.code === member.participant.code,
        )
        return own ? { ...member, participant: own.participant } : member
      }),
    }
  } catch {
    return null
  }
}
