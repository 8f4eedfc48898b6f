import { concept } from './concept.ts'
import { type Element, element, number, present, texts } from './elements.ts'
import { quantityText } from './quantity.ts'
import { dateTime, period } from './time.ts'

const UNITS: ReadonlyMap<unknown, string> = new Map([
  ['s', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['wk', 'week'],
  ['mo', 'month'],
  ['a', 'year'],
])

/** FHIR event-timing and HL7 v3 TimingEvent, in words. */
const EVENTS: ReadonlyMap<string, string> = new Map([
  ['MORN', 'in the morning'],
  ['MORN.early', 'early in the morning'],
  ['MORN.late', 'late in the morning'],
  ['NOON', 'at noon'],
  ['AFT', 'in the afternoon'],
  ['AFT.early', 'early in the afternoon'],
  ['AFT.late', 'late in the afternoon'],
  ['EVE', 'in the evening'],
  ['EVE.early', 'early in the evening'],
  ['EVE.late', 'late in the evening'],
  ['NIGHT', 'at night'],
  ['PHS', 'after sleep'],
  ['HS', 'at bedtime'],
  ['WAKE', 'on waking'],
  ['C', 'with meals'],
  ['CM', 'with breakfast'],
  ['CD', 'with lunch'],
  ['CV', 'with dinner'],
  ['AC', 'before meals'],
  ['ACM', 'before breakfast'],
  ['ACD', 'before lunch'],
  ['ACV', 'before dinner'],
  ['PC', 'after meals'],
  ['PCM', 'after breakfast'],
  ['PCD', 'after lunch'],
  ['PCV', 'after dinner'],
])

/** A FHIR Timing in words: its code, else `3 times every 1 day, after meals, for 7 day`. */
export function timingText(source: unknown): string | null {
  const timing = element(source)
  const named = concept(timing['code'])?.display
  if (named) return named
  const repeat = element(timing['repeat'])
  const words = present([
    frequencyText(repeat),
    ...texts(repeat['when']).map((event) => EVENTS.get(event) ?? event),
    joined('on ', texts(repeat['dayOfWeek'])),
    joined('at ', texts(repeat['timeOfDay'])),
    joined('on ', present((Array.isArray(timing['event']) ? timing['event'] : []).map(dateTime))),
    boundsText(repeat),
    timesText(number(repeat['count'])),
  ])
  return words.length === 0 ? null : words.join(', ')
}

function frequencyText(repeat: Element): string | null {
  const times = upTo(number(repeat['frequency']), number(repeat['frequencyMax']))
  const span = upTo(number(repeat['period']), number(repeat['periodMax']))
  const unit = UNITS.get(repeat['periodUnit'])
  const every = span === null || unit === undefined ? null : `every ${span} ${plural(unit, span)}`
  const often = times === null ? null : `${times} ${plural('time', times)}`
  return every === null ? often : `${often ?? '1 time'} ${every}`
}

function boundsText(repeat: Element): string | null {
  const length = quantityText(repeat['boundsDuration'])
  if (length !== null) return `for ${length}`
  const bounds = period(repeat['boundsPeriod'])
  if (!bounds) return null
  const ends = [bounds.start && `from ${bounds.start}`, bounds.end && `until ${bounds.end}`]
  return ends.filter(Boolean).join(' ')
}

function timesText(count: number | null): string | null {
  return count === null ? null : `${count} ${plural('time', String(count))} in all`
}

function upTo(least: number | null, most: number | null): string | null {
  if (least === null) return most === null ? null : `up to ${most}`
  return most === null ? String(least) : `${least}–${most}`
}

function plural(unit: string, amount: string): string {
  return amount === '1' ? unit : `${unit}s`
}

function joined(before: string, words: readonly string[]): string | null {
  return words.length === 0 ? null : `${before}${words.join(', ')}`
}
