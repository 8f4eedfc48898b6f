import { countOf, type Report, type TestResult } from '../report.ts'

/** A report to read: a line a test, and below a failed one what to do. */
export function renderText(report: Report, { colour = false } = {}): string {
  const groups = report.groups.map(({ title, results }) =>
    [bold(title, colour), ...results.map((result) => renderTest(result, colour))].join('\n'),
  )
  return `${[...groups, renderSummary(report)].join('\n\n')}\n`
}

/** One line: how many passed, failed and were not tried. */
export function renderSummary(report: Report): string {
  const [passed, failed, skipped] = (['PASSED', 'FAILED', 'SKIPPED'] as const).map((outcome) =>
    countOf(report, outcome),
  )
  const seconds = (report.ms / 1000).toFixed(1)
  const verdict = failed === 0 ? 'keeps to the contract in all that was tried' : 'does not conform'
  return `${report.participant} ${verdict}: ${passed} passed, ${failed} failed, ${skipped} not tried, in ${seconds} s.`
}

function renderTest(result: TestResult, colour: boolean): string {
  const { id, title } = result
  switch (result.outcome) {
    case 'PASSED':
      return `  ${paint('✓', 32, colour)} ${title}`
    case 'SKIPPED':
      return `  ${paint('–', 33, colour)} ${title}\n      not tried: ${result.why} (${id})`
    case 'FAILED':
      return [
        `  ${paint('✗', 31, colour)} ${title} (${id})`,
        `      expected: ${result.expected}`,
        `      came:     ${result.came}`,
        `      mend:     ${result.mend}`,
      ].join('\n')
  }
}

function bold(text: string, colour: boolean): string {
  return paint(text, 1, colour)
}

function paint(text: string, code: number, colour: boolean): string {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text
}
