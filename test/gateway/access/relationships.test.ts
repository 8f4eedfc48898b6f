import { expect, it } from 'vitest'
import { isInForce } from '../../../gateway/access/relationships.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const at = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

it.each([
  ['a registration that is current', 'GP_REGISTRATION', null, null, true],
  ['a registration that ended yesterday', 'GP_REGISTRATION', null, at(-1), false],
  ['an attendance that is open', 'ATTENDANCE', at(-0.1), null, true],
  ['an attendance that ended 29 days ago', 'ATTENDANCE', at(-29.5), at(-29), true],
  ['an attendance that ended 31 days ago', 'ATTENDANCE', at(-31.5), at(-31), false],
  ['an attendance with an end and no beginning', 'ATTENDANCE', null, at(-31), false],
  ['an appointment in 29 days', 'APPOINTMENT', at(29), at(29.1), true],
  ['an appointment in 31 days', 'APPOINTMENT', at(31), at(31.1), false],
  ['an appointment 31 days ago', 'APPOINTMENT', at(-31), at(-31), false],
  ['a referral that is open since last year', 'REFERRAL', at(-300), null, true],
  ['a referral that was completed 40 days ago', 'REFERRAL', at(-300), at(-40), false],
  ['an admission that is open', 'ADMISSION', at(-90), null, true],
  ['an admission that ended 10 days ago', 'ADMISSION', at(-90), at(-10), true],
  ['a place on a caseload', 'CASELOAD', at(-900), null, true],
  ['a place on a caseload given up 31 days ago', 'CASELOAD', at(-900), at(-31), false],
] as const)('%s: %s', (_what, kind, startsAt, endsAt, expected) => {
  expect(isInForce({ kind, startsAt, endsAt }, NOW)).toBe(expected)
})
