import type { Clock } from '../../clock.ts'
import { mapNobody } from '../../fhir/map-patient.ts'
import type { MappedRelationship } from '../../fhir/mapping.ts'
import { objectionOf, strongestOf } from '../../fhir/objection.ts'
import type { PatientChange } from '../../record-source.ts'
import { isContributor } from '../../schema/participant-sdl.ts'
import { newestUpdate, type ReadPatient, readPatients } from '../record/read-patients.ts'
import { type ViewedResource, type ViewParts, viewRecords } from '../record/view.ts'

/** What a care relationship, or an objection, stands in. */
export const relationshipTypes: readonly string[] = [
  'Appointment',
  'Consent',
  'Encounter',
  'EpisodeOfCare',
  'ServiceRequest',
]

/**
 * What the feed tells of patients as they are now. Whether anything of a record may be shared is not
 * looked into: everybody known is said to have one, and who asks for it learns whether that is so. What
 * may not be shared, or cannot be judged, gives no relationship. Of a number that nobody bears it is told
 * that nobody does.
 */
export async function tellPatients(
  parts: ViewParts,
  nhsNumbers: readonly string[],
  clock: Clock,
): Promise<PatientChange[]> {
  if (nhsNumbers.length === 0) return []
  const patients = await readPatients(parts)
  const view = await viewRecords(relationshipTypes, parts)
  const nobody = { ...mapNobody(parts.participant, parts.now), relationships: [], resources: [] }
  return nhsNumbers.map((nhsNumber) => {
    const patient = patients.get(nhsNumber)
    const own = view.filter((one) => one.nhsNumber === nhsNumber)
    return toChange(nhsNumber, patient ?? nobody, { own, parts, clock })
  })
}

function toChange(
  nhsNumber: string,
  patient: ReadPatient,
  {
    own,
    parts,
    clock,
  }: {
    readonly own: readonly ViewedResource[]
    readonly parts: ViewParts
    readonly clock: Clock
  },
): PatientChange {
  const shared = own.filter(({ isExcluded, isUnclear }) => !isExcluded && !isUnclear)
  const consents = own.map(({ resource }) => resource)
  const relationships = [patient, ...shared].flatMap((one) => one.relationships)
  const newest = newestUpdate([...patient.resources, ...shared.map(({ resource }) => resource)])
  return {
    nhsNumber,
    demographics: patient.demographics,
    holdsRecord: isContributor(parts.participant) && patient.resources.length > 0,
    isSensitive: patient.isSensitive,
    supersededBy: patient.supersededBy,
    supersedes: patient.supersedes,
    asOf: (newest ?? clock()).toISOString(),
    objection: strongestOf(consents.map(objectionOf)),
    relationships: relationships.map(toRelationship),
  }
}

function toRelationship(one: MappedRelationship): object {
  return {
    odsCode: one.ods_code,
    kind: one.kind,
    startsAt: one.starts_at?.toISOString() ?? null,
    endsAt: one.ends_at?.toISOString() ?? null,
    evidence: `${one.resource_type}/${one.resource_id}`,
    referrer: one.referrer,
    recordedAt: one.recorded_at?.toISOString() ?? null,
  }
}
