/** A FHIR resource of a test. */
export type Planted = { readonly resourceType: string; readonly id: string } & Readonly<
  Record<string, unknown>
>

/** A coding that is planted somewhere. */
export interface Coding {
  readonly system?: string
  readonly code: string
  readonly display: string
}

const SNOMED = 'http://snomed.info/sct'
const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
const DIAGNOSTIC_SERVICE = 'http://terminology.hl7.org/CodeSystem/v2-0074'
const AT = '2025-05-05T10:00:00Z'
const PERIOD = { start: AT, end: '2025-05-05T11:00:00Z' }

export const concept = (coding: Coding, text?: string) => ({
  coding: [coding],
  ...(text ? { text } : {}),
})
const snomed = (code: string, display: string) => concept({ system: SNOMED, code, display })
const category = (system: string, code: string) => [concept({ system, code, display: code })]
const laboratory = { category: category(OBSERVATION_CATEGORY, 'laboratory') }
const vital = { category: category(OBSERVATION_CATEGORY, 'vital-signs') }

/**
 * An ordinary resource of every type that a section reads: nothing of it is excluded, and its words are
 * shown in the graph.
 */
const ordinary = {
  AllergyIntolerance: (words: string) => ({
    clinicalStatus: concept({ code: 'active', display: 'Active' }),
    code: snomed('91936005', 'Allergy to penicillin'),
    recordedDate: AT,
    note: [{ text: words }],
  }),
  MedicationStatement: (words: string) => ({
    status: 'active',
    medicationCodeableConcept: snomed('318420003', 'Atenolol 50 mg tablet'),
    effectiveDateTime: AT,
    note: [{ text: words }],
  }),
  MedicationRequest: (words: string) => ({
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: snomed('318420003', 'Atenolol 50 mg tablet'),
    authoredOn: AT,
    note: [{ text: words }],
  }),
  Immunization: (words: string) => ({
    status: 'completed',
    vaccineCode: snomed('1324681000000101', 'Vaccination'),
    occurrenceDateTime: AT,
    note: [{ text: words }],
  }),
  Condition: (words: string) => ({
    code: snomed('38341003', 'Hypertension'),
    recordedDate: AT,
    note: [{ text: words }],
  }),
  DiagnosticReport: (words: string) => ({
    status: 'final',
    category: category(DIAGNOSTIC_SERVICE, 'LAB'),
    code: snomed('26604007', 'Full blood count'),
    effectiveDateTime: AT,
    conclusion: words,
  }),
  Observation: (words: string) => ({
    status: 'final',
    ...laboratory,
    code: snomed('1022431000000105', 'Haemoglobin estimation'),
    effectiveDateTime: AT,
    note: [{ text: words }],
  }),
  ImagingStudy: (words: string) => ({
    status: 'available',
    started: AT,
    procedureCode: [snomed('399208008', 'Plain chest X-ray')],
    note: [{ text: words }],
  }),
  Procedure: (words: string) => ({
    status: 'completed',
    code: snomed('80146002', 'Appendectomy'),
    performedDateTime: AT,
    note: [{ text: words }],
  }),
  Appointment: (words: string) => ({
    status: 'booked',
    start: AT,
    end: PERIOD.end,
    description: words,
  }),
  Encounter: (words: string) => ({
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    period: PERIOD,
    location: [{ location: { display: words } }],
  }),
  DocumentReference: (words: string) => ({
    status: 'current',
    type: snomed('371531000', 'Report of clinical encounter'),
    date: AT,
    description: words,
  }),
  CarePlan: (words: string) => ({
    status: 'active',
    intent: 'plan',
    title: 'Plan',
    period: PERIOD,
    note: [{ text: words }],
  }),
  EpisodeOfCare: (words: string) => ({
    status: 'active',
    period: PERIOD,
    team: [{ display: words }],
  }),
  Task: (words: string) => ({
    status: 'requested',
    intent: 'order',
    authoredOn: AT,
    description: words,
  }),
  DeviceRequest: (words: string) => ({
    status: 'active',
    intent: 'order',
    codeCodeableConcept: snomed('58938008', 'Wheelchair'),
    authoredOn: AT,
    note: [{ text: words }],
  }),
  Flag: (words: string) => ({ status: 'active', code: { text: words }, period: PERIOD }),
  ServiceRequest: (words: string) => ({
    status: 'active',
    intent: 'order',
    code: snomed('183545006', 'Referral to orthopaedic service'),
    authoredOn: AT,
    note: [{ text: words }],
  }),
} as const satisfies Readonly<Record<string, (words: string) => object>>

export type PlantedType = keyof typeof ordinary

