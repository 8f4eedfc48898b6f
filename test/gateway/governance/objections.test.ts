import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ADA,
  type Answer,
  type AskOptions,
  BERNARD,
  createTestGovernance,
  GEORGE,
  KWAME,
  type TestGovernance,
} from './test-governance.ts'

const OBJECTION = `id nhsNumber participant state isInForce source route receivedOn note decidedOn reason
  explanation notice history { at from to by { userId name roleCode roleName odsCode organisationName } }`
const RECORD = `mutation Record($nhsNumber: ID!, $receivedOn: DateTime!, $note: String) {
  recordObjection(nhsNumber: $nhsNumber, receivedOn: $receivedOn, route: PROFESSIONAL, note: $note) {
    ${OBJECTION}
  }
}`
const REVIEW = `mutation Review($id: ID!) {
  changed: takeObjectionUnderReview(objectionId: $id) { ${OBJECTION} }
}`
const DECIDE = `mutation Decide(
  $id: ID!, $decision: ObjectionDecision!, $reason: NotUpheldReason, $explanation: String!
) {
  changed: decideObjection(
    objectionId: $id, decision: $decision, reason: $reason, explanation: $explanation
  ) { ${OBJECTION} }
}`
const WITHDRAW = `mutation Withdraw($id: ID!) {
  changed: withdrawObjection(objectionId: $id) { ${OBJECTION} }
}`
const ALL = `query All($nhsNumber: ID!) { objections(nhsNumber: $nhsNumber) { ${OBJECTION} } }`
const ONE = `query One($id: ID!) { objection(id: $id) { ${OBJECTION} } }`

const OFFICER = 'privacy-officer.sel'
const GUARDIAN = 'caldicott-guardian.ncl'
const EXPLANATION = 'Weighed with the safeguarding lead'

let london: TestGovernance

beforeAll(async () => {
  london = await createTestGovernance()
})
beforeEach(async () => {
  await london.clear()
  await london.putPatient('sel', ADA)
})
afterAll(() => london.close())

function record(changes: object = {}, options: AskOptions = { as: OFFICER }): Promise<Answer> {
  const variables = { nhsNumber: ADA, receivedOn: '2026-11-20', note: null, ...changes }
  return london.ask(RECORD, { ...options, variables })
}

async function recorded(): Promise<string> {
  return (await record()).data.recordObjection.id
}

const steps = {
  review: (id: string, as = OFFICER) => london.ask(REVIEW, { as, variables: { id } }),
  uphold: (id: string, as = OFFICER) =>
    london.ask(DECIDE, {
      as,
      variables: { id, decision: 'UPHELD', explanation: EXPLANATION },
    }),
  refuse: (id: string, as = OFFICER) =>
    london.ask(DECIDE, {
      as,
      variables: {
        id,
        decision: 'NOT_UPHELD',
        reason: 'SAFEGUARDING',
        explanation: EXPLANATION,
      },
    }),
  withdraw: (id: string, as = OFFICER) => london.ask(WITHDRAW, { as, variables: { id } }),
}

/** Everything written, to see that a refusal wrote nothing. */
async function register(): Promise<unknown> {
  return {
    objections: await london.db.selectFrom('objection').selectAll().orderBy('id').execute(),
    steps: await london.db.selectFrom('objection_step').selectAll().orderBy('id').execute(),
  }
}

