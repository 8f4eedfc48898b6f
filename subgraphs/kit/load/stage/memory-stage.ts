import { sql } from 'kysely'
import type { Identity } from '../read/identity.ts'
import { type StagedEntry, withdrawsNumber } from '../read/prepare-entry.ts'
import { isUrn } from '../resolve/references.ts'
import { column } from '../write/columns.ts'
import { type Deletion, findDeletions, isBefore, isNewer } from './deletion.ts'
import { disputedStates } from './disputed-states.ts'
import { Naming } from './naming.ts'
import { isOutdated, newestOf } from './newest.ts'
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

type Meaning = Pick<StagedEntry, 'type' | 'id'>
type StoredState = Pick<StagedEntry, 'digest' | 'version' | 'lastUpdated' | 'nhsNumber'> & {
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
  /** By Bundle and URN; null where several bear it. */
  readonly #urns = new Map<string, string | null>()
  readonly #bearers = new Map<string, Bearer[]>()
  readonly #naming = new Naming()
  readonly #refusedPatients = new Set<string>()
  /** Places of entries that were refused for their identity. */
  readonly #refused = new Set<number>()
  #disputed: readonly DisputedState[] = []
  /** Types of what came from before its deletion. */
  readonly #deleted: string[] = []

  constructor(db: LoadDatabase, entries: readonly StagedEntry[]) {
    this.#db = db
    this.#entries = entries
    for (const entry of entries) this.#index(entry)
  }

  get size(): number {
    return this.#entries.length
  }

  async settle(): Promise<void> {
    const places = new Map<string, number[]>()
    this.#entries.forEach((entry, seq) => {
      if (entry.refusal !== null && !withdrawsNumber(entry)) return
      const others = places.get(keyOf(entry))
      if (others === undefined) places.set(keyOf(entry), [seq])
      else others.push(seq)
    })
    const stored = await this.#findStored([...places.keys()])
    const deletions = await findDeletions(this.#db, [...places.keys()])
    for (const [key, states] of places) {
      const row = this.#newest(states, !stored.has(key))
      const turnedAt = row === undefined ? null : (this.#entries[row.seq]?.turnedAt ?? null)
      const known = { stored: stored.get(key), deletion: deletions.get(key) }
      if (row === undefined) continue
      if (isFromBeforeDeletion(row, known)) this.#deleted.push(row.type)
      else if (isChanging({ ...row, turnedAt }, known)) this.#rows.set(key, row)
    }
    this.#ordered = [...this.#rows.values()].sort((one, other) => one.seq - other.seq)
    this.#disputed = disputedStates(this.#entries, places, stored)
  }

  async countUnchanged(): Promise<UnchangedCounts> {
    const isChange = new Set([...this.#rows.values()].map(({ seq }) => seq))
    const unchanged = this.#entries.filter(
      ({ refusal }, seq) => refusal === null && !this.#refused.has(seq) && !isChange.has(seq),
    )
    return {
      entries: countEach(unchanged.map(({ type }) => type)),
      contained: countEach(unchanged.flatMap(({ contained }) => contained)),
      deleted: countEach(this.#deleted),
    }
  }

  async nextDisputed(isPatient: boolean, after: number): Promise<DisputedState[]> {
    return firstBatch(
      this.#disputed.filter(
        ({ place, type }) => place > after && (type === 'Patient') === isPatient,
      ),
    )
  }

  async refuseStates(identities: readonly Identity[]): Promise<RefusedState[]> {
    const keys = new Set(identities.map(keyOf))
    const states = this.#entries.flatMap((entry, seq) =>
      keys.has(keyOf(entry)) && entry.refusal === null && !entry.isDeletion
        ? [{ ...entry, seq }]
        : [],
    )
    for (const { seq } of states) this.#refused.add(seq)
    for (const key of keys) {
      if (this.#rows.get(key)?.isDeletion === false) this.#rows.delete(key)
      this.#refusedPatients.add(key)
    }
    this.#ordered = this.#ordered.filter(({ seq }) => !this.#refused.has(seq))
    return states
  }

  async nextRows(turn: Turn, after: number): Promise<StagedRow[]> {
    return this.#next(after, ({ type }) => (isTurn(type) ? type : 'OTHERS') === turn)
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

  async findBearers(names: readonly LocalName[]): Promise<(readonly Bearer[])[]> {
    return names.map((name) =>
      this.#naming.matters(name)
        ? (this.#bearers.get(`${name.scope} ${name.type}/${name.ownId}`) ?? [])
        : [],
    )
  }

  async findTargets(identities: readonly string[]): Promise<(StagedTarget | undefined)[]> {
    return identities.map((identity) => {
      const row = this.#rows.get(identity)
      return row?.isDeletion ? null : row
    })
  }

  async areRefusedPatients(named: readonly { scope: number; id: string }[]): Promise<boolean[]> {
    return named.map(
      ({ scope, id }) =>
        this.#refusedPatients.has(`${scope} ${id}`) || this.#refusedPatients.has(`Patient/${id}`),
    )
  }

  async refuse(rows: readonly StagedRow[]): Promise<void> {
    for (const row of rows) {
      this.#rows.delete(keyOf(row))
      if (row.type === 'Patient') this.#refusedPatients.add(`${row.scope} ${row.id}`)
    }
  }

  async drop(): Promise<void> {}

  #next(after: number, isWanted: (row: StagedRow) => boolean): StagedRow[] {
    return firstBatch(this.#ordered.filter((row) => row.seq > after && isWanted(row)))
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
    this.#indexName(entry)
    if (fullUrl !== null && isUrn(fullUrl)) {
      const key = `${scope} ${fullUrl}`
      const known = this.#urns.get(key)
      this.#urns.set(key, known === undefined || known === keyOf(entry) ? keyOf(entry) : null)
    } else if (fullUrl !== null) this.#name(fullUrl, { type, id })
    if (entry.refusal === null) for (const one of entry.identifiers) this.#name(one, { type, id })
    else if (type === 'Patient') this.#refusedPatients.add(`${scope} ${id}`)
  }

  #indexName({ scope, type, id, ownId, isBased }: StagedEntry): void {
    this.#naming.note({ scope, id, ownId, isBased })
    if (scope === 0 || ownId === null) return
    const key = `${scope} ${type}/${ownId}`
    const others = this.#bearers.get(key) ?? []
    if (others.some((one) => one.id === id && one.isBased === isBased)) return
    this.#bearers.set(key, [...others, { id, isBased }])
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
        last_updated as "lastUpdated", nhs_number as "nhsNumber", loaded_at as "loadedAt"
      from resource where (type, id) in (
        select * from unnest(
          ${column(pairs.map(([type]) => type ?? ''))}, ${column(pairs.map(([, id]) => id ?? ''))}
        ))`.execute(this.#db)
    for (const { key, ...state } of rows) stored.set(key, state)
    return stored
  }
}

/** The first of what is left that one batch takes. */
function firstBatch<One extends { readonly json: string }>(left: readonly One[]): One[] {
  let length = 0
  const end = left.findIndex(({ json }, index) => {
    length += json.length
    return index === batchRows || (index > 0 && length > batchLength)
  })
  return left.slice(0, end < 0 ? undefined : end)
}

function countEach(types: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1)
  return counts
}

/** What the store knows of a resource. */
interface Known {
  readonly stored: StoredState | undefined
  readonly deletion: Deletion | undefined
}

function isFromBeforeDeletion(entry: StagedRow, { stored, deletion }: Known): boolean {
  const isAbsent = stored === undefined && !entry.isDeletion
  return isAbsent && deletion !== undefined && isBefore(entry, deletion)
}

function isChanging(
  entry: StagedRow & Pick<StagedEntry, 'turnedAt'>,
  { stored, deletion }: Known,
): boolean {
  if (stored === undefined) {
    if (!entry.isDeletion) return true
    return !entry.isWithdrawal && (deletion === undefined || isNewer(entry, deletion))
  }
  // What is refused now may have been taken in, word for word the same, before its time was over.
  const isOther = entry.isWithdrawal || stored.digest !== entry.digest
  const hasTurned = entry.turnedAt !== null && entry.turnedAt > stored.loadedAt
  return (isOther || hasTurned) && !isOutdated(entry, stored)
}

function isTurn(type: string): type is Turn {
  return (turns as readonly string[]).includes(type)
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
