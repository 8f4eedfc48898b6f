import { references as referencesOf } from '../../fhir/reference.ts'
import type { FhirReference } from '../../fhir/resource.ts'
import { identifiersOf } from '../../load/read/identity.ts'
import type { ReferenceKeys } from '../../load/resolve/references.ts'
import type { References, Target } from '../../load/resolve/resolver.ts'
import type { Asking, FhirClient } from '../http/fhir-client.ts'
import type { ServerResource } from '../http/search-page.ts'
import type { Gathering } from './gathering.ts'
import { byIdentity, localKeys, nhsNumberIn } from './local-keys.ts'
import { isLookedUp, isOfRecord } from './resource-types.ts'

/** So many ids stand in one search. */
const IDS_A_SEARCH = 50

/** What is looked up, and where. */
interface LookupParts {
  readonly gathering: Gathering
  readonly client: FhirClient
  readonly base: string
  readonly asking: Asking
  /** True where other patients may be looked up: for who has replaced whom. */
  readonly findsPatients: boolean
}

/**
 * What references mean on a FHIR server: resources of the record are at hand, all others are looked up
 * in bulk, each once. Another patient's record is never looked up. `prepare` is not to be called
 * again before it is done.
 */
export class ServerReferences implements References {
  readonly #parts: LookupParts
  /** By `Type/id`, and `Type?system|value`; null where the server has nothing. */
  readonly #found = new Map<string, ServerResource | null>()

  constructor(parts: LookupParts) {
    this.#parts = parts
  }

  async prepare(references: readonly FhirReference[]): Promise<void> {
    const wanted = new Map<string, { ids: Set<string>; identifiers: Set<string> }>()
    const wantedOf = (type: string) => {
      const one = wanted.get(type) ?? { ids: new Set(), identifiers: new Set() }
      wanted.set(type, one)
      return one
    }
    for (const reference of references) {
      const keys = this.#keys(reference)
      if (this.#atHand(keys) !== null) continue
      for (const key of this.#lookupsOf(keys)) {
        if (this.#found.has(key)) continue
        const [type = '', id = ''] = key.split('/', 2)
        if (key.includes('?')) wantedOf(keys.type ?? '').identifiers.add(key)
        else wantedOf(type).ids.add(id)
      }
    }
    const lookups = [...wanted].flatMap(([type, { ids, identifiers }]) => [
      this.#lookUpIds(type, [...ids]),
      this.#lookUpIdentifiers(type, [...identifiers]),
    ])
    await Promise.all(lookups)
  }

  find(reference: FhirReference): Target | null | undefined {
    const keys = this.#keys(reference)
    const atHand = this.#atHand(keys)
    if (atHand !== null) return atHand
    for (const key of this.#lookupsOf(keys)) {
      const found = this.#found.get(key)
      if (found === undefined) return undefined
      if (found !== null) return toTarget(found, null)
    }
    return null
  }

  async findProvenances(
    identities: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FhirReference[]>> {
    const { client, asking } = this.#parts
    const answers = await Promise.all(
      portions(identities).map((some) =>
        client.search('Provenance', { target: some.join(',') }, asking),
      ),
    )
    const found = new Map<string, FhirReference[]>()
    for (const one of new Map(answers.flat().map((each) => [each.id, each])).values()) {
      this.#found.set(`Provenance/${one.id}`, one)
      for (const target of referencesOf(one['target'])) {
        const { identity } = this.#keys(target)
        if (identity === null) continue
        const others = found.get(identity) ?? []
        found.set(identity, [...others, { reference: `Provenance/${one.id}` }])
      }
    }
    return found
  }

  /** True for a reference that says something is on this server which the server does not give. */
  isDangling(reference: FhirReference): boolean {
    const { identity } = this.#keys(reference)
    const type = identity?.split('/')[0] ?? ''
    return (isOfRecord(type) || isLookedUp(type)) && this.find(reference) === null
  }

  /** All that was looked up. */
  lookedUp(): ServerResource[] {
    return [...new Set([...this.#found.values()].filter((one) => one !== null))]
  }

  #keys(reference: FhirReference): ReferenceKeys {
    return localKeys(reference, this.#parts.base)
  }

  /** What is of the record, or one of the patients asked about. */
  #atHand(keys: ReferenceKeys): Target | null {
    const { gathering } = this.#parts
    const byIdentity = keys.identity === null ? undefined : gathering.find(keys.identity)
    if (byIdentity !== undefined) return toTarget(byIdentity.resource, byIdentity.nhsNumber)
    for (const key of keys.identifiers) {
      const nhsNumber = nhsNumberIn({ ...keys, identifiers: [key] })
      const found =
        nhsNumber === null
          ? gathering.findByIdentifier(key, keys.type)
          : gathering.findPatient(nhsNumber)
      if (found !== undefined) return toTarget(found.resource, found.nhsNumber)
    }
    return null
  }

  /** `Type/id`, and `Type?system|value`, of what is looked up for a reference. */
  #lookupsOf({ identity, identifiers, type }: ReferenceKeys): string[] {
    const mayBeFound = (one: string) =>
      isLookedUp(one) || (one === 'Patient' && this.#parts.findsPatients)
    const byId = identity !== null && mayBeFound(identity.split('/')[0] ?? '') ? [identity] : []
    if (type === null || !mayBeFound(type)) return byId
    return [...byId, ...identifiers.map((key) => `${type}${key}`)]
  }

  async #lookUpIds(type: string, ids: readonly string[]): Promise<void> {
    const { client, asking } = this.#parts
    const lookUp = async (some: readonly string[]) =>
      // The bytes of a document can be read, not searched for.
      type === 'Binary'
        ? Promise.all(some.map((id) => client.read(type, id, asking)))
        : client.search(type, { _id: some.join(',') }, asking)
    const found = await Promise.all(portions(ids).map(lookUp))
    // Only now: what could not be asked for is not known to be absent.
    for (const id of ids) this.#found.set(`${type}/${id}`, null)
    for (const one of found.flat()) if (one !== null) this.#found.set(`${type}/${one.id}`, one)
  }

  async #lookUpIdentifiers(type: string, keys: readonly string[]): Promise<void> {
    const { client, asking } = this.#parts
    const found = await Promise.all(
      portions(keys).map((some) =>
        client.search(type, { identifier: some.map(toToken).join(',') }, asking),
      ),
    )
    for (const key of keys) this.#found.set(key, null)
    for (const one of found.flat().sort(byIdentity)) {
      for (const key of identifiersOf(one)) {
        if (this.#found.get(`${type}${key}`) === null) this.#found.set(`${type}${key}`, one)
      }
    }
  }
}

function toTarget(resource: ServerResource, nhsNumber: string | null): Target {
  const { resourceType: type, id } = resource
  return { type, id, nhsNumber: type === 'Patient' ? nhsNumber : null, resource }
}

/** A key as a search's token, what separates tokens escaped. */
function toToken(key: string): string {
  const query = key.slice(key.indexOf('?') + 1)
  const bar = query.indexOf('|')
  const [system, value] = [query.slice(0, bar), query.slice(bar + 1)].map((part) =>
    part.replace(/[\\,$|]/g, '\\$&'),
  )
  return system === '' ? (value ?? '') : `${system}|${value}`
}

function portions(keys: readonly string[]): string[][] {
  const count = Math.ceil(keys.length / IDS_A_SEARCH)
  return Array.from({ length: count }, (_, index) =>
    keys.slice(index * IDS_A_SEARCH, (index + 1) * IDS_A_SEARCH),
  )
}
