import { type Section, sections } from '../../gateway/access/sections.ts'
import type { Timeliness } from './generated/contract.ts'
import type { Participant } from './participant.ts'
import { isContributor } from './schema/participant-sdl.ts'

/** The sections of a record, by their fields in the contract. */
export const recordSections = sections.filter(
  (section): section is RecordSection =>
    section !== 'identity' && section !== 'demographics' && section !== 'generalPractice',
)

export type RecordSection = Exclude<Section, 'identity' | 'demographics' | 'generalPractice'>

/** A section that a participant shares, of everybody of whom it holds a record. */
export interface SharedSection {
  readonly section: RecordSection
  /** The day from which its records are shared: `2015-04-01`; left out where all are. */
  readonly from?: string
  readonly timeliness: Timeliness
}

/** What a participant shares: nothing where it only views, and every section as it stands where it does not say. */
export function sharesOf(
  participant: Pick<Participant, 'participation' | 'shares'>,
): readonly SharedSection[] {
  if (!isContributor(participant)) return []
  return participant.shares ?? everySection('LIVE')
}

/** Every section of the contract. */
export function everySection(timeliness: Timeliness, from?: string): readonly SharedSection[] {
  return recordSections.map((section) => ({ section, timeliness, ...(from && { from }) }))
}

/** The sections of the contract that a participant shares of nobody. */
export function notSharedBy(
  participant: Pick<Participant, 'participation' | 'shares'>,
): readonly RecordSection[] {
  const shared = new Set(sharesOf(participant).map(({ section }) => section))
  return recordSections.filter((section) => !shared.has(section))
}
