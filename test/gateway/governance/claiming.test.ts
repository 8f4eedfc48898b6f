import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Claims, claimsOf } from './claims.ts'
import {
  ADA,
  BEGINNING,
  BERNARD,
  createTestGovernance,
  GEORGE,
  KWAME,
  type TestGovernance,
} from './test-governance.ts'

let london: TestGovernance
let claims: Claims

beforeAll(async () => {
  london = await createTestGovernance()
  claims = claimsOf(london)
})
afterAll(() => london.close())

describe('A claim of emergency access', () => {
  it('opens one patient to one person at one organisation, for eight hours', async () => {
    const caller = claims.somebody()
    const { data, errors } = await claims.claim({}, { caller })

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
    expect(await claims.claimedBy(caller.userId, 'RJZ', ADA)).toBe(data.claimEmergencyAccess.id)
    expect(await claims.claimedBy(caller.userId, 'RJZ', BERNARD)).toBeNull()
    expect(await claims.claimedBy(caller.userId, 'RJ1', ADA)).toBeNull()
    expect(await claims.claimedBy('somebody else', 'RJZ', ADA)).toBeNull()
    expect(await claims.claimedBy(caller.userId, 'RJZ')).toBeNull()
  })

  it('ends by itself, to the moment', async () => {
    const caller = claims.somebody()
    await claims.claim({}, { caller })

    london.turnClock(new Date('2026-11-22T16:59:59.999Z'))
    expect(await claims.claimedBy(caller.userId, 'RJZ', ADA)).not.toBeNull()
    london.turnClock(new Date('2026-11-22T17:00:00.000Z'))
    expect(await claims.claimedBy(caller.userId, 'RJZ', ADA)).toBeNull()

    const again = await claims.claim({}, { caller })
    expect(again.data.claimEmergencyAccess.claimedAt).toBe('2026-11-22T17:00:00.000Z')
    london.turnClock(BEGINNING)
  })

  it('counts for the person under every one of their numbers', async () => {
    const caller = claims.somebody()
    await claims.claim({ nhsNumber: KWAME.before }, { caller })

    expect(await claims.claimedBy(caller.userId, 'RJZ', KWAME.now, KWAME.before)).not.toBeNull()
    expect(await claims.claimedBy(caller.userId, 'RJZ', KWAME.now)).toBeNull()
  })

  it('is seen at once by another gateway process', async () => {
    const caller = claims.somebody()
    const elsewhere = await london.another()
    const of = { userId: caller.userId, odsCode: 'RJZ', nhsNumbers: [ADA] }
    expect(await elsewhere.emergencyClaimOf(of)).toBeNull()

    const { data } = await claims.claim({}, { caller })
    expect(await elsewhere.emergencyClaimOf(of)).toBe(data.claimEmergencyAccess.id)
    await claims.end(data.claimEmergencyAccess.id, caller)
    expect(await elsewhere.emergencyClaimOf(of)).toBeNull()
  })

  it('gives the open one when it is claimed again, and raises no second alert', async () => {
    const caller = claims.somebody()
    const first = await claims.claim({}, { caller })
    const before = await claims.count()
    const second = await claims.claim(
      { nhsNumber: '999 000 0018', justification: 'Asked once more to be sure' },
      { caller },
    )

    expect(second.data).toEqual(first.data)
    expect(await claims.count()).toEqual(before)
  })

  it('stays one when it is claimed several times at the same moment', async () => {
    const caller = claims.somebody()
    const [before = 0, alerts = 0] = await claims.count()
    const answers = await Promise.all([1, 2, 3, 4].map(() => claims.claim({}, { caller })))

    expect(new Set(answers.map(({ data }) => data.claimEmergencyAccess.id)).size).toBe(1)
    expect(await claims.count()).toEqual([before + 1, alerts + 1])
  })

  it('is answered in the same way for a known, an unknown and an unrelated patient, and one who objected', async () => {
    const caller = claims.somebody()
    await london.putPatient('nel', GEORGE, { objection: 'UPHELD' })
    await london.putPatient('nwl', BERNARD)
    await london.putPatient('sel', ADA)
    await london.putRelationship(ADA, 'RJZ')
    const answers = await Promise.all(
      [ADA, BERNARD, GEORGE, '9990000255'].map((nhsNumber) =>
        claims.claim({ nhsNumber }, { caller }),
      ),
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
  it('is the participant’s whose staff claimed, and keeps who they were at the time', async () => {
    const caller = claims.somebody()
    const { data } = await claims.claim(
      { reason: { alertType: 'ACCESS_ALERT', reason: 'COURT_ORDER' } },
      { caller },
    )
    const { id, alertReference } = data.claimEmergencyAccess
    const alert = await london.db
      .selectFrom('privacy_alert')
      .selectAll()
      .where('reference', '=', alertReference)
      .executeTakeFirstOrThrow()
    expect(alert).toEqual({
      reference: alertReference,
      rule: 'EMERGENCY_ACCESS',
      event: null,
      claim_id: id,
      alert_type: 2,
      alert_reason: 3,
      participant: 'sel',
      raised_at: BEGINNING,
      occurred_at: BEGINNING,
      state: 'OPEN',
      user_id: caller.userId,
      user_name: 'Dr Tom Adeyemi',
      role_code: 'R0050',
      role_name: 'Consultant',
      ods_code: 'RJZ',
      organisation_name: "King's College Hospital NHS Foundation Trust",
      nhs_number: ADA,
      facts: {},
    })
  })

  it('keeps with the claim who claimed, in which role, where and why', async () => {
    const caller = claims.somebody()
    await claims.claim({}, { caller })
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
    const caller = claims.somebody()
    const before = await claims.count()
    const { data, codes } = await london.without('privacy_alert', () =>
      claims.claim({}, { caller }),
    )

    expect(data).toEqual({ claimEmergencyAccess: null })
    expect(codes).toEqual(['UNCODED'])
    expect(await claims.count()).toEqual(before)
    expect(await claims.claimedBy(caller.userId, 'RJZ', ADA)).toBeNull()
  })
})

describe('A claim is ended before its time', () => {
  it('by the person whose it is, once and for all', async () => {
    const caller = claims.somebody()
    const id = (await claims.claim({}, { caller })).data.claimEmergencyAccess.id
    london.turnClock(new Date('2026-11-22T10:00:00.000Z'))
    const ended = await claims.end(id, caller)
    london.turnClock(new Date('2026-11-22T11:00:00.000Z'))
    const again = await claims.end(id, caller)
    london.turnClock(BEGINNING)

    const claimed = { id, endsAt: '2026-11-22T10:00:00.000Z', isOpen: false }
    expect(ended.data.endEmergencyAccess).toEqual(claimed)
    expect(again.data.endEmergencyAccess).toEqual(claimed)
    expect(await claims.claimedBy(caller.userId, 'RJZ', ADA)).toBeNull()
  })

  it('by nobody else, and what is no claim is told in the same words', async () => {
    const caller = claims.somebody()
    const id = (await claims.claim({}, { caller })).data.claimEmergencyAccess.id
    const others = await Promise.all([
      claims.end(id, claims.somebody()),
      claims.end(id, { ...caller, odsCode: 'RJ1' }),
      claims.end('00000000-0000-4000-8000-000000000000', caller),
      claims.end("' or true --", caller),
    ])
    expect(others.map(({ codes }) => codes)).toEqual(
      others.map(() => ['EMERGENCY_CLAIM_NOT_FOUND']),
    )
    expect(new Set(others.map(({ messages }) => messages.join())).size).toBe(1)
    expect(await claims.claimedBy(caller.userId, 'RJZ', ADA)).toBe(id)
  })
})
