import { type Kysely, sql, type Transaction } from 'kysely'
import type { BuiltIn } from '../built-in-version.ts'
import type { Version, VersionMember } from '../version.ts'
import type { RegistryDatabase, VersionMemberRow } from './tables.ts'

/** The number of the newest version for a base; 0 when there is none. */
export async function findNewestNumber(
  db: Kysely<RegistryDatabase>,
  base: string,
): Promise<number> {
  const newest = await db
    .selectFrom('registry_version')
    .select('number')
    .where('base', '=', base)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.number ?? 0
}

/**
 * The newest version for this software; what it brings along when there is none.
 *
 * @throws when a version names a participant that nobody describes
 */
export async function findNewestVersion(
  db: Kysely<RegistryDatabase>,
  builtIn: BuiltIn,
): Promise<Version> {
  const row = await db
    .selectFrom('registry_version')
    .select(['number', 'supergraph', 'members'])
    .where('base', '=', builtIn.base)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return builtIn
  const members = await toMembers(db, row.members, builtIn)
  return { number: row.number, supergraphSdl: row.supergraph, members }
}

/** One version as history tells it. */
export interface VersionNote {
  readonly number: number
  readonly base: string
  readonly cause: string
  readonly madeBy: string
  readonly madeAt: Date
  readonly members: readonly VersionMemberRow[]
}

/** The versions of all software, the newest first. */
export async function findVersions(
  db: Kysely<RegistryDatabase>,
  most: number,
): Promise<VersionNote[]> {
  const rows = await db
    .selectFrom('registry_version')
    .select(['number', 'base', 'cause', 'made_by', 'made_at', 'members'])
    .orderBy('number', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ made_by, made_at, ...row }) => ({ ...row, madeBy: made_by, madeAt: made_at }))
}

/** The supergraphs of some versions, by their numbers. */
export async function findSupergraphs(
  db: Kysely<RegistryDatabase>,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .selectFrom('registry_version')
    .select(['number', 'supergraph'])
    .where('number', 'in', numbers)
    .execute()
  return new Map(rows.map(({ number, supergraph }) => [number, supergraph]))
}

/** The members of the newest version of all, whatever software it was made for; null when there is none. */
export async function findNewestMembers(
  db: Kysely<RegistryDatabase>,
  builtIn: BuiltIn,
): Promise<{ readonly base: string; readonly members: readonly VersionMember[] } | null> {
  const row = await db
    .selectFrom('registry_version')
    .select(['base', 'members'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { base: row.base, members: await toMembers(db, row.members, builtIn) } : null
}

/** A version as it is added. */
export interface NewVersion extends Omit<Version, 'number'> {
  readonly base: string
  readonly cause: string
  readonly madeBy: string
  readonly madeAt: Date
}

/**
 * Adds a version after the one that it was composed from.
 *
 * @param after the number of the version that it was composed from
 * @returns its number; null when another one has come in between, and nothing was added
 */
export async function addVersion(
  db: Transaction<RegistryDatabase>,
  version: NewVersion,
  after: number,
): Promise<number | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('registry version', 0))`.execute(db)
  if ((await findNewestNumber(db, version.base)) !== after) return null
  const { base, supergraphSdl, members, cause, madeBy, madeAt } = version
  const { number } = await db
    .insertInto('registry_version')
    .values({
      base,
      supergraph: supergraphSdl,
      members: JSON.stringify(members.map(toRow)),
      cause,
      made_by: madeBy,
      made_at: madeAt,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}

/** A participant with a folder is described there, whatever it has published. */
function toRow({ participant, publication, isBuiltIn }: VersionMember): VersionMemberRow {
  return { code: participant.code, publication, description: isBuiltIn ? null : participant }
}

async function toMembers(
  db: Kysely<RegistryDatabase>,
  rows: readonly VersionMemberRow[],
  builtIn: BuiltIn,
): Promise<VersionMember[]> {
  const ids = rows.flatMap(({ publication }) => publication ?? [])
  const published =
    ids.length === 0
      ? []
      : await db
          .selectFrom('registry_publication')
          .select(['id', 'sdl', 'url'])
          .where('id', 'in', ids)
          .execute()
  const publications = new Map(published.map((one) => [one.id, one]))
  return rows.map(({ code, publication, description }) => {
    const own = builtIn.members.find(({ participant }) => participant.code === code)
    const participant = description ?? own?.participant
    const { sdl, url } = (publication === null ? own : publications.get(publication)) ?? {}
    if (!participant || sdl === undefined || url === undefined) {
      throw new Error(`The registry's version names '${code}', which nobody describes`)
    }
    return { participant, sdl, url, publication, isBuiltIn: description === null }
  })
}
