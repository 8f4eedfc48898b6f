import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { allergy, patient } from '../whose-record/records.ts'

const NUMBER = testNhsNumbers().next().value as string
const WANDA = { given: 'Wanda', family: 'Words', birthDate: '1966-06-06' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [NUMBER] })
}, 60_000)
afterAll(() => system?.close())

const subject = { reference: `Patient/p-${NUMBER}` }
const narrative = (words: string) => ({
  text: {
    status: 'generated',
    div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${words}</p></div>`,
  },
})

describe('words that stand in no element of their own', () => {
  // The allergy came out without words, the reaction without its note, the plan empty.
  it('are shown: a narrative that says all, and the note of a reaction', async () => {
    const { code: _, ...unnamed } = allergy('told', `p-${NUMBER}`, '')
    await load(system, 'nel', [
      patient(`p-${NUMBER}`, NUMBER, WANDA),
      { ...unnamed, resourceType: 'AllergyIntolerance', ...narrative('Brazil nuts: lips swell') },
      {
        ...allergy('noted', `p-${NUMBER}`, 'Penicillin'),
        reaction: [
          { manifestation: [{ text: 'Anaphylaxis' }], note: [{ text: 'Adrenaline three times' }] },
        ],
      },
      {
        resourceType: 'Flag',
        id: 'f',
        status: 'active',
        subject,
        ...narrative('Bites &amp; kicks'),
      },
      {
        resourceType: 'CarePlan',
        id: 'c',
        status: 'active',
        intent: 'plan',
        category: [{ text: 'Assessment' }],
        subject,
        ...narrative('Thicken fluids'),
      },
    ])
    const { data, errors } = await system.ask(
      `query Words($n: ID!) { patient(nhsNumber: $n) {
        allergies { nodes { substance { display } reactions { notes } } }
        safetyAlerts { nodes { code { display } } }
        carePlans { nodes { notes } }
      } }`,
      { as: 'gp.nel', variables: { n: NUMBER } },
    )
    expect(errors).toBeUndefined()
    const { allergies, safetyAlerts, carePlans } = data.patient
    expect(allergies.nodes).toHaveLength(2)
    expect(allergies.nodes).toEqual(
      expect.arrayContaining([
        { substance: { display: 'Brazil nuts: lips swell' }, reactions: [] },
        {
          substance: { display: 'Penicillin' },
          reactions: [{ notes: ['Adrenaline three times'] }],
        },
      ]),
    )
    expect(safetyAlerts.nodes).toEqual([{ code: { display: 'Bites & kicks' } }])
    expect(carePlans.nodes).toEqual([{ notes: ['Thicken fluids'] }])
  })
})
