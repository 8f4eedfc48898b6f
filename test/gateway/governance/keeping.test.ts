import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GUARDIAN, type Objections, objectionsOf } from './objections.ts'
import {
  ADA,
  type Answer,
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

describe('An objection belongs to the participant where it was recorded', () => {
  it('and to officers of another it is as if there were none', async () => {
    const id = await objections.recorded()
    await objections.steps.review(id)
    const before = await objections.register()
    const unknown = '00000000-0000-4000-8000-000000000000'
    const answers: Answer[] = []
    for (const other of [id, unknown, 'no id at all', "' or 1=1"]) {
      for (const step of Object.values(objections.steps)) answers.push(await step(other, GUARDIAN))
      answers.push(await objections.one(other, GUARDIAN))
    }
    expect(answers.map(({ codes }) => codes)).toEqual(answers.map(() => ['OBJECTION_NOT_FOUND']))
    expect(new Set(answers.map(({ messages }) => messages.join())).size).toBe(1)
    const all = await objections.all(ADA, GUARDIAN)
    expect(all.data).toEqual({ objections: [] })
    expect(await objections.register()).toEqual(before)
  })

  it('and closes the record for every participant', async () => {
    await objections.steps.review(await objections.recorded())
    expect(await london.governance.objectionInForce([ADA])).toBe(true)
  })

  it('and each may keep one of its own', async () => {
    await london.putPatient('ncl', ADA)
    await objections.recorded()
    const other = await objections.record({}, { as: GUARDIAN })
    expect(other.data.recordObjection).toMatchObject({ participant: 'ncl', state: 'RECEIVED' })
  })

  it('and is found by every number of the patient', async () => {
    await london.putPatient('sel', KWAME.now)
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    await objections.record({ nhsNumber: KWAME.before })
    const { data } = await objections.all(KWAME.now)
    expect(data.objections).toHaveLength(1)
  })

  it('and a wrong NHS number is refused', async () => {
    const { codes } = await objections.all('123')
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
    await objections.steps.withdraw(await objections.recorded())
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
    [
      'an objection is given to another patient',
      'update objection set nhs_number = reverse(nhs_number)',
    ],
    ['an objection is given another day', `update objection set received_on = '2001-01-01'`],
  ])('stands against the owner of the tables when %s', async (_what, statement) => {
    await objections.recorded()
    const before = await objections.register()
    await expect(sql.raw(statement).execute(london.db)).rejects.toMatchObject({ code: '42501' })
    expect(await objections.register()).toEqual(before)
  })
})

describe('Whether an objection closes the record', () => {
  it('is never taken for a no when it cannot be read', async () => {
    await london.without('holder', () =>
      expect(london.governance.objectionInForce([ADA])).rejects.toThrow(),
    )
  })
})
