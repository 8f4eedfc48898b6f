/** Of whom all that is known may never be shared. */
export const EXCLUDED = '9990000239'

/** Such a patient's record, as a Bundle. */
export function excludedBundle() {
  const subject = { reference: 'Patient/excluded' }
  const hiv = { coding: [{ system: 'http://snomed.info/sct', code: '86406008' }] }
  const resources = [
    {
      resourceType: 'Patient',
      id: 'excluded',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: EXCLUDED }],
      name: [{ family: 'Example', given: ['Una'] }],
      birthDate: '1980-01-01',
    },
    { resourceType: 'Condition', id: 'excluded-condition', subject, code: hiv },
  ]
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  }
}
