import { concept } from './concept.ts'
import { type Element, element, number, present, texts } from './elements.ts'
import { quantity, quantityRange, quantityText, rangeText } from './quantity.ts'
import { dateTime, period, periodText } from './time.ts'

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

/**
 * A FHIR Timing in words: `3 times every 1 day, after meals, for 7 days`. Its code stands for how often; how
 * long, at which events and how many times in all is said beside it.
 */
export function timingText(source: unknown): string | null {
  const timing = element(source)
  const repeat = element(timing['repeat'])
  const words = present([
    concept(timing['code'])?.display ?? frequencyText(repeat),
    stretchText('over', repeat, 'duration'),
    ...eventsText(repeat),
    joined('on ', texts(repeat['dayOfWeek'])),
    joined('at ', texts(repeat['timeOfDay'])),
    joined('on ', present((Array.isArray(timing['event']) ? timing['event'] : []).map(dateTime))),
    boundsText(repeat),
    timesText(upTo(number(repeat['count']), number(repeat['countMax']))),
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

/** `over 30–60 minutes`, of `duration`, `durationMax` and `durationUnit`. */
function stretchText(before: string, repeat: Element, name: string): string | null {
  const length = upTo(number(repeat[name]), number(repeat[`${name}Max`]))
  if (length === null) return null
  const unit = UNITS.get(repeat[`${name}Unit`])
  return `${before} ${length}${unit === undefined ? '' : ` ${plural(unit, length)}`}`
}

/** FHIR counts the distance from an event in minutes: `1 hour before meals`, `30 minutes from breakfast`. */
function eventsText(repeat: Element): string[] {
  const offset = number(repeat['offset'])
  return texts(repeat['when']).map((event) => {
    const words = EVENTS.get(event) ?? event
    return offset === null || offset === 0 ? words : `${minutesText(offset)} ${words}`
  })
}

function minutesText(minutes: number): string {
  const isWhole = minutes % 60 === 0
  const amount = String(isWhole ? minutes / 60 : minutes)
  return `${amount} ${plural(isWhole ? 'hour' : 'minute', amount)}`
}

function boundsText(repeat: Element): string | null {
  const length =
    quantityText(quantity(repeat['boundsDuration'])) ??
    rangeText(quantityRange(repeat['boundsRange']))
  if (length !== null) return `for ${length}`
  return periodText(period(repeat['boundsPeriod']))
}

function timesText(count: string | null): string | null {
  return count === null ? null : `${count} ${plural('time', count)} in all`
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
