import { parseArgs } from 'node:util'
import { createTerminal } from '../cli/start/terminal.ts'
import { renderSummary, renderText } from '../conformance/report/render-text.ts'
import { countOf } from '../conformance/report.ts'
import { runConformance } from '../conformance/run-conformance.ts'
import { storyOf } from '../population/stories/stories.ts'
import { EXCLUDED } from '../test/conformance/excluded-patient.ts'
import { EXAMPLE } from '../test/subgraphs/kit/fhir-server/example-bundle.ts'
import { walkFeed } from './fhir-server/check-feed.ts'
import { walkObservations } from './fhir-server/check-paging.ts'
import { compareRecords } from './fhir-server/check-sections.ts'
import { startHapi } from './fhir-server/hapi/start-hapi.ts'
import { observeRequests } from './fhir-server/observe-requests.ts'
import { type OpenSubgraph, openSubgraph } from './fhir-server/open-subgraph.ts'
import { atServer, putRecords, putResource } from './fhir-server/put-records.ts'
import { withStored } from './fhir-server/stored-records.ts'
import { MANY, manyEntries, oneOfMany, toldToOne, toldToTwo } from './fhir-server/told-records.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    entries: { type: 'string', default: '250' },
    walks: { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
})
const [ENTRIES, WALKS] = [Number(values.entries), Number(values.walks)]
const isUsable = [ENTRIES, WALKS].every((one) => Number.isInteger(one) && one > 0)
if (values.help || !isUsable) {
  console.log(`Runs HAPI FHIR's JPA server, which Maven brings, as the source of a subgraph, and shows that it
gives the same answers as PostgreSQL, on every page, and conforms. Skipped where java or mvn is missing.

Usage: npm run bench -- fhir-server [--entries 250] [--walks 20]

  --entries  how many entries of one type somebody has
  --walks    how often they are read, page by page

Example:
  $ npm run bench -- fhir-server --walks 50`)
  process.exit(values.help ? 0 : 1)
}

const NOW = new Date()
const terminal = createTerminal(process.stderr, process.stderr.isTTY)
let isFine = true

/** Prints a figure, and keeps in mind whether it is as it must be. */
function tell(text: string, isAsItMustBe: boolean): void {
  terminal.line(`${isAsItMustBe ? '✓' : '✗'} ${text}`)
  isFine &&= isAsItMustBe
}

/** One server with the stories and the examples, and PostgreSQL with the same. */
async function compareOne(baseUrl: string): Promise<void> {
  terminal.phase('Putting records on one server')
  const told = toldToOne(NOW)
  const held = await putRecords(baseUrl, told.bundles, progressOf('resources'))
  console.log(`${held.resources} resources; of these elements HAPI keeps something else:`)
  console.log(`  ${held.altered.join(', ')}`)
  await compare({ ...told, bundles: held.bundles }, [baseUrl], 'One server')
}

/** Two servers with a part of each record, and PostgreSQL with both parts. */
async function compareTwo(baseUrls: readonly string[]): Promise<void> {
  terminal.phase('Putting records on two servers')
  const parts = toldToTwo(NOW)
  const held = []
  for (const [index, baseUrl] of baseUrls.entries()) {
    const { bundles } = await putRecords(
      baseUrl,
      parts[index]?.bundles ?? [],
      progressOf('resources'),
    )
    held.push(...(index === 0 ? bundles : bundles.map((one) => atServer(one, baseUrl))))
  }
  await compare({ ...parts[0], bundles: held }, baseUrls, 'Two servers')
}

async function compare(
  records: Parameters<typeof withStored>[0],
  baseUrls: readonly string[],
  name: string,
): Promise<void> {
  terminal.phase(`${name}: comparing with PostgreSQL`)
  await withStored(records, async (stored) => {
    const staying = await openSubgraph({ fhir: baseUrls.map((baseUrl) => ({ baseUrl })) }, records)
    const compared = await compareRecords(stored, staying.subject, progressOf('patients')).finally(
      staying.close,
    )
    const { entries, filled, different } = compared
    tell(
      `${name}: ${records.nhsNumbers.length} patients, ${entries} entries in ${filled} of 16 sections, ${different.length} differences`,
      different.length === 0 && entries > 0,
    )
    for (const one of different) console.log(`    ${one}`)
  })
}

