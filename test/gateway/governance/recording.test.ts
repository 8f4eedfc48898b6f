import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Objections, OFFICER, objectionsOf } from './objections.ts'
import {
  ADA,
  BERNARD,
  createTestGovernance,
  GEORGE,
  KWAME,
  type TestGovernance,
} from './test-governance.ts'

let london: TestGovernance
let objections: Objections

beforeAll(async () => {
  london = await createTestGovernance()
  objections = objectionsOf(london)
})
beforeEach(async () => {
  await london.clear()
  await london.putPatient('sel', ADA)
})
afterAll(() => london.close())

describe('Recording an objection', () => {
  it('keeps what was said, when, by whom and where', async () => {
    const { data, errors } = await objections.record({
      nhsNumber: '999 000 0018',
      note: ' By letter ',
    })

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
    const { data } = await objections.record({ nhsNumber: BERNARD }, { as: 'ed-doctor.sel' })
    expect(data.recordObjection).toMatchObject({ participant: 'sel', state: 'RECEIVED' })
  })

  it('counts a relationship under a number that was replaced', async () => {
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    await london.putRelationship(KWAME.before, 'RJZ')
    const { codes } = await objections.record({ nhsNumber: KWAME.now }, { as: 'ed-doctor.sel' })
    expect(codes).toEqual([])
  })

  it('is refused in the same words for an unknown and an unrelated patient', async () => {
    await london.putPatient('nel', BERNARD)
    await london.putPatient('nel', GEORGE, { objection: 'UPHELD' })
    const before = await objections.register()
    const refused = await Promise.all([
      objections.record({ nhsNumber: '9990000255' }, { as: 'ed-doctor.sel' }),
      objections.record({ nhsNumber: BERNARD }, { as: 'ed-doctor.sel' }),
      objections.record({ nhsNumber: GEORGE }, { as: 'ed-doctor.sel' }),
      // Known to the participant, but the doctor's own organisation does not care for her.
      objections.record({ nhsNumber: ADA }, { as: 'ed-doctor.sel' }),
      objections.record({ nhsNumber: BERNARD }, { as: OFFICER }),
      objections.record({ nhsNumber: '9990000255' }, { as: OFFICER }),
    ])
    expect(refused.map(({ codes }) => codes)).toEqual(
      refused.map(() => ['NO_LEGITIMATE_RELATIONSHIP']),
    )
    expect(new Set(refused.map(({ messages }) => messages.join())).size).toBe(1)
    expect(await objections.register()).toEqual(before)
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
    const before = await objections.register()
    const { data, codes, errors } = await objections.record(changes)
    expect(data).toEqual({ recordObjection: null })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    expect(await objections.register()).toEqual(before)
  })

  it('takes the day that it is in London, an hour ahead in summer', async () => {
    london.turnClock(new Date('2026-07-01T23:30:00.000Z'))
    expect((await objections.record({ receivedOn: '2026-07-02' })).codes).toEqual([])
  })

  it('is refused while another one of the patient is open, under whichever number', async () => {
    await london.putPatient('sel', KWAME.now)
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    const first = await objections.record({ nhsNumber: KWAME.before })
    const before = await objections.register()
    const second = await objections.record({ nhsNumber: KWAME.now })

    expect(first.codes).toEqual([])
    expect(second.codes).toEqual(['OBJECTION_ALREADY_OPEN'])
    expect(await objections.register()).toEqual(before)
  })

  it('writes one objection when the same is recorded several times at one moment', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => objections.record()))
    const codes = answers.flatMap((answer) => answer.codes)
    expect(codes).toEqual([
      'OBJECTION_ALREADY_OPEN',
      'OBJECTION_ALREADY_OPEN',
      'OBJECTION_ALREADY_OPEN',
    ])
  })

  it('begins anew after one has ended', async () => {
    await objections.steps.withdraw(await objections.recorded())
    const again = await objections.record()
    expect(again.codes).toEqual([])
    const { data } = await objections.all(ADA)
    expect(data.objections.map((one: { state: string }) => one.state)).toEqual([
      'RECEIVED',
      'WITHDRAWN',
    ])
  })

  it('is refused when the relationship cannot be read', async () => {
    const { data, codes } = await london.without('care_relationship', () =>
      objections.record({}, { as: 'ed-doctor.sel' }),
    )
    expect(data).toEqual({ recordObjection: null })
    expect(codes).toEqual(['UNCODED'])
    expect(await objections.register()).toEqual({ objections: [], steps: [] })
  })
})
