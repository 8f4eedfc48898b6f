import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from './load.ts'
import { NHS_NUMBER, type Sent } from './records.ts'

const generated = testNhsNumbers()
const all = Array.from({ length: 30 }, () => generated.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

function person(nhsNumber: string, more: Readonly<Record<string, unknown>>): Sent {
  const identifier = [{ system: NHS_NUMBER, value: nhsNumber }]
  return { resourceType: 'Patient', id: `p-${nhsNumber}`, identifier, ...more }
}

const name = (family: string, given: string, more: object = {}) => ({
  use: 'official',
  family,
  given: [given],
  ...more,
})

async function find(birthDate: string, facts: string): Promise<string[]> {
  const query = `{ findPatients(birthDate: "${birthDate}", ${facts}) { nhsNumber } }`
  const { data } = await system.ask(query, { as: 'doctor.mkuh' })
  return data.findPatients.map(({ nhsNumber }: { nhsNumber: string }) => nhsNumber)
}

describe('what has ended', () => {
  const [PAT, WIDOW] = [aNumber(), aNumber()]
  beforeAll(async () => {
    const moved = [
      { use: 'home', line: ['1 Left Road'], postalCode: 'E3 1AA', period: { end: '2015-06-01' } },
      {
        use: 'home',
        line: ['9 Refuge Street'],
        postalCode: 'E3 9ZZ',
        period: { start: '2015-06-02' },
      },
    ]
    await load(system, 'nel', [
      person(PAT, {
        birthDate: '1963-02-01',
        name: [name('Before', 'Pat', { period: { end: '2010-01-01' } }), name('After', 'Pat')],
        address: moved,
        telecom: [{ system: 'phone', value: '020 7946 0998', period: { end: '2015-06-01' } }],
        contact: [{ name: { text: 'Former husband' }, period: { end: '2015-06-01' } }],
      }),
      person(WIDOW, {
        birthDate: '1964-03-02',
        name: [name('Maidenly', 'Wil', { use: 'maiden' }), name('Widow', 'Wil')],
        telecom: [{ system: 'phone', value: '020 7946 0997', use: 'old' }],
      }),
    ])
  })

  it.each([
    [PAT, 'After', ['Before'], ['9 Refuge Street, E3 9ZZ']],
    [WIDOW, 'Widow', ['Maidenly'], []],
  ])('is not shown as present; a former name is called former', async (...row) => {
    const [nhsNumber, family, former, addresses] = row
    const query = `query ($n: ID!) { patient(nhsNumber: $n) {
      name { family } formerNames { family } addresses { text } telecom { value } contacts { name } } }`
    const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
    expect(data.patient).toEqual({
      name: { family },
      formerNames: former.map((one) => ({ family: one })),
      addresses: addresses.map((text) => ({ text })),
      telecom: [],
      contacts: [],
    })
  })

  it('finds nobody where it was an address, and still finds where it was a name', async () => {
    expect(await find('1963-02-01', 'postcode: "E3 1AA"')).toEqual([])
    expect(await find('1963-02-01', 'postcode: "E3 9ZZ"')).toEqual([PAT])
    expect(await find('1963-02-01', 'familyName: "After"')).toEqual([PAT])
    expect(await find('1963-02-01', 'familyName: "Before"')).toEqual([PAT])
    expect(await find('1964-03-02', 'familyName: "Maidenly"')).toEqual([WIDOW])
  })
})

describe('a search', () => {
  it.each([
    ['letters that keyboards lack', name('Wiśniewska', 'Ola'), 'Wisniewska'],
    ['a barred letter', name('Łukasik', 'Ola'), 'lukasik'],
    ['a dotless letter', name('Işık', 'Can'), 'Isik'],
    ['a letter written as two', name('Weißkopf', 'Uli'), 'Weisskopf'],
    ['an umlaut written as two', name('Köhler', 'Uli'), 'Koehler'],
    ['an umlaut without its dots', name('Schäfer', 'Uli'), 'schafer'],
    ['a stroke', name('Bjørnsen', 'Kai'), 'Bjornsen'],
    ['letters of another alphabet', name('Đặng-Võ', 'An'), 'Dang Vo'],
    ['one half of a double-barrelled name', name('Rees-Mogford', 'Al'), 'Mogford'],
    ['a double-barrelled name of who is known by a half', name('Tudor', 'Al'), 'Tudor-Hart'],
    ['one name alone', { use: 'official', text: 'Suharni' }, 'Suharni'],
  ])('finds by %s (nobody was found)', async (_what, given, familyName) => {
    const number = aNumber()
    const birthDate = `19${70 + (taken % 20)}-04-05`
    await load(system, 'nel', [person(number, { birthDate, name: [given] })])
    expect(await find(birthDate, `familyName: "${familyName}"`)).toContain(number)
  })

  it('finds by the official name beside the usual one, and shows a name with a family name', async () => {
    const number = aNumber()
    const names = [{ use: 'usual', given: ['Bobby'] }, name('Officially', 'Robert')]
    await load(system, 'nel', [person(number, { birthDate: '1958-08-08', name: names })])
    const query = `{ findPatients(birthDate: "1958-08-08", familyName: "Officially") {
      nhsNumber name { text } } }`
    const { data } = await system.ask(query, { as: 'doctor.mkuh' })
    const found = [{ nhsNumber: number, name: { text: 'Robert Officially' } }]
    expect(data.findPatients).toEqual(found)
  })

  it.each(['1961', '1961-07'])('finds who is known to be born in %s only', async (birthDate) => {
    const number = aNumber()
    await load(system, 'nel', [person(number, { birthDate, name: [name('Vague', 'Vi')] })])
    expect(await find('1961-07-09', 'familyName: "Vague"')).toContain(number)
    expect(await find('1962-07-09', 'familyName: "Vague"')).toEqual([])
  })

  it('does not find the patient by what another source has wrong under the number', async () => {
    const number = aNumber()
    const right = { birthDate: '1949-01-02', name: [name('Rightful', 'Ria')] }
    await load(system, 'ncl', [person(number, right)])
    await load(system, 'nwl', [person(number, right)])
    const stranger = { birthDate: '1988-12-30', name: [name('Mixedup', 'Mo')] }
    await load(system, 'sel', [person(number, stranger)])
    expect(await find('1988-12-30', 'familyName: "Mixedup"')).toEqual([])
    expect(await find('1949-01-02', 'familyName: "Rightful"')).toEqual([number])
  })
})
