import { graphql } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IndexCaller } from '../../../subgraphs/index/resolvers.ts'
import { demographics, putItem, putPatient } from '../kit/test-store.ts'
import { createTestLondon, type TestLondon } from './test-london.ts'

const ADA = '9990000018'
const ADA_BEFORE = '9990000026'
const SENSITIVE = '9990000034'
const FORMER_NAME = '9990000042'
const DISPUTED = '9990000050'
const DISPUTED_A = '9990000069'
const DISPUTED_B = '9990000077'
const UNKNOWN = '9990000085'
const ABANDONED = '9990000093'
const MOVED = '9990000107'

const EARLIER = new Date('2026-01-01T00:00:00.000Z')
const LATER = new Date('2026-02-01T00:00:00.000Z')

const gp: IndexCaller = {
  userId: '555000000001',
  name: 'Dr Test',
  role: { code: 'R0260', name: '"Clinical":"Clinical Provision":"General Medical Practitioner"' },
  odsCode: 'R1H',
  purpose: 'TREAT',
  assuranceLevel: 2,
}

let london: TestLondon

beforeAll(async () => {
  london = await createTestLondon(['nel', 'sel', 'swl', 'hpft'])
  const [nel, sel, swl] = [london.store('nel'), london.store('sel'), london.store('swl')]
  await putPatient(nel, ADA, { as_of: EARLIER, demographics: named("O'Néill", 'nel') })
  await putItem(nel, ADA, 'nel-1')
  await putPatient(sel, ADA_BEFORE, { as_of: EARLIER, demographics: named("O'Néill", 'sel') })
  await putItem(sel, ADA_BEFORE, 'sel-1')
  await putPatient(nel, ADA_BEFORE, { as_of: LATER, superseded_by: ADA })
  await putItem(nel, ADA_BEFORE, 'nel-2', { is_restricted: true })

  await putPatient(nel, SENSITIVE, { as_of: LATER, demographics: named('Hidden') })
  await putPatient(sel, SENSITIVE, { as_of: EARLIER, is_sensitive: true })

  await putPatient(nel, FORMER_NAME, { as_of: EARLIER, demographics: named('Maiden') })
  await putPatient(sel, FORMER_NAME, { as_of: LATER, demographics: named('Married') })

  await putPatient(nel, DISPUTED, { as_of: EARLIER, superseded_by: DISPUTED_A })
  await putPatient(sel, DISPUTED, { as_of: LATER, superseded_by: DISPUTED_B })
  await putPatient(swl, DISPUTED_A)
  await putPatient(swl, DISPUTED_B)

  const nobody = { ...demographics(), name: null, birthDate: null }
  await putPatient(nel, ABANDONED, { demographics: nobody })
  await putPatient(nel, MOVED, { as_of: LATER, demographics: nobody })
  await putPatient(sel, MOVED, { as_of: EARLIER })
  await london.feeds.whenCaughtUp()
})

afterAll(() => london.close())

it('answers a replaced NHS number with the one in force, and asks each source by its own', async () => {
  const { data } = await ask(`{
    patient(nhsNumber: "${ADA_BEFORE}") {
      nhsNumber requestedNhsNumber supersededNhsNumbers
      records { __typename nhsNumber }
    }
  }`)

  expect(data).toEqual({
    patient: {
      nhsNumber: ADA,
      requestedNhsNumber: ADA_BEFORE,
      supersededNhsNumbers: [ADA_BEFORE],
      records: [
        { __typename: 'NelRecord', nhsNumber: ADA },
        { __typename: 'SelRecord', nhsNumber: ADA_BEFORE },
      ],
    },
  })
})

it('finds what is held under a replaced number when asked for the one in force', async () => {
  const located = await london.index.locate(ADA)

  expect(located?.requestedNhsNumber).toBe(ADA)
  expect(located?.holders.map(({ participant, nhsNumber }) => [participant, nhsNumber])).toEqual([
    ['nel', ADA],
    ['sel', ADA_BEFORE],
  ])
})

it('follows neither successor when as many sources name the one as the other, and says so', async () => {
  for (const [number, unjoined] of [
    [DISPUTED, ['nel', 'sel']],
    [DISPUTED_A, ['nel']],
    [DISPUTED_B, ['sel']],
  ] as const) {
    const located = await london.index.locate(number)
    expect(located?.nhsNumber).toBe(number)
    expect(located?.patient.supersededNhsNumbers).toEqual([])
    expect(located?.patient.identity.unjoinedBy).toEqual(unjoined)
  }
})

it('shows the demographics of the source that changed last', async () => {
  const { data } = await ask(
    `{ patient(nhsNumber: "${FORMER_NAME}") { name { family } birthDate addresses { postcode } } }`,
  )

  expect(data).toEqual({
    patient: {
      name: { family: 'Married' },
      birthDate: '1950-03-04',
      addresses: [{ postcode: 'E1 1AA' }],
    },
  })
})

it('answers null for a number that nobody knows', async () => {
  expect(await ask(`{ patient(nhsNumber: "${UNKNOWN}") { nhsNumber } }`)).toEqual({
    data: { patient: null },
  })
})

it('answers null for a number that nobody bears any more', async () => {
  expect(await london.index.locate(ABANDONED)).toBeNull()
})

it('does not let a source that knows the patient no more outweigh one that does', async () => {
  const { data } = await ask(
    `{ patient(nhsNumber: "${MOVED}") { name { family } records { __typename } } }`,
  )

  expect(data).toEqual({
    patient: { name: { family: 'Example' }, records: [{ __typename: 'SelRecord' }] },
  })
})

