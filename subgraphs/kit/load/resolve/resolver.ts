import { type Kysely, sql } from 'kysely'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import { type ContentsAtHand, type LoadDatabase, readContents } from '../stage/stage.ts'
import { column } from '../write/columns.ts'
import { bindUrns } from './bind-urns.ts'
import { type ReferenceKeys, referenceKeys } from './references.ts'

/** A resource as it will stand when the load is over. */
export interface Target {
  readonly type: string
  readonly id: string
  /** The patient's own number, for a Patient. */
  readonly nhsNumber: string | null
  readonly resource: FhirResource
}

interface Cached {
  readonly target: Target | null
  readonly length: number
}

/** So much JSON is kept from one batch to the next, in characters. */
const maxCachedLength = 3 * 1024 * 1024
const maxCached = 50_000

/**
 * Finds what references mean among everything staged and stored. Lookups are made in bulk with
 * `prepare`; `find` then answers at once. URNs are bound before (see bind-urns.ts).
 */
export class ReferenceResolver {
  readonly #db: Kysely<LoadDatabase>
  readonly #atHand: ContentsAtHand
  /** By `Type/id`. */
  readonly #targets = new Map<string, Cached>()
  #cachedLength = 0
  /** `type␟alias` to `Type/id`. */
  readonly #aliases = new Map<string, string | null>()
  /** Answers given since the last lookup, by the reference as written. */
  readonly #found = new Map<string, Target | null>()

  constructor(db: Kysely<LoadDatabase>, atHand: ContentsAtHand) {
    this.#db = db
    this.#atHand = atHand
  }

