/** NHS numbers of the range that is never issued. */
export const ada = '9990000018'
export const ben = '9990000026'

type Fields = Record<string, unknown>

export function patient(id: string, nhsNumber: string | null, more: Fields = {}): Fields {
  const identifier = nhsNumber === null ? [] : [nhsIdentifier(nhsNumber)]
  return {
    resourceType: 'Patient',
    id,
    identifier,
    name: [{ family: 'Quillfeather', given: ['Ada'] }],
    birthDate: '1957-03-04',
    ...more,
  }
}

export function nhsIdentifier(value: string): Fields {
  return { system: 'https://fhir.nhs.uk/Id/nhs-number', value }
}

/** A vital sign: one entry in `observations`. */
export function observation(id: string, subject: unknown, more: Fields = {}): Fields {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'vital-signs',
          },
        ],
      },
    ],
    code: {
      coding: [{ system: 'http://snomed.info/sct', code: '364075005', display: 'Heart rate' }],
    },
    subject,
    effectiveDateTime: '2026-05-06T07:08:09+01:00',
    valueQuantity: { value: 72, unit: '/min' },
    ...more,
  }
}

export function practitioner(id: string, family: string, more: Fields = {}): Fields {
  return { resourceType: 'Practitioner', id, name: [{ family, given: ['Robin'] }], ...more }
}

export function medicationRequest(id: string, subject: unknown, medication: unknown): Fields {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    subject,
    medicationReference: medication,
    authoredOn: '2026-01-02',
  }
}

export function medication(id: string, display: string): Fields {
  return {
    resourceType: 'Medication',
    id,
    code: { coding: [{ system: 'http://snomed.info/sct', code: '322236009', display }] },
  }
}

/** A Bundle; an entry is a resource, or `[fullUrl, resource]`. */
export function bundle(entries: readonly unknown[], type = 'collection'): Fields {
  return {
    resourceType: 'Bundle',
    type,
    entry: entries.map((one) =>
      Array.isArray(one) ? { fullUrl: one[0], resource: one[1] } : { resource: one },
    ),
  }
}

export function at(reference: string): { reference: string } {
  return { reference }
}
