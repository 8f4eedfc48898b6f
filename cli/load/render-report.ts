import { type Notice, noticeKinds } from '../../subgraphs/kit/load/notices.ts'
import {
  type LoadReport,
  type Refusal,
  type RefusalReason,
  refusalReasons,
  type TypeCount,
} from '../../subgraphs/kit/load/report.ts'

const listedPerReason = 20
const outcomes = ['loaded', 'unchanged', 'unsupported', 'refused'] as const

/** A load's report for people: a table by resource type, then what was refused, where and why. */
export function renderReport(report: LoadReport): string {
  return [
    renderCounts(report.counts),
    renderContained(report),
    renderNotMapped(report),
    renderNotShared(report),
    renderRefusals(report),
    renderNotices(report),
    renderSkipped(report.skippedFiles),
    `${count(report.patientsChanged)} ${report.patientsChanged === 1 ? 'patient' : 'patients'} changed in ${report.participant}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function renderContained({ contained }: LoadReport): string {
  if (contained.length === 0) return ''
  return `Within them, as contained resources\n\n${renderCounts(contained)}`
}

function renderNotMapped({ notMapped }: LoadReport): string {
  const rows = notMapped.map(({ resourceType, entries }) => [resourceType, entries] as const)
  return renderNotShown(
    'these may say something of patients, and are of types that are not mapped',
    rows,
  )
}

function renderNotShared({ notShared, participant }: LoadReport): string {
  const rows = notShared.map(({ section, entries }) => [section, entries] as const)
  return renderNotShown(
    `${participant} does not share these sections, as its description says (\`shares\`)`,
    rows,
  )
}

function renderNotShown(why: string, rows: readonly (readonly [string, number])[]): string {
  if (rows.length === 0) return ''
  return [
    `NOT SHOWN TO ANYBODY: ${why}`,
    ...rows.map(([name, entries]) => `  ${name}  ${count(entries)}`),
  ].join('\n')
}

function renderCounts(counts: readonly TypeCount[]): string {
  const entries = counts.reduce(
    (sum, row) => sum + outcomes.reduce((ended, outcome) => ended + row[outcome], 0),
    0,
  )
  const total = outcomes.map((outcome) => count(counts.reduce((sum, row) => sum + row[outcome], 0)))
  const rows = [
    ['resource type', ...outcomes],
    ...counts.map((row) => [
      row.resourceType ?? '(not said)',
      ...outcomes.map((outcome) => (row[outcome] === 0 ? '-' : count(row[outcome]))),
    ]),
    [`total ${count(entries)}`, ...total],
  ]
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths?.[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  '),
  )
  const rule = '-'.repeat(lines[0]?.length ?? 0)
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1)].join('\n')
}

function renderRefusals({ refusals, refusalCounts }: LoadReport): string {
  const byReason = new Map<RefusalReason, Refusal[]>()
  for (const refusal of refusals) {
    const listed = byReason.get(refusal.reason) ?? []
    if (listed.length < listedPerReason) listed.push(refusal)
    byReason.set(refusal.reason, listed)
  }
  const parts = [...byReason].map(([reason, listed]) => {
    const more = (refusalCounts[reason] ?? 0) - listed.length
    return [
      `${reason}: ${refusalReasons[reason]}`,
      ...listed.map((one) => `  ${one.file}  ${one.place}  ${one.resourceType ?? ''}`.trimEnd()),
      ...(more > 0 ? [`  and ${count(more)} more`] : []),
    ].join('\n')
  })
  return parts.length === 0 ? '' : `Refused\n\n${parts.join('\n\n')}`
}

function renderNotices({ notices }: LoadReport): string {
  const kinds = new Set(notices.map(({ kind }) => kind))
  const parts = [...kinds].map((kind) => {
    const rows = notices.filter((one) => one.kind === kind)
    return [
      `${kind}: ${noticeKinds[kind]}`,
      ...rows.map((one) => `  ${placeOf(one)}  ${count(one.entries)}`),
    ].join('\n')
  })
  return parts.length === 0 ? '' : `Taken in, but\n\n${parts.join('\n\n')}`
}

function placeOf({ resourceType, element }: Notice): string {
  return element === null ? resourceType : `${resourceType}, ${element}`
}

function renderSkipped(files: readonly string[]): string {
  if (files.length === 0) return ''
  const listed = files.slice(0, listedPerReason).map((file) => `  ${file}`)
  const more = files.length - listed.length
  return [
    'Passed over, being neither .json nor .ndjson nor .jsonl',
    ...listed,
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
  ].join('\n')
}

function count(number: number): string {
  return number.toLocaleString('en-GB')
}
