import { sql } from 'kysely'
import { type StagedEntry, withdrawsNumber } from '../read/prepare-entry.ts'
import { isUrn } from '../resolve/references.ts'
import { column } from '../write/columns.ts'
import { isOutdated, newestOf } from './newest.ts'
import {
  type AliasQuestion,
  batchLength,
  batchRows,
  type LoadDatabase,
  type ScopedUrn,
  type Stage,
  type StagedRow,
  type StagedTarget,
} from './stage.ts'

type Meaning = Pick<StagedEntry, 'type' | 'id'>
type StoredState = Pick<StagedEntry, 'digest' | 'version' | 'lastUpdated'> & {
  readonly loadedAt: Date
}

/** A small load, put aside in memory. */
export class MemoryStage implements Stage {
  readonly #db: LoadDatabase
  readonly #entries: readonly StagedEntry[]
  /** What changes the store, in the order of the load; by `Type/id`. */
  readonly #rows = new Map<string, StagedRow>()
  #ordered: StagedRow[] = []
  readonly #aliases = new Map<string, Meaning[]>()
  readonly #urns = new Map<string, string>()
  readonly #refusedPatients = new Set<string>()

  constructor(db: LoadDatabase, entries: readonly StagedEntry[]) {
    this.#db = db
    this.#entries = entries
    for (const entry of entries) this.#index(entry)
  }

  get size(): number {
    return this.#entries.length
  }

  async settle(): Promise<ReadonlyMap<string, number>> {
    const places = new Map<string, number[]>()
    this.#entries.forEach((entry, seq) => {
      if (entry.refusal !== null && !withdrawsNumber(entry)) return
      const others = places.get(keyOf(entry))
      if (others === undefined) places.set(keyOf(entry), [seq])
      else others.push(seq)
    })
    const stored = await this.#findStored([...places.keys()])
    const unchanged = new Map<string, number>()
    for (const [key, states] of places) {
      const row = this.#newest(states, !stored.has(key))
      const turnedAt = row === undefined ? null : (this.#entries[row.seq]?.turnedAt ?? null)
      const isChange = row !== undefined && isChanging({ ...row, turnedAt }, stored.get(key))
      if (isChange) this.#rows.set(key, row)
      const accepted = states.filter((seq) => this.#entries[seq]?.refusal === null)
      const idle = accepted.length - (isChange && !row.isWithdrawal ? 1 : 0)
      const type = row?.type ?? ''
      if (idle > 0) unchanged.set(type, (unchanged.get(type) ?? 0) + idle)
    }
    this.#ordered = [...this.#rows.values()].sort((one, other) => one.seq - other.seq)
    return unchanged
  }

  async nextRows(isPatient: boolean, after: number): Promise<StagedRow[]> {
    return this.#next(after, (row) => (row.type === 'Patient') === isPatient)
  }

  async nextExcluded(after: number): Promise<StagedRow[]> {
    return this.#next(after, (row) => row.isExcluded)
  }

  async findAliases(questions: readonly AliasQuestion[]): Promise<(string | null)[]> {
    return questions.map(({ alias, type }) => {
      const meanings = this.#aliases.get(alias) ?? []
      const [best] = meanings.filter((one) => type === null || one.type === type).sort(preferred)
      return best === undefined ? null : keyOf(best)
    })
  }

  async findUrns(urns: readonly ScopedUrn[]): Promise<(string | null)[]> {
    return urns.map(({ scope, urn }) => this.#urns.get(`${scope} ${urn}`) ?? null)
  }

  async findTargets(identities: readonly string[]): Promise<(StagedTarget | undefined)[]> {
    return identities.map((identity) => {
      const row = this.#rows.get(identity)
      return row?.isDeletion ? null : row
    })
  }

  async areRefusedPatients(named: readonly { scope: number; id: string }[]): Promise<boolean[]> {
    return named.map(({ scope, id }) => this.#refusedPatients.has(`${scope} ${id}`))
  }

  async refuse(rows: readonly StagedRow[]): Promise<void> {
    for (const row of rows) {
      this.#rows.delete(keyOf(row))
      if (row.type === 'Patient') this.#refusedPatients.add(`${row.scope} ${row.id}`)
    }
  }

  async drop(): Promise<void> {}

  #next(after: number, isWanted: (row: StagedRow) => boolean): StagedRow[] {
    const rows: StagedRow[] = []
    let length = 0
    for (const row of this.#ordered) {
      if (row.seq <= after || !isWanted(row)) continue
      length += row.json.length
      if (rows.length === batchRows || (rows.length > 0 && length > batchLength)) break
      rows.push(row)
    }
    return rows
  }

  #newest(places: readonly number[], isNew: boolean): StagedRow | undefined {
    const states = places.map((seq) => {
      const entry = this.#entries[seq] as StagedEntry
      const isWithdrawal = entry.refusal !== null
      return { ...entry, seq, isNew, isWithdrawal, isDeletion: entry.isDeletion || isWithdrawal }
    })
    return newestOf(states)
  }

  #index(entry: StagedEntry): void {
    const { fullUrl, scope, type, id } = entry
    if (fullUrl !== null && isUrn(fullUrl)) {
      const key = `${scope} ${fullUrl}`
      if (!this.#urns.has(key)) this.#urns.set(key, keyOf(entry))
    } else if (fullUrl !== null) this.#name(fullUrl, { type, id })
    if (entry.refusal === null) for (const one of entry.identifiers) this.#name(one, { type, id })
    else if (type === 'Patient') this.#refusedPatients.add(`${scope} ${id}`)
  }

  #name(alias: string, meaning: Meaning): void {
    const others = this.#aliases.get(alias)
    if (others === undefined) this.#aliases.set(alias, [meaning])
    else others.push(meaning)
  }

  async #findStored(keys: readonly string[]): Promise<Map<string, StoredState>> {
    const stored = new Map<string, StoredState>()
    if (keys.length === 0) return stored
    const pairs = keys.map((key) => key.split('/'))
    const { rows } = await sql<StoredState & { key: string }>`
      select type || '/' || id as key, encode(digest, 'hex') as digest, version,
        last_updated as "lastUpdated", loaded_at as "loadedAt"
      from resource where (type, id) in (
        select * from unnest(
          ${column(pairs.map(([type]) => type ?? ''))}, ${column(pairs.map(([, id]) => id ?? ''))}
        ))`.execute(this.#db)
    for (const { key, ...state } of rows) stored.set(key, state)
    return stored
  }
}

function isChanging(
  entry: StagedRow & Pick<StagedEntry, 'turnedAt'>,
  stored: StoredState | undefined,
): boolean {
  if (stored === undefined) return !entry.isDeletion
  // What is refused now may have been taken in, word for word the same, before its time was over.
  const isOther = entry.isWithdrawal || stored.digest !== entry.digest
  const hasTurned = entry.turnedAt !== null && entry.turnedAt > stored.loadedAt
  return (isOther || hasTurned) && !isOutdated(entry, stored)
}

function keyOf({ type, id }: Meaning): string {
  return `${type}/${id}`
}

/** An ODS code may stand on a Location too: the organisation is meant. */
function preferred(one: Meaning, other: Meaning): number {
  const [first, second] = [one, other].map(({ type }) => (type === 'Organization' ? 0 : 1))
  if (first !== second) return (first ?? 0) - (second ?? 0)
  return keyOf(one) < keyOf(other) ? -1 : 1
}
