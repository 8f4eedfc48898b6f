import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { everySection } from '../../../subgraphs/kit/shares.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { allergy, patient, type Sent } from '../whose-record/records.ts'

const numbers = testNhsNumbers()
const [alone, both, elsewhere] = [1, 2, 3].map(() => numbers.next().value) as [
  string,
  string,
  string,
]
const who = { given: 'Una', family: 'Shared', birthDate: '1971-01-09' }

let system: TestSystem

const aCondition = (words: string, subject: string): Sent => ({
  resourceType: 'Condition',
  id: `${words}-${subject}`,
  subject: { reference: `Patient/${subject}` },
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: words },
})

/** A source's Patient, with an allergy and what else is given. */
const record = (number: string, more: readonly Sent[] = []) => [
  patient(`p-${number}`, number, who),
  allergy(`a-${number}`, `p-${number}`, 'Penicillin'),
  ...more,
]

const query = `query ($n: ID!) { patient(nhsNumber: $n) {
  allergies { status isComplete missingSources notShared nodes { substance { display } } }
  diagnoses { status isComplete missingSources notShared statedNoneKnown { participant } nodes { code { display } } }
  timeline { isComplete missingSources nodes { __typename } }
  records { __typename ... on NwlRecord { diagnoses { status isComplete notShared nodes { id } } } }
  sources { participant { code } outcome }
} }`

async function ask(number: string) {
  const { data, errors } = await system.ask(query, {
    as: 'doctor.mkuh',
    variables: { n: number },
  })
  expect(errors).toBeUndefined()
  return data.patient
}

const sourceOf = (answer: { sources: { participant: { code: string } }[] }, code: string) =>
  answer.sources.find(({ participant }) => participant.code === code)

beforeAll(async () => {
  const shares = everySection('LIVE').filter(
    ({ section }) => section === 'allergies' || section === 'medications',
  )
  system = await startSystem({
    patients: [alone, both, elsewhere],
    describedAs: { nwl: { shares } },
  })
}, 60_000)
afterAll(() => system?.close())

// Before: diagnoses were NOTHING_RECORDED, complete, and the source ANSWERED.
describe('A section that a participant shares of nobody', () => {
  it('is NOT_SHARED, incomplete and named, and what the store holds of it is not shown', async () => {
    const report = await load(system, 'nwl', record(alone, [aCondition('Epilepsy', `p-${alone}`)]))
    expect(report.notShared).toEqual([{ section: 'diagnoses', entries: 1 }])
    const answer = await ask(alone)
    const notShared = { status: 'NOT_SHARED', isComplete: false, notShared: ['nwl'], nodes: [] }
    expect(answer.diagnoses).toMatchObject({ ...notShared, missingSources: ['nwl'] })
    expect(answer.records).toEqual([{ __typename: 'NwlRecord', diagnoses: notShared }])
    expect(answer.allergies).toMatchObject({ isComplete: true, notShared: [], nodes: [{}] })
    expect(answer.timeline).toEqual({
      isComplete: false,
      missingSources: ['nwl'],
      nodes: [{ __typename: 'Allergy' }],
    })
    expect(sourceOf(answer, 'nwl')).toMatchObject({ outcome: 'INCOMPLETE' })
  })

  it('lets nothing be concluded from a statement of another source that there are none', async () => {
    await load(system, 'nwl', record(both))
    const none = { ...aCondition('No known problems', `p-${both}`), id: `none-${both}` }
    const code = {
      coding: [{ system: 'http://snomed.info/sct', code: '160245001' }],
      text: 'No current problems or disability',
    }
    await load(system, 'sel', record(both, [{ ...none, code }]))
    expect((await ask(both)).diagnoses).toMatchObject({
      status: 'NOT_SHARED',
      statedNoneKnown: [{ participant: 'sel' }],
      isComplete: false,
      missingSources: ['nwl'],
      notShared: ['nwl'],
    })
  })

  it('does not show a patient of another source alone as incomplete', async () => {
    await load(system, 'sel', record(elsewhere, [aCondition('Asthma', `p-${elsewhere}`)]))
    const answer = await ask(elsewhere)
    expect(answer.diagnoses).toMatchObject({ isComplete: true, notShared: [], nodes: [{}] })
  })

  it('is said in the graph without asking for a patient', async () => {
    const asked = '{ participants { code shares { section from timeliness } } }'
    const { data } = await system.ask(asked, { as: 'doctor.mkuh' })
    const sharedBy = (wanted: string) =>
      data.participants.find(({ code }: { code: string }) => code === wanted).shares
    expect(sharedBy('nel')[0]).toEqual({ section: 'allergies', from: null, timeliness: 'LIVE' })
    expect(sharedBy('mkuh')[0]).toEqual({
      section: 'allergies',
      from: '2019-04-01',
      timeliness: 'NIGHTLY',
    })
    expect(sharedBy('hpft')).toEqual([])
  })
})
