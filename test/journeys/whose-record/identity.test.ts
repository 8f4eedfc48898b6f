import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { eventually } from '../../cli/start/system.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadPerson } from './load.ts'
import { allergy, organisation, patient, type Someone } from './records.ts'

const numbers = testNhsNumbers()
const nextNumber = () => numbers.next().value
const all = Array.from({ length: 12 }, nextNumber)
const [
  MAJORITY,
  BLANK,
  PRACTICE,
  FOREIGN_PRACTICE,
  DISPUTED,
  TWO_TO_TWO,
  UNKNOWN_DATES,
  MARRIED,
  LATER,
  SEVERAL,
] = all as [string, string, string, string, string, string, string, string, string, string]

const MAY: Someone = { given: 'May', family: 'Ordinary', birthDate: '1962-01-10' }
const MOE: Someone = { given: 'Moe', family: 'Stranger', birthDate: '1985-09-09' }
const OWN_PRACTICE = { generalPractitioner: [organisation('Y02633')] }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all, env: { LCR_ALERT_INTERVAL_MS: '100' } })
}, 60_000)
afterAll(() => system?.close())

function tell(code: string, nhsNumber: string, who: Someone, more: object = {}) {
  return loadPerson(system, code, { nhsNumber, who, more })
}

function isOf(nhsNumber: string) {
  return (one: { nhsNumber: string }) => one.nhsNumber === nhsNumber
}

const QUERY = `query Whose($n: ID!) { patient(nhsNumber: $n) {
  name { text } birthDate
  identity { basis agreeing disagreeing unconfirmed }
  allergies { status isComplete missingSources nodes { substance { display } } }
  timeline(sections: [ALLERGIES]) { isComplete nodes { id } }
  records { nhsNumber demographics { birthDate name { family } } allergies { nodes { substance { display } } } }
  sources { participant { code } outcome }
} }`

async function ask(nhsNumber: string, as = 'gp.nel') {
  const { data, errors } = await system.ask(QUERY, { as, variables: { n: nhsNumber } })
  const { patient: shown } = data
  const outcomes = shown.sources
    .filter(({ outcome }: { outcome: string }) => !/^NO_RECORD|^NOT_A_/.test(outcome))
    .map((one: { participant: { code: string }; outcome: string }) => [
      one.participant.code,
      one.outcome,
    ])
  return {
    patient: shown,
    words: wordsOf(shown.allergies),
    outcomes: Object.fromEntries(outcomes) as Record<string, string>,
    codes: [...new Set((errors ?? []).map(({ extensions }) => extensions?.code))].sort(),
  }
}

function wordsOf(section: { nodes: { substance: { display: string } }[] }): string[] {
  return section.nodes.map(({ substance }) => substance.display).sort()
}

describe('a source that has somebody else under the number, and writes last', () => {
  it('is kept out; the three that agree are shown (they were quarantined, and the stranger shown)', async () => {
    for (const code of ['mkuh', 'ncl', 'nwl']) await tell(code, MAJORITY, MAY)
    await tell('sel', MAJORITY, MOE)
    const { patient: shown, words, outcomes, codes } = await ask(MAJORITY)
    expect(shown).toMatchObject({
      name: { text: 'May Ordinary' },
      birthDate: MAY.birthDate,
      identity: { basis: 'MOST_SOURCES', agreeing: ['mkuh', 'ncl', 'nwl'], disagreeing: ['sel'] },
      allergies: { isComplete: false, missingSources: ['sel'] },
    })
    expect(words).toEqual(['mkuh', 'ncl', 'nwl'])
    const answered = { mkuh: 'ANSWERED', ncl: 'ANSWERED', nwl: 'ANSWERED' }
    expect(outcomes).toEqual({ ...answered, sel: 'QUARANTINED' })
    expect(codes).toEqual(['SOURCE_QUARANTINED'])
  })

  it('changes nothing by writing once more', async () => {
    await tell('nwl', LATER, MAY)
    await tell('ncl', LATER, MAY)
    await tell('sel', LATER, MOE)
    await tell('sel', LATER, { ...MOE, given: 'Moses' })
    expect((await ask(LATER)).words).toEqual(['ncl', 'nwl'])
  })

  it('does not rename her "?" by leaving the name blank, nor is it taken to agree', async () => {
    for (const code of ['mkuh', 'ncl']) await tell(code, BLANK, MAY)
    await tell('sel', BLANK, { given: null, family: null, birthDate: null })
    await tell('swl', BLANK, { ...MAY, birthDate: null })
    const { patient: shown, words, outcomes, codes } = await ask(BLANK)
    expect(shown).toMatchObject({
      name: { text: 'May Ordinary' },
      identity: { basis: 'MOST_SOURCES', disagreeing: [], unconfirmed: ['sel', 'swl'] },
      allergies: { missingSources: ['sel', 'swl'] },
    })
    expect(words).toEqual(['mkuh', 'ncl'])
    expect(outcomes).toMatchObject({ sel: 'IDENTITY_UNCONFIRMED', swl: 'IDENTITY_UNCONFIRMED' })
    expect(codes).toEqual(['SOURCE_UNCONFIRMED'])
  })
})

