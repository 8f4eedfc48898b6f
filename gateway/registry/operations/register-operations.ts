import { inThread } from '../in-thread.ts'
import type { PublishingParts } from '../publishing/parts.ts'
import { type TakenManifest, takeManifest } from '../store/operations.ts'
import { findNewestVersion } from '../store/versions.ts'
import type { OperationProblem } from './check-manifest.ts'
import type { ManifestEntry } from './read-manifest.ts'

/** What of the registry registering works with. */
export type RegisteringParts = Pick<PublishingParts, 'db' | 'builtIn' | 'clock'>

/**
 * Registers a team's operations, when every one is valid for what clients see now; otherwise none.
 *
 * @throws {TooManyOperations}
 */
export async function registerOperations(
  { db, builtIn, clock }: RegisteringParts,
  manifest: {
    readonly team: string
    readonly entries: readonly ManifestEntry[]
    readonly isWhole: boolean
  },
): Promise<TakenManifest | { readonly problems: readonly OperationProblem[] }> {
  const { team, entries, isWhole } = manifest
  const { supergraphSdl } = await findNewestVersion(db, builtIn)
  const { operations, problems } = await inThread({ kind: 'manifest', supergraphSdl, entries })
  if (problems.length > 0) return { problems }
  return takeManifest(db, { team, operations, isWhole, at: clock() })
}
