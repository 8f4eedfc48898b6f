import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { allergy, patient, type Sent } from '../whose-record/records.ts'

const generated = testNhsNumbers()
const all = Array.from({ length: 12 }, () => generated.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

const CON = { given: 'Con', family: 'Tained', birthDate: '1971-01-03' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

/** What a clinician gets: every entry of these sections, with its status. */
async function shownOf(nhsNumber: string): Promise<Record<string, string[]>> {
  const section = '{ status nodes { code { display } itemStatus: status } }'
  const names = ['allergies', 'testResults', 'medications', 'diagnoses', 'carePlans', 'referrals']
  const asked = names.map((name) => `${name} ${section}`).join('\n')
  const { data, errors } = await system.ask(
    `query ($n: ID!) { patient(nhsNumber: $n) { ${asked} } }`,
    { as: 'doctor.mkuh', variables: { n: nhsNumber } },
  )
  expect(errors).toBeUndefined()
  type Node = { code: { display: string } | null; itemStatus: string }
  const shown = names.map((name) => {
    const nodes: Node[] = data.patient[name].nodes
    return [name, nodes.map((one) => `${one.code?.display} ${one.itemStatus}`).sort()] as const
  })
  return Object.fromEntries(shown.filter(([, entries]) => entries.length > 0))
}

/** Somebody with one resource that contains others; all of `more` over it. */
async function loadCarrier(
  resourceType: string,
  contained: readonly object[],
  more: Readonly<Record<string, unknown>>,
) {
  const nhsNumber = aNumber()
  const id = `p-${nhsNumber}`
  const subject = { reference: `Patient/${id}` }
  const carrier = (own: readonly object[], last = more): Sent => ({
    resourceType,
    id: `c-${nhsNumber}`,
    subject,
    contained: own,
    ...last,
  })
  const report = await load(system, 'nel', [patient(id, nhsNumber, CON), carrier(contained)])
  return { nhsNumber, report, carrier }
}

const coding = (code: string) => [{ coding: [{ code }] }]
const lab = (id: string, text: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: coding('laboratory'),
  code: { text },
})
const endedAllergy = {
  ...allergy('e', '', 'Penicillin'),
  patient: undefined,
  clinicalStatus: { coding: [{ code: 'resolved' }] },
}

describe('What stands in another resource', () => {
  it.each([
    [
      'an ended allergy in a List (nothing was recorded)',
      'List',
      [endedAllergy],
      { status: 'current', title: 'Ended allergies', entry: [{ item: { reference: '#e' } }] },
      { allergies: ['Penicillin RESOLVED'] },
    ],
    [
      'a result in a panel (it was lost)',
      'Observation',
      [lab('k', 'Potassium')],
      { ...lab('', 'Urea and electrolytes'), hasMember: [{ reference: '#k' }] },
      { testResults: ['Potassium FINAL', 'Urea and electrolytes FINAL'] },
    ],
    [
      'insulin in a care plan (it was lost)',
      'CarePlan',
      [
        {
          resourceType: 'MedicationRequest',
          id: 'm',
          status: 'active',
          medicationCodeableConcept: { text: 'Insulin' },
        },
      ],
      { status: 'active', category: [{ text: 'Diabetes' }] },
      { medications: ['Insulin ACTIVE'], carePlans: ['Diabetes ACTIVE'] },
    ],
    [
      'the reason for a referral, and a result without an id',
      'ServiceRequest',
      [
        { resourceType: 'Condition', id: 'd', code: { text: 'Angina' } },
        { ...lab('', 'Troponin'), id: undefined },
      ],
      { status: 'active', code: { text: 'Cardiology' }, reasonReference: [{ reference: '#d' }] },
      {
        diagnoses: ['Angina UNKNOWN'],
        testResults: ['Troponin FINAL'],
        referrals: ['Cardiology ACTIVE'],
      },
    ],
  ])(
    'is shown in its own section, and counted: %s',
    async (_what, type, contained, more, shown) => {
      const { id: _id, ...rest } = more as Record<string, unknown>
      const { nhsNumber, report } = await loadCarrier(type, contained, rest)
      expect(await shownOf(nhsNumber)).toEqual(shown)
      expect(report.contained.map((row) => row.loaded)).toEqual(contained.map(() => 1))
      expect(report.entries).toBe(2)
    },
  )

  it('stays the same entry when it is loaded again, and goes with what contains it', async () => {
    const { nhsNumber, carrier } = await loadCarrier('List', [endedAllergy], { status: 'current' })
    const ids = async () => {
      const query = 'query ($n: ID!) { patient(nhsNumber: $n) { allergies { nodes { id } } } }'
      const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
      return data.patient.allergies.nodes.map(({ id }: { id: string }) => id)
    }
    const before = await ids()
    expect(before).toHaveLength(1)
    const again = await load(system, 'nel', [
      carrier([endedAllergy], { status: 'current', note: [{ text: 'Seen' }] }),
    ])
    expect(again.contained).toMatchObject([{ loaded: 1 }])
    expect(await ids()).toEqual(before)
    const same = await load(system, 'nel', [
      carrier([endedAllergy], { status: 'current', note: [{ text: 'Seen' }] }),
    ])
    expect(same.contained).toMatchObject([{ unchanged: 1 }])
    await load(system, 'nel', [carrier([])])
    expect(await ids()).toEqual([])
  })

  it.each([
    ['a report', 'DiagnosticReport', { status: 'entered-in-error' }, { testResults: [] }],
    [
      'a report that is not yet sure',
      'DiagnosticReport',
      { status: 'preliminary' },
      { testResults: ['Potassium PRELIMINARY', 'Whole PRELIMINARY'] },
    ],
    ['a List', 'List', { status: 'entered-in-error' }, { testResults: [] }],
  ])('is no surer than what contains it (it was FINAL): %s', async (_what, type, more, shown) => {
    const { nhsNumber } = await loadCarrier(type, [lab('k', 'Potassium')], {
      code: { text: 'Whole' },
      result: [{ reference: '#k' }],
      ...more,
    })
    expect({ testResults: [], ...(await shownOf(nhsNumber)) }).toEqual(shown)
  })

  it('of somebody else, and a Consent, are refused by name', async () => {
    const other = aNumber()
    await load(system, 'nel', [patient(`p-${other}`, other, CON)])
    const { nhsNumber, report } = await loadCarrier(
      'List',
      [
        { ...endedAllergy, patient: { reference: `Patient/p-${other}` } },
        { resourceType: 'Consent', id: 'no', status: 'active' },
      ],
      { status: 'current' },
    )
    expect(report.refusals.map(({ reason, place }) => [reason, place])).toEqual([
      ['CONTAINED_ELSEWHERE', 'entry[1], contained[0]'],
      ['CONTAINED_CONSENT', 'entry[1], contained[1]'],
    ])
    expect(report.contained).toMatchObject([{ refused: 1 }, { refused: 1 }])
    expect([await shownOf(nhsNumber), await shownOf(other)]).toEqual([{}, {}])
  })
})

describe('What is of a type that is not mapped', () => {
  it('is named in the report, what it contains too; what is about money is not', async () => {
    const report = await load(system, 'nel', [
      {
        resourceType: 'NutritionOrder',
        id: 'f',
        status: 'completed',
        contained: [{ resourceType: 'VisionPrescription', id: 'r', status: 'final' }],
      },
      { resourceType: 'Claim', id: 'c', status: 'active' },
    ])
    expect(report.notMapped).toEqual([
      { resourceType: 'NutritionOrder', entries: 1 },
      { resourceType: 'VisionPrescription', entries: 1 },
    ])
  })
})
