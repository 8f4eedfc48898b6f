/** The FHIR system of NHS numbers. */
export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'

/**
 * True for ten digits whose last one is the check digit of the others: weights 10 to 2, modulus 11
 * (NHS Data Dictionary, NHS NUMBER). Spaces are the caller's to take away.
 */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce(
    (total, digit, at) => total + Number(digit) * (10 - at),
    0,
  )
  const check = 11 - (sum % 11)
  // A check of 10 fits no digit: such a number is never given out.
  return (check === 11 ? 0 : check) === Number(digits[9])
}

/** The NHS number without the spaces it is often written with; null where the check fails. */
export function toNhsNumber(written: string): string | null {
  const digits = written.replace(/\s+/g, '')
  return isNhsNumber(digits) ? digits : null
}
