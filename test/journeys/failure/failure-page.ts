import type { FailureRow } from './failure-row.ts'
import { OTHER_FAULTS } from './other-faults.ts'
import { SOURCE_FAULTS } from './source-faults.ts'

const OF_SOURCES: readonly FailureRow[] = SOURCE_FAULTS.map((row) => ({
  ...row,
  test: 'test/journeys/failure/sources.test.ts',
}))

const INTRODUCTION = `# Under failure

What becomes of an answer when something fails, row by row, each with the test that makes it fail. This
page is made from \`test/journeys/failure/\`: the faults of sources there are the ones that the test runs.

In every row: nothing of a healthy source is lost, nothing wrong is shown, what is missing is named where
the reader cannot overlook it (at the section, in \`sources\`, in \`errors\` and in \`extensions.sources\`),
no word of a source's error leaves the gateway, and the next request works.

A source that fails in five calls or more, and in half of the last twenty, is left alone for
\`LCR_CIRCUIT_OPEN_MS\` (1 s, twice as long each time, at most 10 s): then \`sources\` say NOT_ASKED at once,
the error is SOURCE_NOT_ASKED, and one request at a time tries it. \`participants { service { status
circuit circuitSince } }\` shows that. Times are those of the usual settings (docs/settings.md); a whole
answer never takes longer than \`LCR_DEADLINE_MS\` (3 s) and what writing it down takes.
\`npm run bench -- failure\` takes them, fault by fault.
`

/** docs/failure.md. */
export function failurePage(): string {
  return [
    INTRODUCTION,
    '## Faults of one source',
    '',
    ...table(OF_SOURCES),
    '',
    '## Faults of everything else',
    '',
    ...table(OTHER_FAULTS),
    '',
  ].join('\n')
}

function table(rows: readonly FailureRow[]): string[] {
  return [
    '| fault | the client sees | the audit trail holds | until the answer | test |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ fault, client, audit, time, test }) =>
        `| ${fault} | ${client} | ${audit} | ${time} | \`${test}\` |`,
    ),
  ]
}
