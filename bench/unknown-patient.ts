import { ensureKeys } from '../cli/start/keys.ts'
import { readConfig } from '../gateway/config.ts'
import { signPersonaToken } from '../gateway/identity/development-issuer.ts'
import { personas } from '../gateway/identity/personas.ts'
import { findParticipants } from '../subgraphs/kit/find-participants.ts'

/** Nobody's, and Bernard Clarke's: the emergency doctor in Camberwell has nothing to do with him. */
const NUMBERS = { unknown: '9999999999', unrelated: '9990000026' } as const

const ROUNDS = 1000

const config = readConfig(process.env, await findParticipants())
const url = `http://127.0.0.1:${config.port}/graphql`
const keys = await ensureKeys(config.dataDir)
const persona = personas.find(({ key }) => key === 'ed-doctor.sel')
if (!persona) throw new Error('The persona is gone')
const token = await signPersonaToken(persona, { privateKey: keys.issuer.privateJwk })

async function timeOf(nhsNumber: string): Promise<number> {
  const started = performance.now()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query ($n: ID!) { patient(nhsNumber: $n) { name { text } allergies { status } } }',
      variables: { n: nhsNumber },
    }),
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`It answered ${answer.status}`)
  return performance.now() - started
}

await timeOf(NUMBERS.unknown).catch(() => {
  console.error(
    `Nothing answers at ${url}: run LCR_OPERATIONS_PER_MINUTE=1000000 npm start in another terminal first`,
  )
  process.exit(1)
})
const times = { unknown: [] as number[], unrelated: [] as number[] }
for (let round = 0; round < ROUNDS; round++) {
  // In turn, and each first every other time, so that noise falls on both.
  const order =
    round % 2 === 0 ? (['unknown', 'unrelated'] as const) : (['unrelated', 'unknown'] as const)
  for (const who of order) times[who].push(await timeOf(NUMBERS[who]))
}
for (const [who, all] of Object.entries(times)) {
  const sorted = all.slice(ROUNDS / 5).sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3)
  console.log(`${who.padEnd(10)} p10 ${at(0.1)}  median ${at(0.5)}  p90 ${at(0.9)} ms`)
}
