import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import type { LoadReport } from '../../../subgraphs/kit/load/report.ts'
import { administration, dispensing } from '../../subgraphs/kit/fhir/examples/given-medicine.ts'
import {
  adverseEvent,
  answers,
  deviceUse,
  familyHistory,
  impression,
  risk,
} from '../../subgraphs/kit/fhir/examples/statements.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { patient, type Sent } from '../whose-record/records.ts'

const nhsNumber = testNhsNumbers().next().value

/** Without what the examples refer to, which is not sent here. */
const given = [
  administration,
  dispensing,
  ...[familyHistory, answers, impression, risk, adverseEvent, deviceUse],
].map((one) => {
  const { encounter: _encounter, context: _context, ...rest } = one as Record<string, unknown>
  return rest as Sent
})

const excluded: Sent = {
  ...familyHistory,
  id: 'excluded',
  condition: [
    {
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: '86406008' }],
        text: 'Never shared',
      },
    },
  ],
}

let system: TestSystem
let report: LoadReport

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber] })
  const who = { given: 'Stella', family: 'Statement', birthDate: '1961-01-02' }
  report = await load(system, 'nel', [patient('ada', nhsNumber, who), ...given, excluded])
}, 60_000)
afterAll(() => system?.close())

const ask = (fields: string) =>
  system.ask(`query ($n: ID!) { patient(nhsNumber: $n) { ${fields} } }`, {
    as: 'doctor.mkuh',
    variables: { n: nhsNumber },
  })

// Before: all of these were counted as unsupported, and nothing of them was shown.
it('shows what was given and supplied among the medicines, as what it is', async () => {
  const { data, errors } = await ask(
    'medications { nodes { kind status dosageText quantity { value unit } supplyDuration { value } } }',
  )
  expect(errors).toBeUndefined()
  expect(data.patient.medications.nodes).toEqual([
    {
      ...{ kind: 'DISPENSE', status: 'COMPLETED', dosageText: 'One capsule three times a day' },
      ...{ quantity: { value: 14, unit: 'capsule' }, supplyDuration: { value: 5 } },
    },
    {
      ...{ kind: 'ADMINISTRATION', status: 'STOPPED', dosageText: 'Over half an hour' },
      ...{ quantity: null, supplyDuration: null },
    },
  ])
})

it('leaves them out where what is current is asked for', async () => {
  const { data } = await ask('medications(status: [ACTIVE]) { nodes { kind } }')
  expect(data.patient.medications.nodes).toEqual([])
})

it('shows statements that have no section as documents, in all of their words', async () => {
  const { data, errors } = await ask(
    'documents { nodes { title code { display } documentStatus attachments { contentType text } } }',
  )
  expect(errors).toBeUndefined()
  const found = data.patient.documents.nodes as {
    title: string
    attachments: { text: string }[]
  }[]
  expect(found.map(({ title }) => title)).toEqual([
    'Adverse event: Wrong dose drawn up',
    'Clinical impression: History taking',
    'Answers to a questionnaire',
    'Risk assessment: Cardiovascular risk',
    'Use of a device',
    'Family history: Mother',
  ])
  const text = found.map(({ attachments: [file] }) => file?.text).join('\n')
  for (const said of ['Code: Breast cancer', 'How often? 3', 'Summary: Frail, at risk of falls']) {
    expect(text).toContain(said)
  }
})

it('shares none that says what is never shared, and says so to nobody but the load', async () => {
  const { data } = await ask('documents { nodes { attachments { text } } }')
  expect(JSON.stringify(data)).not.toContain('Never shared')
  expect(report.notMapped).toEqual([])
  expect(report.counts.find(({ resourceType }) => resourceType === 'FamilyMemberHistory')).toEqual(
    expect.objectContaining({ loaded: 2 }),
  )
})
