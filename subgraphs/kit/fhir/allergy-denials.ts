import type { AllergyCategory, Concept } from '../generated/contract.ts'
import { concept, hasCode, SNOMED } from './concept.ts'
import { type Element, element, elements, text } from './elements.ts'
import { IPS_ABSENT, isCodedNone, type NoneKnown, saysNoneKnown } from './none-known.ts'

/** How sources say that a patient has no allergy at all. */
export const NO_ALLERGIES: NoneKnown = {
  snomed: new Set(['716186003', '160244002']),
  ips: new Set(['no-known-allergies']),
  lists: new Set(['886921000000105', '48765-2']),
  words: new Set([
    ...['allergy', 'allergies', 'allergic', 'adverse', 'reaction', 'reactions', 'nka'],
    ...['intolerance', 'intolerances', 'sensitivity', 'sensitivities', 'hypersensitivities'],
  ]),
}

/**
 * Codes that deny allergies of one sort, with the sort where FHIR has a word for it. As a statement
 * about the section they would be read as "no allergies at all".
 */
const ONE_SORT: readonly (readonly [string, string, AllergyCategory | null])[] = [
  // No known drug allergy.
  [SNOMED, '409137002', 'MEDICATION'],
  [IPS_ABSENT, 'no-known-medication-allergies', 'MEDICATION'],
  // No known food allergy.
  [SNOMED, '429625007', 'FOOD'],
  [IPS_ABSENT, 'no-known-food-allergies', 'FOOD'],
  // No known environmental allergy.
  [SNOMED, '428607008', 'ENVIRONMENT'],
  [IPS_ABSENT, 'no-known-environmental-allergies', 'ENVIRONMENT'],
  // No known latex allergy (two concepts), animal allergy, insect allergy: less than FHIR's sorts.
  [SNOMED, '716184000', null],
  [SNOMED, '1003774007', null],
  [SNOMED, '716220001', null],
  [SNOMED, '428197003', null],
]

/** Codes that say nothing either way: no information, and a patient who was not asked. */
const NO_INFORMATION: readonly (readonly [string, string])[] = [
  [IPS_ABSENT, 'no-allergy-info'],
  [SNOMED, '1631000175102'],
]

/** What an AllergyIntolerance says of risk, apart from its states. */
export type Denial =
  /** That there is no allergy at all. */
  | 'ALL'
  /** That there is none of one sort, or none to its substance. */
  | 'PART'
  /** Nothing either way. */
  | 'NO_INFORMATION'

/** What is denied; null where an allergy is recorded. */
export function denialOf(code: Concept | null, risk: ExposureRisk | null): Denial | null {
  if (risk?.isNone) return 'PART'
  if (isOf(code, NO_INFORMATION)) return 'NO_INFORMATION'
  if (isOf(code, ONE_SORT)) return 'PART'
  if (saysNoneKnown(code, NO_ALLERGIES)) return 'ALL'
  // Words of its own narrow a code that denies everything, unless they make an exception.
  return isCodedNone(code, NO_ALLERGIES) && !EXCEPTION.test(code?.text ?? '') ? 'PART' : null
}

const EXCEPTION = /\b(?:apart|besides?|but|except\w*|exclud\w*|only|other|save|unless)\b/i

/** The sorts of allergen of which these codes (system and code) deny any allergy. */
export function sortsDenied(
  codings: readonly { readonly system: string | null; readonly code: string | null }[],
): AllergyCategory[] {
  const denied = ONE_SORT.filter(([system, code]) =>
    codings.some((one) => one.system === system && one.code === code),
  )
  return [...new Set(denied.flatMap(([, , category]) => category ?? []))]
}

/** FHIR's extension by which a substance is named with the risk from it, instead of a code. */
const SUBSTANCE_RISK =
  'http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk'

/** A substance as the extension names it, and whether no risk from it is known. */
export interface ExposureRisk {
  readonly substance: unknown
  readonly isNone: boolean
}

/** A denial of risk in words: the substance alone would be read as an allergy to it. */
export function deniedRisk(risk: ExposureRisk): Concept | null {
  const substance = concept(risk.substance)
  if (!risk.isNone || substance === null) return substance
  const words = `No known reaction risk: ${substance.display}`
  return { ...substance, display: words, text: words, code: null, system: null }
}

/** The risk from a substance that an AllergyIntolerance names in FHIR's extension; null without one. */
export function exposureRiskOf(resource: Element): ExposureRisk | null {
  const [risk] = elements(resource['extension']).filter((one) => one['url'] === SUBSTANCE_RISK)
  if (!risk) return null
  const part = (url: string) =>
    elements(risk['extension']).find((one) => one['url'] === url)?.['valueCodeableConcept']
  const codes = elements(element(part('exposureRisk'))['coding']).map((one) => text(one['code']))
  return { substance: part('substance'), isNone: codes.includes('no-known-reaction-risk') }
}

function isOf(code: Concept | null, codes: readonly (readonly [string, string, ...unknown[]])[]) {
  return codes.some(([system, one]) => hasCode(code, system, new Set([one])))
}