/** More entries of a type than a page of the kit's, let alone HAPI's, and one that comes in between. */
async function checkPaging(baseUrl: string): Promise<void> {
  terminal.phase('Reading all pages of many entries')
  await putRecords(baseUrl, [manyEntries(ENTRIES, NOW)], progressOf('resources'))
  const many = await openSubgraph({ fhir: { baseUrl } }, { nhsNumbers: [MANY] })
  const observed = observeRequests(new URL(baseUrl).origin)
  let short = 0
  try {
    for (let walk = 0; walk < WALKS; walk += 1) {
      const ids = await walkObservations(many.subject, MANY)
      if (ids.length !== ENTRIES || new Set(ids).size !== ENTRIES) short += 1
      progressOf('walks')(walk + 1)
    }
    tell(
      `Paging: ${ENTRIES} entries of a type walked ${WALKS} times, ${short} times not each of them once`,
      short === 0,
    )
    console.log(
      `    ${observed.links} next links followed, ${observed.mistakable} of them with ten digits that pass for an NHS number`,
    )
    tell(
      `URLs: ${observed.requests} requests, ${observed.naming} with an NHS number in their URL`,
      observed.naming === 0,
    )
    await putResource(baseUrl, oneOfMany(ENTRIES, NOW))
    const after = await walkObservations(many.subject, MANY)
    tell(
      `News: ${after.length - ENTRIES} of 1 entry that came since is there at once`,
      after.length === ENTRIES + 1,
    )
  } finally {
    await many.close()
  }
}

async function checkFeed({ subject }: OpenSubgraph, patients: number): Promise<void> {
  terminal.phase('Reading the feed')
  const told = await walkFeed(subject)
  const different = new Set(told).size
  tell(
    `Feed: ${told.length} changes of ${different} patients; ${patients} are there`,
    told.length === patients && different === patients,
  )
}

async function checkConformance({ conformance }: OpenSubgraph): Promise<void> {
  terminal.phase('Testing conformance')
  const report = await runConformance({
    ...conformance,
    onTest: ({ id }, position, of) => terminal.progress(`test ${position} of ${of}, ${id}`),
  })
  const failures = countOf(report, 'FAILED')
  tell(`Conformance: ${renderSummary(report)}`, failures === 0)
  if (failures > 0) console.log(renderText(report))
}

function progressOf(noun: string): (done: number) => void {
  return (done) => terminal.progress(`${done} ${noun}`)
}

async function main(): Promise<void> {
  terminal.phase(
    'Starting HAPI FHIR, three servers in one Java; the first time Maven brings its jars',
  )
  const hapi = await startHapi(['all', 'first', 'second'])
  if ('lacks' in hapi) {
    terminal.clear()
    console.log(`skipped: ${hapi.lacks}`)
    return
  }
  try {
    const [all = '', ...several] = hapi.baseUrls
    const patients = new Set(toldToOne(NOW).nhsNumbers).size
    const nhsNumbers = [
      EXAMPLE,
      ...['bernard', 'frances', 'samuel'].map((key) => storyOf(key).nhsNumber),
    ]
    await compareOne(all)
    await compareTwo(several)
    await checkPaging(all)
    const whole = await openSubgraph({ fhir: { baseUrl: all } }, { nhsNumbers, excluded: EXCLUDED })
    try {
      // Beside them somebody of whom nothing is shared, and somebody with many entries.
      await checkFeed(whole, patients + 2)
      await checkConformance(whole)
    } finally {
      await whole.close()
    }
  } finally {
    terminal.phase('Stopping HAPI FHIR')
    await hapi.stop()
    terminal.clear()
  }
}

// What was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
await main()
process.exitCode = isFine ? 0 : 1
