import type { PublishingParts } from '../publishing/parts.ts'
import { findRegisteredOperations } from '../store/operations.ts'
import type { UsedOperation } from '../used-operation.ts'
import { findUsedOperations } from '../used-operations.ts'
import { operationsInUse } from './operations-in-use.ts'

/** Operations count as used for so long. */
const USED_FOR_MS = 30 * 24 * 60 * 60_000

/** Every operation that was used in the last 30 days or is registered. */
export async function findOperationsInUse({
  db,
  audit,
  clock,
}: Pick<PublishingParts, 'db' | 'audit' | 'clock'>): Promise<UsedOperation[]> {
  const since = new Date(clock().getTime() - USED_FOR_MS)
  const [used, registered] = [
    await findUsedOperations(audit, since),
    await findRegisteredOperations(db),
  ]
  return operationsInUse(used, registered)
}
