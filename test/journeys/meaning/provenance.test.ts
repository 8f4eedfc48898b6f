import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadJson } from '../whose-record/load.ts'
import { patient, type Sent } from '../whose-record/records.ts'

const nhsNumber = testNhsNumbers().next().value
const subject = { reference: 'Patient/p' }
const who = { given: 'Perpetua', family: 'Provenance', birthDate: '1961-01-02' }

const condition = (id: string, more: object = {}): Sent => ({
  resourceType: 'Condition',
  id,
  subject,
  code: { text: id },
  ...more,
})

const provenance = (id: string, targets: readonly string[], more: object): Sent => ({
  resourceType: 'Provenance',
  id,
  target: targets.map((reference) => ({ reference })),
  ...more,
})

const by = (reference: string, type = 'author') => ({
  agent: [{ type: { text: type }, who: { reference } }],
})

const sent: readonly Sent[] = [
  { resourceType: 'Practitioner', id: 'pat', name: [{ family: 'Author', given: ['Pat'] }] },
  { resourceType: 'Practitioner', id: 'sam', name: [{ family: 'Second', given: ['Sam'] }] },
  {
    resourceType: 'Organization',
    id: 'barts',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'R1H' }],
    name: 'Barts Health NHS Trust',
  },
  condition('lump'),
  condition('own', { recorder: { display: 'Dr Own' }, recordedDate: '2020-01-01' }),
  condition('nobody'),
  condition('twice'),
  provenance('pv', ['Condition/lump', 'Condition/own', 'Patient/p'], {
    recorded: '2024-04-02T11:12:13Z',
    agent: [
      { type: { coding: [{ code: 'transmitter' }] }, who: { display: 'A message broker' } },
      { who: { reference: 'Practitioner/pat' }, onBehalfOf: { reference: 'Organization/barts' } },
    ],
  }),
  // Of the patient alone: it says nothing of their entries.
  provenance('of-patient', ['Patient/p'], {
    recorded: '2024-04-02T11:12:13Z',
    ...by('Practitioner/pat'),
  }),
  provenance('later', ['Condition/twice/_history/2'], {
    recorded: '2025-04-02T11:12:13Z',
    ...by('Practitioner/sam'),
  }),
  provenance('earlier', ['Condition/twice'], {
    recorded: '2024-01-02T11:12:13Z',
    ...by('Practitioner/pat'),
  }),
]

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber] })
  await load(system, 'nel', [patient('p', nhsNumber, who), ...sent])
}, 60_000)
afterAll(() => system?.close())

interface Told {
  author: string | null
  recordedAt: string | null
  organisation: { odsCode: string } | null
}

async function told(name: string): Promise<Told | undefined> {
  const { data, errors } = await system.ask(
    `query ($n: ID!) { patient(nhsNumber: $n) { diagnoses { nodes {
      code { display } provenance { author recordedAt organisation { odsCode } }
    } } } }`,
    { as: 'doctor.mkuh', variables: { n: nhsNumber } },
  )
  expect(errors).toBeUndefined()
  const nodes = data.patient.diagnoses.nodes as {
    code: { display: string }
    provenance: Told[]
  }[]
  return nodes.find(({ code }) => code.display === name)?.provenance[0]
}

// Before: Provenance resources were kept, and never read.
it('shows by whom and when an entry was recorded, as a Provenance says that names it', async () => {
  expect(await told('lump')).toMatchObject({
    ...{ author: 'Pat Author', recordedAt: '2024-04-02T11:12:13Z' },
    organisation: { odsCode: 'R1H' },
  })
})

it('leaves what an entry says itself', async () => {
  expect(await told('own')).toMatchObject({ author: 'Dr Own', recordedAt: '2020-01-01' })
})

it('takes nothing for an entry that is not named', async () => {
  expect(await told('nobody')).toMatchObject({ author: null, recordedAt: null })
})

it('takes the earliest of several', async () => {
  expect(await told('twice')).toMatchObject({
    ...{ author: 'Pat Author', recordedAt: '2024-01-02T11:12:13Z' },
  })
})

it('follows a Provenance that comes later, names another, and is deleted', async () => {
  const late = (target: string) =>
    load(system, 'nel', [
      provenance('late', [target], {
        recorded: '2026-04-02T11:12:13Z',
        ...by('Practitioner/sam'),
      }),
    ])
  await late('Condition/nobody')
  expect(await told('nobody')).toMatchObject({ author: 'Sam Second' })
  await late('Condition/lump')
  expect(await told('nobody')).toMatchObject({ author: null })
  await late('Condition/nobody')
  await loadJson(
    system,
    'nel',
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'history',
      entry: [{ request: { method: 'DELETE', url: 'Provenance/late' } }],
    }),
  )
  expect(await told('nobody')).toMatchObject({ author: null })
})
