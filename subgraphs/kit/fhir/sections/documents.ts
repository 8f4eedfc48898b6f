import type { DocumentStatus } from '../../generated/contract.ts'
import { documentAttachments } from '../attachment.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, concepts } from '../concept.ts'
import { element, present, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { entryIds, references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, firstTime, period } from '../time.ts'
import { documentLikeness, toComposition } from './document-composition.ts'
import { statementTypes, toStatement } from './document-statements.ts'
import { isCrisisPlan } from './mental-health.ts'

const STATUS = statusWords<DocumentStatus>({
  current: 'CURRENT',
  superseded: 'SUPERSEDED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

/**
 * DocumentReference, crisis plans apart, the Composition of a FHIR document, and clinical statements that have no section
 * of their own. Ordered by when the document was written, else by the care that it is about.
 */
export const documents: SectionMapping = {
  section: 'documents',
  resourceTypes: ['DocumentReference', 'Composition', ...statementTypes],
  accepts: (resource) => !isCrisisPlan(resource),
  toItems: (resource, context) => [
    resource.resourceType === 'Composition'
      ? toComposition(resource, context)
      : (toStatement(resource, context) ?? toDocument(resource, context)),
  ],
}

function toDocument(resource: FhirResource, context: MappingContext): MappedItem {
  const code = concept(resource['type'])
  const files = documentAttachments(resource['content'], context)
  const about = element(resource['context'])
  const care = period(about['period'])
  const description = text(resource['description'])
  const fileTitle = present(files.map((file) => file.title))[0] ?? null
  const title = fileTitle ?? description
  const createdAt = firstTime(resource['date'], ...files.map((file) => file.createdAt))
  const time = firstTime(createdAt, care?.start, care?.end)
  return careItem(resource, context, {
    section: 'documents',
    status: stateOf(resource),
    code,
    time,
    likeness: documentLikeness(code, title, time),
    recording: {
      recordedAt: dateTime(resource['date']),
      authors: references(resource['author'], resource['authenticator']),
      organisations: references(resource['custodian']),
    },
    // Where the file has a title of its own, the description says something else.
    notes: [
      ...annotations(resource['note']),
      ...present([description === title ? null : description]),
    ],
    fields: {
      title,
      documentStatus: text(resource['docStatus']),
      categories: concepts(resource['category']),
      createdAt,
      period: care,
      specialty: concept(about['practiceSetting']),
      setting: concept(about['facilityType']),
      attachments: files,
      encounterId: entryIds(references(about['encounter']), ['Encounter'], context)[0] ?? null,
    },
  })
}

function stateOf(resource: FhirResource): DocumentStatus {
  const isError = resource['docStatus'] === 'entered-in-error'
  return isError ? 'ENTERED_IN_ERROR' : statusOf(STATUS, resource['status'])
}
