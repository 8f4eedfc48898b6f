import { inThread } from '../in-thread.ts'
import type { PublishingParts } from '../publishing/parts.ts'
import { findNewestVersion } from '../store/versions.ts'
import type { UsedOperation } from '../used-operation.ts'
import { findOperationsInUse } from './find-operations-in-use.ts'

/** Who asks for something of the schema. */
export interface Usage {
  readonly of: string
  /** Those that teams registered or that were used in the last 30 days, the most used first. */
  readonly operations: readonly Omit<UsedOperation, 'text'>[]
}

/** Tells which operations ask for an element of the schema; null when the schema has no such. */
export async function usageOf(
  parts: Pick<PublishingParts, 'db' | 'audit' | 'builtIn' | 'clock'>,
  coordinate: string,
): Promise<Usage | null> {
  const { supergraphSdl } = await findNewestVersion(parts.db, parts.builtIn)
  const operations = await findOperationsInUse(parts)
  const texts = operations.map(({ text }) => text)
  const uses = await inThread({ kind: 'usage', supergraphSdl, coordinate, texts })
  if (uses === null) return null
  return {
    of: coordinate,
    operations: operations
      .filter((_, place) => uses[place])
      .map(({ text: _, ...operation }) => operation)
      .sort((a, b) => b.times - a.times),
  }
}
