import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rules } from '../../../../gateway/governance/alerts/rules/rules.ts'
import { claimsOf } from '../claims.ts'
import {
  ADA,
  BEGINNING,
  BERNARD,
  createTestGovernance,
  KWAME,
  type TestGovernance,
} from '../test-governance.ts'
import { ELSEWHERE, NOTE, OFFICER, type Officers, officersOf } from './officers.ts'
import { patients, toEvent, type Watch, watch } from './watch.ts'

let london: TestGovernance
let watched: Watch
let officers: Officers

beforeAll(async () => {
  london = await createTestGovernance()
  officers = officersOf(london)
})
beforeEach(async () => {
  await london.clear()
  watched = await watch(london)
})
afterEach(() => watched.close())
afterAll(() => london.close())

const UCLH = {
  userId: '555000000003',
  name: 'Grace Adeyemi',
  odsCode: 'RRV',
  organisationName: 'University College London Hospitals',
  participant: 'ncl',
}

/** One alert about staff of SEL and one about staff of NCL, both about Ada, whom SEL knows. */
async function raiseBoth(): Promise<{ readonly own: string; readonly other: string }> {
  await watched.know(ADA, 'Ada', 'Adeyemi')
  await watched.see({}, { user: UCLH })
  const alerts = await watched.alerts()
  const referenceOf = (participant: string) =>
    alerts.find((alert) => alert.participant === participant)?.reference ?? ''
  return { own: referenceOf('sel'), other: referenceOf('ncl') }
}

const officer = {
  userId: 'user of privacy-officer.sel',
  name: 'Denise Clarke',
  roleCode: 'R0001',
  roleName: 'Privacy Officer',
  odsCode: 'RJZ',
  organisationName: "King's College Hospital NHS Foundation Trust",
}

