import type { FhirResource } from '../../../../../subgraphs/kit/fhir/resource.ts'

/** An objection to sharing that was upheld. */
export const objection = {
  resourceType: 'Consent',
  id: 'objection',
  status: 'active',
  scope: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/consentscope',
        code: 'patient-privacy',
        display: 'Privacy Consent',
      },
    ],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: 'Patient/a' },
  dateTime: '2026-05-06T07:08:09+01:00',
  policyRule: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }],
  },
  provision: { type: 'deny' },
} as const satisfies FhirResource
