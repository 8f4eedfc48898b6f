import type { FhirResource } from '../../../../../subgraphs/kit/fhir/resource.ts'
import { allergy } from './allergy.ts'
import { appointment } from './appointment.ts'
import { carePlan } from './care-plan.ts'
import { diagnosis } from './diagnosis.ts'
import { composition, crisisPlan, document } from './document.ts'
import { encounter } from './encounter.ts'
import { flag } from './flag.ts'
import { administration, dispensing } from './given-medicine.ts'
import { imagingReport, imagingStudy } from './imaging.ts'
import { immunisation } from './immunisation.ts'
import { medicationStatement, prescription } from './medication.ts'
import { legalStatus, mentalHealthEpisode } from './mental-health.ts'
import { bloodPressure } from './observation.ts'
import { procedure } from './procedure.ts'
import { referral } from './referral.ts'
import { report, result } from './result.ts'
import { episode, equipment, task } from './social-care.ts'
import { adverseEvent, answers, deviceUse, familyHistory, impression, risk } from './statements.ts'

/** A rich resource for everything that the contract knows, each with its section. */
export const examples: readonly (readonly [section: string, resource: FhirResource])[] = [
  ['allergies', allergy],
  ['medications', prescription],
  ['medications', medicationStatement],
  ['medications', administration],
  ['medications', dispensing],
  ['immunisations', immunisation],
  ['diagnoses', diagnosis],
  ['testResults', result],
  ['testResults', report],
  ['imagingReports', imagingStudy],
  ['imagingReports', imagingReport],
  ['observations', bloodPressure],
  ['procedures', procedure],
  ['appointments', appointment],
  ['encounters', encounter],
  ['documents', document],
  ['documents', composition],
  ['documents', familyHistory],
  ['documents', answers],
  ['documents', impression],
  ['documents', risk],
  ['documents', adverseEvent],
  ['documents', deviceUse],
  ['carePlans', carePlan],
  ['socialCare', episode],
  ['socialCare', task],
  ['socialCare', equipment],
  ['mentalHealth', mentalHealthEpisode],
  ['mentalHealth', legalStatus],
  ['mentalHealth', crisisPlan],
  ['safetyAlerts', flag],
  ['referrals', referral],
]
