import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ADA,
  type Answer,
  type AskOptions,
  BEGINNING,
  BERNARD,
  createTestGovernance,
  GEORGE,
  KWAME,
  type TestGovernance,
} from './test-governance.ts'

const CLAIM = `mutation Claim($nhsNumber: ID!, $reason: EmergencyReason!, $justification: String!) {
  claimEmergencyAccess(nhsNumber: $nhsNumber, reason: $reason, justification: $justification) {
    id nhsNumber alertReference alertType reason claimedAt endsAt isOpen
  }
}`
const END = `mutation End($id: ID!) { endEmergencyAccess(claimId: $id) { id endsAt isOpen } }`

const EMERGENCY = { alertType: 'SELF_CLAIMED_RELATIONSHIP', reason: 'SELF_CLAIM_EMERGENCY' }
const variables = {
  nhsNumber: ADA,
  reason: EMERGENCY,
  justification: 'Found unconscious in the street, no papers',
}

let london: TestGovernance

beforeAll(async () => {
  london = await createTestGovernance()
})
afterAll(() => london.close())

function claim(changes: object = {}, options: AskOptions = {}): Promise<Answer> {
  return london.ask(CLAIM, { ...options, variables: { ...variables, ...changes } })
}

function claimedBy(user: string, odsCode: string, ...nhsNumbers: readonly string[]) {
  return london.governance.emergencyClaimOf({ userId: user, odsCode, nhsNumbers })
}

async function countClaims(): Promise<number[]> {
  const claims = await london.db.selectFrom('emergency_claim').select('id').execute()
  const alerts = await london.db.selectFrom('privacy_alert').select('claim_id').execute()
  return [claims.length, alerts.length]
}

/** Somebody new for each test, so that no test finds another's claim open. */
let people = 0
function somebody(): { readonly userId: string } {
  people += 1
  return { userId: `person ${people}` }
}

