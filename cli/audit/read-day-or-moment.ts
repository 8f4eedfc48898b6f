import { readMoment } from '../../subgraphs/kit/reading/moment.ts'

/** The beginning of a whole day in London, or a moment in ISO 8601; null for anything else, a month included. */
export function readDayOrMoment(written: string): Date | null {
  return written.length >= '2026-11-01'.length ? readMoment(written) : null
}
