import { hash } from 'node:crypto'
import { type Exclusion, judge } from '../../exclusions/judge.ts'
import { withoutMembers } from '../../exclusions/without-members.ts'
import { mapPatient } from '../../fhir/map-patient.ts'
import { isClinical, mapResource } from '../../fhir/map-resource.ts'
import type {
  MappedItem,
  MappedPatient,
  MappedRelationship,
  MappingContext,
} from '../../fhir/mapping.ts'
import { isUnderstood } from '../../fhir/modifiers/understood.ts'
import { relationshipsOf } from '../../fhir/relationships.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import { dateTime, toInstant } from '../../fhir/time.ts'
import { unreadableDates } from '../../fhir/unreadable-dates.ts'
import type { Participant } from '../../participant.ts'
import { isContributor } from '../../schema/participant-sdl.ts'
import type { Judging } from '../exclude/judging.ts'
import type { Noticed } from '../notices.ts'
import type { Identity } from '../read/identity.ts'
import { storedId } from '../read/server.ts'
import type { RefusalReason } from '../report.ts'
import { type Find, inRounds } from '../resolve/in-rounds.ts'
import {
  type Belonging,
  isSomebodyElses,
  type PatientFinding,
  patientLookup,
  patientOf,
} from '../resolve/patient-of.ts'
import { referenceKeys, referencesIn } from '../resolve/references.ts'
import type { References } from '../resolve/resolver.ts'
import { type Stray, straysIn } from './strays.ts'

/** A resource whose references are bound, ready to be mapped. */
export interface Mappable extends Identity {
  readonly resource: FhirResource
  /** Of a Patient: its own. */
  readonly nhsNumber: string | null
  /** True for the id of a Patient that was refused in the same Bundle. */
  isRefusedPatient(patientId: string): boolean
  /** `Type/id` of all that is never shared of the patient, where the record was judged as a whole. */
  readonly excluded?: ReadonlySet<string> | undefined
}

/** Everything that a resource becomes. */
export interface Mapping {
  readonly nhsNumber: string | null
  readonly items: readonly MappedItem[]
  readonly relationships: readonly MappedRelationship[]
  readonly patient: MappedPatient | null
  /** Why it is never shared; null for what may be. */
  readonly exclusion: Exclusion | null
  /** What whoever sent it should know. */
  readonly notices: readonly Noticed[]
  /** What it contains that cannot be taken in with it. */
  readonly strays: readonly Stray[]
  /** Keys of what the mapping looked at, and of what it looked for in vain. */
  readonly dependencies: readonly string[]
}

/** A resource that cannot be taken in, and what its mapping looked for. */
export interface FailedMapping {
  readonly refusal: RefusalReason
  readonly dependencies: readonly string[]
}

export type MappingResult = Mapping | FailedMapping

/** What mapping needs at hand. */
export interface MappingParts {
  readonly participant: Participant
  readonly resolver: References
  readonly judging: Judging
  /** The moment of the mapping: what has ended by then is not current. */
  readonly asOf: Date
  /** Where a participant has several servers: which one the resources are of, so that their ids differ. */
  readonly serverKey?: string | null
}

/** Maps resources, looking up in bulk whatever they refer to, at any distance. */
export async function mapBatch(
  batch: readonly Mappable[],
  parts: MappingParts,
): Promise<MappingResult[]> {
  const mentioned = new Map(batch.map((one) => [one, referencesIn(one.resource)]))
  const patients = batch.flatMap(({ resource }) => patientLookup(resource, parts.asOf) ?? [])
  const entries = batch.filter(({ type }) => isClinical(type)).map(identityOf)
  const provenances = await parts.resolver.findProvenances(entries)
  const wanted = [...mentioned.values(), ...provenances.values(), patients].flat()
  return inRounds(batch, { resolver: parts.resolver, wanted }, (one, find) =>
    mapOne(one, {
      ...parts,
      find,
      mentioned: mentioned.get(one) ?? [],
      provenances: provenances.get(identityOf(one)) ?? [],
    }),
  )
}

function identityOf({ type, id }: Identity): string {
  return `${type}/${id}`
}

interface OneMapping extends MappingParts {
  readonly find: Find
  readonly provenances: readonly FhirReference[]
  readonly mentioned: readonly FhirReference[]
}

