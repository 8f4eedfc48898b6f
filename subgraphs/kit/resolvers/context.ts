import type { AssertionClaims } from '../assertion/claims.ts'
import type { RecordReader } from '../reading/record-reader.ts'
import type { SourceReading } from '../record-source.ts'

/** What the resolvers of one request share. */
export interface SubgraphContext extends Pick<SourceReading, 'findResources' | 'readFeed'> {
  /** Verified: nothing runs without. */
  readonly claims: AssertionClaims
  readonly reader: RecordReader
}

/** Makes the context of one request. */
export function createContext(reading: SourceReading, claims: AssertionClaims): SubgraphContext {
  const { findResources, readFeed } = reading
  return { claims, reader: reading, findResources, readFeed }
}
