import { type AnyCoding, bareCodeOf, codeSystemOf } from './code-systems.ts'

/** The labels of `meta.security` or the like: Codings or CodeableConcepts, or a single one where R4 has a list. */
export function labelsIn(source: unknown): AnyCoding[] {
  if (Array.isArray(source)) return source.flatMap(labelsIn)
  if (typeof source !== 'object' || source === null) return []
  const { coding } = source as { readonly coding?: unknown }
  return coding === undefined ? [source] : labelsIn(coding)
}

/** True for a label with one of these codes, of a system or of none that can be read: hiding too much is the safe error. */
export function isLabel(
  label: AnyCoding,
  system: 'CONFIDENTIALITY' | 'ACT_CODE',
  codes: (code: string) => boolean,
): boolean {
  const own = codeSystemOf(label.system)
  return (own === 'NONE' || own === system) && codes(bareCodeOf(label.code).toUpperCase())
}