describe('the source of the practice where the patient is registered', () => {
  it('is believed, though others are more', async () => {
    await tell('nel', PRACTICE, MAY, OWN_PRACTICE)
    for (const code of ['ncl', 'sel']) await tell(code, PRACTICE, MOE)
    const { patient: shown, words } = await ask(PRACTICE)
    expect(shown.identity).toMatchObject({
      basis: 'REGISTERED_PRACTICE',
      agreeing: ['nel'],
      disagreeing: ['ncl', 'sel'],
    })
    expect(words).toEqual(['nel'])
  })

  it('is not whoever names another participant’s practice', async () => {
    await tell('sel', FOREIGN_PRACTICE, MOE, OWN_PRACTICE)
    for (const code of ['ncl', 'nwl']) await tell(code, FOREIGN_PRACTICE, MAY)
    const { patient: shown, words } = await ask(FOREIGN_PRACTICE, 'doctor.mkuh')
    expect(shown.identity).toMatchObject({ basis: 'MOST_SOURCES', disagreeing: ['sel'] })
    expect(words).toEqual(['ncl', 'nwl'])
  })
})

describe('sources that disagree where nothing decides', () => {
  beforeAll(async () => {
    await tell('ncl', DISPUTED, MAY)
    await tell('sel', DISPUTED, MOE)
  })

  it('say so with a code of its own; no side passes for the patient', async () => {
    const { patient: shown, words, outcomes, codes } = await ask(DISPUTED)
    expect(shown).toMatchObject({
      name: null,
      birthDate: null,
      identity: { basis: 'UNDECIDED', agreeing: [], disagreeing: ['ncl', 'sel'] },
      allergies: { status: 'UNKNOWN', isComplete: false, missingSources: ['ncl', 'sel'] },
      timeline: { isComplete: false, nodes: [] },
    })
    expect(words).toEqual([])
    expect(outcomes).toEqual({ ncl: 'IDENTITY_UNCONFIRMED', sel: 'IDENTITY_UNCONFIRMED' })
    expect(codes).toEqual(['PATIENT_IDENTITY_UNDECIDED', 'SOURCE_UNCONFIRMED'])
  })

  it('can each be looked at by source, under the own name and date of birth', async () => {
    const { patient: shown } = await ask(DISPUTED)
    const sides = shown.records.map((record: never) => [
      (record as { demographics: object }).demographics,
      wordsOf((record as { allergies: never }).allergies),
    ])
    expect(sides).toEqual([
      [{ birthDate: MAY.birthDate, name: { family: MAY.family } }, ['ncl']],
      [{ birthDate: MOE.birthDate, name: { family: MOE.family } }, ['sel']],
    ])
  })

  it('are told to the privacy officers of all sides', async () => {
    const query = `{ privacyAlerts(rule: IDENTITY_UNDECIDED) { nodes { participant nhsNumber } } }`
    for (const [as, participant] of [
      ['privacy-officer.sel', 'sel'],
      ['caldicott-guardian.ncl', 'ncl'],
    ] as const) {
      const told = async () => (await system.ask(query, { as })).data.privacyAlerts.nodes
      await eventually(async () => (await told()).length > 0)
      expect(await told()).toEqual([{ participant, nhsNumber: DISPUTED }])
    }
  })

  it('are several of one hospital: it says so, shows nobody’s entries, and its own officers are told', async () => {
    for (const [id, who] of [
      ['one', MAY],
      ['other', MOE],
    ] as const) {
      await load(system, 'ncl', [patient(id, SEVERAL, who), allergy(`${id}-a`, id, id)])
    }
    const { patient: shown, words, codes } = await ask(SEVERAL, 'clinician.hpft')
    expect(shown).toMatchObject({ name: null, identity: { basis: 'UNDECIDED' } })
    expect(shown.allergies).toMatchObject({ isComplete: false, missingSources: ['ncl'] })
    expect(words).toEqual([])
    expect(codes).toEqual(['PATIENT_IDENTITY_UNDECIDED', 'SOURCE_SEVERAL_PEOPLE'])
    const query = `{ privacyAlerts(rule: IDENTITY_UNDECIDED) { nodes { nhsNumber } } }`
    const told = async () =>
      (await system.ask(query, { as: 'caldicott-guardian.ncl' })).data.privacyAlerts.nodes
    await eventually(async () => (await told()).some(isOf(SEVERAL)))
  })

  it('are two against two as well', async () => {
    for (const code of ['ncl', 'nwl']) await tell(code, TWO_TO_TWO, MAY)
    for (const code of ['sel', 'swl']) await tell(code, TWO_TO_TWO, MOE)
    const { patient: shown, words } = await ask(TWO_TO_TWO)
    expect(shown.identity).toMatchObject({ basis: 'UNDECIDED' })
    expect(words).toEqual([])
  })

  it('are sources that leave out the date of birth, whatever their names', async () => {
    for (const code of ['ncl', 'sel']) await tell(code, UNKNOWN_DATES, { ...MAY, birthDate: null })
    const { patient: shown, words } = await ask(UNKNOWN_DATES)
    expect(shown.identity).toMatchObject({ basis: 'UNDECIDED', unconfirmed: ['ncl', 'sel'] })
    expect(words).toEqual([])
  })
})

describe('one person whom sources write differently', () => {
  it('is one: a new family name after a marriage, a mistyped day, a year alone', async () => {
    await tell('ncl', MARRIED, MAY)
    await tell('sel', MARRIED, { ...MAY, family: 'Married' })
    await tell('nwl', MARRIED, { ...MAY, birthDate: '1962-10-01' })
    await tell('swl', MARRIED, { ...MAY, birthDate: '1962' })
    const { patient: shown, words, codes } = await ask(MARRIED)
    expect(words).toEqual(['ncl', 'nwl', 'sel', 'swl'])
    expect(shown.identity).toMatchObject({
      basis: 'MOST_SOURCES',
      disagreeing: [],
      unconfirmed: [],
    })
    expect(codes).toEqual([])
  })
})
