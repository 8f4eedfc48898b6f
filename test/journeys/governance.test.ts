import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type AskOptions, startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const BERNARD = '9990000026'
const GEORGE = '9990000069'
const HALIMA = '9990000077'
const IAN = '9990000085'
const UNKNOWN = '9990000255'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada', 'bernard', 'george', 'halima', 'ian', 'kwame'],
    relationships: 'AS_TOLD',
  })
}, 60_000)
afterAll(() => system?.close())

const record = (nhsNumber: string) =>
  `{ patient(nhsNumber: "${nhsNumber}") { nhsNumber medications { nodes { id } } } }`

const claim = (nhsNumber: string, reason = 'SELF_CLAIM_EMERGENCY') => `mutation {
  claimEmergencyAccess(
    nhsNumber: "${nhsNumber}"
    reason: { alertType: SELF_CLAIMED_RELATIONSHIP, reason: ${reason} }
    justification: "Brought in unconscious, no papers"
  ) { id nhsNumber alertReference endsAt isOpen }
}`

const codesOf = (answer: Answer) => (answer.errors ?? []).map(({ extensions }) => extensions?.code)

/** True, or why the record is not shown. */
async function seen(nhsNumber: string, options: AskOptions = {}): Promise<unknown> {
  const answer = await system.ask(record(nhsNumber), options)
  return answer.errors ? codesOf(answer) : answer.data.patient.nhsNumber === nhsNumber
}

describe('Emergency access', () => {
  it('opens the record of a patient without a relationship, to the person who claims it alone', async () => {
    expect(await seen(BERNARD)).toEqual(['NO_LEGITIMATE_RELATIONSHIP'])
    const { data, errors, status } = await system.ask(claim(BERNARD))
    expect({ status, errors }).toEqual({ status: 200, errors: undefined })
    expect(data.claimEmergencyAccess).toMatchObject({ nhsNumber: BERNARD, isOpen: true })

    expect(await seen(BERNARD)).toBe(true)
    expect(await seen(BERNARD, { as: 'nurse.ncl' })).toEqual(['NO_LEGITIMATE_RELATIONSHIP'])

    const end = `mutation { endEmergencyAccess(claimId: "${data.claimEmergencyAccess.id}") { isOpen } }`
    expect((await system.ask(end)).data).toEqual({ endEmergencyAccess: { isOpen: false } })
    expect(await seen(BERNARD)).toEqual(['NO_LEGITIMATE_RELATIONSHIP'])
  })

  it('opens a record that is known under another number than the one claimed', async () => {
    expect(await seen('9990000107', { as: 'doctor.mkuh' })).toEqual(['NO_LEGITIMATE_RELATIONSHIP'])
    await system.ask(claim('9990000115'), { as: 'doctor.mkuh' })
    expect(await seen('9990000107', { as: 'doctor.mkuh' })).toBe(true)
  })

  it('opens nothing that an objection closes, and says no more than to anybody', async () => {
    const answers = await Promise.all(
      [GEORGE, IAN, UNKNOWN].map((number) => system.ask(claim(number), { as: 'doctor.mkuh' })),
    )
    for (const { data, errors } of answers) {
      expect(errors).toBeUndefined()
      expect(data.claimEmergencyAccess.isOpen).toBe(true)
    }
    expect(await seen(GEORGE, { as: 'doctor.mkuh' })).toEqual(['OBJECTION_IN_FORCE'])
    expect(await seen(IAN, { as: 'doctor.mkuh' })).toEqual(['OBJECTION_IN_FORCE'])
  })

  it('asks for a fresh sign-in, or one at level 3', async () => {
    const signedInAt = new Date(Date.now() - 60 * 60_000)
    const headersFor = async (assuranceLevel: 2 | 3) => {
      const token = await system.token('ed-doctor.sel', { signedInAt, assuranceLevel })
      return { headers: { authorization: `Bearer ${token}` } }
    }
    const refused = await system.ask(claim(UNKNOWN), await headersFor(2))
    expect(refused.data).toEqual({ claimEmergencyAccess: null })
    expect(codesOf(refused)).toEqual(['STEP_UP_AUTHENTICATION_REQUIRED'])
    expect(codesOf(await system.ask(claim(UNKNOWN), await headersFor(3)))).toEqual([])
  })

  it.each(['receptionist.nel', 'pharmacist.swl', 'call-handler.111', 'privacy-officer.sel'])(
    'is not for %s',
    async (as) => {
      const answer = await system.ask(claim(BERNARD), { as })
      expect(answer.data).toEqual({ claimEmergencyAccess: null })
      expect(codesOf(answer)).toEqual(['FIELD_NOT_PERMITTED'])
    },
  )

  it('says which argument is wrong, in words that repeat nothing', async () => {
    const wrong = await Promise.all([
      system.ask(claim('9990000019')),
      system.ask(claim(BERNARD, 'EMERGENCY_ACCESS')),
      system.ask(claim(BERNARD).replace('Brought in unconscious, no papers', 'Wembley')),
    ])
    expect(wrong.map(codesOf)).toEqual([['BAD_USER_INPUT'], ['BAD_USER_INPUT'], ['BAD_USER_INPUT']])
    expect(wrong.map(({ errors }) => errors?.[0]?.message)).toEqual([
      "Argument 'nhsNumber' must be a valid NHS number.",
      "Argument 'reason' must be a reason that its alert type permits.",
      "Argument 'justification' must be 10 to 1000 characters on one line, without control characters.",
    ])
    for (const { text } of wrong) expect(text).not.toMatch(/99900000|Wembley/)
  })
})

