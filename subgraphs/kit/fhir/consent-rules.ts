import { concept } from './concept.ts'
import { type Element, element, elements, isElement, list, texts } from './elements.ts'
import type { FhirResource } from './resource.ts'

/** How plainly a Consent denies something: said, or not to be told from a denial. */
export type Denial = 'SAID' | 'UNCLEAR'

/** HL7 v3-ActCode: base policies that keep something back, whatever they let through. */
const OBJECTING = new Set(['OPTOUT', 'OPTOUTE', 'OPTINR', 'EMRGONLY'])

/** HL7 v3-ActReason: what a record is looked at for outside of direct care. */
const OTHER_PURPOSES = new Set([
  'HRESCH',
  'BIORCH',
  'CLINTRCH',
  'CLINTRCHNPC',
  'CLINTRCHPC',
  'PRECLINTRCH',
  'DSRCH',
  'POARCH',
  'TRANSRCH',
  'PUBHLTH',
  'HMARKT',
  'HPAYMT',
  'COVERAGE',
  'HOPERAT',
  'HSYSADMIN',
  'HQUALIMP',
  'HLEGAL',
])

/** What makes a rule be about a part: somebody, something, some time. */
const NARROWING = [
  'period',
  'actor',
  'action',
  'securityLabel',
  'class',
  'code',
  'dataPeriod',
  'data',
  'modifierExtension',
]

/**
 * Whether a Consent denies anything of a record to direct care; null where it does not. The base rule is
 * the root provision's type or, as R4 has it, the policy; every provision nested in it, at any depth, is
 * an exception. One denial among the exceptions is a denial, and so is a permission to a part of what the
 * policy keeps back.
 */
export function denialIn(consent: FhirResource): Denial | null {
  const found = new Set<Denial | null>([isModified(consent) ? 'UNCLEAR' : null])
  const isOptOut = codesIn(consent['policyRule']).some((code) => OBJECTING.has(code))
  const roots = rulesIn(consent['provision'])
  if (roots.length === 0 && isOptOut) found.add('SAID')
  // A stack, since nothing limits how deep provisions go.
  const open = roots.map((rule) => ({ rule, isRoot: true }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { rule, isRoot } = next
    if (!isForDirectCare(rule)) {
      // An exception to an opting out that is about something else leaves the rest as it is.
      if (isRoot && isOptOut && rule['type'] === 'permit') found.add('SAID')
      continue
    }
    found.add(isRoot ? rootDenial(rule, isOptOut) : exceptionDenial(rule))
    if (isModified(rule)) found.add('UNCLEAR')
    open.push(...rulesIn(rule['provision']).map((nested) => ({ rule: nested, isRoot: false })))
  }
  return found.has('SAID') ? 'SAID' : found.has('UNCLEAR') ? 'UNCLEAR' : null
}

/** Every code of a CodeableConcept, whatever system it names. */
export function codesIn(source: unknown): string[] {
  return (concept(source)?.codings ?? []).flatMap(({ code }) => code ?? [])
}

function rootDenial({ type, ...rule }: Element, isOptOut: boolean): Denial | null {
  if (type === undefined || type === null) return isOptOut ? 'SAID' : null
  if (type === 'permit') return isOptOut && !permitsAll(rule) ? 'SAID' : null
  return type === 'deny' ? 'SAID' : 'UNCLEAR'
}

/** R4 has every exception say which way it goes. */
function exceptionDenial({ type }: Element): Denial | null {
  if (type === 'permit') return null
  return type === 'deny' ? 'SAID' : 'UNCLEAR'
}

function permitsAll(rule: Element): boolean {
  const purposes = purposesOf(rule)
  const isWhole = purposes.length === 0 || purposes.includes('TREAT')
  return isWhole && NARROWING.every((part) => rule[part] === undefined)
}

/** A refusal of research or planning alone is kept by those who do either: the national data opt-out. */
function isForDirectCare(rule: Element): boolean {
  const codes = purposesOf(rule)
  return codes.length === 0 || codes.some((code) => !OTHER_PURPOSES.has(code))
}

function purposesOf(rule: Element): string[] {
  return texts(elements(rule['purpose']).map((coding) => coding['code']))
}

/** Some senders write a list of one as what stands in it, and R5 a list where R4 has one rule. */
function rulesIn(source: unknown): Element[] {
  return (isElement(source) ? [source] : list(source)).map(element)
}

function isModified(source: Element): boolean {
  return source['modifierExtension'] !== undefined
}
