import { type Element, element, elements, present, text } from './elements.ts'

/** What a source says of an NHS number: traced and found right, not so, or nothing. */
export type Verification = 'VERIFIED' | 'NOT_VERIFIED' | 'NOT_STATED'

/** UK Core's extension, and those of CareConnect and GP Connect before it. */
const STATUS = /NHSNumberVerificationStatus[^/]*$/i

/** "Number present and verified", in UK Core and by its code of two digits in older systems. */
const VERIFIED: ReadonlySet<string> = new Set(['number-present-and-verified', '01'])

/**
 * Reads the NHS number verification status of an identifier. Every other code than "present and
 * verified", known or not, and one that cannot be read, says that the number is not verified.
 */
export function verificationOf(identifier: Element): Verification {
  const written = identifier['extension']
  const stated = elements(Array.isArray(written) ? written : [written]).filter((one) =>
    STATUS.test(text(one['url']) ?? ''),
  )
  if (stated.length === 0) return 'NOT_STATED'
  return stated.every(isVerified) ? 'VERIFIED' : 'NOT_VERIFIED'
}

function isVerified(status: Element): boolean {
  const codings = [
    ...elements(element(status['valueCodeableConcept'])['coding']),
    ...elements([status['valueCoding']]),
  ]
  const own = codings.filter((one) => STATUS.test(text(one['system']) ?? ''))
  // A second coding of another system is a translation.
  const codes = present([
    ...(own.length > 0 ? own : codings).map((one) => text(one['code']) ?? ''),
    text(status['valueCode']),
    text(status['valueString']),
  ])
  return codes.length > 0 && codes.every((code) => VERIFIED.has(code.trim().toLowerCase()))
}
