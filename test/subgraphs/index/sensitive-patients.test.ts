import { graphql } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IndexCaller } from '../../../subgraphs/index/resolvers.ts'
import { demographics, putPatient } from '../kit/test-store.ts'
import { createTestLondon, type TestLondon } from './test-london.ts'

const SENSITIVE = '9990000034'

const gp: IndexCaller = {
  userId: '555000000001',
  name: 'Dr Test',
  role: { code: 'R0260', name: 'General Medical Practitioner' },
  odsCode: 'R1H',
  purpose: 'TREAT',
  assuranceLevel: 2,
}

let london: TestLondon

beforeAll(async () => {
  london = await createTestLondon(['nel', 'sel'])
  await putPatient(london.store('nel'), SENSITIVE, {
    as_of: new Date('2026-02-01T00:00:00.000Z'),
    demographics: named('Hidden', 'E1 1AA'),
  })
  await putPatient(london.store('sel'), SENSITIVE, {
    as_of: new Date('2026-01-01T00:00:00.000Z'),
    is_sensitive: true,
    demographics: named('Flagged', 'SE5 1AA'),
  })
  await london.feeds.whenCaughtUp()
})

afterAll(() => london.close())

it('withholds everything that gives a location when any source flags the patient sensitive', async () => {
  const { data } = await ask(`{
    patient(nhsNumber: "${SENSITIVE}") {
      isSensitive name { family } addresses { text } telecom { value }
      generalPractice { name } contacts { name telecom { value } }
    }
  }`)

  expect(data).toEqual({
    patient: {
      isSensitive: true,
      name: { family: 'Hidden' },
      addresses: [],
      telecom: [],
      generalPractice: null,
      contacts: [{ name: 'Bob Example', telecom: [] }],
    },
  })
})

it('shows a sensitive patient whole to a role that holds B1611, and to nobody by another activity', async () => {
  const whole = `{
    patient(nhsNumber: "${SENSITIVE}") {
      isSensitive addresses { postcode } telecom { value }
      generalPractice { odsCode name } contacts { telecom { value } }
    }
    findPatients(birthDate: "1950-03-04", familyName: "Hidden") { address postcode }
  }`
  const withheld = {
    patient: {
      isSensitive: true,
      addresses: [],
      telecom: [],
      generalPractice: null,
      contacts: [{ telecom: [] }],
    },
    findPatients: [{ address: null, postcode: null }],
  }

  expect((await ask(whole, { ...gp, activityCodes: ['B0360', 'B1611'] })).data).toEqual({
    patient: {
      isSensitive: true,
      addresses: [{ postcode: 'E1 1AA' }],
      telecom: [{ value: '020 7946 0000' }],
      generalPractice: { odsCode: 'F84001', name: 'Test Practice' },
      contacts: [{ telecom: [{ value: '020 7946 0001' }] }],
    },
    findPatients: [{ address: '1 Test Street, London, E1 1AA', postcode: 'E1 1AA' }],
  })
  for (const activityCodes of [['B0360', 'B0825'], []]) {
    expect((await ask(whole, { ...gp, activityCodes })).data).toEqual(withheld)
  }
  expect((await ask(whole)).data).toEqual(withheld)
})

it('shows no location of a sensitive patient where nobody is said to ask', async () => {
  const { schema, locate } = london.index
  const source = `{
    patient(nhsNumber: "${SENSITIVE}") { addresses { postcode } generalPractice { name } }
    byName: findPatients(birthDate: "1950-03-04", familyName: "Hidden") { postcode }
    byPostcode: findPatients(birthDate: "1950-03-04", postcode: "E1 1AA", familyName: "Hidden") { nhsNumber }
  }`
  const contextValue = { locate, mayLearnOf: async () => true }

  expect(await graphql({ schema, source, contextValue })).toEqual({
    data: {
      patient: { addresses: [], generalPractice: null },
      byName: [{ postcode: null }],
      byPostcode: [],
    },
  })
})

it('hands a sensitive patient out without location to whoever does not ask for the whole', async () => {
  const located = await london.index.locate(SENSITIVE)

  expect(located?.patient).toMatchObject({ addresses: [], telecom: [], generalPractice: null })
  expect(located?.wholePatient.addresses?.length).toBe(1)
})

it.each([
  ['which another source flagged', 'Hidden', 'E1 1AA'],
  ['which flagged the patient itself', 'Flagged', 'SE5 1AA'],
])(
  'finds a sensitive patient by postcode, in a source %s, for a role that holds B1611 alone',
  async (_which, familyName, postcode) => {
    const source = `{
      findPatients(birthDate: "1950-03-04", familyName: "${familyName}", postcode: "${postcode}") { nhsNumber }
    }`

    expect((await ask(source)).data).toEqual({ findPatients: [] })
    expect((await ask(source, { ...gp, activityCodes: ['B1611'] })).data).toEqual({
      findPatients: [{ nhsNumber: SENSITIVE }],
    })
  },
)

async function ask(source: string, caller: IndexCaller = gp) {
  const { schema, locate } = london.index
  const contextValue = { caller, locate, mayLearnOf: async () => true }
  const answer = await graphql({ schema, source, contextValue })
  return JSON.parse(JSON.stringify(answer)) as Awaited<ReturnType<typeof graphql>>
}

function named(family: string, postcode: string): object {
  const text = `1 Test Street, London, ${postcode}`
  return demographics({
    name: { text: 'Ada Example', prefix: [], given: ['Ada'], family, use: 'usual' },
    addresses: [{ text, lines: [], city: 'London', district: null, postcode, use: 'home' }],
  })
}
