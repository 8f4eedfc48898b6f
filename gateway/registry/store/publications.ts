import type { Kysely } from 'kysely'
import type { CheckResult } from '../checks/check.ts'
import type { PublicationOutcome, RegistryDatabase } from './tables.ts'

/** A published version of a participant's subgraph, or an attempt at it. */
export interface Publication {
  readonly id: string
  readonly participant: string
  readonly sdl: string
  readonly url: string
  readonly outcome: PublicationOutcome
  readonly results: readonly CheckResult[]
  readonly publishedBy: string
  readonly publishedAt: Date
}

/** Writes a publication down, whatever became of it; gives its id. */
export async function addPublication(
  db: Kysely<RegistryDatabase>,
  publication: Omit<Publication, 'id'>,
): Promise<string> {
  const { participant, sdl, url, outcome, results, publishedBy, publishedAt } = publication
  const { id } = await db
    .insertInto('registry_publication')
    .values({
      participant,
      sdl,
      url,
      outcome,
      results: JSON.stringify(results),
      published_by: publishedBy,
      published_at: publishedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** One publication of a participant; null when it has no such. */
export async function findPublication(
  db: Kysely<RegistryDatabase>,
  participant: string,
  id: string,
): Promise<Publication | null> {
  const row = await db
    .selectFrom('registry_publication')
    .selectAll()
    .where('participant', '=', participant)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? toPublication(row) : null
}

/** The id of what a participant published last before a publication; null when that was the first. */
export async function findPublishedBefore(
  db: Kysely<RegistryDatabase>,
  participant: string,
  id: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('registry_publication')
    .select('id')
    .where('participant', '=', participant)
    .where('outcome', '=', 'PUBLISHED')
    .where('id', '<', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** A participant's publications and attempts, the last one first. */
export async function findPublications(
  db: Kysely<RegistryDatabase>,
  participant: string,
  most: number,
): Promise<Publication[]> {
  const rows = await db
    .selectFrom('registry_publication')
    .selectAll()
    .where('participant', '=', participant)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(toPublication)
}

interface Row {
  readonly id: string
  readonly participant: string
  readonly sdl: string
  readonly url: string
  readonly outcome: PublicationOutcome
  readonly results: readonly CheckResult[]
  readonly published_by: string
  readonly published_at: Date
}

function toPublication({ published_by, published_at, ...row }: Row): Publication {
  return { ...row, publishedBy: published_by, publishedAt: published_at }
}
