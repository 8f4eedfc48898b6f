import { sql } from 'kysely'
import type { StagedEntry } from '../read/prepare-entry.ts'
import { column, moment } from '../write/columns.ts'
import { versionNumber } from './newest.ts'
import type { LoadDatabase, StagedRow } from './stage.ts'
import { versionNumberIn } from './version-in-tables.ts'

/** What was deleted: when, as far as that was told, and in which state it was. */
export interface DeletionTable {
  type: string
  id: string
  /** The version that the deletion is; null where it does not say. */
  version: string | null
  /** When it was deleted; where that is not said, when it was loaded. */
  last_updated: Date
  /** The version and SHA-256 of what was stored until then. */
  last_version: string | null
  digest: Buffer | null
}

/** A deletion that earlier loads brought. */
export interface Deletion extends Pick<StagedEntry, 'version'> {
  readonly lastUpdated: Date
  readonly lastVersion: string | null
  /** In hexadecimal. */
  readonly digest: string | null
}

/**
 * True for a state from before the deletion, which must not bring back what was deleted: by version, else by time,
 * else for being what was deleted.
 */
export function isBefore(
  state: Pick<StagedEntry, 'version' | 'lastUpdated' | 'digest'>,
  deletion: Deletion,
): boolean {
  const own = versionNumber(state.version)
  const [of, last] = [versionNumber(deletion.version), versionNumber(deletion.lastVersion)]
  if (own !== null && of !== null) return own <= of
  if (state.lastUpdated !== null) return state.lastUpdated < deletion.lastUpdated
  if (own !== null && last !== null) return own <= last
  return state.digest === deletion.digest
}

/** True for a deletion that is newer than the one that is remembered. */
export function isNewer(
  state: Pick<StagedEntry, 'version' | 'lastUpdated'>,
  deletion: Deletion,
): boolean {
  const [own, of] = [versionNumber(state.version), versionNumber(deletion.version)]
  if (own !== null && of !== null) return own > of
  return state.lastUpdated !== null && state.lastUpdated > deletion.lastUpdated
}

/** The same for rows of `staged` and `resource_deletion`. */
export const isNewerInTables = sql<boolean>`case
  when ${versionNumberIn('staged.version')} is not null and ${versionNumberIn('deletion.version')} is not null
    then ${versionNumberIn('staged.version')} > ${versionNumberIn('deletion.version')}
  else coalesce(staged.last_updated > deletion.last_updated, false) end`

/** What `isBefore` says, for a row of `staged` and one of `resource_deletion`, which there may not be. */
export const isBeforeInTables = sql<boolean>`(deletion.id is not null and case
  when ${versionNumberIn('staged.version')} is not null and ${versionNumberIn('deletion.version')} is not null
    then ${versionNumberIn('staged.version')} <= ${versionNumberIn('deletion.version')}
  when staged.last_updated is not null then staged.last_updated < deletion.last_updated
  when ${versionNumberIn('staged.version')} is not null and ${versionNumberIn('deletion.last_version')} is not null
    then ${versionNumberIn('staged.version')} <= ${versionNumberIn('deletion.last_version')}
  else staged.digest is not distinct from deletion.digest end)`

/** Finds what of these was deleted, by `Type/id`. */
export async function findDeletions(
  db: LoadDatabase,
  keys: readonly string[],
): Promise<Map<string, Deletion>> {
  const pairs = keys.map((key) => key.split('/'))
  const { rows } = await sql<Deletion & { readonly key: string }>`
    select type || '/' || id as key, version, last_updated as "lastUpdated",
      last_version as "lastVersion", encode(digest, 'hex') as digest
    from resource_deletion where (type, id) in (
      select * from unnest(
        ${column(pairs.map(([type]) => type ?? ''))}, ${column(pairs.map(([, id]) => id ?? ''))}
      ))`.execute(db)
  return new Map(rows.map(({ key, ...deletion }) => [key, deletion]))
}

/** Remembers deletions that are about to be made. */
export async function rememberDeletions(
  db: LoadDatabase,
  rows: readonly StagedRow[],
  asOf: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into resource_deletion (type, id, version, last_updated, last_version, digest)
    select given.type, given.id, given.version, coalesce(given.last_updated, ${asOf.toISOString()}),
      resource.version, resource.digest
    from unnest(
      ${column(rows.map(({ type }) => type))}, ${column(rows.map(({ id }) => id))},
      ${column(rows.map(({ version }) => version))},
      ${column(rows.map(({ lastUpdated }) => moment(lastUpdated)))}::timestamptz[]
    ) as given (type, id, version, last_updated)
    left join resource on resource.type = given.type and resource.id = given.id
    on conflict (type, id) do update set version = excluded.version,
      last_updated = excluded.last_updated, last_version = excluded.last_version,
      digest = excluded.digest`.execute(db)
}
