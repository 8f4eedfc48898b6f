import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, hl7, instantOf, type Resource, snomed } from '../fhir.ts'

/** A way of looking inside, and what a normal report of it says. */
export interface ImagingKind {
  readonly coding: Coding
  readonly modality: 'DX' | 'CT' | 'MR' | 'US' | 'MG'
  readonly conclusion: string
}

const kind = (
  code: string,
  display: string,
  modality: ImagingKind['modality'],
  conclusion: string,
): ImagingKind => ({ coding: snomed(code, display), modality, conclusion })

export const imaging = {
  chestXray: kind(
    '399208008',
    'Plain X-ray of chest',
    'DX',
    'Heart size normal. Lungs clear. No pleural effusion.',
  ),
  headCt: kind(
    '303653007',
    'Computed tomography of head',
    'CT',
    'No intracranial haemorrhage. No established infarct.',
  ),
  kneeXray: kind(
    '74016001',
    'Radiography of knee',
    'DX',
    'Moderate narrowing of the medial joint space. Osteophytes.',
  ),
  wristXray: kind(
    '60027007',
    'Radiography of wrist',
    'DX',
    'Undisplaced fracture of the distal radius.',
  ),
  abdomenUltrasound: kind(
    '45036003',
    'Ultrasonography of abdomen',
    'US',
    'Liver, gallbladder and kidneys normal. No free fluid.',
  ),
  echocardiogram: kind(
    '40701008',
    'Echocardiography',
    'US',
    'Left ventricular function mildly impaired, ejection fraction 45%.',
  ),
  mammogram: kind('71651007', 'Mammography', 'MG', 'No suspicious abnormality on either side.'),
  obstetricUltrasound: kind(
    '268445003',
    'Obstetric ultrasound scan',
    'US',
    'Single live fetus. Growth on the 50th centile.',
  ),
} as const satisfies Record<string, ImagingKind>

/** A radiology report and the study that it reads. */
export function addImagingReport(
  chart: Chart,
  recording: Recording,
  kindOfImaging: ImagingKind,
  extra: Record<string, unknown> = {},
): Resource {
  const study = chart.add('ImagingStudy', recording, {
    identifier: [chart.identifier('imaging-study')],
    status: 'available',
    modality: [
      {
        system: 'http://dicom.nema.org/resources/ontology/DCM',
        code: kindOfImaging.modality,
        display: kindOfImaging.modality,
      },
    ],
    subject: chart.subject,
    started: instantOf(recording.at),
    procedureCode: [concept(kindOfImaging.coding)],
    numberOfSeries: 1,
    numberOfInstances: 2,
    description: kindOfImaging.coding.display,
  })
  return chart.add('DiagnosticReport', recording, {
    identifier: [chart.identifier('imaging-report')],
    status: 'final',
    category: [concept(hl7('v2-0074', 'RAD', 'Radiology'))],
    code: concept(kindOfImaging.coding),
    subject: chart.subject,
    effectiveDateTime: instantOf(recording.at),
    issued: instantOf(recording.at),
    performer: [chart.organisation(recording.by)],
    resultsInterpreter: [chart.staff(recording.by, 2)],
    imagingStudy: [chart.refer(study)],
    conclusion: kindOfImaging.conclusion,
    ...extra,
  })
}
