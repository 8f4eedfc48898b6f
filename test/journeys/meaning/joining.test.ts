import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { allergy, patient, type Sent, type Someone } from '../whose-record/records.ts'

const numbers = testNhsNumbers()
const all = Array.from({ length: 10 }, () => numbers.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

const JO: Someone = { given: 'Jo', family: 'Joined', birthDate: '1971-01-05' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

type Entry = { id: string; words: string; possibleDuplicateOf: string[]; provenance: object[] }

const SECTIONS = {
  allergies: 'words: substance { display }',
  testResults: 'words: code { display }',
  medications: 'words: code { display }',
  diagnoses: 'words: code { display }',
} as const

async function shown(section: keyof typeof SECTIONS, nel: Sent[], sel: Sent[]) {
  const nhsNumber = aNumber()
  for (const [code, sent] of [
    ['nel', nel],
    ['sel', sel],
  ] as const) {
    await load(system, code, [
      patient('p', nhsNumber, JO, { id: `p-${nhsNumber}` }),
      ...sent.map((one) => of(one, nhsNumber)),
    ])
  }
  const query = `query ($n: ID!) { patient(nhsNumber: $n) { section: ${section} {
    nodes { id ${SECTIONS[section]} possibleDuplicateOf provenance { participant } }
    conflicts { kind participants entries }
  } } }`
  const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
  const { nodes, conflicts } = data.patient.section
  const entries = nodes.map((one: Entry & { words: { display: string } }) => ({
    ...one,
    words: one.words.display,
  })) as Entry[]
  return { entries, conflicts, words: entries.map(({ words }) => words).sort() }
}

/** The same for one patient: ids and references are of this number. */
function of(sent: Sent, nhsNumber: string): Sent {
  const reference = { reference: `Patient/p-${nhsNumber}` }
  const subject = sent.resourceType === 'AllergyIntolerance' ? 'patient' : 'subject'
  return { ...sent, id: `${sent['id']}-${nhsNumber}`, [subject]: reference }
}

const named = (value: string) => ({
  identifier: [{ system: 'https://vendor.example/id/entry', value }],
})

function result(code: string, value: number, unit = 'mmol/L'): Sent {
  return {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: code },
    effectiveDateTime: '2026-04-01T10:00:00Z',
    valueQuantity: { value, unit },
    ...named('77'),
  }
}

function prescription(medicine: string, dose: string): Sent {
  return {
    resourceType: 'MedicationRequest',
    id: 'm',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: medicine },
    authoredOn: '2026-04-01',
    dosageInstruction: [{ text: dose }],
    ...named('rx-1'),
  }
}

function diagnosis(code: string, display: string): Sent {
  return {
    resourceType: 'Condition',
    id: 'c',
    code: { coding: [{ system: 'http://snomed.info/sct', code, display }] },
    recordedDate: '2026-04-01',
    ...named('1'),
  }
}

function narrated(words: string): Sent {
  const text = { status: 'generated', div: `<div>${words}</div>` }
  return { resourceType: 'Condition', id: 'c', text, recordedDate: '2026-04-01', ...named('1') }
}

const nuts = { ...allergy('a', 'p', 'Nuts'), ...named('1') }
const penicillin = { ...allergy('a', 'p', 'Penicillin'), ...named('1') }

// Before: one of the two was shown, with the provenance of both; the nut allergy and the potassium were gone.
it.each([
  [
    'an allergy to nuts and one to penicillin',
    'allergies',
    penicillin,
    nuts,
    ['Nuts', 'Penicillin'],
  ],
  [
    'sodium and potassium',
    'testResults',
    result('Sodium', 140),
    result('Potassium', 6.9),
    ['Potassium', 'Sodium'],
  ],
  [
    'two values of potassium',
    'testResults',
    result('Potassium', 4.1),
    result('Potassium', 6.9),
    ['Potassium', 'Potassium'],
  ],
  [
    'one value in two units',
    'testResults',
    result('Glucose', 5),
    result('Glucose', 5, 'mg/dL'),
    ['Glucose', 'Glucose'],
  ],
  [
    'two doses',
    'medications',
    prescription('Morphine', '5 mg'),
    prescription('Morphine', '50 mg'),
    ['Morphine', 'Morphine'],
  ],
  [
    'two diagnoses',
    'diagnoses',
    diagnosis('195967001', 'Asthma'),
    diagnosis('73211009', 'Diabetes'),
    ['Asthma', 'Diabetes'],
  ],
  [
    'two diagnoses that only the narrative names',
    'diagnoses',
    narrated('Asthma'),
    narrated('Diabetes'),
    ['Asthma', 'Diabetes'],
  ],
] as const)(
  '%s under one identifier stay apart, point at each other and are a conflict',
  async (_case, section, nel, sel, expected) => {
    const { entries, words, conflicts } = await shown(section, [nel], [sel])
    expect(words).toEqual(expected)
    const [one, other] = entries
    expect([one?.possibleDuplicateOf, other?.possibleDuplicateOf]).toEqual([[other?.id], [one?.id]])
    expect(conflicts).toEqual([
      {
        kind: 'RECORDED_DIFFERENTLY',
        participants: ['nel', 'sel'],
        entries: expect.arrayContaining([one?.id, other?.id]),
      },
    ])
  },
)

it.each([
  ['an allergy', 'allergies', nuts, nuts],
  ['a result', 'testResults', result('Potassium', 6.9), result('Potassium', 6.9)],
  [
    'a prescription',
    'medications',
    prescription('Morphine', '5 mg'),
    prescription('Morphine', '5  MG'),
  ],
] as const)(
  '%s that both record alike is one entry, with the provenance of both',
  async (_case, section, nel, sel) => {
    const { entries, conflicts } = await shown(section, [nel], [sel])
    expect(entries.filter(({ provenance }) => provenance.length === 2)).toHaveLength(1)
    expect(conflicts).toEqual([])
  },
)