describe('A claim of emergency access', () => {
  it('opens one patient to one person at one organisation, for eight hours', async () => {
    const caller = somebody()
    const { data, errors } = await claim({}, { caller })

    expect(errors).toEqual([])
    expect(data.claimEmergencyAccess).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      nhsNumber: ADA,
      alertReference: expect.stringMatching(/^PA(-[\dA-Z]{4}){3}$/),
      alertType: 'SELF_CLAIMED_RELATIONSHIP',
      reason: 'SELF_CLAIM_EMERGENCY',
      claimedAt: '2026-11-22T09:00:00.000Z',
      endsAt: '2026-11-22T17:00:00.000Z',
      isOpen: true,
    })
    expect(await claimedBy(caller.userId, 'RJZ', ADA)).toBe(data.claimEmergencyAccess.id)
    expect(await claimedBy(caller.userId, 'RJZ', BERNARD)).toBeNull()
    expect(await claimedBy(caller.userId, 'RJ1', ADA)).toBeNull()
    expect(await claimedBy('somebody else', 'RJZ', ADA)).toBeNull()
    expect(await claimedBy(caller.userId, 'RJZ')).toBeNull()
  })

  it('ends by itself, to the moment', async () => {
    const caller = somebody()
    await claim({}, { caller })

    london.turnClock(new Date('2026-11-22T16:59:59.999Z'))
    expect(await claimedBy(caller.userId, 'RJZ', ADA)).not.toBeNull()
    london.turnClock(new Date('2026-11-22T17:00:00.000Z'))
    expect(await claimedBy(caller.userId, 'RJZ', ADA)).toBeNull()

    const again = await claim({}, { caller })
    expect(again.data.claimEmergencyAccess.claimedAt).toBe('2026-11-22T17:00:00.000Z')
    london.turnClock(BEGINNING)
  })

  it('counts for the person under every one of their numbers', async () => {
    const caller = somebody()
    await claim({ nhsNumber: KWAME.before }, { caller })

    expect(await claimedBy(caller.userId, 'RJZ', KWAME.now, KWAME.before)).not.toBeNull()
    expect(await claimedBy(caller.userId, 'RJZ', KWAME.now)).toBeNull()
  })

  it('is seen at once by another gateway process', async () => {
    const caller = somebody()
    const elsewhere = await london.another()
    const of = { userId: caller.userId, odsCode: 'RJZ', nhsNumbers: [ADA] }
    expect(await elsewhere.emergencyClaimOf(of)).toBeNull()

    const { data } = await claim({}, { caller })
    expect(await elsewhere.emergencyClaimOf(of)).toBe(data.claimEmergencyAccess.id)
    await london.ask(END, { caller, variables: { id: data.claimEmergencyAccess.id } })
    expect(await elsewhere.emergencyClaimOf(of)).toBeNull()
  })

  it('gives the open one when it is claimed again, and raises no second alert', async () => {
    const caller = somebody()
    const first = await claim({}, { caller })
    const before = await countClaims()
    const second = await claim(
      { nhsNumber: '999 000 0018', justification: 'Asked once more to be sure' },
      { caller },
    )

    expect(second.data).toEqual(first.data)
    expect(await countClaims()).toEqual(before)
  })

  it('stays one when it is claimed several times at the same moment', async () => {
    const caller = somebody()
    const [claims = 0, alerts = 0] = await countClaims()
    const answers = await Promise.all([1, 2, 3, 4].map(() => claim({}, { caller })))

    expect(new Set(answers.map(({ data }) => data.claimEmergencyAccess.id)).size).toBe(1)
    expect(await countClaims()).toEqual([claims + 1, alerts + 1])
  })

  it('is answered in the same way for a known, an unknown and an unrelated patient, and one who objected', async () => {
    const caller = somebody()
    await london.putPatient('nel', GEORGE, { objection: 'UPHELD' })
    await london.putPatient('nwl', BERNARD)
    await london.putPatient('sel', ADA)
    await london.putRelationship(ADA, 'RJZ')
    const answers = await Promise.all(
      [ADA, BERNARD, GEORGE, '9990000255'].map((nhsNumber) => claim({ nhsNumber }, { caller })),
    )
    const told = answers.map(({ data, errors }) => {
      const {
        id: _id,
        nhsNumber: _number,
        alertReference: _alert,
        ...rest
      } = data.claimEmergencyAccess
      return { rest, errors }
    })
    expect(told.every((one) => JSON.stringify(one) === JSON.stringify(told[0]))).toBe(true)
    expect(await london.governance.objectionInForce([GEORGE])).toBe(true)
  })
})

describe('The alert of a claim', () => {
  it('tells the privacy officer a reference, codes, a participant and a time: no patient and no user', async () => {
    const { data } = await claim(
      { reason: { alertType: 'ACCESS_ALERT', reason: 'COURT_ORDER' } },
      { caller: somebody() },
    )
    const { id, alertReference } = data.claimEmergencyAccess
    const alert = await london.db
      .selectFrom('privacy_alert')
      .selectAll()
      .where('reference', '=', alertReference)
      .executeTakeFirstOrThrow()
    expect(alert).toEqual({
      reference: alertReference,
      claim_id: id,
      alert_type: 2,
      alert_reason: 3,
      participant: 'sel',
      raised_at: BEGINNING,
    })
  })

  it('keeps with the claim who claimed, in which role, where and why', async () => {
    const caller = somebody()
    await claim({}, { caller })
    const kept = await london.db
      .selectFrom('emergency_claim')
      .selectAll()
      .where('user_id', '=', caller.userId)
      .executeTakeFirstOrThrow()
    expect(kept).toMatchObject({
      user_name: 'Dr Tom Adeyemi',
      role_code: 'R0050',
      role_name: 'Consultant',
      ods_code: 'RJZ',
      organisation_name: "King's College Hospital NHS Foundation Trust",
      participant: 'sel',
      nhs_number: ADA,
      alert_type: 1,
      alert_reason: 4,
      justification: 'Found unconscious in the street, no papers',
      request_id: 'request-of-the-test',
    })
  })

  it('is never missing: without it nothing is claimed', async () => {
    const caller = somebody()
    const before = await countClaims()
    const { data, codes } = await london.without('privacy_alert', () => claim({}, { caller }))

    expect(data).toEqual({ claimEmergencyAccess: null })
    expect(codes).toEqual(['UNCODED'])
    expect(await countClaims()).toEqual(before)
    expect(await claimedBy(caller.userId, 'RJZ', ADA)).toBeNull()
  })
})

