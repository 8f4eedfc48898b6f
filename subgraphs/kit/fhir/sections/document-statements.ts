import type { DocumentStatus } from '../../generated/contract.ts'
import { wordsAsFile } from '../attachment.ts'
import { careItem } from '../care-item.ts'
import { concept, concepts, wordsConcept } from '../concept.ts'
import { present, text } from '../elements.ts'
import { saysEnteredInError } from '../entered-in-error.ts'
import { answersOf, linesOf } from '../in-words.ts'
import type { MappedItem, MappingContext } from '../mapping.ts'
import { partyName } from '../people.ts'
import { entryIds, reference, references, referencesIn } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { firstTime, period } from '../time.ts'
import { documentLikeness } from './document-composition.ts'

/** What statements of a type are called, and what one is about. */
interface Statement {
  readonly name: string
  subjectOf(resource: FhirResource, context: MappingContext): string | null
}

const codeOf = (resource: FhirResource) => concept(resource['code'])?.display ?? null

/** Clinical statements that have no section of their own: a document shows them in words. docs/decisions/0029 */
const STATEMENTS: Readonly<Record<string, Statement>> = {
  AdverseEvent: {
    name: 'Adverse event',
    subjectOf: (resource) => concept(resource['event'])?.display ?? null,
  },
  ClinicalImpression: { name: 'Clinical impression', subjectOf: codeOf },
  DeviceUseStatement: {
    name: 'Use of a device',
    subjectOf: (resource, context) => partyName(reference(resource['device']), context),
  },
  FamilyMemberHistory: {
    name: 'Family history',
    subjectOf: (resource) => concept(resource['relationship'])?.display ?? text(resource['name']),
  },
  QuestionnaireResponse: { name: 'Answers to a questionnaire', subjectOf: () => null },
  RiskAssessment: { name: 'Risk assessment', subjectOf: codeOf },
}

/** The FHIR types of clinical statements that are shown as documents. */
export const statementTypes: readonly string[] = Object.keys(STATEMENTS)

/** Told by the document's own fields; and places, which are withheld of some patients. */
const TOLD: ReadonlySet<string> = new Set([
  ...['identifier', 'status', 'subject', 'patient', 'encounter', 'note'],
  ...[
    'author',
    'assessor',
    'performer',
    'recorder',
    'contributor',
    'location',
    'instantiatesCanonical',
    'instantiatesUri',
  ],
])

/** A clinical statement as a document, with all that it says in its file; null for any other resource. */
export function toStatement(resource: FhirResource, context: MappingContext): MappedItem | null {
  const statement = STATEMENTS[resource.resourceType]
  if (statement === undefined) return null
  const title = present([statement.name, statement.subjectOf(resource, context)]).join(': ')
  const code = wordsConcept(statement.name)
  const createdAt = firstTime(
    resource['recordedDate'],
    resource['recordedOn'],
    resource['authored'],
    resource['date'],
  )
  const care =
    period(resource['effectivePeriod']) ??
    period(resource['occurrencePeriod']) ??
    period(resource['timingPeriod'])
  const time = firstTime(
    resource['date'],
    resource['occurrenceDateTime'],
    resource['effectiveDateTime'],
    resource['timingDateTime'],
    care?.start,
    createdAt,
    resource['detected'],
  )
  return careItem(resource, context, {
    section: 'documents',
    status: stateOf(resource),
    code,
    alsoCoded: ['code', 'event', 'relationship'].map((name) => concept(resource[name])),
    time,
    likeness: documentLikeness(code, title, time),
    recording: {
      recordedAt: createdAt,
      authors: [
        ...references(
          ...['author', 'recorder', 'assessor', 'performer', 'contributor', 'source'].map(
            (name) => resource[name],
          ),
        ),
        ...referencesIn(resource['participant'], 'individual'),
      ],
    },
    fields: {
      title,
      documentStatus: text(resource['status']),
      categories: concepts(resource['category']),
      createdAt,
      period: care,
      specialty: null,
      setting: null,
      attachments: fileOf(resource, context, { title, createdAt }),
      encounterId: entryIds(references(resource['encounter']), ['Encounter'], context)[0] ?? null,
    },
  })
}

function fileOf(
  resource: FhirResource,
  context: MappingContext,
  document: { readonly title: string; readonly createdAt: string | null },
) {
  const isForm = resource.resourceType === 'QuestionnaireResponse'
  const lines = [
    ...linesOf(resource, context, isForm ? new Set([...TOLD, 'item']) : TOLD),
    ...(isForm ? answersOf(resource['item'], context) : []),
  ]
  return lines.length === 0 ? [] : [wordsAsFile(lines.join('\n'), document)]
}

function stateOf(resource: FhirResource): DocumentStatus {
  return saysEnteredInError(resource['status']) ? 'ENTERED_IN_ERROR' : 'CURRENT'
}
