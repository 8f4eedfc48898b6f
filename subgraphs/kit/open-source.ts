import type { SubgraphOptions } from './create-subgraph.ts'
import type { ExclusionLists } from './exclusions/exclusion-lists.ts'
import { createFhirSource } from './fhir-server/fhir-source.ts'
import { bringUpToDate } from './load/exclude/bring-up-to-date.ts'
import { createEmptySource } from './reading/empty-source.ts'
import { createStoreSource } from './reading/store-source.ts'
import type { RecordSource } from './record-source.ts'
import { isContributor } from './schema/participant-sdl.ts'
import { connect } from './store/connect.ts'
import { migrateStore } from './store/migrations.ts'
import type { ParticipantDatabase } from './store/tables.ts'

/** The last resort: a statement for a call ends with the call's own time. */
const STATEMENT_TIMEOUT_MS = 30_000

/**
 * Opens where a participant's records come from: the FHIR server, or the store, brought up to date. A view-only participant needs neither.
 *
 * @throws when neither or both are given, or the one given cannot be opened
 */
export async function openSource(
  options: SubgraphOptions,
  exclusions: ExclusionLists,
): Promise<RecordSource> {
  const { participant, databaseUrl, fhir, clock, onStatement } = options
  if (fhir === undefined && databaseUrl === undefined && !isContributor(participant)) {
    return createEmptySource()
  }
  if ((fhir === undefined) === (databaseUrl === undefined)) {
    throw new Error('A subgraph reads from a database or from a FHIR server: one of them')
  }
  if (fhir !== undefined) return createFhirSource({ fhir, participant, lists: exclusions, clock })
  const url = databaseUrl ?? ''
  await prepareStore(url, options, exclusions)
  const db = connect<ParticipantDatabase>(url, 10, {
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    ...(onStatement ? { onStatement } : {}),
  })
  return createStoreSource(db, participant, exclusions)
}

/**
 * Migrates, and judges what is stored by the present lists. In connections of its own: either may take
 * longer than any answer.
 */
async function prepareStore(
  databaseUrl: string,
  { participant, clock }: SubgraphOptions,
  exclusions: ExclusionLists,
): Promise<void> {
  const db = connect<ParticipantDatabase>(databaseUrl, 2)
  try {
    await migrateStore(db)
    await bringUpToDate(db, { participant, exclusions, clock })
  } finally {
    await db.destroy()
  }
}
