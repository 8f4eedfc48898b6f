import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../../gateway/config.ts'
import type { Participation } from '../../subgraphs/kit/generated/contract.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { Databases } from './open-databases.ts'
import { gatewayUrl } from './wait-until-ready.ts'

const participations: Readonly<Record<Participation, string>> = {
  FULL: 'full',
  VIEW_ONLY: 'view only',
  CONTRIBUTE_ONLY: 'contribute only',
}

/** Known to four participants: see docs/story-patients.md. */
const ADA = '9990000018'

/** Prints who participates with how much, one command that shows a merged record, and how to stop. */
export async function printWelcome(given: {
  readonly config: Config
  readonly participants: readonly Participant[]
  readonly databases: Databases
}): Promise<void> {
  const { config, participants, databases } = given
  const rows = await Promise.all(
    participants.map(async ({ code, name, participation }) => {
      const { patients, items } = await countHoldings(await databases.urlOf(code))
      const url = config.sources.find((source) => source.code === code)?.url ?? ''
      return [code, name, participations[participation], url, patients, items]
    }),
  )
  const headings = ['code', 'name', 'participation', 'url', 'patients', 'items']
  process.stdout.write(
    `\n${formatTable([headings, ...rows])}\n\nThe gateway answers at ${gatewayUrl(config)}/graphql\n\nShow a merged record, from a second terminal in this folder:\n\n${formatCurl(config)}\n\nCtrl-C stops everything.\n`,
  )
}

/** The command to paste: Ada's allergies, medications and newest test results, and every source. */
function formatCurl(config: Config): string {
  const query = `{ patient(nhsNumber: "${ADA}") { name { text } birthDate
    allergies { status isComplete nodes { substance { display } criticality provenance { participant organisation { name } } } }
    medications(first: 3) { isComplete nodes { medication { display } dosageText provenance { participant } } }
    testResults(first: 7) { isComplete nodes { code { display } value { value unit } issuedAt provenance { participant recordedAt } } pageInfo { endCursor hasNextPage } }
    sources { participant { code name } outcome asOf latencyMs } } }`
  const body = JSON.stringify({ query: query.replaceAll(/\s+/g, ' ') })
  const dataDir = config.dataDir === resolve('.data') ? '' : `LCR_DATA_DIR='${config.dataDir}' `
  return `curl -s ${gatewayUrl(config)}/graphql \\
  -H "Authorization: Bearer $(${dataDir}npx lcr token --as ed-doctor.sel)" \\
  -H 'Content-Type: application/json' \\
  -d '${body}' \\
  | node -p 'JSON.stringify(JSON.parse(fs.readFileSync(0)), null, 2)'`
}

async function countHoldings(databaseUrl: string): Promise<{ patients: string; items: string }> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ patients: number; items: number }>(
      `select (select count(*) from patient)::int as patients,
              (select count(*) from item where not is_none_known)::int as items`,
    )
    const format = (count = 0) => count.toLocaleString('en-GB')
    return { patients: format(rows[0]?.patients), items: format(rows[0]?.items) }
  } finally {
    await client.end()
  }
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const isNumber = (column: number) => column >= columns - 2
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return isNumber(column) ? cell.padStart(width) : cell.padEnd(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
