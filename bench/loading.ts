import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { generatePopulation } from '../population/generate-population.ts'
import { findParticipants } from '../subgraphs/kit/find-participants.ts'
import { loadBundles, type NamedBundle } from '../subgraphs/kit/load/load-bundles.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../subgraphs/kit/store/tables.ts'
import { withPostgres } from './postgres/with-postgres.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    patients: { type: 'string', default: '2000' },
    participant: { type: 'string', default: 'sel' },
  },
})
const PATIENTS = Number(values.patients)
const participant = (await findParticipants()).find(({ code }) => code === values.participant)
if (!(PATIENTS > 0) || !Number.isInteger(PATIENTS) || participant === undefined) {
  console.error('Usage: npm run bench -- loading [--patients 2000] [--participant sel]')
  process.exit(1)
}
const loader = participant

/** Loads what a participant holds of a demo population into an empty store, then again, unchanged. */
async function main({ url, pid }: { readonly url: string; readonly pid: number }): Promise<void> {
  const { bundles, bytes } = makeBundles()
  console.log(
    `${bundles.length} Bundles of ${loader.code}, ${(bytes / 1e6).toFixed(1)} MB, into PostgreSQL`,
  )
  const db = connect<ParticipantDatabase>(url, 4)
  await migrateStore(db)
  for (const name of ['into an empty store', 'the same again']) {
    const [node, database, started] = [
      process.cpuUsage(),
      await cpuOfServer(pid),
      performance.now(),
    ]
    const report = await loadBundles(db, loader, bundles)
    const { user, system } = process.cpuUsage(node)
    const wall = performance.now() - started
    console.log(
      `${name.padEnd(20)} ${seconds((user + system) / 1000)} CPU of Node, ${seconds((await cpuOfServer(pid)) - database)} of PostgreSQL, ${seconds(wall)} elapsed; refused: ${report.refusals.length}`,
    )
  }
  await db.destroy()
}

function makeBundles(): { bundles: NamedBundle[]; bytes: number } {
  const options = { seed: 1, patients: PATIENTS, asOf: new Date(), participants: [loader.code] }
  let bytes = 0
  const bundles = [...generatePopulation(options)].map(({ bundle }, index) => {
    bytes += JSON.stringify(bundle).length
    return { name: `bundle ${index}`, bundle }
  })
  return { bundles, bytes }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/** Processor time of the database's processes so far, those that have ended too, in ms. Linux alone tells it. */
async function cpuOfServer(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  const own = await Promise.all(
    children
      .trim()
      .split(' ')
      .map((child) => ticksOf(child, 0)),
  )
  return [await ticksOf(pid, 2), ...own].reduce((sum, ticks) => sum + ticks, 0) * MS_PER_TICK
}

const MS_PER_TICK = 10
/** Place of a process's own time in user mode in its line, counted behind its name: proc(5). */
const USER_TIME = 11

async function ticksOf(pid: number | string, ofEndedChildren: 0 | 2): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const parts = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const counted = parts.slice(USER_TIME, USER_TIME + 2 + ofEndedChildren)
  return counted.reduce((sum, ticks) => sum + Number(ticks), 0)
}

await withPostgres(main)
