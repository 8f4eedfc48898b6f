import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readBuiltIn } from '../gateway/registry/built-in-version.ts'
import { composeMembers } from '../gateway/registry/compose-members.ts'
import type { RegistryDatabase } from '../gateway/registry/store/tables.ts'
import { addVersion } from '../gateway/registry/store/versions.ts'
import { stories } from '../population/stories/stories.ts'
import { readContract } from '../subgraphs/kit/schema/contract.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import { type SoakSystem, startSoakSystem } from './soak/soak-system.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    reloads: { type: 'string', default: '10000' },
    participants: { type: 'string', default: 'nel,sel' },
    port: { type: 'string', default: '5200' },
  },
})
const [RELOADS, PORT] = [Number(values.reloads), Number(values.port)]
if (!(RELOADS > 0) || !Number.isInteger(RELOADS) || !Number.isInteger(PORT)) {
  console.error(
    'Usage: npm run bench -- reloads [--reloads 10000] [--participants nel,sel] [--port 5200]',
  )
  process.exit(1)
}

/** Between two supergraphs somebody asks, so often. */
const ASKED_EVERY = 10

/** What is kept after this part is compared with the end: caches are full, code is compiled. */
const WARM_UP = 0.2

/** Longer than any answer may take. */
const RETIRED_AFTER_MS = 10_000

const QUERY = `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
  name { text } allergies { isComplete nodes { id code { display } } }
} }`

/** Puts one supergraph after the other in force, and looks whether the gateway grows. */
async function main(system: SoakSystem): Promise<boolean> {
  const builtIn = await readBuiltIn()
  const codes = values.participants.split(',')
  const members = builtIn.members.filter(({ participant }) => codes.includes(participant.code))
  const supergraphSdl = composeMembers(members, await readContract())
  const db = connect<RegistryDatabase>(await system.databaseUrl(), 1)
  const warmAt = Math.ceil(RELOADS * WARM_UP)
  let [failed, number, warm] = [0, 0, Number.NaN]
  const started = performance.now()
  for (let reload = 1; reload <= RELOADS; reload += 1) {
    const version = { base: builtIn.base, supergraphSdl, members, cause: 'bench', madeBy: 'bench' }
    const next = await db
      .transaction()
      .execute((transaction) => addVersion(transaction, { ...version, madeAt: new Date() }, number))
    if (next === null) throw new Error('Somebody else publishes')
    number = next
    await whenInForce(system.url, number)
    if (reload % ASKED_EVERY === 0 && !(await isAnswered(system, reload))) failed += 1
    if (reload === warmAt) warm = await keptBy(system)
    if (reload % Math.ceil(RELOADS / 50) === 0) {
      const each = (performance.now() - started) / reload
      const resident = (await system.memory()).toFixed(0)
      console.log(`${reload} reloads, ${each.toFixed(0)} ms each, ${resident} MB`)
    }
  }
  await db.destroy()
  const last = await keptBy(system)
  console.log(`\n${RELOADS} reloads of a graph of ${members.length}, ${failed} answers failed`)
  console.log(
    `memory that is kept when all garbage is collected: ${warm.toFixed(1)} MB after ${warmAt}, ${last.toFixed(1)} MB at the end, ratio ${(last / warm).toFixed(2)}`,
  )
  return failed === 0 && last / warm < 1.2
}

/** What is kept once the releases before the last one have ended, which wait for their last answers. */
async function keptBy(system: SoakSystem): Promise<number> {
  await wait(RETIRED_AFTER_MS)
  return system.usedHeap()
}

async function whenInForce(url: string, number: number): Promise<void> {
  const endsAt = performance.now() + 10_000
  while (performance.now() < endsAt) {
    const health = (await (await fetch(`${url}/health/ready`)).json()) as { supergraph: number }
    if (health.supergraph === number) return
    await wait(5)
  }
  throw new Error(`Supergraph ${number} did not come into force`)
}

async function isAnswered(system: SoakSystem, turn: number): Promise<boolean> {
  const nhsNumber = stories[turn % 2]?.nhsNumber
  const response = await fetch(`${system.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await system.token('ed-doctor.sel')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: QUERY, variables: { nhsNumber } }),
  })
  const { errors = [] } = (await response.json()) as {
    errors?: { extensions: { code: string } }[]
  }
  // Some story patients are none of this doctor's.
  const failures = errors.filter(
    ({ extensions }) => extensions.code !== 'NO_LEGITIMATE_RELATIONSHIP',
  )
  for (const { extensions } of failures) console.log(`failed: ${extensions.code}`)
  return failures.length === 0
}

const system = await startSoakSystem(PORT, { LCR_REGISTRY_INTERVAL_MS: '50' })
try {
  process.exitCode = (await main(system)) ? 0 : 1
} finally {
  await system.stop()
}
