import { type Moment, momentOf, tenseOf, useOf } from './current.ts'
import { type Element, elements, present, text } from './elements.ts'
import { NHS_NUMBER, toNhsNumber } from './nhs-number.ts'
import { type Verification, verificationOf } from './number-verification.ts'
import type { FhirResource } from './resource.ts'

/** Why a Patient bears no NHS number that can be gone by. */
export type NumberProblem = 'MISSING' | 'INVALID' | 'NOT_VERIFIED' | 'WITHDRAWN' | 'SEVERAL'

/**
 * The NHS number that a Patient bears at a moment, without spaces; or why there is none to go by. It is
 * in use (not old or temporary), its period covers the moment, and the source does not say that it is
 * unverified. One that was verified goes before those of which nothing is said; two are none.
 */
export function nhsNumberOf(
  patient: FhirResource,
  now: Date,
): { readonly nhsNumber: string } | { readonly problem: NumberProblem } {
  const written = nhsIdentifiers(patient['identifier'], momentOf(now))
  const current = written.filter((one) => one.isCurrent)
  const valid = current.filter(isValid)
  const verified = numbersOf(valid, 'VERIFIED')
  const doubted = numbersOf(valid, 'NOT_VERIFIED')
  const unstated = numbersOf(valid, 'NOT_STATED').filter((one) => !doubted.includes(one))
  const [nhsNumber, another] = verified.length > 0 ? verified : unstated
  if (another !== undefined) return { problem: 'SEVERAL' }
  if (nhsNumber !== undefined) return { nhsNumber }
  if (doubted.length > 0) return { problem: 'NOT_VERIFIED' }
  if (current.length > 0) return { problem: 'INVALID' }
  return { problem: written.length > 0 ? 'WITHDRAWN' : 'MISSING' }
}

/** The NHS numbers that a Patient bore once, and bears no more, as far as the source stands to them. */
export function formerNumbersOf(patient: FhirResource, now: Date): string[] {
  const written = nhsIdentifiers(patient['identifier'], momentOf(now)).filter(isValid)
  const own = nhsNumberOf(patient, now)
  return [
    ...new Set(
      written
        .filter((one) => one.isFormer && one.verification !== 'NOT_VERIFIED')
        .map((one) => one.nhsNumber)
        .filter((one) => !('nhsNumber' in own && own.nhsNumber === one)),
    ),
  ]
}

/** All NHS numbers that stand in a Patient, whatever is said of them; none of no Patient. */
export function nhsNumbersIn(patient: FhirResource | undefined): string[] {
  const written = elements(patient?.['identifier'])
    .filter((one) => one['system'] === NHS_NUMBER)
    .map((one) => toNhsNumber(text(one['value']) ?? ''))
  return [...new Set(present(written))]
}

/** The NHS number by which an identifier names somebody else; null for an unverified one. */
export function nhsNumberNamed(identifier: Element): string | null {
  const written = identifier['system'] === NHS_NUMBER ? text(identifier['value']) : null
  if (written === null || verificationOf(identifier) === 'NOT_VERIFIED') return null
  return toNhsNumber(written)
}

interface Written {
  /** Null where the check digit is wrong. */
  readonly nhsNumber: string | null
  readonly isCurrent: boolean
  readonly isFormer: boolean
  readonly verification: Verification
}

function nhsIdentifiers(source: unknown, moment: Moment): Written[] {
  const own = elements(source).filter((one) => one['system'] === NHS_NUMBER)
  return present(own.map((one) => toWritten(one, moment)))
}

function toWritten(identifier: Element, moment: Moment): Written | null {
  const value = text(identifier['value'])
  if (value === null) return null
  const use = useOf(identifier)
  const tense = tenseOf(identifier['period'], moment)
  return {
    nhsNumber: toNhsNumber(value),
    isCurrent: use !== 'old' && use !== 'temp' && tense === 'PRESENT',
    isFormer: use !== 'temp' && (use === 'old' || tense === 'ENDED'),
    verification: verificationOf(identifier),
  }
}

function isValid(one: Written): one is Written & { readonly nhsNumber: string } {
  return one.nhsNumber !== null
}

function numbersOf(
  written: readonly (Written & { readonly nhsNumber: string })[],
  verification: Verification,
): string[] {
  const found = written.filter((one) => one.verification === verification)
  return [...new Set(found.map((one) => one.nhsNumber))]
}
