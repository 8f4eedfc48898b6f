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
  /** The title of such a List. */
  readonly listTitle: RegExp
}

const IPS_ABSENT = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'

/** True for a code that says that the patient has none of a section's things. */
export function saysNoneKnown(code: Concept | null, words: NoneKnown): boolean {
  return hasCode(code, SNOMED, words.snomed) || hasCode(code, IPS_ABSENT, words.ips)
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
  return words.listTitle.test(text(resource['title']) ?? code?.display ?? '')
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
