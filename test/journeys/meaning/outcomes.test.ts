import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { patient, type Sent } from '../whose-record/records.ts'

const nhsNumber = testNhsNumbers().next().value
const subject = { reference: 'Patient/p' }
const ukCore = (name: string, value: object) => ({
  url: `https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-${name}`,
  ...value,
})
const said = (words: string) => ({ valueCodeableConcept: { text: words } })

const sent: readonly Sent[] = [
  {
    resourceType: 'Observation',
    id: 'gentamicin',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: 'Gentamicin' },
    subject,
    valueQuantity: { value: 14, unit: 'ug/L' },
    referenceRange: [
      { high: { value: 2, unit: 'ug/L' }, type: { text: 'Trough' } },
      {
        low: { value: 5, unit: 'ug/L' },
        appliesTo: [{ text: 'pregnant' }],
        age: { low: { value: 18, unit: 'a' } },
      },
    ],
  },
  {
    resourceType: 'Condition',
    id: 'cancer',
    subject,
    code: { text: 'Lung cancer' },
    stage: [{ summary: { text: 'T4 N2 M1b' }, type: { text: 'TNM' } }, {}],
  },
  {
    resourceType: 'Immunization',
    id: 'flu',
    status: 'completed',
    vaccineCode: { text: 'Influenza' },
    patient: subject,
    occurrenceDateTime: '2024-10-01',
    reaction: [{ date: '2024-10-01', detail: { reference: 'Observation/collapse' } }],
  },
  {
    resourceType: 'Observation',
    id: 'collapse',
    status: 'final',
    code: { text: 'Anaphylaxis' },
    subject,
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'latex',
    patient: subject,
    code: { text: 'Latex' },
    clinicalStatus: { coding: [{ code: 'inactive' }] },
    // As GP Connect has it, at the resource itself.
    extension: [
      {
        url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-AllergyIntoleranceEnd-1',
        extension: [
          { url: 'endDate', valueDateTime: '2022-05' },
          { url: 'reasonEnded', valueString: 'Patch test negative' },
        ],
      },
    ],
  },
  {
    resourceType: 'Procedure',
    id: 'pacing',
    status: 'completed',
    code: { text: 'Pacemaker' },
    subject,
    focalDevice: [
      { action: { text: 'Implanted' }, manipulated: { reference: 'Device/pacemaker' } },
      {},
    ],
  },
  {
    resourceType: 'Device',
    id: 'pacemaker',
    type: { text: 'Dual chamber pacemaker' },
    manufacturer: 'Acme',
    serialNumber: 'S-77',
    udiCarrier: [{ carrierHRF: '(01)05000000000000(21)S-77' }],
    patient: subject,
  },
  {
    resourceType: 'CarePlan',
    id: 'plan',
    status: 'active',
    intent: 'plan',
    subject,
    activity: [
      { outcomeCodeableConcept: [{ text: 'Refused' }], detail: { code: { text: 'Diet' } } },
    ],
  },
  {
    resourceType: 'Encounter',
    id: 'stay',
    status: 'finished',
    class: { code: 'IMP' },
    subject,
    period: { start: '2024-05-01', end: '2024-05-03' },
    extension: [
      ukCore('DischargeMethod', said('Self-discharged')),
      ukCore('OutcomeOfAttendance', said('Another appointment given')),
    ],
    hospitalization: { extension: [ukCore('AdmissionMethod', said('Emergency'))] },
  },
]

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber] })
  const who = { given: 'Olive', family: 'Outcome', birthDate: '1961-01-02' }
  await load(system, 'nel', [patient('p', nhsNumber, who), ...sent])
}, 60_000)
afterAll(() => system?.close())

// Before: a trough's range stood there as if it were everybody's; all else had no field, and was lost.
it('shows what a range is for, and how far, how and with what it went', async () => {
  const words = '{ display }'
  const { data, errors } = await system.ask(
    `query ($n: ID!) { patient(nhsNumber: $n) {
      testResults { nodes { referenceRanges { low { value } high { value } type ${words} appliesTo ${words} age } } }
      diagnoses { nodes { stages { summary ${words} type ${words} } } }
      immunisations { nodes { reactions { at manifestation ${words} } } }
      allergies { nodes { endedAt endReason } }
      procedures { nodes { devices { action ${words} device ${words} manufacturer serialNumber udi } } }
      carePlans { nodes { activities { outcomes ${words} } } }
      encounters { nodes { admissionMethod ${words} dischargeMethod ${words} attendanceOutcome ${words} } }
    } }`,
    { as: 'doctor.mkuh', variables: { n: nhsNumber } },
  )
  expect(errors).toBeUndefined()
  const display = (text: string) => ({ display: text })
  const nodesOf = (section: string) => data.patient[section].nodes
  expect(nodesOf('testResults')).toEqual([
    {
      referenceRanges: [
        { low: null, high: { value: 2 }, type: display('Trough'), appliesTo: [], age: null },
        {
          ...{ low: { value: 5 }, high: null, type: null },
          ...{ appliesTo: [display('pregnant')], age: 'from 18 a' },
        },
      ],
    },
  ])
  expect(nodesOf('diagnoses')).toEqual([
    { stages: [{ summary: display('T4 N2 M1b'), type: display('TNM') }] },
  ])
  expect(nodesOf('immunisations')).toEqual([
    { reactions: [{ at: '2024-10-01', manifestation: display('Anaphylaxis') }] },
  ])
  expect(nodesOf('allergies')).toEqual([{ endedAt: '2022-05', endReason: 'Patch test negative' }])
  expect(nodesOf('procedures')).toEqual([
    {
      devices: [
        {
          ...{ action: display('Implanted'), device: display('Dual chamber pacemaker') },
          ...{ manufacturer: 'Acme', serialNumber: 'S-77', udi: '(01)05000000000000(21)S-77' },
        },
      ],
    },
  ])
  expect(nodesOf('carePlans')).toEqual([{ activities: [{ outcomes: [display('Refused')] }] }])
  expect(nodesOf('encounters')).toEqual([
    {
      admissionMethod: display('Emergency'),
      dischargeMethod: display('Self-discharged'),
      attendanceOutcome: display('Another appointment given'),
    },
  ])
})