describe('Recording an objection', () => {
  it('keeps what was said, when, by whom and where', async () => {
    const { data, errors } = await record({ nhsNumber: '999 000 0018', note: ' By letter ' })

    expect(errors).toEqual([])
    expect(data.recordObjection).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      nhsNumber: ADA,
      participant: 'sel',
      state: 'RECEIVED',
      isInForce: false,
      source: 'LONDON_CARE_RECORD',
      route: 'PROFESSIONAL',
      receivedOn: '2026-11-20',
      note: 'By letter',
      decidedOn: null,
      reason: null,
      explanation: null,
      notice: null,
      history: [
        {
          at: '2026-11-22T09:00:00.000Z',
          from: null,
          to: 'RECEIVED',
          by: {
            userId: 'user of privacy-officer.sel',
            name: 'Denise Clarke',
            roleCode: 'R0001',
            roleName: 'Privacy Officer',
            odsCode: 'RJZ',
            organisationName: "King's College Hospital NHS Foundation Trust",
          },
        },
      ],
    })
  })

  it('is for a professional whose organisation has a relationship with the patient', async () => {
    await london.putPatient('nel', BERNARD)
    await london.putRelationship(BERNARD, 'RJZ')
    const { data } = await record({ nhsNumber: BERNARD }, { as: 'ed-doctor.sel' })
    expect(data.recordObjection).toMatchObject({ participant: 'sel', state: 'RECEIVED' })
  })

  it('counts a relationship under a number that was replaced', async () => {
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    await london.putRelationship(KWAME.before, 'RJZ')
    const { codes } = await record({ nhsNumber: KWAME.now }, { as: 'ed-doctor.sel' })
    expect(codes).toEqual([])
  })

  it('is refused in the same words for an unknown and an unrelated patient', async () => {
    await london.putPatient('nel', BERNARD)
    await london.putPatient('nel', GEORGE, { objection: 'UPHELD' })
    const before = await register()
    const refused = await Promise.all([
      record({ nhsNumber: '9990000255' }, { as: 'ed-doctor.sel' }),
      record({ nhsNumber: BERNARD }, { as: 'ed-doctor.sel' }),
      record({ nhsNumber: GEORGE }, { as: 'ed-doctor.sel' }),
      // Known to the participant, but the doctor's own organisation does not care for her.
      record({ nhsNumber: ADA }, { as: 'ed-doctor.sel' }),
      record({ nhsNumber: BERNARD }, { as: OFFICER }),
      record({ nhsNumber: '9990000255' }, { as: OFFICER }),
    ])
    expect(refused.map(({ codes }) => codes)).toEqual(
      refused.map(() => ['NO_LEGITIMATE_RELATIONSHIP']),
    )
    expect(new Set(refused.map(({ messages }) => messages.join())).size).toBe(1)
    expect(await register()).toEqual(before)
  })

  it.each([
    ['an NHS number whose check digit is wrong', 'nhsNumber', { nhsNumber: '9990000019' }],
    ['a day that has not come yet', 'receivedOn', { receivedOn: '2026-11-23' }],
    ['a day before records were shared', 'receivedOn', { receivedOn: '1999-12-31' }],
    ['a day that there is not', 'receivedOn', { receivedOn: '2026-02-30' }],
    ['a month without its day', 'receivedOn', { receivedOn: '2026-11' }],
    ['a day and its time', 'receivedOn', { receivedOn: '2026-11-20T10:00:00Z' }],
    ['no day at all', 'receivedOn', { receivedOn: 'yesterday' }],
    ['a note of blanks', 'note', { note: '   ' }],
    ['a note of 1001 characters', 'note', { note: 'x'.repeat(1001) }],
    ['a note of two lines', 'note', { note: 'one\ntwo' }],
  ])('is refused with %s', async (_what, argument, changes) => {
    const before = await register()
    const { data, codes, errors } = await record(changes)
    expect(data).toEqual({ recordObjection: null })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    expect(await register()).toEqual(before)
  })

  it('takes the day that it is in London, an hour ahead in summer', async () => {
    london.turnClock(new Date('2026-07-01T23:30:00.000Z'))
    expect((await record({ receivedOn: '2026-07-02' })).codes).toEqual([])
  })

  it('is refused while another one of the patient is open, under whichever number', async () => {
    await london.putPatient('sel', KWAME.now)
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    const first = await record({ nhsNumber: KWAME.before })
    const before = await register()
    const second = await record({ nhsNumber: KWAME.now })

    expect(first.codes).toEqual([])
    expect(second.codes).toEqual(['OBJECTION_ALREADY_OPEN'])
    expect(await register()).toEqual(before)
  })

  it('writes one objection when the same is recorded several times at one moment', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => record()))
    const codes = answers.flatMap((answer) => answer.codes)
    expect(codes).toEqual([
      'OBJECTION_ALREADY_OPEN',
      'OBJECTION_ALREADY_OPEN',
      'OBJECTION_ALREADY_OPEN',
    ])
  })

  it('begins anew after one has ended', async () => {
    await steps.withdraw(await recorded())
    const again = await record()
    expect(again.codes).toEqual([])
    const { data } = await london.ask(ALL, { as: OFFICER, variables: { nhsNumber: ADA } })
    expect(data.objections.map((one: { state: string }) => one.state)).toEqual([
      'RECEIVED',
      'WITHDRAWN',
    ])
  })

  it('is refused when the relationship cannot be read', async () => {
    const { data, codes } = await london.without('care_relationship', () =>
      record({}, { as: 'ed-doctor.sel' }),
    )
    expect(data).toEqual({ recordObjection: null })
    expect(codes).toEqual(['UNCODED'])
    expect(await register()).toEqual({ objections: [], steps: [] })
  })
})

type Way = readonly (keyof typeof steps)[]

