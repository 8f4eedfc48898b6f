import type { Readable } from 'node:stream'
import type { Period } from '../../gateway/audit/reading/read-period.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import { toLastInstant } from '../../subgraphs/kit/fhir/time.ts'
import { AuditProblem } from './problem.ts'
import { readDayOrMoment } from './read-day-or-moment.ts'
import type { ReportOptions } from './report.ts'

const formats = ['text', 'csv', 'html'] as const

/** A report as asked for on the command line. */
export interface AskedReport extends Period {
  readonly nhsNumber: string
  readonly format: (typeof formats)[number]
  readonly includeStaffNames: boolean
}

/**
 * Reads what the command line says, and the NHS number from standard input where it says so.
 *
 * @throws AuditProblem naming the option, and never repeating a number
 */
export async function readReportOptions(
  options: ReportOptions,
  input: Readable,
): Promise<AskedReport> {
  const format = formats.find((known) => known === options.format)
  if (!format) throw new AuditProblem(`--format must be ${formats.join(', ')}`)
  const from = readBound('--from', options.from, readDayOrMoment)
  const until = readBound('--until', options.until, endOf)
  if (from && until && from >= until) throw new AuditProblem('--until must be later than --from')
  const written = options.nhsNumber === '-' ? await readAll(input) : options.nhsNumber
  const nhsNumber = toNhsNumber(written)
  if (nhsNumber === null) throw new AuditProblem('--nhs-number must be a valid NHS number')
  return { nhsNumber, from, until, format, includeStaffNames: options.staffNames === true }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function readBound(
  option: string,
  written: string | undefined,
  momentOf: (day: string) => Date | null,
): Date | null {
  if (written === undefined) return null
  const moment = DAY.test(written) ? momentOf(written) : readDayOrMoment(written)
  if (moment) return moment
  throw new AuditProblem(`${option} must be a day such as 2026-11-01, or a moment in ISO 8601`)
}

/** A day is meant whole, as people say it: until the 30th has the 30th in it. */
function endOf(day: string): Date | null {
  const last = toLastInstant(day)
  return last && new Date(last.getTime() + 1)
}

/** More than this is no number. */
const LONGEST_INPUT = 1000

async function readAll(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input.setEncoding('utf8')) {
    text += chunk
    if (text.length > LONGEST_INPUT) break
  }
  return text
}
