const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

export const ada = {
  resourceType: 'Patient',
  id: 'ada',
  identifier: [
    { system: 'https://barts.example/mrn', value: '42' },
    { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '999 000 0018' },
  ],
  active: true,
  name: [
    { use: 'old', family: 'Byron', given: ['Ada'] },
    { use: 'official', prefix: ['Countess'], given: ['Augusta', 'Ada'], family: 'King' },
    { use: 'usual', text: 'Ada Lovelace', given: ['Ada'], family: 'Lovelace' },
  ],
  telecom: [
    { system: 'phone', value: '020 7946 0000', use: 'home' },
    { system: 'email', value: 'old@example.org', use: 'old' },
    { system: 'sms' },
  ],
  gender: 'female',
  birthDate: '1985-12-10',
  deceasedDateTime: '2024-05',
  address: [
    { use: 'work', text: '1 Work Street, E1 4NS' },
    { use: 'old', city: 'Leeds' },
    {
      use: 'home',
      line: ['Flat 2', '12 St James Square'],
      city: 'London',
      district: 'Westminster',
      postalCode: 'SW1Y 4JH',
    },
  ],
  contact: [
    {
      relationship: [{ text: 'Mother' }],
      name: { given: ['Anne'], family: 'Noel' },
      telecom: [{ system: 'phone', value: '020 7946 0001' }],
    },
  ],
  communication: [
    { language: { text: 'English' } },
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'fr' }] }, preferred: true },
  ],
  generalPractitioner: [
    { reference: 'Practitioner/okafor' },
    { identifier: { system: ODS, value: 'F84001' } },
  ],
  managingOrganization: { reference: 'Organization/barts' },
}

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'

/** A patient with all that may have ended, and all that tells of another number. */
export const merged = {
  resourceType: 'Patient',
  id: 'merged',
  identifier: [
    {
      system: NHS_NUMBER,
      value: '9990000034',
      period: { start: '2019-02-01' },
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
          valueCodeableConcept: { coding: [{ code: 'number-present-and-verified' }] },
        },
      ],
    },
    { system: NHS_NUMBER, value: '9990000026', use: 'old', period: { end: '2019-01-31' } },
  ],
  name: [
    { use: 'official', family: 'Before', given: ['Mo'], period: { end: '2019-01-31' } },
    { use: 'official', family: 'After', given: ['Mo'], period: { start: '2019-02-01' } },
    { use: 'nickname', text: 'Mo' },
  ],
  birthDate: '1970-02',
  address: [{ use: 'home', city: 'Leeds', period: { start: '2000', end: '2019-01' } }],
  telecom: [{ system: 'phone', value: '0113 496 0000', period: { end: '2019-01-31' } }],
  contact: [{ name: { text: 'Formerly' }, period: { end: '2019-01-31T12:00:00+01:00' } }],
  generalPractitioner: [
    { identifier: { system: ODS, value: 'F84001', period: { start: '2019' } } },
  ],
  link: [
    { type: 'replaces', other: { identifier: { system: NHS_NUMBER, value: '9990000042' } } },
    { type: 'replaced-by', other: { reference: 'Patient/ada' } },
  ],
}
