import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'graphql'
import type { Kysely } from 'kysely'
import { createAccess } from '../gateway/access/evidence.ts'
import { sectionsOfExtensions } from '../gateway/access/extensions.ts'
import { createRehearsal } from '../gateway/access/rehearsal.ts'
import { createApolloExecutor } from '../gateway/federation/apollo-executor.ts'
import { migrateGovernance } from '../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../gateway/governance/store/tables.ts'
import type { Caller } from '../gateway/identity/caller.ts'
import { extendWithMergedRecord } from '../gateway/record/public-schema.ts'
import { projectRoot } from '../project-root.ts'
import { migrateIndex } from '../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import { findParticipants } from '../subgraphs/kit/find-participants.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import { withPostgres } from './postgres/with-postgres.ts'

/** What a clinician opens first. */
const SUMMARY = `query Summary($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
  name { text } birthDate gender addresses { text } generalPractice { name }
  allergies { status isComplete nodes { substance { display } criticality provenance { participant organisation { name } } } }
  medications(first: 20) { isComplete nodes { medication { display } dosageText provenance { participant } } }
  diagnoses(first: 20) { isComplete nodes { code { display } onset provenance { participant } } }
  testResults(first: 20) { isComplete nodes { code { display } value { value unit } issuedAt provenance { participant } } }
  encounters(first: 10) { nodes { class period { start end } reasons { display } } }
  mentalHealth(first: 5) { nodes { code { display } } }
  safetyAlerts { nodes { code { display } } }
  sources { participant { code name } outcome asOf latencyMs } } }`

const RUNS = 2000
const PATIENTS = 2000

/** Milliseconds of this process's CPU for one call, warm. */
async function cpuOf(
  what: string,
  call: (run: number) => Promise<unknown>,
  atOnce = 1,
): Promise<void> {
  const callAll = async (runs: number) => {
    for (let run = 0; run < runs; run += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, (_, place) => call(run + place)))
    }
  }
  await callAll(RUNS / 4)
  const before = process.cpuUsage()
  const started = performance.now()
  await callAll(RUNS)
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1000 / RUNS
  const wall = (performance.now() - started) / RUNS
  console.log(`${what.padEnd(52)} ${cpu.toFixed(3)} ms CPU  ${wall.toFixed(3)} ms elapsed`)
}

const participants = await findParticipants()
const executor = await createApolloExecutor({
  supergraphSdl: await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8'),
  sourceFor: ({ name }) => ({
    name,
    ask: () => Promise.reject(new Error('Nobody is asked')),
    close: async () => {},
  }),
})
const rehearse = createRehearsal(
  extendWithMergedRecord(executor.schema),
  sectionsOfExtensions(participants),
)
const document = parse(SUMMARY)
console.log(`A patient summary, ${RUNS} times each:`)
await cpuOf('rehearsal of a document for the first time: a doctor', () =>
  rehearse({ ...document }, undefined, 'DOCTOR'),
)
await cpuOf('the same: a pharmacist, three fields are cut', () =>
  rehearse({ ...document }, undefined, 'PHARMACIST'),
)
await cpuOf('rehearsal of a document that is asked again', () =>
  rehearse(document, undefined, 'PHARMACIST'),
)
await executor.close()

await withPostgres(async ({ url }) => {
  const db = connect<IndexDatabase & GovernanceDatabase>(url, 4)
  const index = db as unknown as Kysely<IndexDatabase>
  await migrateIndex(index)
  await migrateGovernance(db)
  const numbers = Array.from({ length: PATIENTS }, (_, place) => String(9_990_000_000 + place))
  await db
    .insertInto('care_relationship')
    .values(
      numbers.map((nhs_number) => ({
        nhs_number,
        ods_code: 'RJZ',
        participant: 'sel',
        kind: 'ATTENDANCE' as const,
        evidence: 'Encounter/1',
        starts_at: new Date(),
        ends_at: null,
      })),
    )
    .execute()
  const decide = createAccess({
    db: index,
    participants: await findParticipants(),
    clock: () => new Date(),
  })
  const caller = { userId: '555000000001', odsCode: 'RJZ' } as Caller
  const decideOn = (run: number) => decide(caller, numbers[run % PATIENTS] ?? '', null)
  await cpuOf('decision, evidence read: one after another', decideOn)
  // One by one, half of it is the process falling asleep and waking up for each answer.
  await cpuOf('decision, evidence read: as under load, 16 at once', decideOn, 16)
  await db.destroy()
})
