import { hl7, patient, sct, taggedMeta } from './tagged.ts'

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM'

export const imagingStudy = {
  resourceType: 'ImagingStudy',
  id: 'ct-head',
  meta: taggedMeta('R1H'),
  identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' }],
  status: 'available',
  subject: patient,
  started: '2024-05-03T10:00:00Z',
  referrer: { reference: 'Practitioner/lind' },
  interpreter: [{ reference: 'Practitioner/okafor' }],
  modality: [{ system: DICOM, code: 'CT', display: 'Computed tomography' }],
  numberOfSeries: 2,
  numberOfInstances: 240,
  procedureCode: [sct('303653007', 'CT of head')],
  reasonCode: [{ text: 'Fall' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  note: [{ text: 'Moved a little' }],
  description: 'CT head without contrast',
  series: [
    {
      modality: { system: DICOM, code: 'CT', display: 'Computed tomography' },
      bodySite: { system: 'http://snomed.info/sct', code: '69536005', display: 'Head' },
    },
  ],
}

export const imagingReport = {
  resourceType: 'DiagnosticReport',
  id: 'chest-report',
  meta: taggedMeta('R1H'),
  status: 'final',
  category: [hl7('v2-0074', 'RAD')],
  code: sct('399208008', 'Chest X-ray'),
  subject: patient,
  issued: '2024-05-01T16:00:00Z',
  resultsInterpreter: [{ reference: 'PractitionerRole/consultant' }],
  imagingStudy: [{ reference: 'ImagingStudy/chest' }],
  conclusion: 'Clear lungs',
  conclusionCode: [{ text: 'Normal' }],
  presentedForm: [
    { contentType: 'text/plain; charset=UTF-8', data: 'Tm8gY29uc29saWRhdGlvbi4=' },
    { contentType: 'application/pdf', data: 'JVBERi0=' },
  ],
}