describe('Objections that participants keep themselves', () => {
  it.each([
    ['George', GEORGE],
    ['Ian', IAN],
  ])('%s: the record is closed', async (_name, nhsNumber) => {
    await system.ask(claim(nhsNumber))
    expect(await seen(nhsNumber)).toEqual(['OBJECTION_IN_FORCE'])
  })

  it('Halima: the record is shown, her objection was not upheld', async () => {
    await system.ask(claim(HALIMA))
    expect(await seen(HALIMA)).toBe(true)
  })
})

describe('An objection in the register', () => {
  const step = (field: string, id: string, more = '') =>
    `mutation { ${field}(objectionId: "${id}"${more}) { state isInForce notice } }`
  const officer = { as: 'privacy-officer.sel' }

  it('closes and opens the record as it is decided, at once', async () => {
    await system.ask(claim(ADA))
    expect(await seen(ADA)).toBe(true)
    const recorded = await system.ask(
      `mutation { recordObjection(nhsNumber: "${ADA}", receivedOn: "2026-01-31", route: INDIVIDUAL_RIGHTS_REQUEST) {
        id __typename state history { to by { name organisationName } }
      } }`,
      officer,
    )
    const { id, ...rest } = recorded.data.recordObjection
    expect(rest).toEqual({
      __typename: 'Objection',
      state: 'RECEIVED',
      history: [
        {
          to: 'RECEIVED',
          by: {
            name: 'Denise Clarke',
            organisationName: "King's College Hospital NHS Foundation Trust",
          },
        },
      ],
    })
    expect(await seen(ADA)).toBe(true)

    await system.ask(step('takeObjectionUnderReview', id), officer)
    expect(await seen(ADA)).toEqual(['OBJECTION_IN_FORCE'])

    const early = await system.ask(step('takeObjectionUnderReview', id), officer)
    expect(early.data).toEqual({ takeObjectionUnderReview: null })
    expect(codesOf(early)).toEqual(['OBJECTION_STATE_CONFLICT'])

    const decision = ', decision: NOT_UPHELD, reason: RISK_OF_HARM, explanation: "Weighed twice"'
    const decided = await system.ask(step('decideObjection', id, decision), officer)
    expect(decided.data.decideObjection).toMatchObject({ state: 'NOT_UPHELD', isInForce: false })
    expect(decided.data.decideObjection.notice).toContain('https://ico.org.uk/make-a-complaint/')
    expect(await seen(ADA)).toBe(true)

    const kept = await system.ask(
      `{ objections(nhsNumber: "${ADA}") { ...O } objection(id: "${id}") { ...O } }
      fragment O on Objection { state history { from to } }`,
      officer,
    )
    expect(kept.errors).toBeUndefined()
    expect(kept.data.objections).toEqual([kept.data.objection])
    expect(kept.data.objection.history).toHaveLength(3)
  })

  it('is not there for the officer of another participant', async () => {
    const mine = await system.ask(`{ objections(nhsNumber: "${ADA}") { id } }`, officer)
    const [{ id }] = mine.data.objections
    const other = { as: 'caldicott-guardian.ncl' }
    const all = await system.ask(`{ objections(nhsNumber: "${ADA}") { id } }`, other)
    expect(all.data).toEqual({ objections: [] })
    for (const asked of [id, '00000000-0000-4000-8000-000000000000']) {
      const one = await system.ask(`{ objection(id: "${asked}") { state } }`, other)
      expect(one.data).toEqual({ objection: null })
      expect(one.errors).toEqual([
        {
          message: 'Your participant keeps no such objection.',
          path: ['objection'],
          extensions: { code: 'OBJECTION_NOT_FOUND' },
        },
      ])
    }
  })

  it('is decided on by nobody who treats patients', async () => {
    const answer = await system.ask(step('withdrawObjection', 'any'))
    expect(answer.data).toEqual({ withdrawObjection: null })
    expect(codesOf(answer)).toEqual(['FIELD_NOT_PERMITTED'])
  })

  it('keeps what succeeded of several steps in one operation, and tells what did not', async () => {
    const answer = await system.ask(
      `mutation {
        one: recordObjection(nhsNumber: "${ADA}", receivedOn: "2026-02-28", route: PROFESSIONAL) { state }
        two: recordObjection(nhsNumber: "${ADA}", receivedOn: "2026-02-28", route: PROFESSIONAL) { state }
      }`,
      officer,
    )
    expect(answer.data).toEqual({ one: { state: 'RECEIVED' }, two: null })
    expect(answer.errors).toMatchObject([
      { path: ['two'], extensions: { code: 'OBJECTION_ALREADY_OPEN' } },
    ])
  })
})
