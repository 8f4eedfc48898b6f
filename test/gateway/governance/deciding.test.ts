import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EXPLANATION, type Objections, objectionsOf, type StepName } from './objections.ts'
import { ADA, BERNARD, createTestGovernance, type TestGovernance } from './test-governance.ts'

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

const STEPS: readonly StepName[] = ['review', 'uphold', 'refuse', 'withdraw']

type Way = readonly StepName[]

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
    const id = await objections.recorded()
    for (const step of way) await objections.steps[step](id)

    const { data } = await objections.one(id)
    expect(data.objection).toMatchObject({ state, isInForce })
    expect(await london.governance.objectionInForce([ADA])).toBe(isInForce)
    expect(await london.governance.objectionInForce([BERNARD])).toBe(false)
  })

  it.each(STEPS)('goes on by "%s", or refuses', async (step) => {
    const id = await objections.recorded()
    for (const one of way) await objections.steps[one](id)
    const before = await objections.register()
    const { data, codes } = await objections.steps[step](id)

    if (next.includes(step)) {
      expect(codes).toEqual([])
      expect(data.changed.history).toHaveLength(way.length + 2)
      expect(data.changed.history.at(-1)).toMatchObject({ from: state, to: data.changed.state })
    } else {
      expect(codes).toEqual(['OBJECTION_STATE_CONFLICT'])
      expect(data).toEqual({ changed: null })
      expect(await objections.register()).toEqual(before)
    }
  })
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
    const id = await objections.recorded()
    await objections.steps.review(id)
    const before = await objections.register()
    const { codes, errors } = await objections.decide({ id, ...changes })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    expect(await objections.register()).toEqual(before)
  })

  it('is done by one of two officers who decide at the same moment; the other is told', async () => {
    const id = await objections.recorded()
    await objections.steps.review(id)
    const both = await Promise.all([objections.steps.uphold(id), objections.steps.refuse(id)])

    expect(both.flatMap(({ codes }) => codes)).toEqual(['OBJECTION_STATE_CONFLICT'])
    const { data } = await objections.one(id)
    const winner = both.find(({ codes }) => codes.length === 0)
    expect(data.objection).toEqual(winner?.data.changed)
    expect(data.objection.history).toHaveLength(3)
  })

  it('holds at once in another gateway process', async () => {
    const elsewhere = await london.another()
    const id = await objections.recorded()
    expect(await elsewhere.objectionInForce([ADA])).toBe(false)
    await objections.steps.review(id)
    expect(await elsewhere.objectionInForce([ADA])).toBe(true)
    await objections.steps.refuse(id)
    expect(await elsewhere.objectionInForce([ADA])).toBe(false)
  })

  it('makes no notice when the objection is upheld', async () => {
    const id = await objections.recorded()
    await objections.steps.review(id)
    const { data } = await objections.steps.uphold(id)
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
    const id = await objections.recorded()
    await objections.steps.review(id)
    const { data } = await objections.decide({ id, decision: 'NOT_UPHELD', reason })
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
    const id = await objections.recorded()
    await objections.steps.review(id)
    const { data } = await objections.steps.refuse(id)
    london.turnClock(new Date('2027-06-01T09:00:00.000Z'))
    const later = await objections.one(id)
    expect(later.data.objection.notice).toBe(data.changed.notice)
  })
})
