import type { EncounterClass } from '../generated/contract.ts'
import { element, text } from './elements.ts'
import type { FhirResource } from './resource.ts'

/** HL7 v3-ActCode's encounter codes, and the words that FHIR used before it took them over. */
const CLASSES: ReadonlyMap<string, EncounterClass> = new Map([
  ['EMER', 'EMERGENCY'],
  ['EMERGENCY', 'EMERGENCY'],
  ['AMB', 'OUTPATIENT'],
  ['OUTPATIENT', 'OUTPATIENT'],
  ['AMBULATORY', 'OUTPATIENT'],
  ['IMP', 'INPATIENT'],
  ['INPATIENT', 'INPATIENT'],
  ['ACUTE', 'INPATIENT'],
  ['NONAC', 'INPATIENT'],
  ['PRENC', 'INPATIENT'],
  ['OBSENC', 'INPATIENT'],
  ['SS', 'DAY_CASE'],
  ['DAYTIME', 'DAY_CASE'],
  ['HH', 'HOME'],
  ['HOME', 'HOME'],
  ['VR', 'VIRTUAL'],
  ['VIRTUAL', 'VIRTUAL'],
  ['FLD', 'FIELD'],
  ['FIELD', 'FIELD'],
])

/** What sort of encounter it is; OTHER for none and for codes outside the table. */
export function encounterClass(encounter: FhirResource): EncounterClass {
  const given = text(element(encounter['class'])['code']) ?? text(encounter['class'])
  return CLASSES.get(given?.trim().toUpperCase() ?? '') ?? 'OTHER'
}
