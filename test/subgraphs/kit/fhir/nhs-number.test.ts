import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNhsNumber, toNhsNumber } from '../../../../subgraphs/kit/fhir/nhs-number.ts'

describe('isNhsNumber', () => {
  it.each(['9990000018', '9990000026', '9434765919'])(
    'accepts a number whose check holds',
    (one) => {
      expect(isNhsNumber(one)).toBe(true)
    },
  )

  it.each([
    ['a wrong check digit', '9990000019'],
    ['nine digits', '999000001'],
    ['eleven digits', '99900000180'],
    ['letters', '999000001A'],
    ['spaces', '999 000 0018'],
    ['digits of another script', '٩٩٩٠٠٠٠٠١٨'],
    ['nothing', ''],
  ])('refuses %s', (_, one) => {
    expect(isNhsNumber(one)).toBe(false)
  })

  it('accepts one check digit at most for any nine digits, and none where it would be ten', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), (nine) => {
        const accepted = [...'0123456789'].filter((digit) => isNhsNumber(nine + digit))
        const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
        expect(accepted).toHaveLength(sum % 11 === 1 ? 0 : 1)
      }),
    )
  })
})

describe('toNhsNumber', () => {
  it('takes away the spaces that people write', () => {
    expect(toNhsNumber(' 999 000 0018 ')).toBe('9990000018')
    expect(toNhsNumber('999 000 0019')).toBeNull()
  })
})
