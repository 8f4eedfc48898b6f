import { parseArgs } from 'node:util'
import { SOURCE_FAULTS } from '../test/journeys/failure/source-faults.ts'
import type { Fault } from '../test/support/faulty-proxy.ts'
import { askRecord } from './soak/ask-record.ts'
import type { RecordAnswer } from './soak/check-record.ts'
import { median } from './soak/figures.ts'
import { type SoakSystem, startSoakSystem } from './soak/soak-system.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string', default: '5' },
    port: { type: 'string', default: '5300' },
  },
})
const [ROUNDS, PORT] = [Number(values.rounds), Number(values.port)]
// With ten failures of the last twenty calls the source would be left alone.
if (!(ROUNDS >= 1 && ROUNDS <= 9) || !Number.isInteger(ROUNDS) || !Number.isInteger(PORT)) {
  console.error('Usage: npm run bench -- failure [--rounds 5 (1 to 9)] [--port 5300]')
  process.exit(1)
}

/** Ada Okafor, and a source that holds a part of everything that is asked for. */
const PATIENT = '9990000018'
const FAULTY = 'nel'

/** Answers before the first that counts, and between two faults: those of the last fault are forgotten. */
const WARMING = 300
const BETWEEN = 20

/** Prints how long an answer takes under each fault of docs/failure.md, with the usual settings. */
async function main(system: SoakSystem): Promise<void> {
  const token = await system.token('ed-doctor.sel')
  const ask = () => askRecord(system.url, token, PATIENT)
  const proxy = system.proxies.get(FAULTY)
  for (let round = 0; round < WARMING; round += 1) await ask()
  console.log(
    'milliseconds to the last byte of the answer: median, longest; what came of the source',
  )
  const measure = async (what: string, fault: Fault, rounds = ROUNDS) => {
    await proxy?.setFault(fault)
    const answers: RecordAnswer[] = []
    for (let round = 0; round < rounds; round += 1) answers.push(await ask())
    await proxy?.setFault('none')
    console.log(lineOf(what, answers))
    for (let round = 0; round < BETWEEN; round += 1) await ask()
  }
  await measure('No fault', 'none')
  for (const { fault, set } of SOURCE_FAULTS) await measure(fault, set)
  // The last ones of these are not asked any more.
  await measure('A source keeps hanging', 'hang', 2 * BETWEEN)
}

function lineOf(what: string, answers: readonly RecordAnswer[]): string {
  const times = answers.map(({ tookMs }) => tookMs)
  const outcomes = new Set(answers.map(outcomeOf))
  const figures = [median(times), Math.max(...times)].map((time) => time.toFixed(0).padStart(6))
  return `${figures.join('')}  ${what}: ${[...outcomes].join(', ')}`
}

function outcomeOf({ status, body }: RecordAnswer): string {
  const source = body.data?.patient?.sources.find(({ participant }) => participant.code === FAULTY)
  return source?.outcome ?? `HTTP ${status}`
}

const system = await startSoakSystem(PORT)
try {
  await main(system)
} finally {
  await system.stop()
}
