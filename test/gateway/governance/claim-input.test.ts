import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Claims, claimsOf } from './claims.ts'
import { BEGINNING, createTestGovernance, type TestGovernance } from './test-governance.ts'

let london: TestGovernance
let claims: Claims

beforeAll(async () => {
  london = await createTestGovernance()
  claims = claimsOf(london)
})
afterAll(() => london.close())

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
    const before = await claims.count()
    const { data, codes, errors } = await claims.claim(
      { reason: { alertType, reason } },
      { caller: claims.somebody() },
    )
    if (isPermitted) {
      expect(codes).toEqual([])
      expect(data.claimEmergencyAccess).toMatchObject({ alertType, reason })
    } else {
      expect(codes).toEqual(['BAD_USER_INPUT'])
      expect(errors[0]?.extensions['argument']).toBe('reason')
      expect(await claims.count()).toEqual(before)
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
    const before = await claims.count()
    const { data, codes, errors, messages } = await claims.claim(changes, {
      caller: claims.somebody(),
    })

    expect(data).toEqual({ claimEmergencyAccess: null })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    for (const value of Object.values(changes)) {
      if (value !== '') expect(messages.join()).not.toContain(value)
    }
    expect(await claims.count()).toEqual(before)
  },
)

it.each([
  ['ten characters', 'ten chars!'],
  ['1000 characters', 'x'.repeat(1000)],
  ['letters of every script', 'نُقل فاقدًا للوعي 🚑🚑🚑'],
])('A claim may be justified in %s', async (_what, justification) => {
  const { codes } = await claims.claim({ justification }, { caller: claims.somebody() })
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
    const before = await claims.count()
    const { codes, data } = await claims.claim(
      {},
      { caller: { ...claims.somebody(), assuranceLevel, signedInAt } },
    )
    expect(codes).toEqual(isEnough ? [] : ['STEP_UP_AUTHENTICATION_REQUIRED'])
    if (!isEnough) {
      expect(data).toEqual({ claimEmergencyAccess: null })
      expect(await claims.count()).toEqual(before)
    }
  })

  it('at an organisation that may view', async () => {
    const before = await claims.count()
    expect((await claims.claim({}, { as: 'clinician.enht' })).codes).toEqual([
      'VIEWING_NOT_PERMITTED',
    ])
    const nowhere = await claims.claim({}, { caller: { odsCode: 'ZZZ' } })
    expect(nowhere.codes).toEqual(['ORGANISATION_NOT_A_PARTICIPANT'])
    expect(await claims.count()).toEqual(before)
  })
})
