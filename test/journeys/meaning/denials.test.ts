import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { allergy, patient, type Sent } from '../whose-record/records.ts'

const numbers = testNhsNumbers()
const [DRUGS, PEANUT, MEDICINE] = Array.from({ length: 3 }, () => numbers.next().value) as [
  string,
  string,
  string,
]

const NED = { given: 'Ned', family: 'Denial', birthDate: '1980-02-03' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [DRUGS, PEANUT, MEDICINE] })
}, 60_000)
afterAll(() => system?.close())

function tell(code: string, nhsNumber: string, ...resources: Sent[]) {
  return load(system, code, [patient(`p-${nhsNumber}`, nhsNumber, NED), ...resources])
}

async function ask(nhsNumber: string, selection: string) {
  const { data, errors } = await system.ask(
    `query Denials($n: ID!) { patient(nhsNumber: $n) { ${selection} } }`,
    { as: 'gp.nel', variables: { n: nhsNumber } },
  )
  expect(errors).toBeUndefined()
  return data.patient
}

const noDrugAllergy = (id: string, nhsNumber: string) => ({
  ...allergy(id, `p-${nhsNumber}`, ''),
  code: {
    coding: [
      { system: 'http://snomed.info/sct', code: '409137002', display: 'No known drug allergy' },
    ],
  },
})

describe('a code that denies one sort of allergy', () => {
  // It came out as NONE_KNOWN for all allergies.
  it('states nothing of the others, and contradicts an allergy of its sort alone', async () => {
    await tell('nel', DRUGS, noDrugAllergy('nkda', DRUGS))
    const selection = `allergies { status statedNoneKnown { participant }
      nodes { status isDenial code { display } } conflicts { kind participants } }
      active: allergies(status: [ACTIVE]) { nodes { id } }`
    const denial = {
      status: 'NO_KNOWN_RISK',
      isDenial: true,
      code: { display: 'No known drug allergy' },
    }
    const denied = await ask(DRUGS, selection)
    expect(denied.allergies).toEqual({
      status: 'HAS_ENTRIES',
      statedNoneKnown: [],
      nodes: [denial],
      conflicts: [],
    })
    expect(denied.active.nodes).toEqual([])
    await tell('sel', DRUGS, {
      ...allergy('nuts', `p-${DRUGS}`, 'Nuts'),
      category: ['food'],
    })
    expect((await ask(DRUGS, selection)).allergies.conflicts).toEqual([])
    await tell('swl', DRUGS, {
      ...allergy('penicillin', `p-${DRUGS}`, 'Penicillin'),
      category: ['medication'],
    })
    expect((await ask(DRUGS, selection)).allergies.conflicts).toEqual([
      { kind: 'NONE_KNOWN_BUT_RECORDED', participants: ['nel', 'swl'] },
    ])
  })
})

describe('a substance from which no risk is known', () => {
  // It came out as a confirmed allergy without a name.
  it('is a denial with its name, and contradicts who confirms an allergy to it', async () => {
    const peanut = {
      coding: [{ system: 'http://snomed.info/sct', code: '256349002', display: 'Peanut' }],
    }
    const risk = {
      url: 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk',
      extension: [
        { url: 'substance', valueCodeableConcept: peanut },
        {
          url: 'exposureRisk',
          valueCodeableConcept: { coding: [{ code: 'no-known-reaction-risk' }] },
        },
      ],
    }
    const { code: _, ...unnamed } = allergy('risk', `p-${PEANUT}`, '')
    await tell('nel', PEANUT, { ...unnamed, resourceType: 'AllergyIntolerance', extension: [risk] })
    await tell('sel', PEANUT, { ...allergy('peanut', `p-${PEANUT}`, ''), code: peanut })
    const { allergies } = await ask(
      PEANUT,
      'allergies { nodes { status isDenial substance { display } } conflicts { kind participants } }',
    )
    expect(allergies.nodes).toEqual([
      { status: 'NO_KNOWN_RISK', isDenial: true, substance: { display: 'Peanut' } },
      { status: 'ACTIVE', isDenial: false, substance: { display: 'Peanut' } },
    ])
    expect(allergies.conflicts).toEqual([
      { kind: 'CONFIRMED_AND_REFUTED', participants: ['nel', 'sel'] },
    ])
  })
})

describe('a medicine given by its ingredients', () => {
  // It came out without a name.
  it('is called by them', async () => {
    await tell('nel', MEDICINE, {
      resourceType: 'MedicationRequest',
      id: 'made',
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/p-${MEDICINE}` },
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          ingredient: [
            { itemCodeableConcept: { text: 'Morphine sulfate' } },
            { itemCodeableConcept: { text: 'Midazolam' } },
          ],
        },
      ],
      medicationReference: { reference: '#m' },
    })
    const { medications } = await ask(MEDICINE, 'medications { nodes { medication { display } } }')
    expect(medications.nodes).toEqual([{ medication: { display: 'Morphine sulfate + Midazolam' } }])
  })
})
