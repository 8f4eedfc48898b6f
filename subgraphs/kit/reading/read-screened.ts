import { type Kysely, sql } from 'kysely'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import { hasMember } from '../exclusions/find-codings.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { type HeldPatient, type Page, type PatientKey, readSlices } from './read-slices.ts'
import type { Slice } from './slice.ts'

/** What reading is screened with. */
export interface Screen {
  readonly lists: ExclusionLists
  /** Told of the section of entries that loading should have hidden, and how many they are. */
  onExcluded(section: string, entries: number): void
}

/**
 * Reads slices, and looks once more through every entry that is about to be sent. One that is never
 * shared is hidden in the store, and all is read again: then no page, count or status knows of it.
 *
 * @throws when such an entry cannot be hidden: rather no answer than this one
 */
export async function readScreened(
  db: Kysely<ParticipantDatabase>,
  wanted: readonly (Slice | PatientKey)[],
  screen: Screen,
): Promise<(Page | HeldPatient | Error | null)[]> {
  for (;;) {
    const answers = await readSlices(db, wanted)
    const excluded = wanted.flatMap(({ section }, index) => {
      const ids = section === null ? [] : findExcluded(answers[index] as Page, screen.lists)
      if (section !== null && ids.length > 0) screen.onExcluded(section, ids.length)
      return ids
    })
    if (excluded.length === 0) return answers
    await hideEntries(db, excluded)
  }
}

function findExcluded({ entries }: Page, lists: ExclusionLists): string[] {
  const excluded: string[] = []
  for (const { id, item } of entries) if (hasMember(item, lists)) excluded.push(id)
  return excluded
}

async function hideEntries(db: Kysely<ParticipantDatabase>, ids: readonly string[]): Promise<void> {
  const { numAffectedRows } = await sql`
    update item set is_restricted = true where id = any(${ids}) and not is_restricted`.execute(db)
  if (!numAffectedRows) throw new Error('An entry that is never shared could not be hidden')
}