function mapOne(mappable: Mappable, parts: OneMapping): MappingResult {
  const dependencies = new Set<string>()
  const find: Find = (reference) => {
    const found = parts.find(reference)
    for (const key of found ? [`${found.type}/${found.id}`] : keysOf(reference))
      dependencies.add(key)
    return found
  }
  try {
    const mapping = mapWith(mappable, { ...parts, find })
    if ('nhsNumber' in mapping) dependencies.delete(`${mappable.type}/${mappable.id}`)
    return { ...mapping, dependencies: [...dependencies] }
  } catch {
    // The error may quote the resource, so nothing of it is passed on.
    return { refusal: 'NOT_MAPPABLE', dependencies: [...dependencies] }
  }
}

type Mapped = Omit<Mapping, 'dependencies'> | Omit<FailedMapping, 'dependencies'>

function mapWith(mappable: Mappable, parts: OneMapping): Mapped {
  const { resource } = mappable
  const { participant, judging, find, serverKey = null } = parts
  const isPatient = resource.resourceType === 'Patient'
  const finding: PatientFinding = {
    now: parts.asOf,
    find,
    isRefused: (id) => mappable.isRefusedPatient(id),
  }
  const belonging: Belonging = isPatient
    ? { nhsNumber: mappable.nhsNumber }
    : patientOf(resource, finding)
  if ('refusal' in belonging) return belonging
  const exclusion = judgeOne(mappable, parts)
  const look = (reference: FhirReference) => {
    const found = find(reference)?.resource ?? null
    const isOthers = found && isSomebodyElses(found, { ...finding, nhsNumber: belonging.nhsNumber })
    return isOthers ? null : found
  }
  const context: MappingContext = {
    participant,
    now: parts.asOf,
    itemId: (type, id) => itemId(participant, type, storedId(serverKey, id)),
    resolve: (reference) => (reference ? look(reference) : null),
    provenancesOf: (one) =>
      one === resource ? earliestFirst(parts.provenances.flatMap((each) => look(each) ?? [])) : [],
    isExcluded: (one) =>
      one === resource ? exclusion !== null : isExcluded(one, mappable, judging),
  }
  const { nhsNumber } = belonging
  const hasRecord = nhsNumber !== null && isContributor(participant)
  const strays = straysIn(resource, { ...finding, nhsNumber })
  const isOwn = ({ id }: FhirResource) => !strays.some(({ resource: stray }) => stray.id === id)
  const items = hasRecord ? mapResource(resource, context, isOwn) : []
  const isShown = nhsNumber !== null && exclusion === null
  return {
    nhsNumber,
    items: exclusion === null ? items : items.map(restrict),
    relationships: isShown ? relationshipsOf(resource, context) : [],
    patient: isPatient ? mapPatient(withoutMembers(resource, judging.lists), context) : null,
    exclusion,
    notices: noticesOf(resource, items),
    strays: strays.map(({ place, reason, resource: { resourceType } }) => ({
      place,
      reason,
      resourceType,
    })),
  }
}

function earliestFirst(provenances: readonly FhirResource[]): FhirResource[] {
  const timeOf = (one: FhirResource) =>
    toInstant(dateTime(one['recorded']))?.getTime() ?? Number.POSITIVE_INFINITY
  return [...provenances].sort((one, other) => timeOf(one) - timeOf(other))
}

function noticesOf(resource: FhirResource, items: readonly MappedItem[]): Noticed[] {
  const elements = new Set(unreadableDates(resource).map(({ element }) => element))
  return [
    ...(isUnderstood(resource) && items.every((item) => item.isUnderstood)
      ? []
      : [{ kind: 'NOT_UNDERSTOOD', element: null } as const]),
    ...[...elements].map((element) => ({ kind: 'UNREADABLE_DATE', element }) as const),
  ]
}

/** Judged with the record where that was done, else as far as can be seen from the resource. */
function judgeOne(
  { resource, excluded, type, id }: Mappable,
  { judging, mentioned, find }: OneMapping,
): Exclusion | null {
  if (excluded === undefined) {
    return judge(resource, mentioned, {
      isExcludedItself: judging.isExcludedItself,
      find: (reference) => find(reference)?.resource ?? null,
    })
  }
  if (!excluded.has(`${type}/${id}`)) return null
  return judging.isExcludedItself(resource) ? 'ITSELF' : 'LINK'
}

/** Whether what a resource refers to is never shared. */
function isExcluded(one: FhirResource, { excluded }: Mappable, judging: Judging): boolean {
  if (one.resourceType === 'Patient') return false
  return excluded?.has(`${one.resourceType}/${one.id}`) || judging.isExcludedItself(one)
}

/** What stands in a resource, such as a report's results, goes with it. */
function restrict(item: MappedItem): MappedItem {
  return item.isRestricted ? item : { ...item, isRestricted: true }
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
