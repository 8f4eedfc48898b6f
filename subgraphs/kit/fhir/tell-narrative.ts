import type { Concept } from '../generated/contract.ts'
import type { Entry } from './care-item.ts'
import { isElement } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { addedNarrative, narrativeConcept } from './narrative.ts'
import type { FhirResource } from './resource.ts'
import type { SectionName } from './section-item.ts'

/** Sections whose entries nothing names but their code. */
const NAMED_BY_CODE: ReadonlySet<SectionName> = new Set<SectionName>([
  ...(['allergies', 'medications', 'immunisations', 'diagnoses', 'procedures'] as const),
  ...(['testResults', 'observations', 'safetyAlerts', 'referrals'] as const),
])

/** Sections whose entries are nothing without what they hold. */
const MADE_OF_CONTENT: ReadonlySet<SectionName> = new Set<SectionName>([
  ...(['testResults', 'observations', 'imagingReports', 'carePlans', 'documents'] as const),
])

/**
 * What an entry's narrative adds to it: its name where nothing else gives one; a note where it is all that
 * the entry says, or where its source marks it as saying more than the elements do.
 */
export function tellNarrative<S extends SectionName>(
  resource: FhirResource,
  context: MappingContext,
  { section, code, isNoneKnown, fields }: Entry<S>,
): { readonly code: Concept | null; readonly notes: readonly string[] } {
  // What a statement that there are none says is said by the section.
  if (isNoneKnown) return { code, notes: [] }
  if (code === null && NAMED_BY_CODE.has(section)) {
    return { code: narrativeConcept(resource, context), notes: [] }
  }
  const isAll = code === null || (MADE_OF_CONTENT.has(section) && !holdsContent(fields))
  const words = isAll
    ? narrativeConcept(resource, context)?.text
    : addedNarrative(resource, context)
  // Where the section has named the entry by it already, it is told.
  return { code, notes: words && words !== code?.text ? [words] : [] }
}

/** Who had to do with it, and how it is meant: no content. */
const AROUND: ReadonlySet<string> = new Set([
  ...['contributors', 'categories', 'performers', 'addresses', 'specialty', 'setting'],
])

/** True where the section's own fields say something beyond codes, dates and who it was. */
function holdsContent(fields: object): boolean {
  return Object.entries(fields).some(([name, value]) => {
    if (AROUND.has(name) || value === null || typeof value === 'boolean') return false
    if (Array.isArray(value)) return value.length > 0
    if (isElement(value)) return !('start' in value)
    return typeof value === 'string' ? value.includes(' ') : true
  })
}
