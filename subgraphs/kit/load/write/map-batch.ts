import { hash } from 'node:crypto'
import { mapPatient } from '../../fhir/map-patient.ts'
import { mapResource } from '../../fhir/map-resource.ts'
import type {
  MappedItem,
  MappedPatient,
  MappedRelationship,
  MappingContext,
} from '../../fhir/mapping.ts'
import { relationshipsOf } from '../../fhir/relationships.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import type { Participant } from '../../participant.ts'
import type { Identity } from '../read/identity.ts'
import type { RefusalReason } from '../report.ts'
import { type Belonging, patientLookup, patientOf } from '../resolve/patient-of.ts'
import { referenceKeys, referencesIn } from '../resolve/references.ts'
import type { ReferenceResolver } from '../resolve/resolver.ts'

/** A resource whose URNs are bound, ready to be mapped. */
export interface Mappable extends Identity {
  readonly resource: FhirResource
  /** Of a Patient: its own. */
  readonly nhsNumber: string | null
  /** True for the id of a Patient that was refused in the same Bundle. */
  isRefusedPatient(patientId: string): boolean
}

/** Everything that a resource becomes. */
export interface Mapping {
  readonly nhsNumber: string | null
  readonly items: readonly MappedItem[]
  readonly relationships: readonly MappedRelationship[]
  readonly patient: MappedPatient | null
  /** Keys of what the mapping looked at, and of what it looked for in vain. */
  readonly dependencies: readonly string[]
}

/** A resource that cannot be taken in, and what its mapping looked for. */
export interface FailedMapping {
  readonly refusal: RefusalReason
  readonly dependencies: readonly string[]
}

export type MappingResult = Mapping | FailedMapping

/** What is looked up once and asked for again is at most so many references away. */
const maxRounds = 6

/** Maps resources, looking up in bulk whatever they refer to, at any distance. */
export async function mapBatch(
  batch: readonly Mappable[],
  participant: Participant,
  resolver: ReferenceResolver,
): Promise<MappingResult[]> {
  const results: MappingResult[] = []
  let wanted = batch.flatMap(({ resource }) => [
    ...referencesIn(resource),
    ...[patientLookup(resource)].filter((one) => one !== null),
  ])
  let pending = batch.map((_, index) => index)
  for (let round = 0; pending.length > 0 && round < maxRounds; round++) {
    await resolver.prepare(wanted)
    wanted = []
    pending = pending.filter((index) => {
      const missing: FhirReference[] = []
      results[index] = mapOne(batch[index] as Mappable, participant, resolver, missing)
      wanted.push(...missing)
      return missing.length > 0
    })
  }
  return results
}

function mapOne(
  mappable: Mappable,
  participant: Participant,
  resolver: ReferenceResolver,
  missing: FhirReference[],
): MappingResult {
  const { resource } = mappable
  const dependencies = new Set<string>()
  const find = (reference: FhirReference) => {
    const found = resolver.find(reference)
    if (found === undefined) missing.push(reference)
    for (const key of found ? [`${found.type}/${found.id}`] : keysOf(reference))
      dependencies.add(key)
    return found ?? null
  }
  const context: MappingContext = {
    participant,
    itemId: (type, id) => itemId(participant, type, id),
    resolve: (reference) => (reference ? (find(reference)?.resource ?? null) : null),
  }
  try {
    const isPatient = resource.resourceType === 'Patient'
    const belonging: Belonging = isPatient
      ? { nhsNumber: mappable.nhsNumber }
      : patientOf(resource, find, (id) => mappable.isRefusedPatient(id))
    if ('refusal' in belonging) return { ...belonging, dependencies: [...dependencies] }
    const isOfPatient = belonging.nhsNumber !== null
    const items = isOfPatient ? mapResource(resource, context) : []
    const relationships = isOfPatient ? relationshipsOf(resource, context) : []
    const patient = isPatient ? mapPatient(resource, context) : null
    dependencies.delete(`${mappable.type}/${mappable.id}`)
    const nhsNumber = belonging.nhsNumber
    return { nhsNumber, items, relationships, patient, dependencies: [...dependencies] }
  } catch {
    // The error may quote the resource, so nothing of it is passed on.
    return { refusal: 'NOT_MAPPABLE', dependencies: [...dependencies] }
  }
}

function keysOf(reference: FhirReference): string[] {
  const { url, identity, identifiers } = referenceKeys(reference)
  return [url, identity, ...identifiers]
    .filter((key) => key !== null)
    .filter((key) => key.length <= 600)
}

/** A digest, because a resource's id may be made from an NHS number, and is no secret elsewhere. */
function itemId(participant: Participant, type: string, id: string): string {
  return hash('sha256', `${participant.code}|${type}|${id}`, 'base64url').slice(0, 22)
}