export const plantedTypes = Object.keys(ordinary) as PlantedType[]

/** Every place in which a resource of a type can carry a coding, as far as these tests go. */
export const places: Readonly<Record<PlantedType, readonly ((coding: Coding) => object)[]>> = {
  AllergyIntolerance: [
    (coding) => ({ code: concept(coding) }),
    (coding) => ({ reaction: [{ manifestation: [concept(coding)] }] }),
  ],
  MedicationStatement: [
    (coding) => ({ medicationCodeableConcept: concept(coding) }),
    (coding) => ({ reasonCode: [concept(coding)] }),
  ],
  MedicationRequest: [
    (coding) => ({ reasonCode: [concept(coding)] }),
    (coding) => ({
      medicationCodeableConcept: undefined,
      medicationReference: { reference: '#inside' },
      contained: [{ resourceType: 'Medication', id: 'inside', code: concept(coding) }],
    }),
  ],
  Immunization: [
    (coding) => ({ vaccineCode: concept(coding) }),
    (coding) => ({ protocolApplied: [{ targetDisease: [concept(coding)] }] }),
  ],
  Condition: [
    (coding) => ({ code: concept(coding) }),
    (coding) => ({ code: { coding: [{ code: '1', display: 'Local' }, coding] } }),
    (coding) => ({ bodySite: [concept(coding)] }),
    (coding) => ({
      extension: [{ url: 'https://example.org/about', valueCodeableConcept: concept(coding) }],
    }),
  ],
  DiagnosticReport: [
    (coding) => ({ code: concept(coding) }),
    (coding) => ({ conclusionCode: [concept(coding)] }),
    (coding) => ({ category: category(DIAGNOSTIC_SERVICE, 'RAD'), code: concept(coding) }),
  ],
  Observation: [
    (coding) => ({ code: concept(coding) }),
    (coding) => ({ valueCodeableConcept: concept(coding) }),
    (coding) => ({ ...vital, component: [{ code: concept(coding) }] }),
  ],
  ImagingStudy: [
    (coding) => ({ procedureCode: [concept(coding)] }),
    (coding) => ({ reasonCode: [concept(coding)] }),
  ],
  Procedure: [(coding) => ({ code: concept(coding) }), (coding) => ({ category: concept(coding) })],
  Appointment: [
    (coding) => ({ serviceType: [concept(coding)] }),
    (coding) => ({ specialty: [concept(coding)] }),
    (coding) => ({ reasonCode: [concept(coding)] }),
  ],
  Encounter: [
    (coding) => ({ serviceType: concept(coding) }),
    (coding) => ({ type: [concept(coding)] }),
    (coding) => ({ reasonCode: [concept(coding)] }),
  ],
  DocumentReference: [
    (coding) => ({ type: concept(coding) }),
    (coding) => ({ context: { practiceSetting: concept(coding) } }),
  ],
  CarePlan: [
    (coding) => ({ category: [concept(coding)] }),
    (coding) => ({ activity: [{ detail: { status: 'in-progress', code: concept(coding) } }] }),
  ],
  EpisodeOfCare: [
    (coding) => ({ type: [concept(coding)] }),
    (coding) => ({ type: [concept(coding), { text: 'Mental health team' }] }),
  ],
  Task: [(coding) => ({ code: concept(coding) }), (coding) => ({ reasonCode: concept(coding) })],
  DeviceRequest: [(coding) => ({ codeCodeableConcept: concept(coding) })],
  Flag: [
    (coding) => ({ category: [concept(coding)] }),
    (coding) => ({ code: { coding: [coding] } }),
  ],
  ServiceRequest: [
    (coding) => ({ code: concept(coding) }),
    (coding) => ({ performerType: concept(coding) }),
    (coding) => ({ orderDetail: [concept(coding)] }),
  ],
}

/** An ordinary resource of a patient, changed. */
export function plant(
  resourceType: PlantedType,
  given: { readonly id: string; readonly words: string; readonly nhsNumber: string },
  changes: object = {},
): Planted {
  const patient = {
    identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: given.nhsNumber },
  }
  const whose =
    resourceType === 'Appointment'
      ? { participant: [{ actor: { type: 'Patient', ...patient }, status: 'accepted' }] }
      : resourceType === 'Task'
        ? { for: patient }
        : resourceType === 'AllergyIntolerance' ||
            resourceType === 'Immunization' ||
            resourceType === 'EpisodeOfCare'
          ? { patient }
          : { subject: patient }
  const all = { ...whose, ...ordinary[resourceType](given.words), ...changes }
  return { resourceType, id: given.id, ...all }
}
