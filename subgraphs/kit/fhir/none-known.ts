import type { Concept } from '../generated/contract.ts'
import { careItem, type Entry } from './care-item.ts'
import { concept, hasCode, LOINC, SNOMED } from './concept.ts'
import { element, elements, list, text } from './elements.ts'
import type { MappedItem, MappingContext } from './mapping.ts'
import { references } from './reference.ts'
import type { FhirResource } from './resource.ts'
import type { SectionName } from './section-item.ts'
import { dateTime } from './time.ts'

/** How sources say of a section that the patient has none. */
export interface NoneKnown {
  /** SNOMED CT situations that say so as an entry's code. */
  readonly snomed: ReadonlySet<string>
  /** The International Patient Summary's words for the same. */
  readonly ips: ReadonlySet<string>
  /** SNOMED CT and LOINC codes of a List that holds this section. */
  readonly lists: ReadonlySet<string>
  /** The section's things, as titles and statements call them when they mean all of them. */
  readonly words: ReadonlySet<string>
}

/** The International Patient Summary's code system of what is absent or not known. */
export const IPS_ABSENT = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'

/**
 * True for a code that says that the patient has none of a section's things, unless the source's own
 * words beside it say something else: of one sort of them alone, or with an exception.
 */
export function saysNoneKnown(code: Concept | null, none: NoneKnown): boolean {
  return isCodedNone(code, none) && (code?.text == null || meansAll(code.text, none))
}

/** True for a code that says so, whatever words stand beside it. */
export function isCodedNone(code: Concept | null, none: NoneKnown): boolean {
  return hasCode(code, SNOMED, none.snomed) || hasCode(code, IPS_ABSENT, none.ips)
}

/** Words that neither narrow what a title or statement is about, nor make an exception from it. */
const NEUTRAL: ReadonlySet<string> = new Set([
  ...['a', 'all', 'and', 'any', 'are', 'at', 'for', 'has', 'have', 'is', 'of', 'on', 'or', 'the'],
  ...['there', 'to', 'no', 'nil', 'none', 'not', 'known', 'recorded', 'reported', 'this', 'time'],
  ...['active', 'current', 'currently', 'present', 'list', 'record', 'summary', 'situation'],
  ...['patient', 's', 'date'],
])

/** True for words that mean all of a section's things: every word is one of them or neutral. */
function meansAll(said: string, { words }: NoneKnown): boolean {
  const spoken = said.toLowerCase().match(/\p{L}+/gu) ?? []
  return spoken.some((one) => words.has(one)) && spoken.every((one) => isPlain(one, words))
}

function isPlain(one: string, words: ReadonlySet<string>): boolean {
  return words.has(one) || NEUTRAL.has(one)
}

/**
 * True for a current List of this section that is empty because there are none (`nilknown`). Any
 * other reason (not asked, withheld, no content recorded) states nothing.
 */
export function isNoneKnownList(resource: FhirResource, words: NoneKnown): boolean {
  if (resource.resourceType !== 'List' || resource['status'] !== 'current') return false
  // A List of changes is empty where nothing has changed.
  if (resource['mode'] === 'changes') return false
  const reasons = elements(element(resource['emptyReason'])['coding']).map((one) => one['code'])
  if (!reasons.includes('nilknown') || list(resource['entry']).length > 0) return false
  const code = concept(resource['code'])
  if (code?.code) return hasCode(code, SNOMED, words.lists) || hasCode(code, LOINC, words.lists)
  return meansAll(text(resource['title']) ?? code?.display ?? '', words)
}

/** The statement that a List makes by being empty: an entry without content, but with its provenance. */
export function noneKnownItem<S extends SectionName>(
  resource: FhirResource,
  context: MappingContext,
  entry: Pick<Entry<S>, 'section' | 'status' | 'fields'>,
): MappedItem {
  const recordedAt = dateTime(resource['date'])
  return careItem(resource, context, {
    ...entry,
    code: null,
    time: recordedAt,
    likeness: [null],
    recording: { recordedAt, authors: references(resource['source']) },
    isNoneKnown: true,
  })
}