  /** Looks up all that the references mean, so that `find` knows. */
  async prepare(references: readonly FhirReference[]): Promise<void> {
    this.#found.clear()
    const keys = distinct(references).map(referenceKeys)
    await this.#loadAliases(keys)
    const wanted = new Set(keys.flatMap((one) => this.#candidates(one)))
    for (const identity of wanted) if (this.#targets.has(identity)) wanted.delete(identity)
    if (wanted.size > 0) await this.#loadTargets([...wanted])
  }

  /** What a reference means; null when nothing is known under it, undefined when it was not prepared. */
  find(reference: FhirReference): Target | null | undefined {
    const text = reference.identifier === undefined ? reference.reference : undefined
    const known = text === undefined ? undefined : this.#found.get(text)
    if (known !== undefined) return known
    const found = this.#find(reference)
    if (text !== undefined && found !== undefined) this.#found.set(text, found)
    return found
  }

  #find(reference: FhirReference): Target | null | undefined {
    const keys = referenceKeys(reference)
    if (aliasesOf(keys).some((alias) => !this.#aliases.has(alias))) return undefined
    for (const identity of this.#candidates(keys)) {
      const cached = this.#targets.get(identity)
      if (cached === undefined) return undefined
      if (cached.target !== null) return cached.target
    }
    return null
  }

  /** Offers a resource that is at hand, so that it need not be looked up. */
  offer(target: Target, length: number): void {
    this.#remember(`${target.type}/${target.id}`, { target, length })
  }

  /** Forgets what was known of a resource. */
  forget(type: string, id: string): void {
    this.#remember(`${type}/${id}`, null)
  }

  /** Makes room after a batch: the oldest go first. */
  trim(): void {
    if (this.#aliases.size > maxCached) this.#aliases.clear()
    for (const identity of this.#targets.keys()) {
      if (this.#cachedLength <= maxCachedLength && this.#targets.size <= maxCached) return
      this.#remember(identity, null)
    }
  }

  #remember(identity: string, cached: Cached | null): void {
    this.#found.clear()
    this.#cachedLength += (cached?.length ?? 0) - (this.#targets.get(identity)?.length ?? 0)
    if (cached === null) this.#targets.delete(identity)
    else this.#targets.set(identity, cached)
  }

  #candidates(keys: ReferenceKeys): string[] {
    const [url, ...identifiers] = [keys.url ?? '', ...keys.identifiers].map((alias, index) =>
      this.#aliases.get(aliasKey(alias, index === 0 ? null : keys.type)),
    )
    return [url, keys.identity, ...identifiers].filter((one) => typeof one === 'string')
  }

  async #loadAliases(keys: readonly ReferenceKeys[]): Promise<void> {
    const wanted = [...new Set(keys.flatMap(aliasesOf))].filter((key) => !this.#aliases.has(key))
    if (wanted.length === 0) return
    const parts = wanted.map((key) => key.split(' '))
    const { rows } = await sql<{ meaning: string | null }>`
      select found.type || '/' || found.id as meaning
      from unnest(
        ${column(parts.map(([type]) => type || null))},
        ${column(wanted.map((key) => key.slice(key.indexOf(' ') + 1)))}
      ) with ordinality as wanted (type, alias, place)
      left join lateral (
        select type, id, 1 as rank, type <> 'Organization' as is_other from staged_alias as staged
        where staged.alias = wanted.alias and staged.scope = -1
          and (wanted.type is null or staged.type = wanted.type)
        union all
        select type, id, 2, type <> 'Organization' from resource where full_url = wanted.alias
        union all
        select type, id, 2, type <> 'Organization' from resource_alias as stored
        where stored.alias = wanted.alias and (wanted.type is null or stored.type = wanted.type)
        -- An ODS code may stand on a Location too: the organisation is meant.
        order by rank, is_other, type, id
        limit 1
      ) as found on true
      order by wanted.place`.execute(this.#db)
    wanted.forEach((key, index) => {
      this.#aliases.set(key, rows[index]?.meaning ?? null)
    })
  }

  async #loadTargets(identities: readonly string[]): Promise<void> {
    const pairs = identities.map((identity) => identity.split('/'))
    const { rows } = await sql<TargetRow>`
      select wanted.type, wanted.id, staged.scope, staged.seq,
        case when staged.seq is null then resource.nhs_number else staged.nhs_number end as nhs_number,
        resource.content::text as stored
      from unnest(
        ${column(pairs.map(([type]) => type ?? ''))}, ${column(pairs.map(([, id]) => id ?? ''))}
      ) with ordinality as wanted (type, id, place)
      left join staged on staged.type = wanted.type and staged.id = wanted.id
        and staged.outcome in ('NEW', 'CHANGED')
      left join resource on staged.seq is null
        and resource.type = wanted.type and resource.id = wanted.id
      order by wanted.place`.execute(this.#db)
    const numbers = rows.flatMap((row) => row.seq ?? [])
    const staged = await readContents(this.#db, numbers, this.#atHand)
    const texts = await bindUrns(
      this.#db,
      rows.map((row) => ({
        json: (row.seq === null ? row.stored : staged.get(row.seq)) ?? '',
        scope: Number(row.scope ?? -1),
      })),
    )
    rows.forEach((row, index) => {
      this.#remember(`${row.type}/${row.id}`, toCached(row, texts[index] ?? ''))
    })
  }
}

interface TargetRow {
  readonly type: string
  readonly id: string
  readonly scope: string | null
  readonly nhs_number: string | null
  readonly seq: string | null
  readonly stored: string | null
}

function toCached(row: TargetRow, json: string): Cached {
  if (json === '') return { target: null, length: 64 }
  const resource = { ...(JSON.parse(json) as FhirResource), id: row.id }
  const nhsNumber = row.type === 'Patient' ? row.nhs_number : null
  return { target: { type: row.type, id: row.id, nhsNumber, resource }, length: json.length }
}

/** Many references of a batch are one: to the patient, to the practice. */
function distinct(references: readonly FhirReference[]): FhirReference[] {
  const byText = new Map<string, FhirReference>()
  const others: FhirReference[] = []
  for (const reference of references) {
    const text = reference.identifier === undefined ? reference.reference : undefined
    if (text === undefined) others.push(reference)
    else byText.set(text, reference)
  }
  return [...byText.values(), ...others]
}

function aliasesOf(keys: ReferenceKeys): string[] {
  const identifiers = keys.identifiers.map((alias) => aliasKey(alias, keys.type))
  return keys.url === null ? identifiers : [aliasKey(keys.url, null), ...identifiers]
}

function aliasKey(alias: string, type: string | null): string {
  return `${type ?? ''} ${alias}`
}
