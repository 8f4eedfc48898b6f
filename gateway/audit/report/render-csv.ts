import { HEADINGS } from './frame.ts'
import { inLondon } from './london-time.ts'
import type { Report } from './make-report.ts'

/**
 * A report as CSV (RFC 4180), a line for every entry, with its moment in words and in ISO 8601. What
 * a spreadsheet would take for a formula has an apostrophe before it.
 */
export function renderCsv({ entries }: Report): string {
  const [when, who, what, why] = HEADINGS
  const rows = entries.map((entry) => [
    inLondon(entry.at),
    entry.at.toISOString(),
    entry.who,
    entry.what,
    entry.why,
    entry.wasRefused ? 'yes' : 'no',
  ])
  return [[when, 'When (UTC)', who, what, why, 'Refused'], ...rows]
    .map((row) => `${row.map(toCell).join(',')}\r\n`)
    .join('')
}

/** Blanks before it do not keep a spreadsheet from reading a formula. */
const FORMULA = /^\s*[=+\-@\t\r]/

function toCell(value: string): string {
  const plain = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
