import { NHS_NUMBER, toNhsNumber } from '../../fhir/nhs-number.ts'
import { nhsNumberOf } from '../../fhir/own-number.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import { identifiersOf } from '../../load/read/identity.ts'
import { patientLookup } from '../../load/resolve/patient-of.ts'
import { referencesIn } from '../../load/resolve/references.ts'
import { FhirServerError } from '../fhir-server-error.ts'
import type { Asking, FhirClient } from '../http/fhir-client.ts'
import type { ServerResource } from '../http/search-page.ts'
import { byIdentity, localKeys, nhsNumberIn } from './local-keys.ts'
import {
  holdersOf,
  isOfRecord,
  patientParameterOf,
  typesMeantByIdentifier,
} from './resource-types.ts'

/** A resource of a patient's record, and whose it is. */
export interface Gathered {
  readonly nhsNumber: string
  readonly resource: ServerResource
}

/** Where and for whom resources are gathered. */
export interface GatheringParts {
  readonly client: FhirClient
  /** The server's base URL without a slash at its end. */
  readonly base: string
  readonly asking: Asking
  readonly nhsNumbers: readonly string[]
  /** The moment of the request: a number that has ended by then is nobody's. */
  readonly now: Date
}

/**
 * What one request has read of some patients' records: the Patient resources, and each resource type
 * once, as a whole.
 */
export class Gathering {
  readonly #parts: GatheringParts
  readonly #types = new Map<string, Promise<readonly Gathered[]>>()
  readonly #byIdentity = new Map<string, Gathered>()
  readonly #byIdentifier = new Map<string, readonly Gathered[]>()
  readonly #byNumber = new Map<string, Gathered>()
  #patients: Promise<readonly Gathered[]> | undefined

  constructor(parts: GatheringParts) {
    this.#parts = parts
  }

  /** The Patient resources under these numbers. */
  patients(): Promise<readonly Gathered[]> {
    this.#patients ??= this.#findPatients()
    return this.#patients
  }

