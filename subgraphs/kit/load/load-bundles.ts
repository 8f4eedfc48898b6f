import type { Kysely } from 'kysely'
import type { Participant } from '../participant.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { type LoadOptions, loadResources } from './load.ts'
import type { LoadReport } from './report.ts'

/** A Bundle, or a single resource, under the name that refusals give. */
export interface NamedBundle {
  readonly name: string
  readonly bundle: unknown
}

/**
 * Takes Bundles that are in memory into a participant's store; see `loadResources`.
 *
 * @param db migrated to the present schema
 */
export function loadBundles(
  db: Kysely<ParticipantDatabase>,
  participant: Participant,
  bundles: AsyncIterable<NamedBundle> | Iterable<NamedBundle>,
  options: LoadOptions = {},
): Promise<LoadReport> {
  return loadResources({ ...options, db, participant, sources: bundles })
}
