import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { countSources, problemsOf, type RecordAnswer, slowestSource } from './soak/check-record.ts'
import { median, share } from './soak/figures.ts'
import { openRecords } from './soak/open-records.ts'
import { pick } from './soak/pick.ts'
import { RandomFaults } from './soak/random-faults.ts'
import { type SoakSystem, startSoakSystem } from './soak/soak-system.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    minutes: { type: 'string', default: '10' },
    port: { type: 'string', default: '5100' },
  },
})
const [MINUTES, PORT] = [Number(values.minutes), Number(values.port)]
if (!(MINUTES > 0) || !Number.isInteger(PORT)) {
  console.error('Usage: npm run bench -- soak [--minutes 10] [--port 5100]')
  process.exit(1)
}

/** Callers at once while the capacity is measured, and for how long. */
const CALLERS = 16
const MEASURED_MS = 8000

/** Answers of which the time is taken, one after another, and those before that do not count. */
const ROUNDS = 600
const WARMING = 1000

/** What is kept after this part of the time is compared with the end: caches are full, code is compiled. */
const WARM_UP = 0.2
const MOST_GROWTH = 1.1

async function main(system: SoakSystem): Promise<boolean> {
  const { ask, whole, end } = await openRecords(system)
  const patients = [...whole.keys()]
  if (patients.length === 0) throw new Error('Nobody may be seen: the stories have changed')
  const sourcesOf = (nhsNumber: string) => countSources(whole.get(nhsNumber))
  const [widest = pick(patients)] = patients.toSorted(
    (one, other) => sourcesOf(other) - sourcesOf(one),
  )
  console.log(`A record of ${sourcesOf(widest)} sources:`)
  console.log(await describeAdded(system, () => ask(widest)))
  const capacity = await measureCapacity(() => ask(pick(patients)))
  console.log(`${patients.length} patients, ${capacity.toFixed(0)} requests/s at capacity with the`)
  console.log(
    `sources, the database and this script on the same machine; ${MINUTES} min at half of it`,
  )

  const faults = new RandomFaults(system.proxies)
  const running = faults.run()
  const figures: Figures = { answers: 0, incomplete: 0, shed: 0, wrong: new Map() }
  const kept: number[] = []
  let resident = 0
  const started = performance.now()
  const endsAt = started + MINUTES * 60_000
  const underway = new Set<Promise<void>>()
  let looked = started
  for (let at = started; at < endsAt; at += 1000 / (capacity / 2)) {
    await wait(Math.max(0, at - performance.now()))
    const judging = judge(figures, { ask, patients, whole, faults }).finally(() =>
      underway.delete(judging),
    )
    underway.add(judging)
    if (performance.now() - looked > 10_000) {
      looked = performance.now()
      const now = await system.memory()
      resident = Math.max(resident, now)
      const minute = ((looked - started) / 60_000).toFixed(1)
      console.log(`${minute} min: ${line(figures, faults)}, ${now.toFixed(0)} MB`)
    }
    const isWarm = performance.now() - started > WARM_UP * MINUTES * 60_000
    if (isWarm && kept.length === 0) kept.push(await system.usedHeap())
  }
  faults.end()
  await Promise.all([...underway, running])
  end()
  kept.push(await system.usedHeap())
  console.log(`\n${line(figures, faults)}`)
  for (const [problem, count] of figures.wrong) console.log(`  wrong: ${problem} (${count})`)
  const [warm = Number.NaN, last = Number.NaN] = kept
  console.log(
    `memory that is kept when all garbage is collected: ${warm.toFixed(1)} MB once warm, ${last.toFixed(1)} MB at the end, ratio ${(last / warm).toFixed(2)}; of the system at most ${resident.toFixed(0)} MB`,
  )
  return figures.wrong.size === 0 && last / warm < MOST_GROWTH
}

interface Figures {
  answers: number
  incomplete: number
  /** Turned away because too much was asked at once. */
  shed: number
  readonly wrong: Map<string, number>
}

async function judge(
  figures: Figures,
  given: {
    readonly ask: (nhsNumber: string) => Promise<RecordAnswer>
    readonly patients: readonly string[]
    readonly whole: ReadonlyMap<string, RecordAnswer>
    readonly faults: RandomFaults
  },
): Promise<void> {
  const { ask, patients, whole, faults } = given
  const nhsNumber = pick(patients)
  const began = performance.now()
  const answer = await ask(nhsNumber).catch((): RecordAnswer => NO_ANSWER)
  figures.answers += 1
  if (answer.status === 503 && answer.text.includes('OVERLOADED')) {
    figures.shed += 1
    return
  }
  const before = whole.get(nhsNumber)
  if (!before) return
  const problems = problemsOf(answer, before, (code) => faults.mayFail(code, began))
  for (const problem of problems) figures.wrong.set(problem, (figures.wrong.get(problem) ?? 0) + 1)
  if (answer.body.errors) figures.incomplete += 1
}

/** The connection broke: counted as wrong. */
const NO_ANSWER: RecordAnswer = { status: 0, text: '', body: {}, tookMs: 0 }

/**
 * What the gateway takes beyond the slowest source, one request at a time, before any fault: as the
 * gateway says how long its sources took, and as the proxies before them do, which leaves it the way to
 * them and back as well.
 */
async function describeAdded(
  { processorMs, takeSlowest }: SoakSystem,
  ask: () => Promise<RecordAnswer>,
): Promise<string> {
  const told: number[] = []
  const seen: number[] = []
  let [bytes, processorBefore] = [0, 0]
  for (let round = 0; round < WARMING + ROUNDS; round += 1) {
    if (round === WARMING) processorBefore = await processorMs()
    takeSlowest()
    const answer = await ask()
    const [slowest, slowestSeen] = [slowestSource(answer), takeSlowest()]
    if (round < WARMING) continue
    bytes += answer.text.length
    if (slowest !== null) told.push(answer.tookMs - slowest)
    if (slowestSeen !== null) seen.push(answer.tookMs - slowestSeen)
  }
  const processor = ((await processorMs()) - processorBefore) / ROUNDS
  return `${ROUNDS} answers of ${(bytes / ROUNDS / 1000).toFixed(0)} kB on average, one after another, from the request's first byte to the answer's last
Beyond the slowest source: ${inWords(told)} by the gateway's clock, ${inWords(seen)} by the sources' own
Processor's time of the gateway: ${processor.toFixed(1)} ms an answer, what it does beside them included`
}

function inWords(times: readonly number[]): string {
  return `median ${median(times).toFixed(1)} ms, nine of ten within ${share(times, 0.9).toFixed(1)} ms`
}

/** Answers a second when everybody asks anew as soon as an answer is there. */
async function measureCapacity(ask: () => Promise<unknown>): Promise<number> {
  const endsAt = performance.now() + MEASURED_MS
  let answers = 0
  const caller = async () => {
    while (performance.now() < endsAt) {
      await ask()
      answers += 1
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return answers / (MEASURED_MS / 1000)
}

function line({ answers, incomplete, shed, wrong }: Figures, faults: RandomFaults): string {
  const wrongOnes = [...wrong.values()].reduce((sum, one) => sum + one, 0)
  return `${answers} answers, ${incomplete} of them incomplete and said so, ${shed} shed, ${wrongOnes} wrong, ${faults.count} faults`
}

const system = await startSoakSystem(PORT)
try {
  process.exitCode = (await main(system)) ? 0 : 1
} finally {
  await system.stop()
}
