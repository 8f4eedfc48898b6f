import type { Concept } from '../generated/contract.ts'
import { conceptKey } from './concept.ts'
import { withoutTrailingZeros } from './quantity.ts'
import type { SectionFields, SectionName } from './section-item.ts'

/** What of a section's entries matters beside their code. */
type Content = {
  readonly [S in SectionName]?: (fields: SectionFields<S>) => readonly (string | null)[]
}

/**
 * What two recordings of one business identifier have to agree in beside their code, section by section: an
 * accession number names an order, and a vendor's `1` anything. See docs/decisions/0002.
 */
const CONTENT: Content = {
  allergies: ({ substance }) => [conceptKey(substance)],
  medications: ({ kind, dosageText, isProhibited }) => [
    plain(dosageText),
    String(isProhibited ?? false),
    // What was given or supplied is no copy of what was ordered under the same number.
    ...(kind === 'ADMINISTRATION' || kind === 'DISPENSE' ? [kind] : []),
  ],
  testResults: ({ kind, value, components }) => [kind, ...valuesOf(value, components)],
  observations: ({ value, components }) => valuesOf(value, components),
  immunisations: ({ vaccine }) => [conceptKey(vaccine)],
}

/**
 * What a recording has to agree in with another under its identifier to be one entry with it. Of referrals
 * without the code: from a digest it could be guessed by who may not see it.
 */
export function agreementOf<S extends SectionName>(
  section: S,
  code: Concept | null,
  fields: SectionFields<S>,
): readonly (string | null)[] {
  if (section === 'referrals') return [section]
  return [section, conceptKey(code), ...(CONTENT[section]?.(fields) ?? [])]
}

interface Value {
  readonly text?: string | null
  readonly concept?: Concept | null
}

function valuesOf(
  value: Value | null | undefined,
  components: readonly { readonly code?: Concept | null; readonly value?: Value | null }[],
): (string | null)[] {
  const parts = components.map((part) => `${conceptKey(part.code ?? null)} ${wordsOf(part.value)}`)
  return [wordsOf(value), ...parts.sort()]
}

function wordsOf(value: Value | null | undefined): string | null {
  return conceptKey(value?.concept ?? null) ?? plain(value?.text ?? null)
}

function plain(words: string | null | undefined): string | null {
  if (words == null) return null
  return withoutTrailingZeros(words.trim().toLowerCase().replaceAll(/\s+/g, ' '))
}
