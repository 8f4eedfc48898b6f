import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { request } from 'undici'
import { stories } from '../population/stories/stories.ts'
import { problemsOf, RECORD, type RecordAnswer, slowestSource } from './soak/check-record.ts'
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

/** Memory is looked at from here on: caches are full and code is compiled. */
const WARM_UP = 0.2

async function main(system: SoakSystem): Promise<boolean> {
  const token = { value: await system.token('ed-doctor.sel') }
  const renewing = setInterval(async () => {
    token.value = await system.token('ed-doctor.sel')
  }, 60_000)
  const ask = (nhsNumber: string) => askOnce(system.url, token.value, nhsNumber)
  const whole = new Map<string, RecordAnswer>()
  for (const { nhsNumber } of stories) {
    const answer = await ask(nhsNumber)
    if (answer.body.data?.patient && !answer.body.errors) whole.set(nhsNumber, answer)
  }
  const patients = [...whole.keys()]
  if (patients.length === 0) throw new Error('Nobody may be seen: the stories have changed')
  // In turns: each has as many answers as the others.
  const inTurn = (round: number) => ask(patients[round % patients.length] ?? pick(patients))
  console.log(await describeAdded(system, inTurn))
  const capacity = await measureCapacity(() => ask(pick(patients)))
  console.log(`${patients.length} patients, ${capacity.toFixed(0)} requests/s at capacity with the`)
  console.log(
    `sources, the database and this script on the same machine; ${MINUTES} min at half of it`,
  )

  const faults = new RandomFaults(system.proxies)
  const running = faults.run()
  const figures: Figures = { answers: 0, incomplete: 0, shed: 0, wrong: new Map() }
  const memory: number[] = []
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
      memory.push(await system.memory())
      const minute = ((looked - started) / 60_000).toFixed(1)
      console.log(`${minute} min: ${line(figures, faults)}, ${memory.at(-1)?.toFixed(0)} MB`)
    }
  }
  faults.end()
  await Promise.all([...underway, running])
  clearInterval(renewing)
  return report(figures, faults, memory)
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

async function askOnce(url: string, token: string, nhsNumber: string): Promise<RecordAnswer> {
  const body = JSON.stringify({ query: RECORD, variables: { nhsNumber } })
  const began = performance.now()
  const response = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  })
  const text = await response.body.text()
  const tookMs = performance.now() - began
  return { status: response.statusCode, text, body: JSON.parse(text), tookMs }
}

/** What the gateway takes beyond the slowest source, one request at a time, before any fault. */
async function describeAdded(
  { processorMs }: SoakSystem,
  ask: (round: number) => Promise<RecordAnswer>,
): Promise<string> {
  const added: number[] = []
  let [bytes, processorBefore] = [0, 0]
  for (let round = 0; round < WARMING + ROUNDS; round += 1) {
    if (round === WARMING) processorBefore = await processorMs()
    const answer = await ask(round)
    const slowest = slowestSource(answer)
    if (round < WARMING) continue
    bytes += answer.text.length
    if (slowest !== null) added.push(answer.tookMs - slowest)
  }
  const processor = ((await processorMs()) - processorBefore) / ROUNDS
  return `Beyond the slowest source: median ${median(added).toFixed(1)} ms of ${added.length} answers of ${(bytes / ROUNDS / 1000).toFixed(0)} kB on average, from the request's first byte to the answer's last
Processor's time of the gateway: ${processor.toFixed(1)} ms an answer, what it does beside them included`
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

function report(figures: Figures, faults: RandomFaults, memory: readonly number[]): boolean {
  const warm = memory.slice(Math.ceil(memory.length * WARM_UP))
  const third = Math.max(1, Math.floor(warm.length / 3))
  const [early, late] = [median(warm.slice(0, third)), median(warm.slice(-third))]
  console.log(`\n${line(figures, faults)}`)
  for (const [problem, count] of figures.wrong) console.log(`  wrong: ${problem} (${count})`)
  console.log(
    `memory after warm-up: ${early.toFixed(0)} MB in the first third, ${late.toFixed(0)} MB in the last, ratio ${(late / early).toFixed(2)}`,
  )
  return figures.wrong.size === 0 && late / early < 1.2
}

function median(numbers: readonly number[]): number {
  return (
    [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
  )
}

const system = await startSoakSystem(PORT)
try {
  process.exitCode = (await main(system)) ? 0 : 1
} finally {
  await system.stop()
}
