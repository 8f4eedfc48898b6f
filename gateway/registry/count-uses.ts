import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { AuditDatabase } from '../audit/store/tables.ts'
import { problemOf } from '../problem-of.ts'
import { countUsedOperations } from './used-operations.ts'

const HOUR_MS = 60 * 60_000

/**
 * Counts now and every hour which operations the trail has gained, so that nobody who publishes waits
 * for that.
 *
 * @returns what ends it, once what is under way is done
 */
export function countUsesHourly(
  audit: Kysely<AuditDatabase>,
  logger: Pick<Logger, 'warn'>,
): () => Promise<void> {
  let underWay = count()
  const timer = setInterval(() => {
    underWay = underWay.then(count)
  }, HOUR_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }

  function count(): Promise<void> {
    return countUsedOperations(audit).catch((error) =>
      logger.warn({ problem: problemOf(error) }, 'used operations cannot be counted'),
    )
  }
}
