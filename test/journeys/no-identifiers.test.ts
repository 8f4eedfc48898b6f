import { describe, expect, it } from 'vitest'
import { identifierIn } from '../support/find-identifiers.ts'

/**
 * What all processes print in the whole run is searched when it is over (test/support/global-postgres.ts);
 * here it is shown that the search finds what it is for.
 */
describe('The search of what processes print', () => {
  it.each([
    ['an NHS number', '{"level":30,"url":"/patients/9990000018"}'],
    ['an NHS number', 'DETAIL:  Key (nhs_number)=(9990000026) already exists.'],
    ['an NHS number', 'NHS number 999 000 0018'],
    ['an NHS number', "STATEMENT:  select '999-000-0018'"],
    ['a name', '{"msg":"no consent of Ada Okafor"}'],
    ['an address', '27 Jubilee Way, Bow'],
  ])('finds %s', (what, line) => {
    expect(identifierIn(line)).toBe(what)
  })

  it.each([
    '{"level":30,"time":1795366668706,"pid":20836}',
    'a number whose check digit is wrong: 9990000019',
    'c6a2ad0f-1f7c-4f4e-9990-9990000018aa',
    'user 555000000002 at RJZ',
  ])('passes %s', (line) => {
    expect(identifierIn(line)).toBeNull()
  })
})
