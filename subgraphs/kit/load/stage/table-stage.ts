import { type RawBuilder, sql } from 'kysely'
import type { Identity } from '../read/identity.ts'
import { type StagedEntry, withdrawsNumber } from '../read/prepare-entry.ts'
import { isUrn } from '../resolve/references.ts'
import { column, jsonColumn, moment } from '../write/columns.ts'
import { createTables } from './create-tables.ts'
import { variantOf } from './disputed-states.ts'
import { findDisputed, nextDisputed, refuseStates } from './disputed-tables.ts'
import { findBearers } from './find-bearers.ts'
import { findTargets } from './find-targets.ts'
import { Naming } from './naming.ts'
import { countUnchanged, settleTables } from './settle-tables.ts'
import {
  type AliasQuestion,
  type Bearer,
  batchLength,
  batchRows,
  type DisputedState,
  type LoadDatabase,
  type LocalName,
  type RefusedState,
  type ScopedUrn,
  type Stage,
  type StagedRow,
  type StagedTarget,
  type Turn,
  turns,
  type UnchangedCounts,
} from './stage.ts'

/** The scope of aliases that mean the same everywhere: URLs and business identifiers. */
const anyScope = -1

/**
 * A load of any size, put aside in temporary tables. They are the connection's own, and gone with it.
 */
export class TableStage implements Stage {
  readonly #db: LoadDatabase
  readonly #naming = new Naming()
  #size = 0

  private constructor(db: LoadDatabase) {
    this.#db = db
  }

  /** Makes the tables. */
  static async create(db: LoadDatabase): Promise<TableStage> {
    const stage = new TableStage(db)
    await stage.drop()
    await createTables(db)
    return stage
  }

  get size(): number {
    return this.#size
  }

