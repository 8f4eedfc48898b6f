import { graphql } from 'graphql'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapPatient } from '../../../subgraphs/kit/fhir/map-patient.ts'
import { contextOf } from '../kit/fhir/mapping-context.ts'
import { putPatient } from '../kit/test-store.ts'
import { createTestLondon, type TestLondon } from './test-london.ts'

const BORN = '1961-06-14'
const ended = { end: '2012-03-01' }

/** People of one date of birth, each with the name by which a test tells them. */
const people: Readonly<Record<string, object>> = {
  Łukaszewska: { name: [{ family: 'Łukaszewska' }] },
  Kılıç: { name: [{ family: 'Kılıç' }] },
  Weiß: { name: [{ family: 'Weiß' }] },
  Bjørnstad: { name: [{ family: 'Bjørnstad' }] },
  Đoàn: { name: [{ family: 'Đoàn' }] },
  Krüger: { name: [{ family: 'Krüger' }] },
  Åstrand: { name: [{ family: 'Åstrand' }] },
  Schroeder: { name: [{ family: 'Schroeder' }] },
  Ковальчук: { name: [{ family: 'Ковальчук' }] },
  Suharto: { name: [{ text: 'Mr Suharto', prefix: ['Mr'] }] },
  Sundari: { name: [{ given: ['Dewi', 'Sundari'] }] },
  Rahman: {
    name: [
      { use: 'official', family: 'Rahman', given: ['Nadia'] },
      { use: 'maiden', family: 'Chowdhury', given: ['Nadia'] },
      { use: 'official', family: 'Miah', given: ['Nadia'], period: ended },
    ],
  },
  Gathercole: {
    name: [
      { use: 'usual', given: ['Bob'] },
      { use: 'official', family: 'Gathercole', given: ['Robert'] },
    ],
  },
  Former: { name: [{ use: 'old', family: 'Onetime', given: ['Fay'] }] },
  Adebayo: { name: [{ family: 'Adebayo-Winters' }] },
  Winters: { name: [{ family: 'Winters' }] },
  Zeeland: { name: [{ family: 'van der Zeeland' }] },
  Cruz: { name: [{ family: 'de la Cruz Montoya' }] },
  Van: { name: [{ family: 'Van' }] },
  MonthOnly: { name: [{ family: 'Monthly' }], birthDate: '1961-06' },
  YearOnly: { name: [{ family: 'Yearly' }], birthDate: '1961' },
  Mover: {
    name: [{ family: 'Mover' }],
    address: [
      { use: 'home', postalCode: 'E3 1AA', period: ended },
      { use: 'home', postalCode: 'E3 9ZZ', period: { start: '2012-03-02' } },
      { use: 'temp', postalCode: 'N1 9GU' },
    ],
  },
}

let london: TestLondon
const numbers = new Map<string, string>()

beforeAll(async () => {
  london = await createTestLondon(['nel'])
  for (const [index, [person, fields]] of Object.entries(people).entries()) {
    const nhsNumber = numberOf(index)
    numbers.set(nhsNumber, person)
    const resource = { resourceType: 'Patient', birthDate: BORN, ...fields }
    const { demographics } = mapPatient(resource, contextOf())
    await putPatient(london.store('nel'), nhsNumber, { demographics })
  }
  await london.feeds.whenCaughtUp()
})

afterAll(() => london.close())

