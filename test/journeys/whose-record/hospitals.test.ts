import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { loadBundle, loadPerson } from './load.ts'
import { allergy, organisation, patient, type Someone } from './records.ts'

const numbers = testNhsNumbers()
const all = Array.from({ length: 8 }, () => numbers.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

const MAY: Someone = { given: 'May', family: 'Ordinary', birthDate: '1962-01-10' }
const MOE: Someone = { given: 'Moe', family: 'Stranger', birthDate: '1985-09-09' }
const NOBODY: Someone = { given: null, family: null, birthDate: null }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

/** Somebody at one hospital of North East London, with one allergy that bears its name. */
function tell(hospital: string, nhsNumber: string, who: Someone, more: object = {}) {
  const resources = [
    patient('p', nhsNumber, who, { ...more, id: `${nhsNumber}-p` }),
    allergy(`${nhsNumber}-a`, `${nhsNumber}-p`, hospital),
  ]
  const entry = resources.map((resource) => ({
    fullUrl: `https://${hospital}.example/fhir/${resource.resourceType}/${String(resource['id'])}`,
    resource,
  }))
  return loadBundle(system, 'nel', { resourceType: 'Bundle', type: 'searchset', entry })
}

const QUERY = `query ($n: ID!) { patient(nhsNumber: $n) {
  name { family } identity { basis agreeing disagreeing unconfirmed }
  allergies { isComplete missingSources nodes { substance { display } } }
  timeline(sections: [ALLERGIES]) { isComplete nodes { id } }
  records { __typename server demographics { name { family } birthDate } allergies { nodes { substance { display } } } }
  sources { participant { code } outcome }
} }`

type Allergies = { nodes: { substance: { display: string } }[] }

async function ask(nhsNumber: string, as = 'doctor.mkuh') {
  const { data, errors = [] } = await system.ask(QUERY, { as, variables: { n: nhsNumber } })
  const { patient: shown } = data
  if (!shown) return { shown, words: [], sides: [], outcome: null, codes: [] }
  const outcome = shown.sources.find(
    (one: { participant: { code: string } }) => one.participant.code === 'nel',
  ).outcome
  const sides = shown.records
    .filter((one: { __typename: string }) => one.__typename === 'NelRecord')
    .map((one: { demographics: { name: object | null }; allergies: Allergies }) => [
      (one.demographics.name as { family: string } | null)?.family ?? null,
      wordsOf(one.allergies),
    ])
  const codes = errors.map(({ extensions }) => extensions?.code)
  return { shown, words: wordsOf(shown.allergies), sides: sides.sort(), outcome, codes }
}

function wordsOf({ nodes }: Allergies): string[] {
  return nodes.map(({ substance }) => substance.display).sort()
}

// Before: nothing of either hospital was shown (SOURCE_SEVERAL_PEOPLE), whoever else knew the patient.
describe('two hospitals of one region that have different people under one number', () => {
  it('are told apart where others know the patient: the one that is right is heard', async () => {
    const number = aNumber()
    await tell('barts', number, MAY)
    await tell('homerton', number, MOE)
    await loadPerson(system, 'sel', { nhsNumber: number, who: MAY })
    const { shown, words, sides, outcome, codes } = await ask(number)
    expect(shown).toMatchObject({
      name: { family: 'Ordinary' },
      identity: { basis: 'MOST_SOURCES', agreeing: ['sel'], disagreeing: ['nel'] },
      allergies: { isComplete: false, missingSources: ['nel'] },
      timeline: { isComplete: false },
    })
    expect(words).toEqual(['barts', 'sel'])
    expect(sides).toEqual([['Ordinary', ['barts']]])
    expect([outcome, ...codes]).toEqual(['INCOMPLETE', 'SOURCE_QUARANTINED', 'SOURCE_QUARANTINED'])
  })

  it('are told apart by the practice that one of them knows to be its own', async () => {
    const number = aNumber()
    const own = { generalPractitioner: [organisation('Y02633')] }
    await tell('barts', number, MAY, own)
    await tell('homerton', number, MOE)
    const { shown, words } = await ask(number)
    expect(shown.identity.basis).toBe('REGISTERED_PRACTICE')
    expect(words).toEqual(['barts'])
  })

  it('stand each for itself where nothing decides, under the own name and date of birth', async () => {
    const number = aNumber()
    await tell('barts', number, MAY)
    await tell('homerton', number, MOE)
    const { shown, words, sides, outcome, codes } = await ask(number)
    expect(shown).toMatchObject({ name: null, identity: { basis: 'UNDECIDED' } })
    expect(words).toEqual([])
    expect(sides).toEqual([
      ['Ordinary', ['barts']],
      ['Stranger', ['homerton']],
    ])
    expect(outcome).toBe('IDENTITY_UNCONFIRMED')
    expect(codes).toContain('PATIENT_IDENTITY_UNDECIDED')
  })

  it('are one again once the slip is mended', async () => {
    const [number, another] = [aNumber(), aNumber()]
    await tell('barts', number, MAY)
    await tell('homerton', number, MOE)
    const mended = patient('p', another, MOE, { id: `${number}-p` })
    const url = `https://homerton.example/fhir/Patient/${number}-p`
    await loadBundle(system, 'nel', {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ fullUrl: url, resource: mended }],
    })
    const { shown, words, outcome } = await ask(number)
    expect(shown.identity).toMatchObject({ basis: 'ONLY_SOURCE', disagreeing: [] })
    expect([words, outcome]).toEqual([['barts'], 'ANSWERED'])
    expect((await ask(another)).words).toEqual(['homerton'])
  })
})

// Before: the nameless hospital's entries stood among the other's, and the answer called itself complete.
describe('a hospital that does not say whose record it has', () => {
  it('stands in the view by source alone', async () => {
    const number = aNumber()
    await tell('barts', number, MAY)
    await tell('homerton', number, NOBODY)
    const { shown, words, sides, outcome } = await ask(number)
    expect(shown).toMatchObject({
      name: { family: 'Ordinary' },
      identity: { basis: 'ONLY_SOURCE', unconfirmed: ['nel'] },
      allergies: { isComplete: false, missingSources: ['nel'] },
    })
    expect([words, outcome]).toEqual([['barts'], 'INCOMPLETE'])
    expect(sides).toEqual([
      [null, ['homerton']],
      ['Ordinary', ['barts']],
    ])
  })

  it('is believed where it gives a part that fits', async () => {
    const number = aNumber()
    await tell('barts', number, MAY)
    await tell('homerton', number, { ...MAY, birthDate: null })
    const { words, outcome } = await ask(number)
    expect([words, outcome]).toEqual([['barts', 'homerton'], 'ANSWERED'])
  })
})
