import { describe, expect, it } from 'vitest'
import { mapPatient, nhsNumberOf } from '../../../../subgraphs/kit/fhir/map-patient.ts'
import { expectDemographicsInContract } from './contract-schema.ts'
import { ada } from './examples/patient.ts'
import { contextOf, words } from './mapping-context.ts'

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'
const context = contextOf()

describe('mapPatient', () => {
  it('carries everything that a UK Core Patient says into the demographics', () => {
    const found = mapPatient(ada, context)
    expect(found).toEqual({
      isSensitive: false,
      supersededBy: null,
      demographics: {
        name: {
          text: 'Ada Lovelace',
          prefix: [],
          given: ['Ada'],
          family: 'Lovelace',
          use: 'usual',
        },
        birthDate: '1985-12-10',
        gender: 'FEMALE',
        deceasedAt: '2024-05',
        isDeceased: true,
        addresses: [
          {
            text: 'Flat 2, 12 St James Square, London, Westminster, SW1Y 4JH',
            lines: ['Flat 2', '12 St James Square'],
            city: 'London',
            district: 'Westminster',
            postcode: 'SW1Y 4JH',
            use: 'home',
          },
          {
            text: '1 Work Street, E1 4NS',
            lines: [],
            city: null,
            district: null,
            postcode: null,
            use: 'work',
          },
        ],
        telecom: [{ system: 'phone', value: '020 7946 0000', use: 'home' }],
        generalPractice: { odsCode: 'F84001', name: 'The Limehouse Practice', kind: 'GP_PRACTICE' },
        language: {
          display: 'fr',
          code: 'fr',
          system: 'urn:ietf:bcp:47',
          text: null,
          codings: [{ system: 'urn:ietf:bcp:47', code: 'fr', display: null }],
        },
        contacts: [
          {
            name: 'Anne Noel',
            relationship: words('Mother'),
            telecom: [{ system: 'phone', value: '020 7946 0001', use: null }],
          },
        ],
      },
    })
    expectDemographicsInContract(found.demographics)
  })

  it.each([
    [{ deceasedBoolean: true }, true],
    [{ deceasedBoolean: false }, false],
    [{}, null],
  ])('tells dead, alive and not recorded apart: %j', (change, isDeceased) => {
    const found = mapPatient({ ...ada, deceasedDateTime: undefined, ...change }, context)
    expect(found.demographics).toMatchObject({ isDeceased, deceasedAt: null })
  })

  it('builds a name from its parts, the official one where no usual one is given', () => {
    const found = mapPatient({ ...ada, name: ada.name.slice(0, 2) }, context)
    expect(found.demographics).toMatchObject({
      name: { text: 'Countess Augusta Ada King', prefix: ['Countess'], given: ['Augusta', 'Ada'] },
    })
  })

  it.each(['R', 'V'])('takes a Patient labelled %s as sensitive', (code) => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }]
    expect(mapPatient({ ...ada, meta: { security } }, context).isSensitive).toBe(true)
  })

  it('takes a Patient labelled normal as not sensitive', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
    const meta = { security: [{ system, code: 'N' }] }
    expect(mapPatient({ ...ada, meta }, context).isSensitive).toBe(false)
  })
})

describe('a superseded NHS number', () => {
  const replacedBy = (other: object, type = 'replaced-by') => ({ ...ada, link: [{ type, other }] })
  const identifier = (value: string) => ({ identifier: { system: NHS_NUMBER, value } })

  it('leads to the number that replaced it', () => {
    const found = mapPatient(replacedBy(identifier('999 000 0026')), context)
    expect(found.supersededBy).toBe('9990000026')
  })

  it('leads to the number of the Patient that it refers to', () => {
    const survivor = {
      resourceType: 'Patient',
      id: 'survivor',
      identifier: [{ system: NHS_NUMBER, value: '9990000026' }],
    }
    const knowing = contextOf({ resources: [survivor] })
    const found = mapPatient(replacedBy({ reference: 'Patient/survivor' }), knowing)
    expect(found.supersededBy).toBe('9990000026')
  })

  it.each([
    ['that fails its check', replacedBy(identifier('9990000027'))],
    ['that is the same', replacedBy(identifier('9990000018'))],
    ['of another sort of link', replacedBy(identifier('9990000026'), 'seealso')],
    ['in another system', replacedBy({ identifier: { system: 'x', value: '9990000026' } })],
  ])('leads nowhere for a number %s', (_, patient) => {
    expect(mapPatient(patient, context).supersededBy).toBeNull()
  })
})

describe('nhsNumberOf', () => {
  it('finds the NHS number among other identifiers, without its spaces', () => {
    expect(nhsNumberOf(ada)).toEqual({ nhsNumber: '9990000018' })
  })

  it('prefers the number in use to an old one', () => {
    const identifier = [
      { use: 'old', system: NHS_NUMBER, value: '9990000026' },
      { system: NHS_NUMBER, value: '9990000018' },
    ]
    expect(nhsNumberOf({ ...ada, identifier })).toEqual({ nhsNumber: '9990000018' })
  })

  it('says that a number is missing, or does not pass its check, and never which', () => {
    expect(nhsNumberOf({ ...ada, identifier: [] })).toEqual({ problem: 'MISSING' })
    const identifier = [{ system: NHS_NUMBER, value: '9990000019' }]
    expect(nhsNumberOf({ ...ada, identifier })).toEqual({ problem: 'INVALID' })
  })
})
