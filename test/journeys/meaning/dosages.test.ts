import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { patient } from '../whose-record/records.ts'

const nhsNumber = testNhsNumbers().next().value

let system: TestSystem

const quantity = (value: number, unit: string) => ({ value, unit })

const prescribed = {
  morphine: [
    {
      asNeededBoolean: true,
      doseAndRate: [{ doseQuantity: quantity(5, 'mL') }],
      maxDosePerPeriod: { numerator: quantity(20, 'mL'), denominator: quantity(1, 'd') },
    },
  ],
  heparin: [{ doseAndRate: [{ rateQuantity: quantity(1000, 'unit/h') }] }],
  prednisolone: [
    { sequence: 2, text: 'then 4 a day' },
    { sequence: 1, text: '8 a day for 5 days' },
  ],
  amoxicillin: [
    {
      timing: { code: { text: 'BID' }, repeat: { boundsDuration: quantity(7, 'days') } },
      doseAndRate: [{ doseQuantity: quantity(500, 'mg') }],
    },
  ],
  methotrexate: [
    {
      text: '10 mg once a week',
      additionalInstruction: [{ text: 'Never daily' }],
      patientInstruction: 'On Mondays',
      maxDosePerLifetime: quantity(5, 'g'),
    },
  ],
}

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber] })
  const who = { given: 'Dee', family: 'Dosed', birthDate: '1971-01-02' }
  const requests = Object.entries(prescribed).map(([medicine, dosageInstruction]) => ({
    resourceType: 'MedicationRequest',
    id: medicine,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: medicine },
    subject: { reference: 'Patient/p' },
    dosageInstruction,
  }))
  await load(system, 'nel', [patient('p', nhsNumber, who), ...requests])
}, 60_000)
afterAll(() => system?.close())

// Before: morphine was shown without its limit, heparin without its rate, prednisolone's steps the wrong way round,
// amoxicillin without the length of its course, and methotrexate's instructions were gone.
it('shows limits, rates, lengths and instructions, and steps in their order', async () => {
  const query = `query ($n: ID!) { patient(nhsNumber: $n) { medications { nodes {
    code { display } dosageText
    dosages { sequence rate timing maxDosePerPeriod maxDosePerLifetime { value unit } additionalInstructions patientInstruction }
  } } } }`
  const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
  const nodes: { code: { display: string }; dosageText: string; dosages: object[] }[] =
    data.patient.medications.nodes
  expect(Object.fromEntries(nodes.map((one) => [one.code.display, one.dosageText]))).toEqual({
    morphine: '5 mL, as needed, at most 20 mL / 1 d',
    heparin: 'at 1000 unit/h',
    prednisolone: '8 a day for 5 days; then 4 a day',
    amoxicillin: '500 mg, BID, for 7 days',
    methotrexate: '10 mg once a week, at most 5 g in a lifetime',
  })
  const dosagesOf = (medicine: string) =>
    nodes.find((one) => one.code.display === medicine)?.dosages
  expect(dosagesOf('methotrexate')).toMatchObject([
    {
      maxDosePerLifetime: quantity(5, 'g'),
      additionalInstructions: ['Never daily'],
      patientInstruction: 'On Mondays',
    },
  ])
  expect(dosagesOf('prednisolone')).toMatchObject([{ sequence: 1 }, { sequence: 2 }])
})