it.each(['9990000019', '999000001', 'abc', ''])(
  'refuses a number whose check fails, without repeating it',
  async (wrong) => {
    const { data, errors } = await ask(`{ patient(nhsNumber: "${wrong}") { nhsNumber } }`)

    expect(data).toEqual({ patient: null })
    expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
      [
        "Argument 'nhsNumber' must be a valid NHS number.",
        { code: 'BAD_USER_INPUT', argument: 'nhsNumber' },
      ],
    ])
  },
)

it.each([
  ['family name, whatever its case, accents and apostrophes', 'familyName: "o’neill"', [ADA]],
  ['a name that only one source still has', 'familyName: "MAIDEN"', [FORMER_NAME]],
  ['NHS number', `nhsNumber: "${ADA}"`, [ADA]],
  ['a replaced NHS number', `nhsNumber: "${ADA_BEFORE}"`, [ADA]],
  ['postcode, whatever its case and spaces', 'postcode: "nel 1aa"', [ADA]],
  ['another family name', 'familyName: "Oneil"', []],
  ['an NHS number nobody knows', `nhsNumber: "${UNKNOWN}"`, []],
  ['two facts of which one is wrong', 'familyName: "Maiden", postcode: "NEL 1AA"', []],
  ['the family name of a sensitive patient', 'familyName: "Hidden"', [SENSITIVE]],
  ['the postcode of a sensitive patient', 'familyName: "Hidden", postcode: "E1 1AA"', []],
])('finds by date of birth and %s', async (_what, facts, expected) => {
  const { data } = await ask(`{ findPatients(birthDate: "1950-03-04", ${facts}) { nhsNumber } }`)

  expect(data).toEqual({ findPatients: expected.map((nhsNumber) => ({ nhsNumber })) })
})

it('finds nobody by another date of birth', async () => {
  const { data } = await ask(
    `{ findPatients(birthDate: "1950-03-05", nhsNumber: "${ADA}") { nhsNumber } }`,
  )

  expect(data).toEqual({ findPatients: [] })
})

it('shows a match with its address, and a sensitive one without', async () => {
  const fields = 'name { text } birthDate gender address postcode isSensitive'
  const { data } = await ask(`{
    open: findPatients(birthDate: "1950-03-04", familyName: "Married") { ${fields} }
    sensitive: findPatients(birthDate: "1950-03-04", familyName: "Hidden") { ${fields} }
  }`)

  const person = { name: { text: 'Ada Example' }, birthDate: '1950-03-04', gender: 'FEMALE' }
  const address = '1 Test Street, London, E1 1AA'
  expect(data).toEqual({
    open: [{ ...person, address, postcode: 'E1 1AA', isSensitive: false }],
    sensitive: [{ ...person, address: null, postcode: null, isSensitive: true }],
  })
})

it.each([
  ['birthDate: "1950-03-04"', 'birthDate'],
  ['birthDate: "1950-03", familyName: "Example"', 'birthDate'],
  ['birthDate: "1950-02-30", familyName: "Example"', 'birthDate'],
  ['birthDate: "1950-03-04", familyName: "\'"', 'familyName'],
  ['birthDate: "1950-03-04", nhsNumber: "123"', 'nhsNumber'],
  ['birthDate: "1950-03-04", postcode: " "', 'postcode'],
])('refuses a search by %s, naming the argument', async (facts, argument) => {
  const { errors } = await ask(`{ findPatients(${facts}) { nhsNumber } }`)

  expect(errors?.map(({ extensions }) => extensions)).toEqual([
    { code: 'BAD_USER_INPUT', argument },
  ])
})

it('names every participant and says who is asking', async () => {
  const { data } = await ask(`{
    participants { __typename code name kind participation }
    me { userId name role { code } organisation { odsCode name } participant purpose assuranceLevel }
  }`)

  expect(data?.['participants']).toEqual([
    participant('hpft', 'TRUST', 'VIEW_ONLY', expect.stringContaining('Hertfordshire')),
    participant('nel', 'REGIONAL_HIE', 'FULL', 'North East London'),
    participant('sel', 'REGIONAL_HIE', 'FULL', 'South East London'),
    participant('swl', 'REGIONAL_HIE', 'FULL', 'South West London'),
  ])
  expect(data?.['me']).toEqual({
    userId: '555000000001',
    name: 'Dr Test',
    role: { code: 'R0260' },
    organisation: { odsCode: 'R1H', name: expect.stringContaining('Barts') },
    participant: 'nel',
    purpose: 'TREAT',
    assuranceLevel: 2,
  })
})

async function ask(source: string) {
  const { schema, locate } = london.index
  const contextValue = { caller: gp, locate, mayLearnOf: async () => true }
  const answer = await graphql({ schema, source, contextValue })
  return JSON.parse(JSON.stringify(answer)) as Awaited<ReturnType<typeof graphql>>
}

function named(family: string, district = 'e1'): object {
  const address = { text: '1 Test Street, London, E1 1AA', lines: [], city: 'London' }
  return demographics({
    name: { text: 'Ada Example', prefix: [], given: ['Ada'], family, use: 'usual' },
    addresses: [
      { ...address, district: null, postcode: `${district.toUpperCase()} 1AA`, use: 'home' },
    ],
  })
}

function participant(code: string, kind: string, participation: string, name: unknown) {
  const type = code.charAt(0).toUpperCase() + code.slice(1)
  return { __typename: type, code, name, kind, participation }
}