  /** Puts more entries aside. */
  async write(entries: readonly StagedEntry[]): Promise<void> {
    for (const entry of entries) this.#naming.note(entry)
    const numbers = entries.map((_, index) => String(this.#size + index))
    this.#size += entries.length
    await sql`
      insert into staged
      select * from unnest(
        ${column(numbers)}::bigint[],
        ${column(entries.map((entry) => entry.file))},
        ${column(entries.map((entry) => entry.place))},
        ${column(entries.map((entry) => String(entry.scope)))}::bigint[],
        ${column(entries.map((entry) => String(entry.isOfHistory)))}::boolean[],
        ${column(entries.map((entry) => entry.type))},
        ${column(entries.map((entry) => entry.id))},
        ${column(entries.map((entry) => entry.ownId))},
        ${column(entries.map((entry) => String(entry.isBased)))}::boolean[],
        ${column(entries.map((entry) => String(variantOf(entry))))}::bigint[],
        ${column(entries.map((entry) => entry.fullUrl))},
        ${column(entries.map((entry) => entry.version))},
        ${column(entries.map((entry) => moment(entry.lastUpdated)))}::timestamptz[],
        ${column(entries.map((entry) => `\\x${entry.digest}`))}::bytea[],
        ${column(entries.map((entry) => String(entry.isDeletion)))}::boolean[],
        ${column(entries.map((entry) => entry.nhsNumber))},
        ${column(entries.map((entry) => String(entry.json.length)))}::int[],
        ${column(entries.map((entry) => String(entry.isExcluded)))}::boolean[],
        ${column(entries.map((entry) => String(withdrawsNumber(entry))))}::boolean[],
        ${column(entries.map((entry) => moment(entry.turnedAt)))}::timestamptz[],
        ${column(entries.map((entry) => entry.contained.join(' ')))},
        ${column(entries.map((entry) => (entry.refusal === null ? null : 'REFUSED')))}
      )`.execute(this.#db)
    await this.#writeContents(entries, numbers)
    await this.#writeAliases(entries)
  }

  async settle(): Promise<void> {
    await sql`create index on staged (type, id)`.execute(this.#db)
    await sql`create index on staged (scope, own_id) where scope > 0`.execute(this.#db)
    await sql`create index on staged (seq)`.execute(this.#db)
    await sql`create index on staged_content (seq)`.execute(this.#db)
    await sql`create index on staged_alias (alias, scope)`.execute(this.#db)
    await sql`analyze staged, staged_content, staged_alias`.execute(this.#db)
    await settleTables(this.#db)
    await findDisputed(this.#db)
  }

  countUnchanged(): Promise<UnchangedCounts> {
    return countUnchanged(this.#db)
  }

  nextDisputed(isPatient: boolean, after: number): Promise<DisputedState[]> {
    return nextDisputed(this.#db, isPatient, after)
  }

  refuseStates(identities: readonly Identity[]): Promise<RefusedState[]> {
    return refuseStates(this.#db, identities)
  }

  nextRows(turn: Turn, after: number): Promise<StagedRow[]> {
    const own = turns.filter((one) => one !== 'OTHERS')
    return this.#next(
      after,
      turn === 'OTHERS' ? sql`type <> all(${column(own)})` : sql`type = ${turn}`,
    )
  }

  nextExcluded(after: number): Promise<StagedRow[]> {
    return this.#next(after, sql`is_excluded`)
  }

  async #next(after: number, isWanted: RawBuilder<unknown>): Promise<StagedRow[]> {
    // The sum is over places before a row as well, so that one long row still makes a batch.
    const { rows } = await sql<Omit<StagedRow, 'resource'>>`
      select seq::float8, file, place, scope::float8, type, id, full_url as "fullUrl", version,
        last_updated as "lastUpdated", encode(digest, 'hex') as digest,
        is_deletion or outcome = 'WITHDRAWN' as "isDeletion", is_based as "isBased",
        nhs_number as "nhsNumber", outcome = 'NEW' as "isNew",
        outcome = 'WITHDRAWN' as "isWithdrawal",
        is_excluded as "isExcluded", string_to_array(contained, ' ') as contained,
        coalesce((select content from staged_content where staged_content.seq = next.seq), '') as json
      from (
        select *, sum(size) over (order by seq) - size as length_before from (
          select * from staged
          where outcome in ('NEW', 'CHANGED', 'WITHDRAWN') and ${isWanted} and seq > ${after}
          order by seq limit ${batchRows}
        ) as candidate
      ) as next
      where length_before < ${batchLength}
      order by seq`.execute(this.#db)
    return rows.map((row) => ({ ...row, resource: null }))
  }

  async findAliases(questions: readonly AliasQuestion[]): Promise<(string | null)[]> {
    const { rows } = await sql<{ meaning: string | null }>`
      select (
        select staged.type || '/' || staged.id from staged_alias as staged
        where staged.alias = wanted.alias and staged.scope = ${anyScope}
          and (wanted.type is null or staged.type = wanted.type)
        -- An ODS code may stand on a Location too: the organisation is meant.
        order by staged.type <> 'Organization', staged.type, staged.id
        limit 1
      ) as meaning
      from unnest(
        ${column(questions.map(({ type }) => type))},
        ${column(questions.map(({ alias }) => alias))}
      ) with ordinality as wanted (type, alias, place)
      order by wanted.place`.execute(this.#db)
    return rows.map((row) => row.meaning)
  }

  async findUrns(urns: readonly ScopedUrn[]): Promise<(string | null)[]> {
    const { rows } = await sql<{ meaning: string | null }>`
      select (
        select case when count(distinct (staged.type, staged.id)) = 1
          then min(staged.type || '/' || staged.id) end
        from staged_alias as staged
        where staged.alias = wanted.urn and staged.scope = wanted.scope
      ) as meaning
      from unnest(
        ${column(urns.map(({ scope }) => String(scope)))}::bigint[],
        ${column(urns.map(({ urn }) => urn))}
      ) with ordinality as wanted (scope, urn, place)
      order by wanted.place`.execute(this.#db)
    return rows.map((row) => row.meaning)
  }

  async findBearers(names: readonly LocalName[]): Promise<(readonly Bearer[])[]> {
    const wanted = names.filter((name) => this.#naming.matters(name))
    if (wanted.length === 0) return names.map(() => [])
    const found = await findBearers(this.#db, wanted)
    const byName = new Map(wanted.map((name, index) => [name, found[index] ?? []]))
    return names.map((name) => byName.get(name) ?? [])
  }

  findTargets(identities: readonly string[]): Promise<(StagedTarget | undefined)[]> {
    return findTargets(this.#db, identities)
  }

  async areRefusedPatients(named: readonly { scope: number; id: string }[]): Promise<boolean[]> {
    const { rows } = await sql<{ is_refused: boolean }>`
      select exists (
        select from staged where staged.type = 'Patient' and staged.id = wanted.id
          and (staged.outcome = 'CLASH'
            or (staged.scope = wanted.scope and staged.outcome in ('REFUSED', 'WITHDRAWN')))
      ) as is_refused
      from unnest(
        ${column(named.map(({ scope }) => String(scope)))}::bigint[],
        ${column(named.map(({ id }) => id))}
      ) with ordinality as wanted (scope, id, place)
      order by wanted.place`.execute(this.#db)
    return rows.map((row) => row.is_refused)
  }

  async refuse(rows: readonly StagedRow[]): Promise<void> {
    await sql`
      update staged set outcome = 'REFUSED'
      where seq = any(${column(rows.map((row) => String(row.seq)))}::bigint[])`.execute(this.#db)
  }

  async drop(): Promise<void> {
    await sql`drop table if exists staged, staged_content, staged_alias, disputed`.execute(this.#db)
  }

  async #writeContents(entries: readonly StagedEntry[], numbers: readonly string[]): Promise<void> {
    const kept = entries.flatMap((entry, index) => {
      const isKept = entry.refusal === null || withdrawsNumber(entry)
      return entry.json === '' || !isKept
        ? []
        : [{ seq: numbers[index] as string, json: entry.json }]
    })
    if (kept.length === 0) return
    await sql`
      insert into staged_content
      select * from unnest(
        ${column(kept.map(({ seq }) => seq))}::bigint[], ${jsonColumn(kept.map(({ json }) => json))}
      )`.execute(this.#db)
  }

  async #writeAliases(entries: readonly StagedEntry[]): Promise<void> {
    const aliases = entries.flatMap((entry) => {
      const { fullUrl, scope, refusal, identifiers } = entry
      const url =
        fullUrl === null
          ? []
          : [{ entry, alias: fullUrl, scope: isUrn(fullUrl) ? scope : anyScope }]
      if (refusal !== null) return url
      return [...url, ...identifiers.map((alias) => ({ entry, alias, scope: anyScope }))]
    })
    if (aliases.length === 0) return
    await sql`
      insert into staged_alias
      select * from unnest(
        ${column(aliases.map((one) => String(one.scope)))}::bigint[],
        ${column(aliases.map((one) => one.alias))},
        ${column(aliases.map((one) => one.entry.type))},
        ${column(aliases.map((one) => one.entry.id))}
      )`.execute(this.#db)
  }
}
