import { elements, text } from '../../fhir/elements.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { identifiersOf } from '../read/identity.ts'

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

/** What shows whether two states are of one resource. */
export interface Traits {
  /** The NHS number of whose record it is; null for what is nobody's, or not known. */
  readonly nhsNumber: string | null
  /** By element: its codings and words. */
  readonly codes: ReadonlyMap<string, readonly string[]>
  /** By system: its business identifiers. */
  readonly identifiers: ReadonlyMap<string, readonly string[]>
  /** ODS codes of the organisations whose record it comes from. */
  readonly organisations: readonly string[]
  /** When it was found or done, as written; null where that may be put right, or is not said. */
  readonly time: string | null
}

const coded = ['code', 'vaccineCode', 'medicationCodeableConcept'] as const

/** What is found or done has its time; what is planned may be moved. */
const timed: Readonly<Record<string, readonly string[]>> = {
  Observation: ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod'],
  DiagnosticReport: ['effectiveDateTime', 'effectivePeriod'],
  Immunization: ['occurrenceDateTime'],
  Procedure: ['performedDateTime', 'performedPeriod'],
}

/** Reads a resource's traits, its references bound. */
export function traitsOf(resource: FhirResource, nhsNumber: string | null): Traits {
  const codes = new Map<string, string[]>()
  for (const element of coded) codes.set(element, namesOf(resource[element]))
  codes.set(
    'medicationReference',
    present(text(member(resource['medicationReference'], 'reference'))),
  )
  const identifiers = new Map<string, string[]>()
  for (const key of identifiersOf(resource)) {
    const end = key.lastIndexOf('|')
    const system = key.slice(0, end)
    identifiers.set(system, [...(identifiers.get(system) ?? []), key.slice(end)])
  }
  const tags = elements(member(resource['meta'], 'tag'))
  return {
    nhsNumber,
    codes,
    identifiers,
    organisations: tags.flatMap((tag) => (tag['system'] === ODS ? present(text(tag['code'])) : [])),
    time: timeOf(resource),
  }
}

function namesOf(concept: unknown): string[] {
  const codings = elements(member(concept, 'coding')).flatMap((coding) => {
    const code = text(coding['code'])
    return code === null ? [] : [`${text(coding['system']) ?? ''}|${code}`]
  })
  const words = text(member(concept, 'text'))
  return words === null ? codings : [...codings, `"${fold(words)}`]
}

function timeOf(resource: FhirResource): string | null {
  for (const element of timed[resource.resourceType] ?? []) {
    const value = resource[element]
    const time = text(value) ?? text(member(value, 'start'))
    if (time !== null) return time
  }
  return null
}

function fold(words: string): string {
  return words.trim().toLowerCase().replace(/\s+/g, ' ')
}

function present(value: string | null): string[] {
  return value === null ? [] : [value]
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}
