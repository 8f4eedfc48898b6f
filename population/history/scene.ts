import type { Chart } from '../chart.ts'
import type { Random } from '../random.ts'
import type { History } from './history.ts'

const DAY_MS = 86_400_000

/** What writing needs: the chart to write into, what happened, and the stream of chance. */
export interface Scene {
  readonly chart: Chart
  readonly history: History
  readonly random: Random
  /** The earliest moment of which this participant holds a record. */
  readonly from: Date
}

/** The start of the last `days` days, but not before `earliest`. */
export function recent(chart: Chart, earliest: Date, days: number): Date {
  return new Date(Math.max(earliest.getTime(), chart.until.getTime() - days * DAY_MS))
}
