import { isClinical, isSupporting } from '../../fhir/map-resource.ts'

/** True for a type that is read for a patient as a whole, because its links count for exclusion. */
export function isOfRecord(type: string): boolean {
  return isClinical(type) || OF_RECORD.has(type)
}

/** True for a type that is looked up one by one, for what it tells of others. */
export function isLookedUp(type: string): boolean {
  return isSupporting(type) && !isOfRecord(type) && type !== 'Patient'
}

/** The search parameter by which R4 finds a patient's resources of a type. */
export function patientParameterOf(type: string): 'patient' | 'subject' {
  return type === 'AdverseEvent' ? 'subject' : 'patient'
}

/** The types that may name a resource of this type as a part of them, so that it goes with them. */
export function holdersOf(type: string): readonly string[] {
  return HOLDERS[type] ?? []
}

/** What has to be read for entries of these types: they may stand within a List, or in what holds them. */
export function withCarriers(types: readonly string[]): readonly string[] {
  return [...new Set([...types, 'List', ...types.flatMap(holdersOf)])]
}

/**
 * What else is found of the record when it is mentioned without a type, by an identifier alone: the
 * types that others refer to so.
 */
export const typesMeantByIdentifier: readonly string[] = [
  'Encounter',
  'EpisodeOfCare',
  'ServiceRequest',
]

/** A care plan's goals, and what a result examined: never entries themselves, but exclusion passes them. */
const OF_RECORD = new Set(['Goal', 'Specimen', 'Consent'])

/** `../../exclusions/links.ts` the other way round, as far as FHIR R4 lets a type stand there. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  Appointment: ['CarePlan', 'Encounter'],
  Condition: ['Encounter', 'EpisodeOfCare'],
  DeviceRequest: ['CarePlan'],
  DiagnosticReport: ['Procedure'],
  DocumentReference: ['DocumentReference', 'Procedure'],
  Goal: ['CarePlan'],
  ImagingStudy: ['DiagnosticReport'],
  MedicationRequest: ['CarePlan'],
  Observation: ['DiagnosticReport', 'Observation'],
  Procedure: ['Encounter'],
  ServiceRequest: ['CarePlan', 'EpisodeOfCare'],
  Task: ['CarePlan'],
}
