import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { request } from 'undici'
import { median, share } from './soak/figures.ts'
import { type OpenRecords, openRecords } from './soak/open-records.ts'
import { startSoakSystem } from './soak/soak-system.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    callers: { type: 'string', default: '8,64,256,600,1200' },
    seconds: { type: 'string', default: '15' },
    port: { type: 'string', default: '5400' },
  },
})
const [CALLERS, SECONDS, PORT] = [
  values.callers.split(',').map(Number),
  Number(values.seconds),
  Number(values.port),
]
if (!CALLERS.every((callers) => callers >= 1) || !(SECONDS > 0) || !Number.isInteger(PORT)) {
  console.error(
    'Usage: npm run bench -- overload [--callers 8,64,256,600,1200] [--seconds 15] [--port 5400]',
  )
  process.exit(1)
}

/** A front end that was told to come again does, this much later. */
const COMES_AGAIN_MS = 1000

/** What came of many requests at once. */
interface Came {
  /** Milliseconds that each whole answer took. */
  readonly whole: number[]
  readonly refused: number[]
  /** Anything else: how often, by what it was. */
  readonly others: Map<string, number>
  /** Milliseconds that each health check took. */
  readonly health: number[]
}

/** Lets more and more callers ask at once, each anew as soon as it has its answer. */
async function main(url: string, records: OpenRecords): Promise<boolean> {
  const patients = [...records.whole.keys()]
  for (let round = 0; round < 500; round += 1)
    await records.ask(patients[round % patients.length] ?? '')
  let isWell = true
  for (const callers of CALLERS) {
    const came: Came = { whole: [], refused: [], others: new Map(), health: [] }
    const endsAt = performance.now() + SECONDS * 1000
    const asking = Array.from({ length: callers }, async (_, place) => {
      for (let round = place; performance.now() < endsAt; round += 1) {
        const isAnswered = await ask(records, patients[round % patients.length] ?? '', came)
        if (!isAnswered) await wait(COMES_AGAIN_MS)
      }
    })
    await Promise.all([...asking, watchHealth(url, endsAt, came)])
    console.log(lineOf(callers, came))
    for (const [what, count] of came.others) console.log(`     ${count} times ${what}`)
    await wait(2000)
    const after = await records.ask(patients[0] ?? '')
    if (after.status !== 200 || after.body.errors || came.others.size > 0) isWell = false
    console.log(`     the next answer: ${after.status}, ${after.tookMs.toFixed(0)} ms`)
  }
  return isWell
}

/** @returns false where the gateway refused */
async function ask(records: OpenRecords, nhsNumber: string, came: Came): Promise<boolean> {
  const began = performance.now()
  try {
    const { status, body, tookMs } = await records.ask(nhsNumber)
    const code = body.errors?.[0]?.extensions?.code
    if (status === 503 && code === 'OVERLOADED') {
      came.refused.push(tookMs)
      return false
    }
    if (status === 200 && !code) came.whole.push(tookMs)
    else count(came, `${status} ${code ?? ''}`)
  } catch (error) {
    const { code = 'UNKNOWN' } = error as { code?: string }
    count(came, `${code} after ${Math.round((performance.now() - began) / 1000)} s`)
  }
  return true
}

function count({ others }: Came, what: string): void {
  others.set(what, (others.get(what) ?? 0) + 1)
}

/** Asks twice a second whether the gateway is ready. */
async function watchHealth(url: string, endsAt: number, came: Came): Promise<void> {
  while (performance.now() < endsAt) {
    const began = performance.now()
    const { statusCode, body } = await request(`${url}/health/ready`)
    await body.dump()
    came.health.push(performance.now() - began)
    if (statusCode !== 200) count(came, `health ${statusCode}`)
    await wait(500)
  }
}

function lineOf(callers: number, { whole, refused, health }: Came): string {
  const times = (all: readonly number[]) =>
    all.length === 0
      ? '–'
      : [median(all), share(all, 0.99), Math.max(...all)].map((ms) => ms.toFixed(0)).join(', ')
  return `${String(callers).padStart(5)} callers: ${(whole.length / SECONDS).toFixed(0)} answers/s in ${times(whole)} ms; ${(refused.length / SECONDS).toFixed(0)} refusals/s in ${times(refused)} ms; health checks in ${times(health)} ms`
}

const system = await startSoakSystem(PORT, {}, { isDirect: true })
const records = await openRecords(system)
try {
  console.log('Median, nearly all (99 %) and longest:')
  process.exitCode = (await main(system.url, records)) ? 0 : 1
} finally {
  records.end()
  await system.stop()
}
