import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { ada, ben, observation, patient } from '../load/resources.ts'

const SNOMED = 'http://snomed.info/sct'

/** A clinic that is never shared. */
const CLINIC = { coding: [{ system: SNOMED, code: '788122004', display: 'Sexual health clinic' }] }

/** An attendance there, which says so of itself. */
export const EXCLUDED_WORDS = [
  'Sexual health clinic',
  'Chlamydia',
  'Doxycycline',
  'Hidden potassium',
]

function at(reference: string) {
  return { reference }
}

function sct(code: string, display: string) {
  return { coding: [{ system: SNOMED, code, display }] }
}

const ADA = at('Patient/ada')

/** Two people: one with seven heart rates, an allergy, and something that is never shared; one without. */
export const record: readonly FhirResource[] = [
  patient('ada', ada, { generalPractitioner: [at('Organization/practice')] }),
  patient('ben', ben),
  {
    resourceType: 'Organization',
    id: 'practice',
    name: 'The Practice',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'F84115' }],
  },
  ...Array.from({ length: 7 }, (_, index) =>
    observation(`rate-${index}`, ADA, { effectiveDateTime: `2026-05-0${index + 1}` }),
  ),
  {
    resourceType: 'AllergyIntolerance',
    id: 'penicillin',
    patient: ADA,
    code: sct('91936005', 'Allergy to penicillin'),
    encounter: at('Encounter/surgery'),
  },
  {
    resourceType: 'Encounter',
    id: 'surgery',
    status: 'finished',
    class: { code: 'AMB' },
    subject: ADA,
    period: { start: '2026-04-01', end: '2026-04-01' },
    serviceProvider: at('Organization/practice'),
  },
  // Excluded by its service; what hangs on it, or is held by what does, says nothing itself.
  {
    resourceType: 'Encounter',
    id: 'hidden',
    status: 'finished',
    class: { code: 'AMB' },
    subject: ADA,
    serviceType: CLINIC,
    period: { start: '2026-03-01', end: '2026-03-01' },
    serviceProvider: at('Organization/practice'),
  },
  {
    resourceType: 'MedicationRequest',
    id: 'hidden-medicine',
    status: 'active',
    intent: 'order',
    subject: ADA,
    encounter: at('Encounter/hidden'),
    medicationCodeableConcept: sct('372478003', 'Doxycycline'),
  },
  {
    resourceType: 'DiagnosticReport',
    id: 'hidden-report',
    status: 'final',
    subject: ADA,
    code: { text: 'Chlamydia' },
    encounter: at('Encounter/hidden'),
    result: [at('Observation/hidden-result')],
  },
  observation('hidden-result', ADA, { code: { text: 'Hidden potassium' } }),
  observation('ben-rate', at('Patient/ben')),
].map((resource) => ({ resourceType: '', ...resource }))
