import type { Kysely } from 'kysely'
import type { AssertionClaims } from '../assertion/claims.ts'
import type { ExtensionContext } from '../participant.ts'
import { findResources } from '../reading/find-resources.ts'
import type { Screen } from '../reading/read-screened.ts'
import { createRecordReader, type RecordReader } from '../reading/record-reader.ts'
import type { ParticipantDatabase } from '../store/tables.ts'

/** What the resolvers of one request share. */
export interface SubgraphContext extends ExtensionContext {
  /** Verified: nothing runs without. */
  readonly claims: AssertionClaims
  readonly reader: RecordReader
}

/** Makes the context of one request. */
export function createContext(
  db: Kysely<ParticipantDatabase>,
  claims: AssertionClaims,
  screen: Screen,
): SubgraphContext {
  return {
    claims,
    reader: createRecordReader(db, screen),
    findResources: (nhsNumber, type) => findResources(db, { nhsNumber, type }, screen.lists),
  }
}
