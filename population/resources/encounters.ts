import type { Chart, Recording } from '../chart.ts'
import {
  type Coding,
  concept,
  hl7,
  instantOf,
  type Resource,
  snomed,
  TREATMENT_FUNCTION,
} from '../fhir.ts'

/** A treatment function of the NHS data dictionary: the specialty that saw the person. */
export function specialty(code: string, display: string): Coding {
  return { system: TREATMENT_FUNCTION, code, display }
}

export const specialties = {
  emergency: specialty('180', 'Emergency Medicine Service'),
  generalMedicine: specialty('300', 'General Internal Medicine Service'),
  generalSurgery: specialty('100', 'General Surgery Service'),
  orthopaedics: specialty('110', 'Trauma and Orthopaedic Service'),
  diabetes: specialty('307', 'Diabetes Service'),
  cardiology: specialty('320', 'Cardiology Service'),
  respiratory: specialty('340', 'Respiratory Medicine Service'),
  renal: specialty('361', 'Renal Medicine Service'),
  rheumatology: specialty('410', 'Rheumatology Service'),
  paediatrics: specialty('420', 'Paediatric Service'),
  elderly: specialty('430', 'Elderly Medicine Service'),
  obstetrics: specialty('501', 'Obstetrics Service'),
  ophthalmology: specialty('130', 'Ophthalmology Service'),
  breast: specialty('103', 'Breast Surgery Service'),
  adultMentalHealth: specialty('710', 'Adult Mental Health Service'),
  oldAgePsychiatry: specialty('715', 'Old Age Psychiatry Service'),
  genitourinary: specialty('360', 'Genitourinary Medicine Service'),
} as const satisfies Record<string, Coding>

/** EMER is an attendance, AMB a clinic or contact, IMP an admission. */
export type EncounterClass = 'EMER' | 'AMB' | 'IMP'

const classes: Readonly<Record<EncounterClass, { type: Coding; display: string }>> = {
  EMER: { type: snomed('4525004', 'Emergency department patient visit'), display: 'emergency' },
  AMB: { type: snomed('185349003', 'Encounter for check up'), display: 'ambulatory' },
  IMP: { type: snomed('32485007', 'Hospital admission'), display: 'inpatient encounter' },
}

/** An attendance, clinic visit or admission; without `to` the person is still there. */
export function addEncounter(
  chart: Chart,
  recording: Recording,
  given: {
    class: EncounterClass
    service: Coding
    from: Date
    to?: Date
    reason?: Coding
    diagnosis?: Resource
    extra?: Record<string, unknown>
  },
): Resource {
  const { type, display } = classes[given.class]
  const period = {
    start: instantOf(given.from),
    ...(given.to === undefined ? {} : { end: instantOf(given.to) }),
  }
  return chart.add('Encounter', recording, {
    identifier: [chart.identifier('encounter')],
    status: given.to === undefined ? 'in-progress' : 'finished',
    class: hl7('v3-ActCode', given.class, display),
    type: [concept(type)],
    serviceType: concept(given.service),
    subject: chart.subject,
    participant: [{ individual: chart.staff(recording.by, 1) }],
    period,
    ...(given.reason === undefined ? {} : { reasonCode: [concept(given.reason)] }),
    ...(given.class === 'IMP' ? { hospitalization: hospitalizationOf(given.to) } : {}),
    location: [{ location: { display: recording.by.name }, period }],
    serviceProvider: chart.organisation(recording.by),
    ...given.extra,
  })
}

function hospitalizationOf(to: Date | undefined) {
  return {
    admitSource: concept(hl7('admit-source', 'emd', 'From accident/emergency department')),
    ...(to === undefined
      ? {}
      : { dischargeDisposition: concept(hl7('discharge-disposition', 'home', 'Home')) }),
  }
}
