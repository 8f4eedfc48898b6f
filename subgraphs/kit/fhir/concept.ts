import type { Coding, Concept } from '../generated/contract.ts'
import { element, elements, text } from './elements.ts'

/** SNOMED CT's URI in FHIR; dm+d is part of it. */
export const SNOMED = 'http://snomed.info/sct'

/** LOINC's URI in FHIR. */
export const LOINC = 'http://loinc.org'

/** A FHIR CodeableConcept with all its codings; null where it says nothing. */
export function concept(source: unknown): Concept | null {
  const parts = element(source)
  return conceptOf(elements(parts['coding']), text(parts['text']))
}

/** A FHIR Coding as a concept; null where it says nothing. */
export function codingConcept(source: unknown): Concept | null {
  return conceptOf([element(source)], null)
}

/** Words without a code as a concept. */
export function wordsConcept(source: unknown): Concept | null {
  return conceptOf([], text(source))
}

/** The concepts of a list of CodeableConcepts. */
export function concepts(source: unknown): Concept[] {
  return elements(source).flatMap((one) => concept(one) ?? [])
}

/** Every code of the concepts, each once, in order. */
export function codesOf(sources: readonly (Concept | null)[]): string[] {
  const codes = sources.flatMap((one) => one?.codings.map((coding) => coding.code) ?? [])
  return [...new Set(codes)].filter((code) => code !== null)
}

/** What two concepts have in common when they mean the same: the preferred code, else the words. */
export function conceptKey(source: Concept | null): string | null {
  if (source?.code) return `${source.system ?? ''}|${source.code}`
  return source?.display?.trim().toLowerCase() ?? null
}

/** True when a coding of the concept has one of these codes in this system. */
export function hasCode(
  source: Concept | null,
  system: string,
  codes: ReadonlySet<string>,
): boolean {
  return (
    source?.codings.some(
      (one) => one.system === system && one.code !== null && codes.has(one.code),
    ) ?? false
  )
}

function conceptOf(sources: readonly unknown[], words: string | null): Concept | null {
  const codings = sources.map(toCoding).filter((coding) => coding !== null)
  if (codings.length === 0 && words === null) return null
  const coded = codings.filter((coding) => coding.code !== null)
  const preferred = coded.find((coding) => coding.system === SNOMED) ?? coded[0] ?? codings[0]
  const named = preferred?.display ?? codings.find((coding) => coding.display !== null)?.display
  return {
    display: words ?? named ?? preferred?.code ?? null,
    code: preferred?.code ?? null,
    system: preferred?.system ?? null,
    text: words,
    codings,
  }
}

function toCoding(source: unknown): Coding | null {
  const parts = element(source)
  const system = text(parts['system'])
  const code = text(parts['code'])
  const display = text(parts['display'])
  return system === null && code === null && display === null ? null : { system, code, display }
}
