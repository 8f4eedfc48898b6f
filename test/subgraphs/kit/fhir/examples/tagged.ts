/** Meta as Interweave asks for it: the ODS code of the organisation that recorded the resource. */
export function taggedMeta(odsCode: string) {
  return {
    lastUpdated: '2024-06-01T10:00:00Z',
    tag: [
      { system: 'https://example.org/source', code: 'pas' },
      { system: 'https://fhir.nhs.uk/Id/ods-organization-code', code: odsCode },
    ],
  }
}

/** The patient of the examples, by reference. */
export const patient = { reference: 'Patient/ada' }

/** A CodeableConcept of one SNOMED CT coding. */
export function sct(code: string, display: string) {
  return { coding: [{ system: 'http://snomed.info/sct', code, display }] }
}

/** A CodeableConcept of one coding of an HL7 code system. */
export function hl7(system: string, code: string) {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] }
}
