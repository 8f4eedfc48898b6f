import { hash } from 'node:crypto'
import type { CareItem, Concept, Identifier } from '../generated/contract.ts'
import { type BusinessIdentifier, sortKeyOf } from '../position.ts'
import { agreementOf } from './agreement.ts'
import { codesOf } from './concept.ts'
import { element, elements, present, text } from './elements.ts'
import type { MappedItem, MappingContext } from './mapping.ts'
import { provenanceOf, type Recording } from './provenance.ts'
import type { FhirResource } from './resource.ts'
import type { ItemStatus, SectionFields, SectionName } from './section-item.ts'
import { tellNarrative } from './tell-narrative.ts'
import { toInstant, toLastInstant } from './time.ts'
import { unreadableDates } from './unreadable-dates.ts'

/** What a section knows about an entry; the rest is the same in every section. */
export interface Entry<S extends SectionName> {
  readonly section: S
  readonly status: ItemStatus<S>
  readonly code: Concept | null
  /** Further concepts that a search by code finds the entry by. */
  readonly alsoCoded?: readonly (Concept | null)[]
  /** The moment that orders the section, in the source's own writing. */
  readonly time: string | null
  /** What two entries that look alike have in common, in order; a null part makes it unknown. */
  readonly likeness: readonly (string | null)[]
  readonly recording: Recording
  readonly notes?: readonly string[]
  readonly isNoneKnown?: boolean
  /** The fields that only this section has. */
  readonly fields: SectionFields<S>
}

/** Makes an entry of a section from a resource and what the section knows about it. */
export function careItem<S extends SectionName>(
  resource: FhirResource,
  context: MappingContext,
  entry: Entry<S>,
): MappedItem {
  const narrative = tellNarrative(resource, context, entry)
  const common = commonParts(resource, context, {
    ...entry,
    code: narrative.code,
    notes: [
      ...(entry.notes ?? annotations(resource['note'])),
      ...extendedNotes(resource),
      ...unreadableDates(resource).map(({ element: name, written }) => `${name}: ${written}`),
      ...narrative.notes,
    ],
  })
  return {
    section: entry.section,
    id: common.id,
    sortTime: toInstant(entry.time),
    lastTime: toLastInstant(entry.time),
    sortKey: sortKeyOf(
      sharedIdentifier(resource),
      common.id,
      agreementOf(entry.section, narrative.code, entry.fields),
    ),
    status: entry.status,
    codes: codesOf([entry.code, ...(entry.alsoCoded ?? [])]),
    isNoneKnown: entry.isNoneKnown ?? false,
    isRestricted: context.isExcluded(resource),
    isUnderstood: true,
    item: { ...common, status: entry.status, ...entry.fields },
  }
}

/** The words of FHIR Annotations. */
export function annotations(source: unknown): string[] {
  return present(elements(source).map((note) => text(note['text'])))
}

/** Types without notes have them as extensions, such as NHS England's notes of a Flag. */
function extendedNotes(resource: FhirResource): string[] {
  const notes = elements(resource['extension']).map((one) => element(one['valueAnnotation']))
  return present(notes.map((note) => text(note['text'])))
}

/** What the contract promises of the entries of every section. */
function commonParts<S extends SectionName>(
  resource: FhirResource,
  context: MappingContext,
  entry: Entry<S>,
): CareItem {
  const isError = entry.status === 'ENTERED_IN_ERROR'
  return {
    id: context.itemId(resource.resourceType, text(resource.id) ?? ''),
    identifiers: identifiersOf(resource),
    code: entry.code,
    time: entry.time,
    // A mistake is nobody's duplicate.
    likeness: isError ? null : likenessOf([entry.section, ...entry.likeness]),
    possibleDuplicateOf: [],
    provenance: [provenanceOf(resource, context, entry.recording)],
    notes: entry.notes ?? [],
  }
}

function identifiersOf(resource: FhirResource): Identifier[] {
  return identifierElements(resource)
    .map((one): Identifier => ({ system: text(one['system']), value: text(one['value']) }))
    .filter((one) => one.value !== null)
}

function sharedIdentifier(resource: FhirResource): BusinessIdentifier | null {
  const { resourceType } = resource
  const whole = identifierElements(resource).flatMap((one) => {
    const system = text(one['system'])
    const value = text(one['value'])
    return system === null || value === null || one['use'] === 'old'
      ? []
      : [{ resourceType, system, value, use: one['use'] }]
  })
  return whole.find((one) => one.use === 'official') ?? whole[0] ?? null
}

// A DocumentReference has its own identifier apart from the others: it is the document's.
function identifierElements(resource: FhirResource) {
  const master = element(resource['masterIdentifier'])
  // A Composition has one alone, without a list.
  return [master, element(resource['identifier']), ...elements(resource['identifier'])]
}

function likenessOf(parts: readonly (string | null)[]): string | null {
  if (parts.includes(null)) return null
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22)
}
