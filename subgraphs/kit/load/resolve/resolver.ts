import { parseFhir } from '../../fhir/parse-fhir.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import type { AliasQuestion, Stage } from '../stage/stage.ts'
import { bindReferences } from './bind-references.ts'
import { type ReferenceKeys, referenceKeys } from './references.ts'
import type { StoreLookup } from './store-lookup.ts'

/** A resource as it will stand when the load is over. */
export interface Target {
  readonly type: string
  readonly id: string
  /** The patient's own number, for a Patient. */
  readonly nhsNumber: string | null
  readonly resource: FhirResource
}

/** Says what references mean. */
export interface References {
  /** Looks up all that the references mean, so that `find` knows. */
  prepare(references: readonly FhirReference[]): Promise<void>
  /** What a reference means; null when nothing is known under it, undefined when it was not prepared. */
  find(reference: FhirReference): Target | null | undefined
  /** References to the Provenances that name these as their targets, by `Type/id`. */
  findProvenances(
    identities: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FhirReference[]>>
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
 * `prepare`; `find` then answers at once. References are bound before (see bind-references.ts).
 */
export class ReferenceResolver implements References {
  readonly #stage: Stage
  readonly #store: StoreLookup
  /** By `Type/id`. */
  readonly #targets = new Map<string, Cached>()
  #cachedLength = 0
  /** `type␟alias` to `Type/id`. */
  readonly #aliases = new Map<string, string | null>()
  /** Answers given since the last lookup, by the reference as written. */
  readonly #found = new Map<string, Target | null>()

  constructor(stage: Stage, store: StoreLookup) {
    this.#stage = stage
    this.#store = store
  }

  async prepare(references: readonly FhirReference[]): Promise<void> {
    this.#found.clear()
    const keys = distinct(references).map(referenceKeys)
    await this.#loadAliases(keys)
    const wanted = new Set(keys.flatMap((one) => this.#candidates(one)))
    for (const identity of wanted) if (this.#targets.has(identity)) wanted.delete(identity)
    if (wanted.size > 0) await this.#loadTargets([...wanted])
  }

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

  findProvenances(
    identities: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FhirReference[]>> {
    return this.#store.findProvenances(identities)
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
    const questions = wanted.map(toQuestion)
    const staged = await this.#stage.findAliases(questions)
    const open = questions.filter((_, index) => staged[index] === null)
    const stored = await this.#store.findAliases(open)
    wanted.forEach((key, index) => {
      this.#aliases.set(key, staged[index] ?? stored.shift() ?? null)
    })
  }

  async #loadTargets(identities: readonly string[]): Promise<void> {
    const staged = await this.#stage.findTargets(identities)
    const open = identities.filter((_, index) => staged[index] === undefined)
    const stored = await this.#store.findTargets(open)
    const found = staged.map((one) => (one === undefined ? (stored.shift() ?? null) : one))
    const texts = await bindReferences(
      this.#stage,
      found.map((one, index) => ({
        json: one?.json ?? '',
        scope: one?.scope ?? -1,
        id: identities[index]?.split('/')[1] ?? '',
        isBased: one?.isBased ?? false,
      })),
    )
    identities.forEach((identity, index) => {
      const cached = toCached(identity, found[index]?.nhsNumber ?? null, texts[index] ?? '')
      this.#remember(identity, cached)
    })
  }
}

function toCached(identity: string, nhsNumber: string | null, json: string): Cached {
  if (json === '') return { target: null, length: 64 }
  const [type = '', id = ''] = identity.split('/')
  const resource = { ...(parseFhir(json) as FhirResource), id }
  return {
    target: { type, id, nhsNumber: type === 'Patient' ? nhsNumber : null, resource },
    length: json.length,
  }
}

function toQuestion(key: string): AliasQuestion {
  const end = key.indexOf(' ')
  return { type: key.slice(0, end) || null, alias: key.slice(end + 1) }
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
