import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { readMoment } from '../../../subgraphs/kit/reading/moment.ts'

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
  const from = readBeginning('from', written.from)
  const until = readBeginning('until', written.until)
  if (from && until && from >= until) throw badArgument('until', "later than argument 'from'")
  return { from, until }
}

function readBeginning(argument: string, written: string | null | undefined): Date | null {
  if (written == null) return null
  const moment = readMoment(written)
  if (!moment) {
    throw badArgument(argument, 'a date or, with its offset from UTC, a moment in ISO 8601')
  }
  return written.includes('T') ? moment : beginningInLondon(moment)
}

const londonHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  hourCycle: 'h23',
})

/**
 * When a day begins in London.
 *
 * @param day its beginning in UTC; London's clocks change later on a day than either midnight
 */
export function beginningInLondon(day: Date): Date {
  const hoursAhead = Number(londonHour.format(day))
  return new Date(day.getTime() - hoursAhead * 3_600_000)
}
