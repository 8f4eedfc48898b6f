import { CLOSING, factsOf, HEADINGS, INTRODUCTION, NOTHING, TITLE, whenOf } from './frame.ts'
import { groupEntries, type ReportLine } from './group-entries.ts'
import type { Report } from './make-report.ts'

const COLUMNS = 80

/** A report as plain text of 80 columns, its lines ended by line feeds. */
export function renderText(report: Report): string {
  const lines = groupEntries(report.entries)
  return `${[
    `${TITLE}\n${'='.repeat(TITLE.length)}`,
    factsOf(report)
      .map(([name, value]) => wrap(`${name}: ${value}`, 0, 2))
      .join('\n'),
    ...INTRODUCTION.map((paragraph) => wrap(paragraph)),
    '-'.repeat(COLUMNS),
    ...(lines.length > 0 ? lines.map(renderLine) : [NOTHING]),
    '-'.repeat(COLUMNS),
    wrap(CLOSING),
  ].join('\n\n')}\n`
}

function renderLine(line: ReportLine): string {
  const [, who, what, why] = HEADINGS
  const width = what.length + 2
  const row = (heading: string, words: string) =>
    wrap(`${`${heading}:`.padEnd(width)}${words}`, 2, 2 + width)
  return [
    wrap(whenOf(line)),
    row(who, line.who),
    row(what, line.what),
    ...(line.why === '' ? [] : [row(why, line.why)]),
  ].join('\n')
}

/** Breaks between words; a word longer than a line, such as an address, stands out. */
function wrap(text: string, indent = 0, hanging = indent): string {
  const lines: string[] = []
  let line = ' '.repeat(indent)
  let isEmpty = true
  for (const word of text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').split(/(?<=\S) (?=\S)/)) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line)
      line = ' '.repeat(hanging)
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line].join('\n')
}