const pairs = [
  ['SELF_CLAIMED_RELATIONSHIP', 'PUBLIC_INTEREST', true],
  ['SELF_CLAIMED_RELATIONSHIP', 'STATUTE', true],
  ['SELF_CLAIMED_RELATIONSHIP', 'COURT_ORDER', true],
  ['SELF_CLAIMED_RELATIONSHIP', 'SELF_CLAIM_EMERGENCY', true],
  ['SELF_CLAIMED_RELATIONSHIP', 'EMERGENCY_ACCESS', false],
  ['SELF_CLAIMED_RELATIONSHIP', 'OTHER_WITH_PERMISSION', true],
  ['ACCESS_ALERT', 'PUBLIC_INTEREST', true],
  ['ACCESS_ALERT', 'STATUTE', true],
  ['ACCESS_ALERT', 'COURT_ORDER', true],
  ['ACCESS_ALERT', 'SELF_CLAIM_EMERGENCY', false],
  ['ACCESS_ALERT', 'EMERGENCY_ACCESS', true],
  ['ACCESS_ALERT', 'OTHER_WITH_PERMISSION', false],
] as const

it.each(pairs)(
  'A claim of type %s for the reason %s: permitted %s',
  async (alertType, reason, isPermitted) => {
    const before = await countClaims()
    const { data, codes, errors } = await claim(
      { reason: { alertType, reason } },
      { caller: somebody() },
    )
    if (isPermitted) {
      expect(codes).toEqual([])
      expect(data.claimEmergencyAccess).toMatchObject({ alertType, reason })
    } else {
      expect(codes).toEqual(['BAD_USER_INPUT'])
      expect(errors[0]?.extensions['argument']).toBe('reason')
      expect(await countClaims()).toEqual(before)
    }
  },
)

const wrong: readonly [string, string, object][] = [
  ['an NHS number whose check digit is wrong', 'nhsNumber', { nhsNumber: '9990000019' }],
  ['an NHS number of nine digits', 'nhsNumber', { nhsNumber: '999000001' }],
  ['an empty NHS number', 'nhsNumber', { nhsNumber: '' }],
  ['a justification of nine characters', 'justification', { justification: 'too short' }],
  ['a blank justification', 'justification', { justification: ' '.repeat(40) }],
  [
    'a justification padded with blanks',
    'justification',
    { justification: `${' '.repeat(20)}nine char${' '.repeat(20)}` },
  ],
  ['a justification of 1001 characters', 'justification', { justification: 'x'.repeat(1001) }],
  [
    'a justification with an escape',
    'justification',
    { justification: 'unconscious \u001b[2J patient' },
  ],
  ['a justification with a NUL', 'justification', { justification: 'unconscious \u0000 patient' }],
  ['a justification of two lines', 'justification', { justification: 'unconscious\npatient' }],
  [
    'a justification that turns round',
    'justification',
    { justification: 'unconscious \u202e patient' },
  ],
  [
    'a justification with half a character',
    'justification',
    { justification: 'unconscious \ud83d patient' },
  ],
]

it.each(wrong)(
  'A claim with %s is refused, and nothing is written',
  async (_what, argument, changes) => {
    const before = await countClaims()
    const { data, codes, errors, messages } = await claim(changes, { caller: somebody() })

    expect(data).toEqual({ claimEmergencyAccess: null })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    for (const value of Object.values(changes)) {
      if (value !== '') expect(messages.join()).not.toContain(value)
    }
    expect(await countClaims()).toEqual(before)
  },
)

