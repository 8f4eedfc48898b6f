import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { loadJson } from '../whose-record/load.ts'
import { patient } from '../whose-record/records.ts'

const numbers = testNhsNumbers()
const [nhsNumber, urate] = [numbers.next().value, numbers.next().value]
const who = { given: 'Des', family: 'Decimal', birthDate: '1971-01-14' }

let system: TestSystem

/** Takes in one Patient, and what hangs on it as it is written. */
function takeIn(code: string, number: string, written: readonly string[]) {
  const all = [JSON.stringify(patient('p', number, who)), ...written]
  const entry = all.map((one) => `{"resource":${one}}`).join(',')
  return loadJson(system, code, `{"resourceType":"Bundle","type":"collection","entry":[${entry}]}`)
}

function result(id: string, more: string): string {
  return `{"resourceType":"Observation","id":"${id}","status":"final","code":{"text":"${id}"},
    "category":[{"coding":[{"code":"laboratory"}]}],"subject":{"reference":"Patient/p"},${more}}`
}

const results = [
  result('potassium', '"valueQuantity":{"value":5.0,"unit":"mmol/L"}'),
  result('peptide', '"valueQuantity":{"value":0.0000001,"unit":"mol/L"}'),
  result('glucose', '"valueQuantity":{"value":"7.40","unit":"mmol/L"}'),
  result('cells', '"valueQuantity":{"value":1e2}'),
  result('antibodies', '"valueRatio":{"numerator":{"value":1.0},"denominator":{"value":64}}'),
  result(
    'sodium',
    '"valueQuantity":{"value":139},"referenceRange":[{"low":{"value":133.0},"high":{"value":146}}]',
  ),
  `{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order",
    "subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"oral morphine"},
    "dosageInstruction":[{"doseAndRate":[{"doseQuantity":{"value":2.50,"unit":"mL"}}]}]}`,
]

const query = `query ($n: ID!) { patient(nhsNumber: $n) {
  testResults { nodes {
    code { display } value { value writtenValue text } referenceRanges { low { value writtenValue } high { writtenValue } }
  } conflicts { kind } }
  medications { nodes { dosageText dosages { dose { value writtenValue } } } }
} }`

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber, urate] })
  await takeIn('nel', nhsNumber, results)
}, 60_000)
afterAll(() => system?.close())

// Before: potassium was "5 mmol/L", the limit of a range 133, the dose "2.5 mL".
it('shows numbers with the digits that the source wrote', async () => {
  const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
  const { testResults, medications } = data.patient
  const shown = testResults.nodes.map(
    ({ code, value }: { code: { display: string }; value: object }) => [code.display, value],
  )
  expect(Object.fromEntries(shown)).toEqual({
    potassium: { value: 5, writtenValue: '5.0', text: '5.0 mmol/L' },
    peptide: { value: 1e-7, writtenValue: '0.0000001', text: '0.0000001 mol/L' },
    glucose: { value: 7.4, writtenValue: '7.40', text: '7.40 mmol/L' },
    cells: { value: 100, writtenValue: '100', text: '100' },
    antibodies: { value: null, writtenValue: null, text: '1.0:64' },
    sodium: { value: 139, writtenValue: '139', text: '139' },
  })
  const sodium = testResults.nodes.find(
    ({ code }: { code: { display: string } }) => code.display === 'sodium',
  )
  expect(sodium.referenceRanges).toEqual([
    { low: { value: 133, writtenValue: '133.0' }, high: { writtenValue: '146' } },
  ])
  expect(medications.nodes).toEqual([
    { dosageText: '2.50 mL', dosages: [{ dose: { value: 2.5, writtenValue: '2.50' } }] },
  ])
})

it('takes 5.0 of one source and 5 of another for the same finding', async () => {
  const same = `"identifier":[{"system":"https://lab.example","value":"u-1"}],"effectiveDateTime":"2026-04-01T10:00:00Z"`
  const written = (value: string) =>
    result('urate', `${same},"valueQuantity":{"value":${value},"unit":"mmol/L"}`)
  await takeIn('ncl', urate, [written('5.0')])
  await takeIn('sel', urate, [written('5')])
  const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: urate } })
  expect(data.patient.testResults).toMatchObject({ nodes: [{}], conflicts: [] })
})
