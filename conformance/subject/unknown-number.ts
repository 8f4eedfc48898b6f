import { isNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'

/** An NHS number of the upper end of the test range, where nobody puts patients, that is none of these. */
export function unknownNumber(known: readonly string[]): string {
  for (let digits = 9_999_999_999; digits > 9_990_000_000; digits -= 1) {
    const nhsNumber = String(digits)
    if (isNhsNumber(nhsNumber) && !known.includes(nhsNumber)) return nhsNumber
  }
  throw new Error('The test range is used up')
}
