import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, instantOf, type Resource, snomed } from '../fhir.ts'

export const procedures = {
  retinalScreening: snomed('134395001', 'Diabetic retinopathy screening'),
  appendicectomy: snomed('80146002', 'Appendectomy'),
  hipReplacement: snomed('52734007', 'Total replacement of hip'),
  kneeReplacement: snomed('609588000', 'Total knee replacement'),
  caesarean: snomed('11466000', 'Cesarean section'),
  colonoscopy: snomed('73761001', 'Colonoscopy'),
  gastroscopy: snomed('76009000', 'Esophagogastroduodenoscopy'),
  cataract: snomed('110473004', 'Cataract surgery'),
  stent: snomed('415070008', 'Percutaneous coronary intervention'),
  cholecystectomy: snomed('45595009', 'Laparoscopic cholecystectomy'),
  spirometry: snomed('127783003', 'Spirometry'),
  dressing: snomed('225358003', 'Wound care'),
} as const satisfies Record<string, Coding>

/** A procedure that was done at the time of recording. */
export function addProcedure(
  chart: Chart,
  recording: Recording,
  coding: Coding,
  extra: Record<string, unknown> = {},
): Resource {
  return chart.add('Procedure', recording, {
    identifier: [chart.identifier('procedure')],
    status: 'completed',
    code: concept(coding),
    subject: chart.subject,
    performedDateTime: instantOf(recording.at),
    recorder: chart.staff(recording.by, 1),
    performer: [
      { actor: chart.staff(recording.by, 2), onBehalfOf: chart.organisation(recording.by) },
    ],
    ...extra,
  })
}
