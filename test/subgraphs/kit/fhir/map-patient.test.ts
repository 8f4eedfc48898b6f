import { describe, expect, it } from 'vitest'
import { mapPatient } from '../../../../subgraphs/kit/fhir/map-patient.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { expectDemographicsInContract } from './contract-schema.ts'
import { ada } from './examples/patient.ts'
import { contextOf, words } from './mapping-context.ts'

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'
const context = contextOf()

describe('mapPatient', () => {
  it('leaves out what no database can hold: NUL, and half a surrogate pair', () => {
    const name = [{ use: 'usual', given: ['A\ud800da', '\udc00'], family: 'Love\0lace\ud83d' }]
    const { demographics } = mapPatient({ ...ada, name }, context)
    expect(demographics.name).toMatchObject({ given: ['Ada'], family: 'Lovelace' })
    expect(JSON.stringify(demographics)).not.toMatch(/\\ud[89a-f]|\\u0000/i)
  })

  it('carries everything that a UK Core Patient says into the demographics', () => {
    const found = mapPatient(ada, context)
    expect(found).toEqual({
      isSensitive: false,
      isDisputed: false,
      supersededBy: null,
      supersedes: [],
      demographics: {
        name: {
          text: 'Ada Lovelace',
          prefix: [],
          given: ['Ada'],
          family: 'Lovelace',
          use: 'usual',
        },
        otherNames: [
          {
            text: 'Countess Augusta Ada King',
            prefix: ['Countess'],
            given: ['Augusta', 'Ada'],
            family: 'King',
            use: 'official',
          },
        ],
        formerNames: [
          { text: 'Ada Byron', prefix: [], given: ['Ada'], family: 'Byron', use: 'old' },
        ],
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

const names = (...name: object[]) => {
  const { demographics } = mapPatient({ ...ada, deceasedDateTime: undefined, name }, context)
  const texts = (some: readonly { text: string }[] | null) => some?.map(({ text }) => text)
  const { name: own, otherNames, formerNames } = demographics
  return [own?.text ?? null, texts(otherNames), texts(formerNames)]
}
const PAST = { end: '2019-08-31' }
const COMING = { start: '2026-07-01' }

describe('the names of a patient', () => {
  it('are told apart by use and by period', () => {
    expect(
      names(
        { use: 'official', family: 'Osei', given: ['Efua'], period: PAST },
        { use: 'maiden', family: 'Mensah', given: ['Efua'] },
        { use: 'nickname', text: 'Effie' },
        { use: 'official', family: 'Owusu', given: ['Efua'], period: { start: '2019-09-01' } },
        { use: 'official', family: 'Next', given: ['Efua'], period: COMING },
      ),
    ).toEqual(['Efua Owusu', ['Effie'], ['Efua Osei', 'Efua Mensah']])
  })

  it.each([
    ['the usual before the official one', ['official', 'Ann'], ['usual', 'Nan'], 'Nan Lee'],
    [
      'the official one before one without a use',
      [undefined, 'Ann'],
      ['official', 'Nan'],
      'Nan Lee',
    ],
    ['a plain one before a nickname', ['nickname', 'Ann'], [undefined, 'Nan'], 'Nan Lee'],
  ])('begin with %s', (_, [use, first], [otherUse, second], expected) => {
    const family = 'Lee'
    const both = [
      { use, family, given: [first] },
      { use: otherUse, family, given: [second] },
    ]
    expect(names(...both)[0]).toBe(expected)
  })

  it('begin with one that has a family name', () => {
    const both = [
      { use: 'usual', given: ['Jo'] },
      { use: 'official', family: 'Achebe', given: ['Josephine'] },
    ]
    expect(names(...both)).toEqual(['Josephine Achebe', ['Jo'], []])
  })

  it('are told once, however often they are written, and not as former where they are in use', () => {
    expect(
      names(
        { use: 'usual', family: 'Lee', given: ['Ann'] },
        { use: 'official', family: 'LEE', given: ['ANN'] },
        { use: 'old', family: 'Lee', given: ['Ann'] },
        { use: 'old', family: 'Hall', given: ['Ann'] },
        { use: 'maiden', family: 'Hall', given: ['Ann'] },
      ),
    ).toEqual(['Ann Lee', [], ['Ann Hall']])
  })

  it('are all former ones where none is in use', () => {
    expect(names({ use: 'old', text: 'Ann Hall' }, { text: 'Ann Lee', period: PAST })).toEqual([
      null,
      [],
      ['Ann Hall', 'Ann Lee'],
    ])
  })
})

describe('what is shown as present', () => {
  const shownOf = (patient: object) => mapPatient({ ...ada, ...patient }, context).demographics
  const alive = { deceasedDateTime: undefined }

  it.each([
    ['a home that was left', { use: 'home', city: 'Ely', period: { end: '2015-06-01' } }],
    ['a home for later', { use: 'home', city: 'Ely', period: COMING }],
    ['a holiday that is over', { use: 'temp', city: 'Ely', period: PAST }],
  ])('leaves out %s', (_, address) => {
    const here = { use: 'home', city: 'Bow', period: { start: '2015-06-02' } }
    const found = shownOf({ ...alive, address: [address, here] })
    expect(found.addresses?.map(({ city }) => city)).toEqual(['Bow'])
  })

  it('leaves out a telephone and a contact whose time is over, and a contact’s old telephone', () => {
    const phone = (value: string, period: object) => ({ system: 'phone', value, period })
    const found = shownOf({
      ...alive,
      telecom: [phone('1', PAST), phone('2', { start: '2020' })],
      contact: [
        { name: { text: 'Former husband' }, telecom: [phone('3', {})], period: PAST },
        { name: { text: 'Daughter' }, telecom: [phone('4', PAST), phone('5', {})] },
      ],
    })
    expect(found.telecom?.map(({ value }) => value)).toEqual(['2'])
    expect(
      found.contacts?.map(({ name, telecom }) => [name, telecom?.map((one) => one.value)]),
    ).toEqual([['Daughter', ['5']]])
  })

  it('leaves out a practice that the patient has left', () => {
    const practice = (value: string, period: object) => ({
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value, period },
    })
    const generalPractitioner = [practice('F84002', PAST), practice('F84001', { start: '2019' })]
    expect(shownOf({ ...alive, generalPractitioner }).generalPractice?.odsCode).toBe('F84001')
    const left = [practice('F84002', PAST)]
    expect(shownOf({ ...alive, generalPractitioner: left }).generalPractice).toBeNull()
  })

  it.each([
    ['that a system ended on the day of the death', '2024-05-03', '2024-05-03T09:00:00Z', true],
    ['that a system ended at its midnight', '2024-05-03T00:00:00Z', '2024-05-03T09:00:00Z', true],
    ['that ended in the month of the death', '2024-05-20', '2024-05', true],
    ['that had ended long before', '2010-01-01', '2024-05-03', false],
  ])('has the name and address of the dead %s', (_, end, deceasedDateTime, isShown) => {
    const found = shownOf({
      deceasedDateTime,
      name: [{ family: 'Last', period: { end } }],
      address: [{ city: 'Bow', period: { end } }],
    })
    expect(found.name?.family ?? null).toBe(isShown ? 'Last' : null)
    expect(found.formerNames).toHaveLength(isShown ? 0 : 1)
    expect(found.addresses).toHaveLength(isShown ? 1 : 0)
  })

  it('does not believe a death that is still to come', () => {
    const address = [{ city: 'Bow', period: { end: '2025-01-01' } }]
    expect(shownOf({ deceasedDateTime: '2031-01-01', address }).addresses).toEqual([])
  })
})

const UNVERIFIED = [
  {
    url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
    valueCodeableConcept: { coding: [{ code: 'trace-required' }] },
  },
]

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
  it('leads nowhere for a number that was not verified, nor by way of it to who bears it', () => {
    const bearer = {
      resourceType: 'Patient',
      id: 'bearer',
      identifier: [{ system: NHS_NUMBER, value: '9990000026' }],
    }
    const knowing = { ...context, resolve: () => bearer }
    const named = { system: NHS_NUMBER, value: '9990000026', extension: UNVERIFIED }
    expect(mapPatient(replacedBy({ identifier: named }), knowing).supersededBy).toBeNull()
  })
})

describe('an NHS number that was superseded', () => {
  const linked = (...link: object[]) => ({ ...ada, link })
  const replaces = (other: object) => ({ type: 'replaces', other })
  const identified = (value: string) => replaces({ identifier: { system: NHS_NUMBER, value } })
  const old = (value: string, more: object = {}) => ({
    ...ada,
    identifier: [...ada.identifier, { system: NHS_NUMBER, value, use: 'old', ...more }],
  })
  const supersededIn = (patient: FhirResource, known: FhirResource[] = []) =>
    mapPatient(patient, contextOf({ resources: known })).supersedes
  const other = (...identifier: object[]) => ({ resourceType: 'Patient', id: 'other', identifier })

  it('is told by a link, or by marking it as old, in order and once', () => {
    expect(supersededIn(linked(identified('999 000 0034'), identified('9990000026')))).toEqual([
      '9990000026',
      '9990000034',
    ])
    expect(supersededIn(old('9990000026'))).toEqual(['9990000026'])
    expect(supersededIn({ ...old('9990000026'), link: [identified('9990000026')] })).toEqual([
      '9990000026',
    ])
  })

  it.each([
    ['bears it still', { system: NHS_NUMBER, value: '9990000026' }],
    ['bore it', { system: NHS_NUMBER, value: '9990000026', use: 'old' }],
  ])('is told by a link to a Patient who %s', (_, identifier) => {
    const link = replaces({ reference: 'Patient/other' })
    expect(supersededIn(linked(link), [other(identifier)])).toEqual(['9990000026'])
  })

  it.each([
    ['the own number', linked(identified('9990000018'))],
    ['the own number, marked as old once', old('9990000018')],
    ['a number that fails its check', linked(identified('9990000027'))],
    ['an old number that was not verified', old('9990000026', { extension: UNVERIFIED })],
    ['a link to somebody unknown', linked(replaces({ reference: 'Patient/nobody' }))],
    ['a link to no patient', linked(replaces({ reference: 'Practitioner/okafor' }))],
    ['a Patient who bears no number', { ...linked(identified('9990000026')), identifier: [] }],
  ])('is not told by %s', (_, patient) => {
    expect(supersededIn(patient)).toEqual([])
  })
})
