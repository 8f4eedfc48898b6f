import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadPerson } from '../whose-record/load.ts'
import type { Sent } from '../whose-record/records.ts'

const generated = testNhsNumbers()
const all = Array.from({ length: 12 }, () => generated.next().value)
let taken = 0
const aNumber = () => all[taken++] ?? ''

const GAMMA = { given: 'Gil', family: 'Gamma', birthDate: '1970-01-01' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all })
}, 60_000)
afterAll(() => system?.close())

const OPT_IN = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }],
}

function consent(nhsNumber: string, more: Readonly<Record<string, unknown>>): Sent {
  return {
    resourceType: 'Consent',
    id: `consent-${nhsNumber}`,
    status: 'active',
    scope: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/consentscope',
          code: 'patient-privacy',
        },
      ],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: `Patient/p-${nhsNumber}` },
    policyRule: OPT_IN,
    ...more,
  }
}

/** What a clinician gets of somebody with this Consent: the words of allergies, or why not. */
async function answerAbout(more: Readonly<Record<string, unknown>>): Promise<unknown> {
  const nhsNumber = aNumber()
  await loadPerson(system, 'nel', { nhsNumber, who: GAMMA })
  const report = await load(system, 'nel', [consent(nhsNumber, more)])
  expect(report.refusals).toEqual([])
  const { data, errors } = await system.ask(
    'query ($n: ID!) { patient(nhsNumber: $n) { allergies { nodes { code { display } } } } }',
    { as: 'doctor.mkuh', variables: { n: nhsNumber } },
  )
  return errors?.map(({ extensions }) => extensions?.code) ?? data.patient.allergies.nodes.length
}

const disclose = [{ coding: [{ code: 'disclose' }] }]

describe('An objection that stands where R4 puts it, in the exceptions to what a Consent permits', () => {
  it.each([
    ['one level down', { provision: { provision: [{ type: 'deny', action: disclose }] } }],
    [
      'two levels down, beside what is permitted',
      {
        provision: {
          type: 'permit',
          provision: [
            { type: 'permit' },
            { type: 'permit', provision: [{ type: 'deny', period: { end: '2020-01-01' } }] },
          ],
        },
      },
    ],
    ['in an exception without a type', { provision: { provision: [{ actor: [{}] }] } }],
    ['in a Consent without a scope', { scope: undefined, provision: { type: 'deny' } }],
  ])('closes the record (the record stayed open): %s', async (_what, more) => {
    expect(await answerAbout(more)).toEqual(['OBJECTION_IN_FORCE'])
  })

  it.each([
    ['only permits', { provision: { provision: [{ type: 'permit' }] } }],
    [
      'denies research',
      { provision: { provision: [{ type: 'deny', purpose: [{ code: 'HRESCH' }] }] } },
    ],
    ['is withdrawn', { status: 'inactive', provision: { provision: [{ type: 'deny' }] } }],
  ])('is none in a Consent that %s', async (_what, more) => {
    expect(await answerAbout(more)).toBe(1)
  })

  it('that names nobody is refused by name (it was counted as loaded, and nobody’s)', async () => {
    const report = await load(system, 'nel', [
      consent(aNumber(), { patient: undefined, provision: { type: 'deny' } }),
    ])
    expect(report.refusalCounts).toEqual({ NO_PATIENT: 1 })
  })
})
