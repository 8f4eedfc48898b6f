import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { allergy, patient, type Sent } from '../whose-record/records.ts'

const numbers = testNhsNumbers()
const [FORBIDDEN, HIDDEN, NONE, OPEN] = Array.from({ length: 4 }, () => numbers.next().value) as [
  string,
  string,
  string,
  string,
]

const FAY = { given: 'Fay', family: 'Forbidden', birthDate: '1971-01-01' }
const UNKNOWN = [{ url: 'https://example.org/not-what-it-seems', valueBoolean: true }]

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [FORBIDDEN, HIDDEN, NONE, OPEN] })
}, 60_000)
afterAll(() => system?.close())

function tell(code: string, nhsNumber: string, ...resources: Sent[]) {
  const who = patient(`p-${nhsNumber}`, nhsNumber, FAY)
  return load(system, code, [who, ...resources])
}

function of(nhsNumber: string) {
  return { subject: { reference: `Patient/p-${nhsNumber}` } }
}

async function ask(nhsNumber: string, selection: string) {
  const { data, errors } = await system.ask(
    `query Modifiers($n: ID!) { patient(nhsNumber: $n) { ${selection} } }`,
    { as: 'gp.nel', variables: { n: nhsNumber } },
  )
  expect(errors).toBeUndefined()
  return data.patient
}

describe('what must not be done', () => {
  beforeAll(() =>
    tell(
      'nel',
      FORBIDDEN,
      {
        resourceType: 'MedicationRequest',
        id: 'aspirin',
        status: 'active',
        intent: 'order',
        doNotPerform: true,
        medicationCodeableConcept: { text: 'Aspirin' },
        ...of(FORBIDDEN),
      },
      {
        resourceType: 'MedicationRequest',
        id: 'penicillin',
        status: 'completed',
        intent: 'order',
        doNotPerform: true,
        medicationCodeableConcept: { text: 'Penicillin' },
        ...of(FORBIDDEN),
      },
      {
        resourceType: 'ServiceRequest',
        id: 'resuscitation',
        status: 'active',
        intent: 'order',
        doNotPerform: true,
        code: { text: 'Cardiopulmonary resuscitation' },
        ...of(FORBIDDEN),
      },
      {
        resourceType: 'CarePlan',
        id: 'swallowing',
        status: 'active',
        intent: 'plan',
        activity: [
          { detail: { status: 'in-progress', doNotPerform: true, description: 'Oral feeding' } },
        ],
        ...of(FORBIDDEN),
      },
    ),
  )

  // Aspirin came out ACTIVE, resuscitation as an active referral, oral feeding in progress.
  it('is shown as forbidden: a medicine, a service, and an activity of a plan', async () => {
    const shown = await ask(
      FORBIDDEN,
      `medications { isComplete nodes { status isProhibited medication { display } } }
       referrals { nodes { status isProhibited code { display } } }
       carePlans { nodes { activities { status isProhibited description } } }`,
    )
    expect(shown.medications.isComplete).toBe(true)
    expect(shown.medications.nodes).toHaveLength(2)
    expect(shown.medications.nodes).toEqual(
      expect.arrayContaining([
        { status: 'PROHIBITED', isProhibited: true, medication: { display: 'Aspirin' } },
        { status: 'PROHIBITION_ENDED', isProhibited: true, medication: { display: 'Penicillin' } },
      ]),
    )
    expect(shown.referrals.nodes).toEqual([
      {
        status: 'PROHIBITED',
        isProhibited: true,
        code: { display: 'Cardiopulmonary resuscitation' },
      },
    ])
    expect(shown.carePlans.nodes[0].activities).toEqual([
      { status: 'prohibited', isProhibited: true, description: 'Oral feeding' },
    ])
  })

  it('is not among what is asked for by the states of a request', async () => {
    const shown = await ask(
      FORBIDDEN,
      `medications(status: [ACTIVE, COMPLETED]) { nodes { id } }
       referrals(status: [ACTIVE]) { nodes { id } }`,
    )
    expect(shown).toEqual({ medications: { nodes: [] }, referrals: { nodes: [] } })
  })
})