describe('a search by family name', () => {
  it.each([
    ['Lukaszewska', ['Łukaszewska']],
    ['łukaszewska', ['Łukaszewska']],
    ['KILIC', ['Kılıç']],
    ['Kılıç', ['Kılıç']],
    ['Weiss', ['Weiß']],
    ['WEISS', ['Weiß']],
    ['Bjornstad', ['Bjørnstad']],
    ['Bjoernstad', ['Bjørnstad']],
    ['Doan', ['Đoàn']],
    ['Kruger', ['Krüger']],
    ['Krueger', ['Krüger']],
    ['Astrand', ['Åstrand']],
    ['Aastrand', ['Åstrand']],
    ['Schröder', ['Schroeder']],
    ['Kovalchuk', ['Ковальчук']],
    ['Ковальчук', ['Ковальчук']],
  ])('finds by %s, as it may be typed', (familyName, expected) => find({ familyName }, expected))

  it.each([
    ['Suharto', 'Suharto'],
    ['SUNDARI', 'Sundari'],
    ['Dewi Sundari', 'Sundari'],
  ])('finds somebody without a family name by %s', (familyName, expected) =>
    find({ familyName }, [expected]),
  )

  it.each([
    ['the maiden name', 'Chowdhury', 'Rahman'],
    ['a name that has ended', 'Miah', 'Rahman'],
    ['the present one', 'Rahman', 'Rahman'],
    ['the official one beside a usual one without', 'Gathercole', 'Gathercole'],
    ['a former one where none is in use', 'Onetime', 'Former'],
  ])('finds by %s', (_, familyName, expected) => find({ familyName }, [expected]))

  it.each([
    ['either half of a double-barrelled name', 'Adebayo', ['Adebayo']],
    ['the half that is also a name, that name first', 'Winters', ['Winters', 'Adebayo']],
    ['both halves, and who is known by one', 'Adebayo Winters', ['Adebayo', 'Winters']],
    ['a double-barrelled name, one half of it another', 'Winters-Jones', ['Winters']],
    ['a name without what leads to it', 'Zeeland', ['Zeeland']],
    ['a name with it, joined', 'Vanderzeeland', ['Zeeland']],
    ['one of several names with what leads to it', 'de la Cruz', ['Cruz']],
    ['the other of them', 'Montoya', ['Cruz']],
    ['a particle that is somebody’s name', 'Van', ['Van']],
    ['a particle that is nobody’s', 'de', []],
    ['half a word', 'Zee', []],
  ])('finds by %s', (_, familyName, expected) => find({ familyName }, expected))
})

it.each([
  ['a whole date, of whom the month is known', '1961-06-30', 'Monthly', ['MonthOnly']],
  ['another month', '1961-07-01', 'Monthly', []],
  ['a whole date, of whom the year is known', '1961-11-02', 'Yearly', ['YearOnly']],
  ['another year', '1962-06-14', 'Yearly', []],
  ['a moment, which is of a day in London', '1961-05-31T23:00:00.000Z', 'Monthly', ['MonthOnly']],
])('finds by %s', (_, birthDate, familyName, expected) => find({ birthDate, familyName }, expected))

it.each([
  ['a home address of now', 'e39zz', ['Mover']],
  ['another address of now', 'N1 9GU', ['Mover']],
  ['an address of before', 'E3 1AA', []],
])('finds by the postcode of %s', (_, postcode, expected) => find({ postcode }, expected))

it('says which name is in use, whatever name was searched for', async () => {
  const { data } = await ask({ familyName: 'Miah' }, 'name { text family }')
  expect(data).toEqual({ findPatients: [{ name: { text: 'Nadia Rahman', family: 'Rahman' } }] })
})

it('stays with an index on dates of birth, however many are known', async () => {
  const db = london.indexDb
  await sql`
    insert into holder (nhs_number, participant, holds_record, demographics, is_sensitive, as_of, birth_date)
    select 'n' || number, 'nel', true, '{}', false, now(), (date '1900-01-01' + number)::text
    from generate_series(1, 20000) as number`.execute(db)
  await sql`analyze holder`.execute(db)
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain select nhs_number from holder
    where birth_date in (${BORN}, '1961-06', '1961') and name_keys && ${['rahman']}::text[]`.execute(
    db,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('holder_birth_date')
})

async function find(
  facts: { birthDate?: string; familyName?: string; postcode?: string },
  expected: readonly string[],
): Promise<void> {
  const { data, errors } = await ask(facts, 'nhsNumber')
  expect(errors).toBeUndefined()
  const found = data?.['findPatients'] as { nhsNumber: string }[]
  expect(found.map(({ nhsNumber }) => numbers.get(nhsNumber))).toEqual(expected)
}

async function ask(facts: object, selection: string) {
  const { schema, locate } = london.index
  const source = `query ($birthDate: DateTime!, $familyName: String, $postcode: String) {
    findPatients(birthDate: $birthDate, familyName: $familyName, postcode: $postcode) { ${selection} }
  }`
  const caller = {
    userId: '555000000001',
    name: 'Dr Test',
    role: { code: 'R0260', name: 'General Medical Practitioner' },
    odsCode: 'R1H',
    purpose: 'TREAT',
    assuranceLevel: 2,
  }
  const contextValue = { caller, locate, mayLearnOf: async () => true }
  const answer = await graphql({
    schema,
    source,
    contextValue,
    variableValues: { birthDate: BORN, ...facts },
  })
  return JSON.parse(JSON.stringify(answer)) as Awaited<ReturnType<typeof graphql>>
}

/** NHS numbers of the range that is never issued, with their check digits. */
function numberOf(index: number): string {
  for (let digits = 999000100 + index * 3; ; digits += 1) {
    const sum = [...String(digits)].reduce((total, one, at) => total + Number(one) * (10 - at), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${digits}${check}`
  }
}
