/** What is never shared, ready to be asked. */
export interface ExclusionLists {
  /** SNOMED CT concepts, services included. */
  readonly snomed: ReadonlySet<string>
  readonly loinc: ReadonlySet<string>
  /** Treatment function codes of the NHS Data Model and Dictionary. */
  readonly treatmentFunctions: ReadonlySet<string>
  /** `v3-ActCode#HIV`, `v3-Confidentiality#R`. */
  readonly labels: ReadonlySet<string>
  /** Equal for equal lists and equal rules of judging. */
  readonly digest: string
}

type Terminology = 'SNOMED' | 'LOINC' | 'TREATMENT_FUNCTION' | 'NONE' | 'OTHER'

/**
 * True when a coding is a member. Without a system it counts by its code alone, a treatment function
 * only where a service is named, because three digits mean many things elsewhere.
 *
 * @param coding `system` and `code` as they came, blanks and expressions included
 * @param namesService true in `serviceType`, `specialty` and the like
 */
export function isMember(
  lists: ExclusionLists,
  coding: { readonly system?: unknown; readonly code?: unknown },
  namesService: boolean,
): boolean {
  const code = textOf(coding.code)
  if (code === '') return false
  switch (terminologyOf(coding.system)) {
    case 'SNOMED':
      return hasConcept(lists, code)
    case 'LOINC':
      return lists.loinc.has(code)
    case 'TREATMENT_FUNCTION':
      return lists.treatmentFunctions.has(code) || hasConcept(lists, code)
    case 'NONE':
      return (
        hasConcept(lists, code) ||
        lists.loinc.has(code) ||
        (namesService && lists.treatmentFunctions.has(code))
      )
    case 'OTHER':
      return false
  }
}

/** True for a label of confidentiality or sensitive subject; without a system it counts as well. */
export function isExcludingLabel(
  lists: ExclusionLists,
  label: { readonly system?: unknown; readonly code?: unknown },
): boolean {
  const code = textOf(label.code).toUpperCase()
  if (code === '') return false
  const system = textOf(label.system)
  return LABEL_SYSTEMS.some(
    ({ name, pattern }) =>
      lists.labels.has(`${name}#${code}`) && (system === '' || pattern.test(system)),
  )
}

const LABEL_SYSTEMS = [
  { name: 'v3-ActCode', pattern: /v3[-/]ActCode$/i },
  { name: 'v3-Confidentiality', pattern: /v3[-/]Confidentiality$/i },
] as const

/** A code, or every concept of a post-coordinated expression (`363698007 = 86406008 |HIV|`). */
function hasConcept({ snomed }: ExclusionLists, code: string): boolean {
  if (snomed.has(code)) return true
  if (!/[\s:=|+,(]/.test(code)) return false
  return (code.match(/\d{6,18}/g) ?? []).some((id) => snomed.has(id))
}

const known = new Map<string, Terminology>()

/** Systems are few and written in many ways: URL, version, OID, and with blanks. */
function terminologyOf(source: unknown): Terminology {
  if (typeof source !== 'string') return 'NONE'
  const found = known.get(source)
  if (found !== undefined) return found
  const terminology = readSystem(source.trim())
  if (known.size < 1000) known.set(source, terminology)
  return terminology
}

function readSystem(system: string): Terminology {
  if (system === '') return 'NONE'
  // The second OID is that of the UK edition; dm+d is SNOMED CT.
  const isSnomed = /snomed|\bsct\b|\bdmd\b|\.6\.96$|\.2\.1\.3\.2\.4\.15$/i
  if (isSnomed.test(system)) return 'SNOMED'
  if (/loinc|\.113883\.6\.1$/i.test(system)) return 'LOINC'
  if (/treatment|specialt|practice-?setting/i.test(system)) return 'TREATMENT_FUNCTION'
  return 'OTHER'
}

function textOf(source: unknown): string {
  if (typeof source === 'string') return source.trim()
  return typeof source === 'number' ? String(source) : ''
}
