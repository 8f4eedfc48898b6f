import { CLOSING, factsOf, HEADINGS, INTRODUCTION, NOTHING, TITLE, whenOf } from './frame.ts'
import { groupEntries, type ReportLine } from './group-entries.ts'
import type { Report } from './make-report.ts'
import { STYLE } from './style.ts'

/** A report as one HTML page for the screen and for A4 paper: it loads nothing and runs nothing. */
export function renderHtml(report: Report): string {
  const lines = groupEntries(report.entries)
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(TITLE)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(TITLE)}</h1>
<dl>
${factsOf(report).map(renderFact).join('\n')}
</dl>
${INTRODUCTION.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
${lines.length > 0 ? renderTable(lines) : `<p class="nothing">${escaped(NOTHING)}</p>`}
<p>${escaped(CLOSING)}</p>
</main>
</body>
</html>
`
}

function renderFact([name, value]: readonly [string, string]): string {
  return `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`
}

function renderTable(lines: readonly ReportLine[]): string {
  const headings = HEADINGS.map((heading) => `<th scope="col">${escaped(heading)}</th>`)
  return `<table>
<caption>${escaped('Everything that was done or refused, the newest first')}</caption>
<thead><tr>${headings.join('')}</tr></thead>
<tbody>
${lines.map(renderLine).join('\n')}
</tbody>
</table>`
}

function renderLine(line: ReportLine): string {
  const { who, what, why, wasRefused } = line
  const cells = [who, what, why].map((words) => `<td>${escaped(words)}</td>`)
  const row = wasRefused ? '<tr class="refused">' : '<tr>'
  return `${row}<th scope="row">${escaped(whenOf(line))}</th>${cells.join('')}</tr>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
