import type { Logger } from 'pino'
import { type Owners, whyUnheard } from '../relationships/why-unheard.ts'
import type { PatientChange } from './feed-page.ts'

/** Logs how many relationships of a page open nothing, by kind and reason; of no patient in particular. */
export function logUnheard(
  logger: Pick<Logger, 'info'> | undefined,
  changes: readonly PatientChange[],
  { participant, owners }: { readonly participant: string; readonly owners: Owners },
): void {
  const counts = new Map<string, number>()
  for (const { kind, odsCode, referrer = null } of changes.flatMap((one) => one.relationships)) {
    const reason = whyUnheard({ kind, participant, odsCode, referrer }, owners)
    if (reason === null) continue
    const key = `${kind} ${reason}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const [key, relationships] of counts) {
    const [kind, reason] = key.split(' ')
    logger?.info(
      { participant, kind, reason, relationships },
      'Relationships told that open nothing',
    )
  }
}
