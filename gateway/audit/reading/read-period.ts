import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { readTime } from '../../../subgraphs/kit/reading/arguments.ts'

/** A stretch of time, open where null: `from` belongs to it, `until` does not. */
export interface Period {
  readonly from: Date | null
  readonly until: Date | null
}

/**
 * A period as the arguments `from` and `until` say it: moments in ISO 8601, where a year, month or
 * day means its beginning in London.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readPeriod(written: {
  readonly from?: string | null
  readonly until?: string | null
}): Period {
  const from = readTime('from', written.from)
  const until = readTime('until', written.until)
  if (from && until && from >= until) throw badArgument('until', "later than argument 'from'")
  return { from, until }
}
