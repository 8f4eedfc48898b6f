import type { UnheardCount } from '../../subgraphs/index/relationships/why-unheard.ts'
import { unheardReasons } from '../../subgraphs/index/relationships/why-unheard.ts'

/** What of a participant's relationships opens nothing, and why, for people; empty when there is nothing. */
export function renderUnheard(counts: readonly UnheardCount[]): string {
  if (counts.length === 0) return ''
  const reasons = [...new Set(counts.map(({ reason }) => reason))].sort()
  return [
    'Relationships that are kept and open nothing',
    ...reasons.map((reason) =>
      [
        `${reason}: ${unheardReasons[reason]}`,
        ...counts
          .filter((one) => one.reason === reason)
          .map(({ kind, relationships }) => `  ${kind}  ${relationships.toLocaleString('en-GB')}`),
      ].join('\n'),
    ),
  ].join('\n\n')
}
