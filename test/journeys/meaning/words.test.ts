import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { detained } from '../../subgraphs/kit/fhir/examples/encounter.ts'
import { flag } from '../../subgraphs/kit/fhir/examples/flag.ts'
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

  // The notes and details of the flag were lost, the legal status NOTHING_RECORDED, the second number gone.
  it('are shown: extensions of a flag, of an admission, and each number of a dose', async () => {
    await load(system, 'nel', [
      patient(`p-${NUMBER}`, NUMBER, WANDA),
      {
        ...flag,
        id: 'adjustment',
        subject,
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-FlagNotes',
            valueAnnotation: { text: 'Needs British Sign Language interpreter' },
          },
          {
            url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
            valueReference: { display: 'Child protection plan' },
          },
        ],
      },
      { ...detained, subject },
      {
        resourceType: 'Immunization',
        id: 'six-in-one',
        status: 'completed',
        vaccineCode: { text: '6-in-1' },
        patient: subject,
        occurrenceDateTime: '2026-01-02',
        protocolApplied: [
          { series: 'Primary', doseNumberPositiveInt: 2 },
          { series: 'Hepatitis B at birth', doseNumberPositiveInt: 4 },
        ],
      },
    ])
    const { data, errors } = await system.ask(
      `query Extended($n: ID!) { patient(nhsNumber: $n) {
        safetyAlerts(codes: ["102481003"]) { nodes { notes details { display } } }
        mentalHealth { status nodes { kind legalStatus { display } } }
        immunisations { nodes { doseNumber protocols { series doseNumber } } }
      } }`,
      { as: 'gp.nel', variables: { n: NUMBER } },
    )
    expect(errors).toBeUndefined()
    expect(data.patient).toEqual({
      safetyAlerts: {
        nodes: [
          {
            notes: ['Needs British Sign Language interpreter'],
            details: [{ display: 'Child protection plan' }],
          },
        ],
      },
      mentalHealth: {
        status: 'HAS_ENTRIES',
        nodes: [
          { kind: 'LEGAL_STATUS', legalStatus: { display: 'Informal' } },
          { kind: 'LEGAL_STATUS', legalStatus: { display: 'Formally detained under Section 2' } },
        ],
      },
      immunisations: {
        nodes: [
          {
            doseNumber: '2; 4',
            protocols: [
              { series: 'Primary', doseNumber: '2' },
              { series: 'Hepatitis B at birth', doseNumber: '4' },
            ],
          },
        ],
      },
    })
  })

  // It came out without a time, and the load had no word of it.
  it('are shown: a date that is none of FHIR, as it is written', async () => {
    const dated = {
      ...allergy('dated', `p-${NUMBER}`, 'Latex'),
      recordedDate: '12/03/2024',
      onsetPeriod: { start: 'about 2019' },
    }
    const report = await load(system, 'sel', [patient(`p-${NUMBER}`, NUMBER, WANDA), dated])
    expect(report.notices).toEqual([
      {
        kind: 'UNREADABLE_DATE',
        resourceType: 'AllergyIntolerance',
        element: 'recordedDate',
        entries: 1,
      },
      { kind: 'UNREADABLE_DATE', resourceType: 'AllergyIntolerance', element: 'start', entries: 1 },
    ])
    const { data } = await system.ask(
      'query Dated($n: ID!) { patient(nhsNumber: $n) { allergies { nodes { substance { display } time notes } } } }',
      { as: 'gp.nel', variables: { n: NUMBER } },
    )
    expect(data.patient.allergies.nodes).toContainEqual({
      substance: { display: 'Latex' },
      time: null,
      notes: ['recordedDate: 12/03/2024', 'start: about 2019'],
    })
  })
})
