import type { Readable } from 'node:stream'
import { beginningInLondon, type Period } from '../../gateway/audit/reading/read-period.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import { readMoment } from '../../subgraphs/kit/reading/moment.ts'
import { AuditProblem } from './problem.ts'
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
  const from = readBound('--from', options.from, beginningInLondon)
  const until = readBound('--until', options.until, endInLondon)
  if (from && until && from >= until) throw new AuditProblem('--until must be later than --from')
  const written = options.nhsNumber === '-' ? await readAll(input) : options.nhsNumber
  const nhsNumber = toNhsNumber(written)
  if (nhsNumber === null) throw new AuditProblem('--nhs-number must be a valid NHS number')
  return { nhsNumber, from, until, format, includeStaffNames: options.staffNames === true }
}

/** A day is meant whole, as people say it: until the 30th has the 30th in it. */
function endInLondon(day: Date): Date {
  const next = new Date(day)
  next.setUTCDate(day.getUTCDate() + 1)
  return beginningInLondon(next)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function readBound(
  option: string,
  written: string | undefined,
  inLondon: (day: Date) => Date,
): Date | null {
  if (written === undefined) return null
  const moment = readMoment(written)
  if (moment && DAY.test(written)) return inLondon(moment)
  if (moment && written.includes('T')) return moment
  throw new AuditProblem(`${option} must be a day such as 2026-11-01, or a moment in ISO 8601`)
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