  /**
   * All of these types, and of every type that their exclusion may depend on: what they mention, at
   * any distance, and what may hold them.
   */
  async gather(types: readonly string[]): Promise<Gathered[]> {
    const gathered = new Map<string, readonly Gathered[]>()
    let open = new Set(types)
    while (open.size > 0) {
      const wanted = [...open]
      const found = await Promise.all(wanted.map((type) => this.#load(type)))
      wanted.forEach((type, index) => {
        gathered.set(type, found[index] ?? [])
      })
      const needed = found.flat().flatMap(({ resource }) => [...this.#mentioned(resource)])
      const holders = found.flatMap((each, index) =>
        each.length === 0 ? [] : holdersOf(wanted[index] ?? ''),
      )
      open = new Set([...needed, ...holders].filter((type) => !gathered.has(type)))
    }
    return [...gathered.values()].flat()
  }

  /** A resource that was gathered, by `Type/id`; Patients included. */
  find(identity: string): Gathered | undefined {
    return this.#byIdentity.get(identity)
  }

  /** A resource that was gathered, by `?system|value`. */
  findByIdentifier(key: string, type: string | null): Gathered | undefined {
    return this.#byIdentifier
      .get(key)
      ?.filter(({ resource }) => type === null || resource.resourceType === type)
      .sort((one, other) => byIdentity(one.resource, other.resource))[0]
  }

  /** The Patient who bears a number. */
  findPatient(nhsNumber: string): Gathered | undefined {
    return this.#byNumber.get(nhsNumber)
  }

  /** The number under which a patient was asked about whom a reference means. */
  #ownerOf(reference: FhirReference): string | null {
    const keys = localKeys(reference, this.#parts.base)
    const patient = keys.identity === null ? undefined : this.#byIdentity.get(keys.identity)
    if (patient?.resource.resourceType === 'Patient') return patient.nhsNumber
    if (keys.identity !== null) return null
    const nhsNumber = nhsNumberIn(keys)
    return nhsNumber !== null && this.#parts.nhsNumbers.includes(nhsNumber) ? nhsNumber : null
  }

  async #findPatients(): Promise<readonly Gathered[]> {
    const { client, asking, nhsNumbers, now } = this.#parts
    const identifier = nhsNumbers.flatMap(spellings).join(',')
    const found = await client.search('Patient', { identifier }, asking)
    const patients = found.flatMap((resource): Gathered[] => {
      if (!bears(resource, nhsNumbers)) throw new FhirServerError('ANOTHER_PATIENT')
      const own = nhsNumberOf(resource, now)
      // A number that somebody bore once is not theirs any more, one that is not verified not yet.
      if (!('nhsNumber' in own) || !nhsNumbers.includes(own.nhsNumber)) return []
      return [{ nhsNumber: own.nhsNumber, resource }]
    })
    for (const one of patients.sort((a, b) => byIdentity(a.resource, b.resource))) {
      this.#byIdentity.set(`Patient/${one.resource.id}`, one)
      if (!this.#byNumber.has(one.nhsNumber)) this.#byNumber.set(one.nhsNumber, one)
    }
    return patients
  }

  #load(type: string): Promise<readonly Gathered[]> {
    const loading = this.#types.get(type) ?? this.#search(type)
    this.#types.set(type, loading)
    return loading
  }

  async #search(type: string): Promise<readonly Gathered[]> {
    const { client, asking } = this.#parts
    const patients = await this.patients()
    if (patients.length === 0) return []
    const patient = patients.map(({ resource }) => `Patient/${resource.id}`).join(',')
    const found = await client.search(type, { [patientParameterOf(type)]: patient }, asking)
    const gathered = found.flatMap((resource): Gathered[] => {
      const nhsNumber = this.#whose(resource)
      return nhsNumber === null ? [] : [{ nhsNumber, resource }]
    })
    for (const one of gathered) this.#note(one)
    return gathered
  }

  /**
   * Whose record a resource belongs to that was found for these patients. Null for one that belongs
   * to somebody else's and mentions them, such as a group's appointment.
   *
   * @throws ANOTHER_PATIENT when it has nothing to do with any of them
   */
  #whose(resource: FhirResource): string | null {
    const reference = patientLookup(resource, this.#parts.now)
    const owner = reference === null ? null : this.#ownerOf(reference)
    if (owner !== null) return owner
    if (referencesIn(resource).some((one) => this.#ownerOf(one) !== null)) return null
    throw new FhirServerError('ANOTHER_PATIENT')
  }

  #note(one: Gathered): void {
    const { resourceType: type, id } = one.resource
    this.#byIdentity.set(`${type}/${id}`, one)
    if (!REFERRED_TO.has(type)) return
    for (const key of identifiersOf(one.resource)) {
      this.#byIdentifier.set(key, [...(this.#byIdentifier.get(key) ?? []), one])
    }
  }

  #mentioned(resource: FhirResource): ReadonlySet<string> {
    const types = new Set<string>()
    for (const reference of referencesIn(resource)) {
      const keys = localKeys(reference, this.#parts.base)
      const isOpen = keys.type === null && keys.identifiers.length > 0 && keys.identity === null
      const named = keys.type === null ? [] : [keys.type]
      for (const type of isOpen ? typesMeantByIdentifier : named) {
        if (isOfRecord(type)) types.add(type)
      }
    }
    return types
  }
}

/** The types that others refer to by a business identifier, as loading has it. */
const REFERRED_TO: ReadonlySet<string> = new Set([...typesMeantByIdentifier, 'Goal', 'Specimen'])

/** A number as it should be written, and as it often is. */
function spellings(nhsNumber: string): string[] {
  const spaced = nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
  return [nhsNumber, spaced].map((value) => `${NHS_NUMBER}|${value}`)
}

function bears(patient: FhirResource, nhsNumbers: readonly string[]): boolean {
  const { identifier } = patient
  return (Array.isArray(identifier) ? identifier : []).some((one: unknown) => {
    const { system, value } = (one ?? {}) as { system?: unknown; value?: unknown }
    const written = system === NHS_NUMBER && typeof value === 'string' ? toNhsNumber(value) : null
    return written !== null && nhsNumbers.includes(written)
  })
}
