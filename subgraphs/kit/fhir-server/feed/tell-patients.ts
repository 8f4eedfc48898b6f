import type { Clock } from '../../clock.ts'
import type { MappedRelationship } from '../../fhir/mapping.ts'
import { objectionOf, strongestOf } from '../../fhir/objection.ts'
import { storedId } from '../../load/read/server.ts'
import type { Participant } from '../../participant.ts'
import type { PatientChange } from '../../record-source.ts'
import { isContributor } from '../../schema/participant-sdl.ts'
import { newestUpdate, type ReadPatient, readPatients } from '../record/read-patients.ts'
import { type ViewedResource, type ViewParts, viewRecords } from '../record/view.ts'
import { combineWho } from '../several/combine-patients.ts'

/** What a care relationship, or an objection, stands in. */
export const relationshipTypes: readonly string[] = [
  'Appointment',
  'Consent',
  'Encounter',
  'EpisodeOfCare',
  'ServiceRequest',
]

/** What one server says of a patient. */
export interface ToldPatient {
  readonly patient: ReadPatient
  readonly own: readonly ViewedResource[]
  readonly serverKey: string | null
}

/** What one server says of patients, by NHS number. */
export async function readTold(parts: ViewParts): Promise<Map<string, ToldPatient>> {
  const patients = await readPatients(parts)
  const view = await viewRecords(relationshipTypes, parts)
  return new Map(
    [...patients].map(([nhsNumber, patient]) => {
      const own = view.filter((one) => one.nhsNumber === nhsNumber)
      return [nhsNumber, { patient, own, serverKey: parts.serverKey }]
    }),
  )
}

/**
 * What the feed tells of a patient as they are now, from what each server says that knows them. Whether
 * anything of a record may be shared is not looked into: everybody known is said to have one, and who
 * asks for it learns whether that is so. What may not be shared, or cannot be judged, gives no
 * relationship. Where the servers may have different people, each is told of for itself: who asks for the
 * record of all of them gets an error. Of a number that nobody bears it is told that nobody does.
 */
export function tellPatient(
  nhsNumber: string,
  told: readonly ToldPatient[],
  { participant, clock }: { readonly participant: Participant; readonly clock: Clock },
): PatientChange {
  const shared = told.flatMap(({ own }) => own.filter(isShared))
  const consents = told.flatMap(({ own }) => own).map(({ resource }) => resource)
  const patients = told.flatMap(({ patient }) => patient.resources)
  const newest = newestUpdate([...patients, ...shared.map(({ resource }) => resource)])
  const contributes = isContributor(participant)
  const who = combineWho(told.map(({ patient }) => patient))
  const { demographics, isSensitive, supersededBy, supersedes, servers } = who
  return {
    nhsNumber,
    demographics,
    isSensitive,
    supersededBy,
    supersedes,
    holdsRecord: contributes && patients.length > 0,
    asOf: (newest ?? clock()).toISOString(),
    objection: strongestOf(consents.map(objectionOf)),
    relationships: told.flatMap(relationshipsOf),
    servers: servers.map(({ isDisputed: _isDisputed, ...one }) => ({
      ...one,
      holdsRecord: contributes,
    })),
  }
}

function isShared({ isExcluded, isUnclear }: ViewedResource): boolean {
  return !isExcluded && !isUnclear
}

function relationshipsOf({ patient, own, serverKey }: ToldPatient): object[] {
  return [patient, ...own.filter(isShared)]
    .flatMap((one) => one.relationships)
    .map((one) => toRelationship(one, serverKey))
}

function toRelationship(one: MappedRelationship, serverKey: string | null): object {
  return {
    odsCode: one.ods_code,
    kind: one.kind,
    startsAt: one.starts_at?.toISOString() ?? null,
    endsAt: one.ends_at?.toISOString() ?? null,
    evidence: `${one.resource_type}/${storedId(serverKey, one.resource_id)}`,
    referrer: one.referrer,
    recordedAt: one.recorded_at?.toISOString() ?? null,
  }
}