/** Every state, with a way there and the steps that go on from it. */
const ways: readonly (readonly [string, Way, Way, boolean])[] = [
  ['RECEIVED', [], ['review', 'withdraw'], false],
  ['UNDER_REVIEW', ['review'], ['uphold', 'refuse', 'withdraw'], true],
  ['UPHELD', ['review', 'uphold'], ['withdraw'], true],
  ['NOT_UPHELD', ['review', 'refuse'], [], false],
  ['WITHDRAWN', ['withdraw'], [], false],
]

describe.each(ways)('An objection that is %s', (state, way, next, isInForce) => {
  it(`${isInForce ? 'closes' : 'does not close'} the record`, async () => {
    const id = await recorded()
    for (const step of way) await steps[step](id)

    const { data } = await london.ask(ONE, { as: OFFICER, variables: { id } })
    expect(data.objection).toMatchObject({ state, isInForce })
    expect(await london.governance.objectionInForce([ADA])).toBe(isInForce)
    expect(await london.governance.objectionInForce([BERNARD])).toBe(false)
  })

  it.each(Object.keys(steps) as (keyof typeof steps)[])(
    'goes on by "%s", or refuses',
    async (step) => {
      const id = await recorded()
      for (const one of way) await steps[one](id)
      const before = await register()
      const { data, codes } = await steps[step](id)

      if (next.includes(step)) {
        expect(codes).toEqual([])
        expect(data.changed.history).toHaveLength(way.length + 2)
        expect(data.changed.history.at(-1)).toMatchObject({ from: state, to: data.changed.state })
      } else {
        expect(codes).toEqual(['OBJECTION_STATE_CONFLICT'])
        expect(data).toEqual({ changed: null })
        expect(await register()).toEqual(before)
      }
    },
  )
})

describe('Deciding on an objection', () => {
  it.each([
    ['not upheld without a reason', 'reason', { decision: 'NOT_UPHELD' }],
    ['upheld with a reason', 'reason', { decision: 'UPHELD', reason: 'PUBLIC_INTEREST' }],
    ['without an explanation', 'explanation', { decision: 'UPHELD', explanation: '          ' }],
    ['with a short explanation', 'explanation', { decision: 'UPHELD', explanation: 'because' }],
    [
      'with an explanation of 1001 characters',
      'explanation',
      { decision: 'UPHELD', explanation: 'x'.repeat(1001) },
    ],
  ])('is refused when it is %s', async (_what, argument, changes) => {
    const id = await recorded()
    await steps.review(id)
    const before = await register()
    const { codes, errors } = await london.ask(DECIDE, {
      as: OFFICER,
      variables: { id, explanation: EXPLANATION, ...changes },
    })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    expect(await register()).toEqual(before)
  })

  it('is done by one of two officers who decide at the same moment; the other is told', async () => {
    const id = await recorded()
    await steps.review(id)
    const both = await Promise.all([steps.uphold(id), steps.refuse(id)])

    expect(both.flatMap(({ codes }) => codes)).toEqual(['OBJECTION_STATE_CONFLICT'])
    const { data } = await london.ask(ONE, { as: OFFICER, variables: { id } })
    const winner = both.find(({ codes }) => codes.length === 0)
    expect(data.objection).toEqual(winner?.data.changed)
    expect(data.objection.history).toHaveLength(3)
  })

  it('holds at once in another gateway process', async () => {
    const elsewhere = await london.another()
    const id = await recorded()
    expect(await elsewhere.objectionInForce([ADA])).toBe(false)
    await steps.review(id)
    expect(await elsewhere.objectionInForce([ADA])).toBe(true)
    await steps.refuse(id)
    expect(await elsewhere.objectionInForce([ADA])).toBe(false)
  })

  it('makes no notice when the objection is upheld', async () => {
    const id = await recorded()
    await steps.review(id)
    const { data } = await steps.uphold(id)
    expect(data.changed).toMatchObject({
      decidedOn: '2026-11-22',
      reason: null,
      explanation: EXPLANATION,
      notice: null,
    })
  })
})