describe('what carries a modifier that nobody knows', () => {
  beforeAll(async () => {
    await tell(
      'nel',
      HIDDEN,
      {
        resourceType: 'MedicationStatement',
        id: 'ranitidine',
        status: 'active',
        modifierExtension: UNKNOWN,
        medicationCodeableConcept: { text: 'Ranitidine' },
        ...of(HIDDEN),
      },
      {
        resourceType: 'Condition',
        id: 'infarction',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { text: 'Myocardial infarction' },
        evidence: [{ modifierExtension: UNKNOWN }],
        ...of(HIDDEN),
      },
      {
        resourceType: 'Condition',
        id: 'asthma',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { text: 'Asthma' },
        ...of(HIDDEN),
      },
    )
    await tell('sel', HIDDEN, {
      resourceType: 'MedicationStatement',
      id: 'metformin',
      status: 'active',
      medicationCodeableConcept: { text: 'Metformin' },
      ...of(HIDDEN),
    })
  })

  const SECTION = 'status isComplete missingSources notUnderstood'

  // Ranitidine came out ACTIVE and the infarction confirmed, in complete sections.
  it('is not shown, and the sections say of which source', async () => {
    const shown = await ask(
      HIDDEN,
      `medications { ${SECTION} nodes { medication { display } } }
       diagnoses { ${SECTION} nodes { code { display } } }
       allergies { ${SECTION} }
       timeline { isComplete missingSources nodes { id } }
       sources { participant { code } outcome }`,
    )
    const incomplete = { isComplete: false, missingSources: ['nel'] }
    const told = { status: 'HAS_ENTRIES', ...incomplete, notUnderstood: ['nel'] }
    expect(shown.medications).toEqual({
      ...told,
      nodes: [{ medication: { display: 'Metformin' } }],
    })
    expect(shown.diagnoses).toEqual({ ...told, nodes: [{ code: { display: 'Asthma' } }] })
    expect(shown.allergies).toEqual({
      status: 'NOTHING_RECORDED',
      isComplete: true,
      missingSources: [],
      notUnderstood: [],
    })
    expect(shown.timeline).toMatchObject(incomplete)
    expect(shown.timeline.nodes).toHaveLength(2)
    const outcomes = shown.sources.map(
      (one: { participant: { code: string }; outcome: string }) => [
        one.participant.code,
        one.outcome,
      ],
    )
    expect(Object.fromEntries(outcomes)).toMatchObject({ nel: 'INCOMPLETE', sel: 'ANSWERED' })
  })

  it('is told of a source by its own record too, where nothing may be concluded', async () => {
    const { records } = await ask(
      HIDDEN,
      `records { __typename medications { ${SECTION} nodes { id } } }`,
    )
    const own = records.find(({ __typename }: { __typename: string }) => __typename === 'NelRecord')
    expect(own.medications).toEqual({
      status: 'UNKNOWN',
      isComplete: false,
      missingSources: ['nel'],
      notUnderstood: ['nel'],
      nodes: [],
    })
  })

  it('takes back what was concluded from a statement that there are none', async () => {
    const none = {
      resourceType: 'List',
      id: 'none',
      status: 'current',
      mode: 'snapshot',
      title: 'Allergies',
      emptyReason: { coding: [{ code: 'nilknown' }] },
      ...of(NONE),
    }
    await tell('nel', NONE, none)
    const stated = await ask(NONE, `allergies { ${SECTION} statedNoneKnown { participant } }`)
    expect(stated.allergies).toMatchObject({ status: 'NONE_KNOWN', isComplete: true })
    await tell('nel', NONE, { ...none, implicitRules: 'https://example.org/rules' })
    const shown = await ask(NONE, `allergies { ${SECTION} statedNoneKnown { participant } }`)
    expect(shown.allergies).toEqual({
      status: 'UNKNOWN',
      isComplete: false,
      missingSources: ['nel'],
      notUnderstood: ['nel'],
      statedNoneKnown: [],
    })
  })

  it('is shown again once its source sends it without', async () => {
    const dust = { ...allergy('dust', `p-${OPEN}`, 'Dust'), modifierExtension: UNKNOWN }
    await tell('nel', OPEN, dust)
    const hidden = await ask(OPEN, `allergies { ${SECTION} nodes { code { display } } }`)
    expect(hidden.allergies).toMatchObject({ status: 'UNKNOWN', nodes: [] })
    await tell('nel', OPEN, { ...dust, modifierExtension: [] })
    const shown = await ask(OPEN, `allergies { ${SECTION} nodes { code { display } } }`)
    expect(shown.allergies).toMatchObject({
      status: 'HAS_ENTRIES',
      isComplete: true,
      notUnderstood: [],
      nodes: [{ code: { display: 'Dust' } }],
    })
  })
})
