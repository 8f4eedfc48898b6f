import { countOf, type Report } from '../report.ts'

/** A report for a program: the counts, then every test with its stable id. */
export function renderJson(report: Report): string {
  const counts = {
    passed: countOf(report, 'PASSED'),
    failed: countOf(report, 'FAILED'),
    skipped: countOf(report, 'SKIPPED'),
  }
  return `${JSON.stringify({ ...report, counts }, null, 2)}\n`
}