describe('The notice of an objection that was not upheld', () => {
  it.each([
    ['PUBLIC_INTEREST', 'there is a public interest in sharing it'],
    ['SAFEGUARDING', 'keep a child, or an adult who cannot protect themselves, safe'],
    ['RISK_OF_HARM', 'could lead to serious harm to you or to somebody else'],
  ])('tells the reason %s in words, and how to complain', async (reason, words) => {
    const id = await recorded()
    await steps.review(id)
    const { data } = await london.ask(DECIDE, {
      as: OFFICER,
      variables: { id, decision: 'NOT_UPHELD', reason, explanation: EXPLANATION },
    })
    const { notice } = data.changed

    expect(notice).toContain(words)
    expect(notice).toContain('On 22 November 2026 we decided')
    const own = notice.indexOf('South East London Patient Advice and Liaison Service')
    const ico = notice.indexOf("Information Commissioner's Office")
    expect(own).toBeGreaterThan(0)
    expect(ico).toBeGreaterThan(own)
    expect(notice).toContain("King's College Hospital NHS Foundation Trust")
    expect(notice).toContain('0303 123 1113')
    expect(notice).toContain('https://ico.org.uk/make-a-complaint/')
    expect(notice).toContain('within 30 days')
    expect(notice).toContain('ask a court')
    expect(notice).not.toContain(ADA)
    expect(notice).not.toContain(EXPLANATION)
  })

  it('stays as it was written', async () => {
    const id = await recorded()
    await steps.review(id)
    const { data } = await steps.refuse(id)
    london.turnClock(new Date('2027-06-01T09:00:00.000Z'))
    const later = await london.ask(ONE, { as: OFFICER, variables: { id } })
    expect(later.data.objection.notice).toBe(data.changed.notice)
  })
})

describe('An objection belongs to the participant where it was recorded', () => {
  it('and to officers of another it is as if there were none', async () => {
    const id = await recorded()
    await steps.review(id)
    const before = await register()
    const unknown = '00000000-0000-4000-8000-000000000000'
    const answers: Answer[] = []
    for (const other of [id, unknown, 'no id at all', "' or 1=1"]) {
      for (const step of Object.values(steps)) answers.push(await step(other, GUARDIAN))
      answers.push(await london.ask(ONE, { as: GUARDIAN, variables: { id: other } }))
    }
    expect(answers.map(({ codes }) => codes)).toEqual(answers.map(() => ['OBJECTION_NOT_FOUND']))
    expect(new Set(answers.map(({ messages }) => messages.join())).size).toBe(1)
    const all = await london.ask(ALL, { as: GUARDIAN, variables: { nhsNumber: ADA } })
    expect(all.data).toEqual({ objections: [] })
    expect(await register()).toEqual(before)
  })

  it('and closes the record for every participant', async () => {
    await steps.review(await recorded())
    expect(await london.governance.objectionInForce([ADA])).toBe(true)
  })

  it('and each may keep one of its own', async () => {
    await london.putPatient('ncl', ADA)
    await recorded()
    const other = await record({}, { as: GUARDIAN })
    expect(other.data.recordObjection).toMatchObject({ participant: 'ncl', state: 'RECEIVED' })
  })

  it('and is found by every number of the patient', async () => {
    await london.putPatient('sel', KWAME.now)
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    await record({ nhsNumber: KWAME.before })
    const { data } = await london.ask(ALL, { as: OFFICER, variables: { nhsNumber: KWAME.now } })
    expect(data.objections).toHaveLength(1)
  })

  it('and a wrong NHS number is refused', async () => {
    const { codes } = await london.ask(ALL, { as: OFFICER, variables: { nhsNumber: '123' } })
    expect(codes).toEqual(['BAD_USER_INPUT'])
  })
})

describe('An objection that a participant keeps itself', () => {
  it.each([
    ['UPHELD', true],
    ['UNDER_REVIEW', true],
    ['RECEIVED', false],
    ['NOT_UPHELD', false],
    ['WITHDRAWN', false],
  ] as const)('and that is %s: the record is closed %s', async (objection, isClosed) => {
    await london.putPatient('nel', GEORGE, { objection })
    await london.putPatient('sel', GEORGE)
    expect(await london.governance.objectionInForce([GEORGE])).toBe(isClosed)
  })

  it('closes the record although the register has ended its own', async () => {
    await london.putPatient('nel', ADA, { objection: 'UPHELD' })
    await steps.withdraw(await recorded())
    expect(await london.governance.objectionInForce([ADA])).toBe(true)
  })
})

describe('The history of an objection', () => {
  it.each([
    ['a step is changed', 'update objection_step set user_name = null'],
    ['a step is deleted', 'delete from objection_step'],
    ['all steps are emptied out', 'truncate objection_step'],
    ['an objection is deleted', 'delete from objection'],
    ['all is emptied out', 'truncate objection cascade'],
    ['an objection is given to another patient', `update objection set nhs_number = '${BERNARD}'`],
    ['an objection is given another day', `update objection set received_on = '2001-01-01'`],
  ])('stands against the owner of the tables when %s', async (_what, statement) => {
    await recorded()
    const before = await register()
    await expect(sql.raw(statement).execute(london.db)).rejects.toMatchObject({ code: '42501' })
    expect(await register()).toEqual(before)
  })
})

describe('Whether an objection closes the record', () => {
  it('is never taken for a no when it cannot be read', async () => {
    await london.without('holder', () =>
      expect(london.governance.objectionInForce([ADA])).rejects.toThrow(),
    )
  })
})
