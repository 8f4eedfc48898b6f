import type { Logger } from 'pino'
import { countUnheard, type Owners } from '../relationships/why-unheard.ts'
import type { PatientChange } from './feed-page.ts'

/** Logs how many relationships of a page open nothing, by kind and reason; of no patient in particular. */
export function logUnheard(
  logger: Pick<Logger, 'info'> | undefined,
  changes: readonly PatientChange[],
  { participant, owners }: { readonly participant: string; readonly owners: Owners },
): void {
  const told = changes
    .flatMap((change) => change.relationships)
    .map(({ kind, odsCode, referrer = null }) => ({
      kind,
      participant,
      odsCode,
      referrer,
      relationships: 1,
    }))
  for (const count of countUnheard(told, owners)) {
    logger?.info({ participant, ...count }, 'Relationships told that open nothing')
  }
}
