import type { Attachment, Concept, DocumentStatus } from '../../generated/contract.ts'
import { wordsAsFile } from '../attachment.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { element, elements, present, text } from '../elements.ts'
import type { MappedItem, MappingContext } from '../mapping.ts'
import { wordsOf } from '../narrative.ts'
import { entryIds, references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, dayOf, firstTime, period } from '../time.ts'

const STATUS = statusWords<DocumentStatus>({
  preliminary: 'CURRENT',
  final: 'CURRENT',
  amended: 'CURRENT',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

/** One sort of document with one title on one day: a DocumentReference may point at what a Composition is. */
export function documentLikeness(
  code: Concept | null,
  title: string | null,
  time: string | null,
): readonly (string | null)[] {
  return [conceptKey(code), title?.trim().toLowerCase() ?? '', dayOf(time)]
}

/** A FHIR document: its Composition, whose sections and their narratives are the words of its file. */
export function toComposition(resource: FhirResource, context: MappingContext): MappedItem {
  const code = concept(resource['type'])
  const title = text(resource['title'])
  const createdAt = dateTime(resource['date'])
  const [event] = elements(resource['event'])
  const care = period(event?.['period'])
  const time = firstTime(createdAt, care?.start, care?.end)
  return careItem(resource, context, {
    section: 'documents',
    status: statusOf(STATUS, resource['status']),
    code,
    time,
    likeness: documentLikeness(code, title, time),
    recording: {
      recordedAt: createdAt,
      authors: references(resource['author']),
      organisations: references(resource['custodian']),
    },
    fields: {
      title,
      documentStatus: text(resource['status']),
      categories: concepts(resource['category']),
      createdAt,
      period: care,
      specialty: null,
      setting: null,
      attachments: wordsAsFiles(resource, { title, createdAt }),
      encounterId: entryIds(references(resource['encounter']), ['Encounter'], context)[0] ?? null,
    },
  })
}

function wordsAsFiles(
  resource: FhirResource,
  document: Pick<Attachment, 'title' | 'createdAt'>,
): Attachment[] {
  const words = wordsOfSections(resource['section']).join('\n\n')
  return words === '' ? [] : [wordsAsFile(words, document)]
}

/** Each section's title and words, and those of the sections in it. */
function wordsOfSections(source: unknown): string[] {
  return elements(source).flatMap((section) => {
    const title = text(section['title']) ?? concept(section['code'])?.display ?? null
    const { div } = element(section['text'])
    const words = typeof div === 'string' ? wordsOf(div) : null
    const empty = concept(section['emptyReason'])?.display ?? null
    const own = present([title, words ?? (empty && `(${empty})`)]).join('\n')
    return [...(own === '' ? [] : [own]), ...wordsOfSections(section['section'])]
  })
}
