/** A FHIR resource as a source sends it. */
export type Sent = Readonly<Record<string, unknown>> & { readonly resourceType: string }

export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

/** Who somebody is, as a source writes it; null for what it leaves out. */
export interface Someone {
  readonly given: string | null
  readonly family: string | null
  readonly birthDate: string | null
}

/** A Patient as a source sends it. */
export function patient(
  id: string,
  nhsNumber: string,
  { given, family, birthDate }: Someone,
  more: Readonly<Record<string, unknown>> = {},
): Sent {
  const name = { use: 'official', ...(family && { family }), ...(given && { given: [given] }) }
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ system: NHS_NUMBER, value: nhsNumber }],
    ...((given ?? family) !== null && { name: [name] }),
    ...(birthDate && { birthDate }),
    ...more,
  }
}

/** An organisation by its ODS code, as references give it. */
export function organisation(odsCode: string) {
  return { type: 'Organization', identifier: { system: ODS, value: odsCode } }
}

/** An allergy by its words. */
export function allergy(id: string, patientId: string, words: string): Sent {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text: words },
    patient: { reference: `Patient/${patientId}` },
    recordedDate: '2026-01-01',
  }
}
