import { sql } from 'kysely'
import type { PreparedEntry, StagedEntry } from '../read/prepare-entry.ts'
import { column } from '../write/columns.ts'
import type { LoadDatabase } from './stage.ts'

/** Gives entries the ids under which the store has known them. */
export type KnowByOwnId = (entries: readonly PreparedEntry[]) => Promise<readonly PreparedEntry[]>

/**
 * What was sent by `POST` was once stored under the id that it says it has. Where that is still there
 * in the same state, it stays so, that loading it again does not double it.
 */
export async function createKnowByOwnId(db: LoadDatabase): Promise<KnowByOwnId> {
  const { rows } = await sql<{ is_any: boolean }>`
    select exists (select from resource where may_be_posted) as is_any`.execute(db)
  if (rows[0]?.is_any !== true) return async (entries) => entries
  return async (entries) => {
    const known = await findKnown(db, entries.flatMap(postedIn))
    return entries.map((prepared) => {
      const [posted] = postedIn(prepared)
      return posted !== undefined && known.has(keyOf(posted))
        ? { kind: 'STAGED', entry: { ...posted, id: posted.ownId } }
        : prepared
    })
  }
}

type Posted = StagedEntry & { readonly ownId: string }

/** Without a server, only what was posted bears another id than its own. */
function postedIn(prepared: PreparedEntry): Posted[] {
  if (prepared.kind !== 'STAGED') return []
  const { entry } = prepared
  const { server, ownId, id } = entry
  return server === null && ownId !== null && ownId !== id ? [{ ...entry, ownId }] : []
}

async function findKnown(db: LoadDatabase, posted: readonly Posted[]): Promise<Set<string>> {
  if (posted.length === 0) return new Set()
  const { rows } = await sql<Pick<Posted, 'type' | 'ownId' | 'digest'>>`
    select type, id as "ownId", encode(digest, 'hex') as digest from resource
    where may_be_posted and (type, id) in (
      select * from unnest(
        ${column(posted.map(({ type }) => type))}, ${column(posted.map(({ ownId }) => ownId))}
      ))`.execute(db)
  return new Set(rows.map(keyOf))
}

function keyOf({ type, ownId, digest }: Pick<Posted, 'type' | 'ownId' | 'digest'>): string {
  return `${type}/${ownId} ${digest}`
}