describe('A privacy officer', () => {
  it('is shown what was flagged, why, about whom, and what it rests on', async () => {
    const event = crypto.randomUUID()
    await watched.know(ADA, 'Tom', 'Adeyemi')
    await watched.see({ event, refusal: 'NO_LEGITIMATE_RELATIONSHIP' })
    const { data, errors } = await officers.list()
    expect(errors).toEqual([])
    expect(data.privacyAlerts).toEqual({
      nodes: [
        {
          reference: expect.stringMatching(/^PA(-[\dA-Z]{4}){3}$/),
          rule: 'OWN_RECORD',
          explanation: rules.find(({ name }) => name === 'OWN_RECORD')?.explanation,
          state: 'OPEN',
          raisedAt: '2026-11-02T12:00:00.000Z',
          occurredAt: '2026-11-02T10:15:00.000Z',
          participant: 'sel',
          user: {
            userId: '555000000002',
            name: 'Dr Tom Adeyemi',
            roleCode: 'R0050',
            roleName: 'Consultant',
            odsCode: 'RJZ',
            organisationName: "King's College Hospital NHS Foundation Trust",
          },
          nhsNumber: ADA,
          event,
          facts: [
            { name: 'basis', value: 'NAME' },
            { name: 'refusal', value: 'NO_LEGITIMATE_RELATIONSHIP' },
          ],
          alertType: null,
          reason: null,
          claim: null,
          history: [],
        },
      ],
      pageInfo: { endCursor: expect.any(String), hasNextPage: false },
    })
    const [{ reference }] = data.privacyAlerts.nodes
    expect((await officers.one(reference)).data.privacyAlert).toEqual(data.privacyAlerts.nodes[0])
    expect((await officers.one(` ${reference.toLowerCase()} `)).errors).toEqual([])
  })

  it('is shown the claim behind an alert, and the event of the request that made it', async () => {
    const claims = claimsOf(london)
    const caller = claims.somebody()
    const { data } = await claims.claim({}, { caller })
    const { id, alertReference } = data.claimEmergencyAccess
    const event = crypto.randomUUID()
    const request = {
      category: 'EMERGENCY_ACCESS',
      action: 'claimEmergencyAccess',
      requestId: 'request-of-the-test',
    } as const
    const clock = () => BEGINNING
    const trail = await london.audit.open({ clock })
    await trail.commit([
      toEvent({ ...request, user: { userId: 'another' } }),
      toEvent({ ...request, action: 'endEmergencyAccess', user: caller }),
      toEvent({ ...request, requestId: 'another', user: caller }),
      toEvent({ ...request, event, user: caller }),
    ])
    await trail.close()
    const answer = await officers.one(alertReference)
    expect(answer.errors).toEqual([])
    expect(answer.data.privacyAlert).toMatchObject({
      rule: 'EMERGENCY_ACCESS',
      alertType: 'SELF_CLAIMED_RELATIONSHIP',
      reason: 'SELF_CLAIM_EMERGENCY',
      user: { userId: caller.userId },
      nhsNumber: ADA,
      event,
      claim: {
        id,
        justification: 'Found unconscious in the street, no papers',
        claimedAt: '2026-11-22T09:00:00.000Z',
        endsAt: '2026-11-22T17:00:00.000Z',
        endedAt: null,
        isOpen: true,
      },
    })
    await claims.end(id, caller)
    expect((await officers.one(alertReference)).data.privacyAlert.claim).toMatchObject({
      endsAt: '2026-11-22T09:00:00.000Z',
      endedAt: '2026-11-22T09:00:00.000Z',
      isOpen: false,
    })
  })

  it('closes an alert, saying whether attendance is confirmed', async () => {
    const { own } = await raiseBoth()
    const { data, errors } = await officers.close(own, { attendanceConfirmed: false })
    expect(errors).toEqual([])
    expect(data.changed).toMatchObject({ reference: own, state: 'CLOSED' })
    expect(data.changed.history).toEqual([
      {
        at: '2026-11-22T09:00:00.000Z',
        from: 'OPEN',
        to: 'CLOSED',
        attendanceConfirmed: false,
        note: NOTE,
        by: officer,
      },
    ])
  })

  it('escalates an alert, and closes it afterwards', async () => {
    const { own } = await raiseBoth()
    const escalated = await officers.escalate(own)
    expect(escalated.data.changed).toMatchObject({
      state: 'ESCALATED',
      history: [{ from: 'OPEN', to: 'ESCALATED', attendanceConfirmed: null, by: officer }],
    })
    const closed = await officers.close(own)
    expect(closed.data.changed).toMatchObject({
      state: 'CLOSED',
      history: [
        { to: 'ESCALATED' },
        { from: 'ESCALATED', to: 'CLOSED', attendanceConfirmed: true },
      ],
    })
  })

  it('works on what is closed no more, and escalates once', async () => {
    const { own } = await raiseBoth()
    await officers.escalate(own)
    expect((await officers.escalate(own)).codes).toEqual(['PRIVACY_ALERT_STATE_CONFLICT'])
    await officers.close(own)
    expect((await officers.close(own)).codes).toEqual(['PRIVACY_ALERT_STATE_CONFLICT'])
    expect((await officers.escalate(own)).codes).toEqual(['PRIVACY_ALERT_STATE_CONFLICT'])
    expect((await officers.one(own)).data.privacyAlert.history).toHaveLength(2)
  })

  it('closes an alert once when two do so at the same moment', async () => {
    const { own } = await raiseBoth()
    const answers = await Promise.all([1, 2, 3].map(() => officers.close(own)))
    expect(answers.flatMap(({ codes }) => codes)).toEqual([
      'PRIVACY_ALERT_STATE_CONFLICT',
      'PRIVACY_ALERT_STATE_CONFLICT',
    ])
  })

  it('does nothing with an alert about themselves, who can see it', async () => {
    const { own } = await raiseBoth()
    const themselves = { as: OFFICER, caller: { userId: '555000000002' } }
    expect((await officers.close(own, {}, themselves)).codes).toEqual([
      'PRIVACY_ALERT_ABOUT_YOURSELF',
    ])
    expect((await officers.escalate(own, {}, themselves)).codes).toEqual([
      'PRIVACY_ALERT_ABOUT_YOURSELF',
    ])
    const { data } = await officers.one(own)
    expect(data.privacyAlert).toMatchObject({ state: 'OPEN', history: [] })
  })

  it.each([
    ['', 'note'],
    ['too short', 'note'],
    ['x'.repeat(1001), 'note'],
    ['two lines,\nwhich is one too many', 'note'],
  ])('says in a line why: not %j', async (note, argument) => {
    const { own } = await raiseBoth()
    for (const answer of [
      await officers.close(own, { note }),
      await officers.escalate(own, { note }),
    ]) {
      expect(answer.codes).toEqual(['BAD_USER_INPUT'])
      expect(answer.messages[0]).toContain(argument)
    }
    expect((await officers.one(own)).data.privacyAlert.state).toBe('OPEN')
  })
})

