import { confirmedAndRefuted } from './confirmed-and-refuted.ts'
import type { Conflict, Testimony } from './conflict.ts'
import { noneKnownButRecorded } from './none-known-but-recorded.ts'
import { recordedDifferently } from './recorded-differently.ts'
import { sortDeniedButRecorded } from './sort-denied-but-recorded.ts'
import { statesDiffer } from './states-differ.ts'

/**
 * Every contradiction between sources in a section, as far as this answer shows it: among its entries,
 * and what the sources state of the section as a whole. A source that is missing says nothing.
 *
 * @param section the contract's name for it
 * @param testimonies one for each source that answered
 */
export function findConflicts(section: string, testimonies: readonly Testimony[]): Conflict[] {
  const differing = statesDiffer(testimonies)
  const byEntry = new Map(differing.flatMap((told) => told.entries.map((id) => [id, told])))
  const isTold = ({ entries: [first = '', ...others] }: Conflict) => {
    const told = byEntry.get(first)
    return told !== undefined && others.every((id) => told.entries.includes(id))
  }
  return [
    ...noneKnownButRecorded(section, testimonies),
    ...sortDeniedButRecorded(section, testimonies),
    ...differing,
    ...recordedDifferently(testimonies),
    // Under one business identifier their states differ: that is told already.
    ...confirmedAndRefuted(section, testimonies).filter((conflict) => !isTold(conflict)),
  ]
}
