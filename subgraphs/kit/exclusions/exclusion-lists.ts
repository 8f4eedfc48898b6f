import { type AnyCoding, bareCodeOf, codeOf, codeSystemOf } from './code-systems.ts'
import { isLabel } from './labels.ts'

/** What is never shared, ready to be asked. */
export interface ExclusionLists {
  /** SNOMED CT concepts, services included. */
  readonly snomed: ReadonlySet<string>
  readonly loinc: ReadonlySet<string>
  /** ICD-10 and OPCS-4, without the dot: a category stands for all that is in it. */
  readonly icd10: ReadonlySet<string>
  readonly opcs4: ReadonlySet<string>
  /** Treatment function codes of the NHS Data Model and Dictionary. */
  readonly treatmentFunctions: ReadonlySet<string>
  /** `v3-ActCode#HIV`, `v3-Confidentiality#R`. */
  readonly labels: ReadonlySet<string>
  /** Equal for equal lists and equal rules of judging. */
  readonly digest: string
}

/**
 * True when a coding is a member. Without a system that can be read it counts by its code alone, a treatment
 * function only where a service is named, because three digits mean many things elsewhere.
 *
 * @param coding `system` and `code` as they came, blanks and expressions included
 * @param namesService true in `serviceType`, `specialty` and the like
 */
export function isMember(lists: ExclusionLists, coding: AnyCoding, namesService: boolean): boolean {
  const code = codeOf(coding.code)
  if (code === '') return false
  const bare = bareCodeOf(code)
  switch (codeSystemOf(coding.system)) {
    case 'SNOMED':
      return hasConcept(lists, code)
    case 'LOINC':
      return lists.loinc.has(bare)
    case 'ICD10':
      return isInCategory(lists.icd10, code)
    case 'OPCS4':
      return isInCategory(lists.opcs4, code)
    case 'TREATMENT_FUNCTION':
      return lists.treatmentFunctions.has(bare) || hasConcept(lists, code)
    case 'NONE':
      return (
        hasConcept(lists, code) ||
        lists.loinc.has(bare) ||
        (mayBeCategory(code) &&
          (isInCategory(lists.icd10, code) || isInCategory(lists.opcs4, code))) ||
        (namesService && lists.treatmentFunctions.has(bare))
      )
    default:
      // A service of SNOMED CT is one under whatever address a service is named by.
      return namesService && hasConcept(lists, code)
  }
}

/** True for a label of confidentiality or sensitive subject. */
export function isExcludingLabel({ labels }: ExclusionLists, label: AnyCoding): boolean {
  return (
    isLabel(label, 'ACT_CODE', (code) => labels.has(`v3-ActCode#${code}`)) ||
    isLabel(label, 'CONFIDENTIALITY', (code) => labels.has(`v3-Confidentiality#${code}`))
  )
}

/** A code, every concept of a post-coordinated expression (`363698007 = 86406008 |HIV|`), or one with more around it. */
function hasConcept({ snomed }: ExclusionLists, code: string): boolean {
  if (snomed.has(code)) return true
  if (/^\d*$/.test(code)) return false
  return (code.match(/\d{6,18}/g) ?? []).some((id) => snomed.has(id))
}

/** `B24X`, `A54.9` and `N74.2*` as hospitals write them: in a list by themselves or by the category they are in. */
function isInCategory(list: ReadonlySet<string>, code: string): boolean {
  const [, category, rest = ''] = /^([A-Z]\d\d)[.\s-]?(\d*)/i.exec(code) ?? []
  if (category === undefined) return false
  const whole = `${category.toUpperCase()}${rest}`
  return Array.from(whole, (_, at) => whole.slice(0, at + 1)).some((one) => list.has(one))
}

/** What looks like a code of ICD-10 or OPCS-4 by itself: five characters in a row, or dots at the end, are a Read code. */
function mayBeCategory(code: string): boolean {
  return /^[A-Z]\d\d(?:[\dX]|\.[\dX]\d?)?[*†+DA]?$/i.test(code)
}
