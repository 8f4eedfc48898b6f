import type { SectionMapping } from './mapping.ts'
import { allergies } from './sections/allergies.ts'
import { appointments } from './sections/appointments.ts'
import { carePlans } from './sections/care-plans.ts'
import { diagnoses } from './sections/diagnoses.ts'
import { documents } from './sections/documents.ts'
import { encounters } from './sections/encounters.ts'
import { imagingReports } from './sections/imaging-reports.ts'
import { immunisations } from './sections/immunisations.ts'
import { medications } from './sections/medications.ts'
import { mentalHealth } from './sections/mental-health.ts'
import { observations } from './sections/observations.ts'
import { procedures } from './sections/procedures.ts'
import { referrals } from './sections/referrals.ts'
import { safetyAlerts } from './sections/safety-alerts.ts'
import { socialCare } from './sections/social-care.ts'
import { testResults } from './sections/test-results.ts'

/** The contract's sixteen sections, in the contract's order. Every resource that one reads, one accepts. */
export const sections: readonly SectionMapping[] = [
  allergies,
  medications,
  immunisations,
  diagnoses,
  testResults,
  imagingReports,
  observations,
  procedures,
  appointments,
  encounters,
  documents,
  carePlans,
  socialCare,
  mentalHealth,
  safetyAlerts,
  referrals,
]

/** Every FHIR type that a section reads. */
export const clinicalTypes: readonly string[] = [
  ...new Set(sections.flatMap(({ resourceTypes }) => resourceTypes)),
]
