import { countOf, type GroupResult, type Report, type TestResult } from '../report.ts'

/** A report in the XML that build servers read, a suite a group (the schema of Ant's JUnit task). */
export function renderJunit(report: Report): string {
  const counts = `tests="${totalOf(report)}" failures="${countOf(report, 'FAILED')}" skipped="${countOf(report, 'SKIPPED')}"`
  const suites = report.groups.map((group) => renderSuite(group, report.participant))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="conformance of ${toXml(report.participant)}" ${counts} time="${report.ms / 1000}">`,
    ...suites,
    '</testsuites>\n',
  ].join('\n')
}

function totalOf({ groups }: Report): number {
  return groups.reduce((sum, { results }) => sum + results.length, 0)
}

function renderSuite(group: GroupResult, participant: string): string {
  const { name, results } = group
  const only = { groups: [group] }
  const counts = `tests="${results.length}" failures="${countOf(only, 'FAILED')}" errors="0" skipped="${countOf(only, 'SKIPPED')}"`
  const seconds = results.reduce((sum, { ms }) => sum + ms, 0) / 1000
  return [
    `  <testsuite name="${toXml(name)}" ${counts} time="${seconds}">`,
    ...results.map((result) => renderCase(result, `${participant}.${name}`)),
    '  </testsuite>',
  ].join('\n')
}

function renderCase(result: TestResult, className: string): string {
  const head = `    <testcase classname="${toXml(className)}" name="${toXml(`${result.id}: ${result.title}`)}" time="${result.ms / 1000}"`
  switch (result.outcome) {
    case 'PASSED':
      return `${head}/>`
    case 'SKIPPED':
      return `${head}><skipped message="${toXml(result.why)}"/></testcase>`
    case 'FAILED': {
      const { expected, came, mend } = result
      const text = `expected: ${expected}\ncame: ${came}\nmend: ${mend}`
      return `${head}><failure message="${toXml(`${came}, expected ${expected}`)}">${toXml(text)}</failure></testcase>`
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function toXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
