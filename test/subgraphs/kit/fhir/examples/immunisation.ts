import { patient, sct, taggedMeta } from './tagged.ts'

export const immunisation = {
  resourceType: 'Immunization',
  id: 'flu',
  meta: taggedMeta('R1H'),
  extension: [
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure',
      valueCodeableConcept: sct('985151000000100', 'Administration of influenza vaccine'),
    },
  ],
  status: 'not-done',
  statusReason: sct('310376006', 'Immunisation consent not given'),
  vaccineCode: sct('1181000221105', 'Influenza vaccine'),
  patient,
  occurrenceDateTime: '2023-10-05T14:00:00+01:00',
  recorded: '2023-10-06',
  manufacturer: { reference: 'Organization/maker' },
  lotNumber: 'AB123',
  expirationDate: '2024-06-30',
  site: sct('368208006', 'Left upper arm'),
  route: sct('78421000', 'Intramuscular route'),
  doseQuantity: { value: 0.5, unit: 'ml', system: 'http://unitsofmeasure.org', code: 'mL' },
  performer: [
    { actor: { reference: 'Organization/barts' } },
    { actor: { reference: 'Practitioner/lind' } },
  ],
  note: [{ text: 'Offered twice' }],
  reaction: [
    {
      date: '2023-10-06',
      detail: { reference: 'Observation/rash', display: 'Rash' },
      reported: true,
    },
  ],
  protocolApplied: [{ targetDisease: [sct('6142004', 'Influenza')], doseNumberPositiveInt: 2 }],
}
