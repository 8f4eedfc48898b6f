import type { SectionSource } from './section-source.ts'
import type { SourceAnswer } from './sources.ts'

/** What a section says as a whole; the contract's `SectionStatus`. */
export type SectionStatus =
  | 'HAS_ENTRIES'
  | 'NONE_KNOWN'
  | 'NOTHING_RECORDED'
  | 'NOT_SHARED'
  | 'UNKNOWN'

/**
 * The participants whose part of a section is missing, sorted: those that could not be asked or
 * trusted, and those that answered but not for this section.
 *
 * @param holders participants that gave a record of the patient
 * @param answered participants whose part of this section is here
 */
export function missingSources(
  sources: readonly SourceAnswer[],
  holders: readonly string[],
  answered: ReadonlySet<string>,
): string[] {
  const missing = new Set(holders.filter((code) => !answered.has(code)))
  for (const { participant, outcome } of sources) {
    const holdsNothing = outcome === 'NO_RECORD' || outcome === 'NOT_A_CONTRIBUTOR'
    if (!holdsNothing && !answered.has(participant.code)) missing.add(participant.code)
  }
  return [...missing].sort()
}

/** The participants that hold something of a section that they do not show, sorted. */
export function notUnderstoodBy(parts: readonly SectionSource[]): string[] {
  return participantsOf(parts.filter((part) => part.hasNotUnderstood))
}

/** The participants that hold a record and share the section of nobody, sorted. */
export function notSharedBy(parts: readonly SectionSource[]): string[] {
  return participantsOf(parts.filter((part) => part.isNotShared))
}

/** The participants of which entries may be missing, sorted: these, and those that answered and keep something back. */
export function incompleteBy(
  missing: readonly string[],
  parts: readonly SectionSource[],
): string[] {
  const keeping = parts.filter((part) => part.hasNotUnderstood || part.isNotShared)
  return [...new Set([...missing, ...participantsOf(keeping)])].sort()
}

function participantsOf(parts: readonly SectionSource[]): string[] {
  return [...new Set(parts.map(({ participant }) => participant))].sort()
}

/** What a section says over all sources: silence of a source is never taken for absence. */
export function sectionStatus(
  statuses: readonly unknown[],
  missing: readonly string[],
): SectionStatus {
  if (statuses.includes('HAS_ENTRIES')) return 'HAS_ENTRIES'
  if (missing.length > 0 || statuses.includes('UNKNOWN')) return 'UNKNOWN'
  if (statuses.includes('NOT_SHARED')) return 'NOT_SHARED'
  return statuses.includes('NONE_KNOWN') ? 'NONE_KNOWN' : 'NOTHING_RECORDED'
}
