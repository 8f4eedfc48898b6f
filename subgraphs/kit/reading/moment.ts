import { momentInLondon } from '../london.ts'

const MOMENT =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/

/**
 * The beginning, in London, of a date or moment in ISO 8601: `2019`, `2019-03`, `2019-03-04` or
 * `2019-03-04T09:30:00+01:00`. Null for anything else, an impossible date or a time without an
 * offset included.
 */
export function readMoment(text: string): Date | null {
  const match = MOMENT.exec(text)
  if (!match) return null
  const [, year = '', month = '01', day = '01'] = match
  if (year === '0000') return null
  const dayOnly = new Date(`${year}-${month}-${day}T00:00:00Z`)
  if (Number.isNaN(dayOnly.getTime())) return null
  // Date turns 30 February into 2 March.
  if (dayOnly.getUTCDate() !== Number(day)) return null
  if (!text.includes('T')) return momentInLondon(dayOnly)
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? null : moment
}
