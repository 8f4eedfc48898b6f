import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadBundle } from './load.ts'
import { allergy, patient, type Sent, type Someone } from './records.ts'

const generated = testNhsNumbers()
const all = Array.from({ length: 20 }, () => generated.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

const AL: Someone = { given: 'Al', family: 'Ahospital', birthDate: '1971-01-06' }
const BO: Someone = { given: 'Bo', family: 'Bhospital', birthDate: '1972-02-06' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

async function wordsOf(nhsNumber: string): Promise<string[]> {
  const query = `query ($n: ID!) { patient(nhsNumber: $n) {
    allergies { nodes { substance { display } } } observations { nodes { code { display } } } } }`
  const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
  if (data.patient === null) return []
  const { allergies, observations } = data.patient
  return [
    ...allergies.nodes.map(
      ({ substance }: { substance: { display: string } }) => substance.display,
    ),
    ...observations.nodes.map(({ code }: { code: { display: string } }) => code.display),
  ].sort()
}

/** A hospital's export: every entry with its own address there. */
function exported(base: string, resources: readonly Sent[]): object {
  const entry = resources.map((resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${String(resource['id'])}`,
    resource,
  }))
  return { resourceType: 'Bundle', type: 'searchset', entry }
}

function observation(id: string, reference: string, words: string): Sent {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'vital-signs',
          },
        ],
      },
    ],
    code: { text: words },
    subject: { reference },
    effectiveDateTime: '2024-01-01',
    valueString: words,
  }
}

describe('two hospitals of one region that use one id', () => {
  it.each([
    ['two hosts', 'https://a.example/fhir', 'https://b.example/fhir'],
    ['two paths of one host', 'https://hie.example/alpha', 'https://hie.example/beta'],
  ])(
    'are told apart by their addresses: %s (the one overwrote the other)',
    async (_w, one, two) => {
      const [al, bo] = [aNumber(), aNumber()]
      const [first, second] = [
        exported(one, [patient('1', al, AL), allergy('7', '1', 'Penicillin')]),
        exported(two, [patient('1', bo, BO), allergy('7', '1', 'Strawberry')]),
      ]
      for (const bundle of [first, second, first]) {
        expect((await loadBundle(system, 'nel', bundle)).refusals).toEqual([])
      }
      expect([await wordsOf(al), await wordsOf(bo)]).toEqual([['Penicillin'], ['Strawberry']])
    },
  )

  it('about one patient are both heard', async () => {
    const al = aNumber()
    await loadBundle(
      system,
      'nel',
      exported('https://c.example/fhir', [patient('3', al, AL), allergy('9', '3', 'Latex')]),
    )
    await loadBundle(
      system,
      'nel',
      exported('https://d.example/fhir', [patient('3', al, AL), allergy('9', '3', 'Nuts')]),
    )
    expect(await wordsOf(al)).toEqual(['Latex', 'Nuts'])
  })

  it('and name no server are refused by name, and nothing is overwritten', async () => {
    const [al, bo] = [aNumber(), aNumber()]
    await load(system, 'nel', [patient('n1', al, AL), allergy('n7', 'n1', 'Penicillin')])
    const report = await load(system, 'nel', [
      patient('n2', bo, BO),
      allergy('n7', 'n2', 'Strawberry'),
    ])
    expect(report.refusalCounts).toEqual({ SAME_ID: 1 })
    expect([await wordsOf(al), await wordsOf(bo)]).toEqual([['Penicillin'], []])
  })

  it('have two people of one date of birth under one Patient id: neither takes the other’s record', async () => {
    const [al, other] = [aNumber(), aNumber()]
    await load(system, 'nel', [patient('q1', al, AL), allergy('q7', 'q1', 'Latex')])
    const report = await load(system, 'nel', [
      patient('q1', other, { ...BO, birthDate: AL.birthDate }),
    ])
    expect(report.refusalCounts).toEqual({ DIFFERENT_PATIENT: 1 })
    expect([await wordsOf(al), await wordsOf(other)]).toEqual([['Latex'], []])
  })
})

describe('a transaction of POSTs', () => {
  it.each([
    ['alpha', 'beta', 'obs1'],
    ['gamma', 'delta', '42'],
  ])('gets its ids from the server, whatever it writes itself: %s, %s', async (one, two, id) => {
    const numbers = [aNumber(), aNumber()]
    for (const [place, words] of [one, two].entries()) {
      const urn = (kind: string) =>
        `urn:uuid:${kind}1111111-1111-4111-8111-${words.padEnd(12, '0')}`
      const { id: _, ...person } = patient('', numbers[place] ?? '', place === 0 ? AL : BO)
      const report = await loadBundle(system, 'nel', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          { fullUrl: urn('1'), resource: person, request: { method: 'POST', url: 'Patient' } },
          {
            fullUrl: urn('2'),
            resource: observation(id, urn('1'), words),
            request: { method: 'POST', url: 'Observation' },
          },
        ],
      })
      expect(report.refusals).toEqual([])
    }
    expect(await Promise.all(numbers.map(wordsOf))).toEqual([[one], [two]])
  })
})

describe('a reference to another server', () => {
  it.each([
    ['a Patient of the same id', 'https://elsewhere.example/fhir/Patient/r1'],
    ['another version of its Patient', 'https://elsewhere.example/fhir/Patient/r1/_history/2'],
  ])('does not land on what has the same id here: %s', async (_what, reference) => {
    const al = aNumber()
    const base = `https://own-${al.slice(-4)}.example/fhir`
    const bundle = exported(base, [
      patient('r1', al, AL),
      observation('r2', `${base}/Patient/r1`, 'Ours'),
      observation('r3', reference, 'Theirs'),
    ])
    const report = await loadBundle(system, 'nel', bundle)
    expect(report.refusalCounts).toEqual({ UNKNOWN_PATIENT: 1 })
    expect(await wordsOf(al)).toEqual(['Ours'])
  })
})