it.each([
  ['ten characters', 'ten chars!'],
  ['1000 characters', 'x'.repeat(1000)],
  ['letters of every script', 'نُقل فاقدًا للوعي 🚑🚑🚑'],
])('A claim may be justified in %s', async (_what, justification) => {
  const { codes } = await claim({ justification }, { caller: somebody() })
  expect(codes).toEqual([])
})

describe('A claim needs somebody who is surely there', () => {
  const minutesAgo = (minutes: number) => new Date(BEGINNING.getTime() - minutes * 60_000)
  it.each([
    ['signed in at level 2 a quarter of an hour ago', 2, minutesAgo(15), true],
    ['signed in at level 2 a moment longer ago', 2, new Date(minutesAgo(15).getTime() - 1), false],
    ['signed in at level 3 this morning', 3, minutesAgo(300), true],
    ['signed in at level 3, without a time', 3, null, true],
    ['signed in at level 2, without a time', 2, null, false],
    ['signed in at level 2, as its clock says, in an hour', 2, minutesAgo(-60), false],
  ])('%s', async (_what, assuranceLevel, signedInAt, isEnough) => {
    const before = await countClaims()
    const { codes, data } = await claim(
      {},
      { caller: { ...somebody(), assuranceLevel, signedInAt } },
    )
    expect(codes).toEqual(isEnough ? [] : ['STEP_UP_AUTHENTICATION_REQUIRED'])
    if (!isEnough) {
      expect(data).toEqual({ claimEmergencyAccess: null })
      expect(await countClaims()).toEqual(before)
    }
  })

  it('at an organisation that may view', async () => {
    const before = await countClaims()
    expect((await claim({}, { as: 'clinician.enht' })).codes).toEqual(['VIEWING_NOT_PERMITTED'])
    const nowhere = await claim({}, { caller: { odsCode: 'ZZZ' } })
    expect(nowhere.codes).toEqual(['ORGANISATION_NOT_A_PARTICIPANT'])
    expect(await countClaims()).toEqual(before)
  })
})

describe('A claim is ended before its time', () => {
  it('by the person whose it is, once and for all', async () => {
    const caller = somebody()
    const id = (await claim({}, { caller })).data.claimEmergencyAccess.id
    london.turnClock(new Date('2026-11-22T10:00:00.000Z'))
    const ended = await london.ask(END, { caller, variables: { id } })
    london.turnClock(new Date('2026-11-22T11:00:00.000Z'))
    const again = await london.ask(END, { caller, variables: { id } })
    london.turnClock(BEGINNING)

    const claimed = { id, endsAt: '2026-11-22T10:00:00.000Z', isOpen: false }
    expect(ended.data.endEmergencyAccess).toEqual(claimed)
    expect(again.data.endEmergencyAccess).toEqual(claimed)
    expect(await claimedBy(caller.userId, 'RJZ', ADA)).toBeNull()
  })

  it('by nobody else, and what is no claim is told in the same words', async () => {
    const caller = somebody()
    const id = (await claim({}, { caller })).data.claimEmergencyAccess.id
    const others = await Promise.all([
      london.ask(END, { caller: somebody(), variables: { id } }),
      london.ask(END, { caller: { ...caller, odsCode: 'RJ1' }, variables: { id } }),
      london.ask(END, { caller, variables: { id: '00000000-0000-4000-8000-000000000000' } }),
      london.ask(END, { caller, variables: { id: "' or true --" } }),
    ])
    expect(others.map(({ codes }) => codes)).toEqual(
      others.map(() => ['EMERGENCY_CLAIM_NOT_FOUND']),
    )
    expect(new Set(others.map(({ messages }) => messages.join())).size).toBe(1)
    expect(await claimedBy(caller.userId, 'RJZ', ADA)).toBe(id)
  })
})
