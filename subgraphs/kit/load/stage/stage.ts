import { type Kysely, sql } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import type { ParticipantDatabase } from '../../store/tables.ts'
import type { StagedEntry } from '../read/prepare-entry.ts'
import { isUrn } from '../resolve/references.ts'
import { column, jsonColumn, moment } from '../write/columns.ts'
import type { LinkTables } from '../write/link-tables.ts'

/** What has become of a staged entry; null until `settle` says. */
export type StagedOutcome = 'NEW' | 'CHANGED' | 'UNCHANGED' | 'REFUSED'

interface StagedTable {
  seq: string
  file: string
  place: string
  scope: string
  type: string
  id: string
  full_url: string | null
  version: string | null
  last_updated: Date | null
  digest: Buffer
  is_deletion: boolean
  nhs_number: string | null
  size: number
  outcome: StagedOutcome | null
}

/** A participant's database as the one connection sees it that loads. */
export interface LoadDatabase extends ParticipantDatabase, LinkTables {
  staged: StagedTable
  staged_content: { seq: string; content: string }
  staged_alias: { scope: string; alias: string; type: string; id: string }
}

/**
 * Temporary tables that hold everything of a load until all of it is known, so that the order of
 * files and entries makes no difference. They are this connection's own, and gone with it.
 */
export async function createStage(db: Kysely<LoadDatabase>): Promise<void> {
  await dropStage(db)
  await sql`
    create temporary table staged (
      seq bigint not null, file text not null, place text not null, scope bigint not null,
      type text not null, id text not null, full_url text, version text, last_updated timestamptz,
      digest bytea not null, is_deletion boolean not null, nhs_number text, size int not null,
      outcome text
    )`.execute(db)
  await sql`create temporary table staged_content (seq bigint not null, content text not null)`.execute(
    db,
  )
  await sql`
    create temporary table staged_alias (
      scope bigint not null, alias text not null, type text not null, id text not null
    )`.execute(db)
}

/** Frees what a load put aside. */
export async function dropStage(db: Kysely<LoadDatabase>): Promise<void> {
  await sql`drop table if exists staged, staged_content, staged_alias`.execute(db)
}

/** Makes the staged tables quick to search, once all of a load stands in them. */
export async function indexStage(db: Kysely<LoadDatabase>): Promise<void> {
  await sql`create index on staged (type, id)`.execute(db)
  await sql`create index on staged (seq)`.execute(db)
  await sql`create index on staged_content (seq)`.execute(db)
  await sql`create index on staged_alias (alias, scope)`.execute(db)
  await sql`analyze staged, staged_content, staged_alias`.execute(db)
}

/** Staged resources whose content is still in memory, by number. */
export type ContentsAtHand = ReadonlyMap<
  string,
  { readonly json: string; readonly resource: FhirResource }
>

/** The JSON of staged resources, by number: from memory where it is at hand. */
export async function readContents(
  db: Kysely<LoadDatabase>,
  numbers: readonly string[],
  atHand: ContentsAtHand,
): Promise<Map<string, string>> {
  const contents = new Map<string, string>()
  const absent = numbers.filter((seq) => {
    const found = atHand.get(seq)
    if (found !== undefined) contents.set(seq, found.json)
    return found === undefined
  })
  if (absent.length === 0) return contents
  const { rows } = await sql<{ seq: string; content: string }>`
    select seq, content from staged_content
    where seq = any(${column(absent)}::bigint[])`.execute(db)
  for (const { seq, content } of rows) contents.set(seq, content)
  return contents
}

/** The scope of aliases that mean the same everywhere: URLs and business identifiers. */
export const anyScope = -1

/**
 * Puts entries aside.
 *
 * @param firstSeq number of the first one; the others follow
 * @param atHand whose content is kept in memory instead
 */
export async function stageEntries(
  db: Kysely<LoadDatabase>,
  entries: readonly StagedEntry[],
  { firstSeq, atHand }: { readonly firstSeq: number; readonly atHand: ContentsAtHand },
): Promise<void> {
  const numbers = entries.map((_, index) => String(firstSeq + index))
  await sql`
    insert into staged
    select * from unnest(
      ${column(numbers)}::bigint[],
      ${column(entries.map((entry) => entry.file))},
      ${column(entries.map((entry) => entry.place))},
      ${column(entries.map((entry) => String(entry.scope)))}::bigint[],
      ${column(entries.map((entry) => entry.type))},
      ${column(entries.map((entry) => entry.id))},
      ${column(entries.map((entry) => entry.fullUrl))},
      ${column(entries.map((entry) => entry.version))},
      ${column(entries.map((entry) => moment(entry.lastUpdated)))}::timestamptz[],
      ${column(entries.map((entry) => `\\x${entry.digest}`))}::bytea[],
      ${column(entries.map((entry) => String(entry.isDeletion)))}::boolean[],
      ${column(entries.map((entry) => entry.nhsNumber))},
      ${column(entries.map((entry) => String(entry.json.length)))}::int[],
      ${column(entries.map((entry) => (entry.refusal === null ? null : 'REFUSED')))}
    )`.execute(db)
  await stageContents(db, entries, { numbers, atHand })
  await stageAliases(db, entries)
}

async function stageContents(
  db: Kysely<LoadDatabase>,
  entries: readonly StagedEntry[],
  { numbers, atHand }: { readonly numbers: readonly string[]; readonly atHand: ContentsAtHand },
): Promise<void> {
  const kept = entries.flatMap(({ json, refusal }, index) => {
    const seq = numbers[index] as string
    return json === '' || refusal !== null || atHand.has(seq) ? [] : [{ seq, json }]
  })
  if (kept.length === 0) return
  await sql`
    insert into staged_content
    select * from unnest(
      ${column(kept.map(({ seq }) => seq))}::bigint[], ${jsonColumn(kept.map(({ json }) => json))}
    )`.execute(db)
}

async function stageAliases(
  db: Kysely<LoadDatabase>,
  entries: readonly StagedEntry[],
): Promise<void> {
  const aliases = entries.flatMap((entry) => [
    ...(entry.fullUrl === null
      ? []
      : [{ entry, alias: entry.fullUrl, scope: isUrn(entry.fullUrl) ? entry.scope : anyScope }]),
    ...(entry.refusal !== null
      ? []
      : entry.identifiers.map((alias) => ({ entry, alias, scope: anyScope }))),
  ])
  if (aliases.length === 0) return
  await sql`
    insert into staged_alias
    select * from unnest(
      ${column(aliases.map((one) => String(one.scope)))}::bigint[],
      ${column(aliases.map((one) => one.alias))},
      ${column(aliases.map((one) => one.entry.type))},
      ${column(aliases.map((one) => one.entry.id))}
    )`.execute(db)
}