describe('Alerts are limited', () => {
  it('to staff of the officer’s own participant', async () => {
    const { own, other } = await raiseBoth()
    expect(await officers.references()).toEqual([own])
    expect(await officers.references({}, { as: ELSEWHERE })).toEqual([other])
  })

  it('and, with a patient whom the participant knows, to all about that patient', async () => {
    const { own, other } = await raiseBoth()
    expect((await officers.references({ nhsNumber: ADA })).sort()).toEqual([own, other].sort())
    expect(await officers.references({ nhsNumber: ADA }, { as: ELSEWHERE })).toEqual([other])
    expect(await officers.references({ nhsNumber: BERNARD })).toEqual([])
  })

  it('which others work on: reading is all that is left', async () => {
    const { other } = await raiseBoth()
    const unknown = 'PA-0000-0000-0000'
    const answers = [other, unknown, 'no reference', "' or 1=1"].flatMap((reference) => [
      officers.close(reference),
      officers.escalate(reference),
      officers.one(reference),
    ])
    const told = await Promise.all(answers)
    expect(told.map(({ codes }) => codes)).toEqual(told.map(() => ['PRIVACY_ALERT_NOT_FOUND']))
    expect(new Set(told.map(({ messages }) => messages.join())).size).toBe(1)
    expect((await officers.one(other, ELSEWHERE)).data.privacyAlert).toMatchObject({
      state: 'OPEN',
    })
  })

  it('and a patient is found by every number of theirs', async () => {
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    await watched.know(KWAME.before, 'Kwame', 'Adeyemi')
    await watched.know(KWAME.now, 'Kwame', 'Adeyemi')
    await watched.see({ nhsNumber: KWAME.now })
    expect(await officers.references({ nhsNumber: KWAME.before })).toHaveLength(1)
  })

  it('and whose organisation takes no part sees none', async () => {
    const nowhere = { as: OFFICER, caller: { odsCode: 'ZZZ' } }
    expect((await officers.list({}, nowhere)).codes).toEqual(['ORGANISATION_NOT_A_PARTICIPANT'])
  })
})

describe('The list of alerts', () => {
  it('is narrowed by state, rule, user and time', async () => {
    const { own } = await raiseBoth()
    const wanted = [
      [{ state: 'OPEN' }, [own]],
      [{ state: 'CLOSED' }, []],
      [{ rule: 'SAME_SURNAME' }, [own]],
      [{ rule: 'OWN_RECORD' }, []],
      [{ userId: '555000000002' }, [own]],
      [{ userId: '555000000003' }, []],
      [{ from: '2026-11-02' }, [own]],
      [{ from: '2026-11-02T12:00:00Z', until: '2026-11-02T12:00:01Z' }, [own]],
      [{ until: '2026-11-02T12:00:00Z' }, []],
      [{ from: '2026-11-03' }, []],
    ] as const
    for (const [filter, expected] of wanted) {
      expect([filter, await officers.references(filter)]).toEqual([filter, expected])
    }
  })

  it('is read page by page, each alert once', async () => {
    for (const number of patients(7)) await watched.know(number, 'Ada', 'Adeyemi')
    await watched.see(...patients(7).map((nhsNumber) => ({ nhsNumber })))
    const read: string[] = []
    let after: string | null = null
    for (let more = true; more; ) {
      const { data } = await officers.list({ first: 3, after })
      const { nodes, pageInfo } = data.privacyAlerts
      read.push(...nodes.map(({ reference }: { reference: string }) => reference))
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    expect(read).toHaveLength(7)
    expect(read).toEqual(await officers.references())
  })

  it.each([
    [{ nhsNumber: '123' }, 'nhsNumber'],
    [{ first: 0 }, 'first'],
    [{ first: 201 }, 'first'],
    [{ after: 'somewhere' }, 'after'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-11-03', until: '2026-11-02' }, 'until'],
    [{ userId: '' }, 'userId'],
  ])('refuses %o, naming the argument', async (variables, argument) => {
    const { codes, messages } = await officers.list(variables)
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(messages[0]).toContain(`'${argument}'`)
  })
})

describe('Alerts and their history', () => {
  it.each([
    ['a step is changed', "update privacy_alert_step set note = 'nothing'"],
    ['a step is deleted', 'delete from privacy_alert_step'],
    ['all steps are emptied out', 'truncate privacy_alert_step'],
    ['an alert is deleted', 'delete from privacy_alert'],
    ['all is emptied out', 'truncate privacy_alert cascade'],
    ['an alert is given to another person', "update privacy_alert set user_id = 'another'"],
    ['an alert is given to another participant', "update privacy_alert set participant = 'nel'"],
    ['facts are changed', "update privacy_alert set facts = '{}'"],
  ])('stand against the owner of the tables when %s', async (_what, statement) => {
    const { own } = await raiseBoth()
    await officers.close(own)
    const before = await officers.one(own)
    await expect(sql.raw(statement).execute(london.db)).rejects.toMatchObject({ code: '42501' })
    expect(await officers.one(own)).toEqual(before)
  })
})
