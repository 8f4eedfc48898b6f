/** The first of the numbers that generated people get; story patients have fixed lower ones. */
const FIRST_GENERATED = 999_100_000

/** Completes nine digits with the modulus 11 check digit; undefined where the digit would be 10. */
function completeNhsNumber(nineDigits: number): string | undefined {
  const digits = String(nineDigits).padStart(9, '0')
  let sum = 0
  for (let at = 0; at < 9; at++) sum += Number(digits.charAt(at)) * (10 - at)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? undefined : `${digits}${check}`
}

/** NHS numbers of the never issued test range 999 000 0000 to 999 999 9999, in order. */
export function* testNhsNumbers(): Generator<string, never> {
  for (let nineDigits = FIRST_GENERATED; ; nineDigits++) {
    const number = completeNhsNumber(nineDigits)
    if (number !== undefined) yield number
  }
}
