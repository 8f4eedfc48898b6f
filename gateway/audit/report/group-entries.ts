import { dayOf } from './london-time.ts'
import type { ReportEntry } from './make-report.ts'

/** One line of a report: a look, or several of the same person at the same thing within a short time. */
export interface ReportLine extends Omit<ReportEntry, 'at' | 'person'> {
  readonly firstAt: Date
  /** The same as `firstAt` where there was one look. */
  readonly lastAt: Date
  readonly count: number
}

/** From the first look of a line to its last. */
const WITHIN_MS = 30 * 60_000

/**
 * The lines of a report, in the order of its entries, the newest first. Looks are put together where they differ in
 * nothing but the time, and within half an hour of one day.
 */
export function groupEntries(entries: readonly ReportEntry[]): ReportLine[] {
  const lines: ReportLine[] = []
  const places = new Map<string, number>()
  for (const { at, person, ...words } of entries) {
    const key = JSON.stringify([person, words.who, words.what, words.why, words.wasRefused])
    const place = places.get(key)
    const line = place === undefined ? undefined : lines[place]
    if (place !== undefined && line && belongs(at, line)) {
      lines[place] = { ...line, ...widened(line, at), count: line.count + 1 }
    } else {
      places.set(key, lines.length)
      lines.push({ ...words, firstAt: at, lastAt: at, count: 1 })
    }
  }
  return lines
}

function belongs(at: Date, line: ReportLine): boolean {
  const { firstAt, lastAt } = widened(line, at)
  return lastAt.getTime() - firstAt.getTime() <= WITHIN_MS && dayOf(firstAt) === dayOf(lastAt)
}

function widened({ firstAt, lastAt }: ReportLine, at: Date) {
  return { firstAt: at < firstAt ? at : firstAt, lastAt: at > lastAt ? at : lastAt }
}
