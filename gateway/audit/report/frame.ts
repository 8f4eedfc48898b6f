import type { ReportLine } from './group-entries.ts'
import { inLondon } from './london-time.ts'
import type { Report } from './make-report.ts'

/** What stands around a report's lines, in whatever form it is shown. */
export const TITLE = 'Who looked at your health and care record'

export const INTRODUCTION = [
  'This report is about the London Care Record, where health and care staff look up what they need to know to look after you. Each time somebody opens your record, or tries to, it is written down.',
  'Where it says "was refused", nothing of your record was shown. When somebody searches by a name and a date of birth, and you are among the people they are shown, that is in this list too.',
]

export const CLOSING =
  'If you do not understand something here, or think that somebody should not have looked, please ask the organisation that gave you this report. You may also ask the Information Commissioner: https://ico.org.uk/make-a-complaint/'

export const NOTHING = 'Nobody opened your record in this period, and nobody tried to.'

export const HEADINGS = ['When', 'Who', 'What they did', 'Why'] as const

/** `9990000018` → `999 000 0018`. */
function spacedNumber(nhsNumber: string): string {
  return nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
}

/** What a report is about, line by line: its numbers, its period, when it was made. */
export function factsOf(report: Report): readonly (readonly [name: string, value: string])[] {
  const { nhsNumber, otherNhsNumbers, generatedAt, entries } = report
  const refused = entries.filter(({ wasRefused }) => wasRefused).length
  return [
    ['NHS number', spacedNumber(nhsNumber)],
    ...(otherNhsNumbers.length > 0
      ? [['Other NHS numbers of yours', otherNhsNumbers.map(spacedNumber).join(', ')] as const]
      : []),
    ['Period', periodOf(report)],
    ['Report made', inLondon(generatedAt)],
    ['In all', `${times(entries.length)}, of which ${refused} refused`],
  ]
}

function periodOf({ from, until, generatedAt }: Report): string {
  const begin = from ? `From ${inLondon(from)}` : 'From the beginning'
  return `${begin} until ${inLondon(until && until < generatedAt ? until : generatedAt)}`
}

/** When the looks of a line were. */
export function whenOf({ firstAt, lastAt, count }: ReportLine): string {
  if (count === 1) return inLondon(firstAt)
  if (inLondon(firstAt) === inLondon(lastAt)) return `${inLondon(firstAt)}, ${times(count)}`
  return `${times(count)}: first ${inLondon(firstAt)}, last ${inLondon(lastAt)}`
}

function times(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'time' : 'times'}`
}
