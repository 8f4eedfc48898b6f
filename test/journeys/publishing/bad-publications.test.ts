import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublisher } from '../../../gateway/registry/store/publishers.ts'
import { readContract } from '../../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../../subgraphs/kit/schema/participant-sdl.ts'
import { eventually } from '../../cli/start/system.ts'
import { badSchemas } from '../../gateway/registry/checks/bad-publications.ts'
import { type Answer, startSystem, type TestSystem } from '../../support/system.ts'
import { askRegistry, openRegistry } from './registry-client.ts'

const ADA = '9990000018'
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  allergies(first: 100) { status isComplete nodes { code { display } provenance { participant } } }
  diagnoses(first: 100) { status isComplete nodes { code { display } provenance { participant } } }
  sources { participant { code } outcome }
} }`

let system: TestSystem
let db: ReturnType<typeof openRegistry>
let before: Answer
const tokens = new Map<string, string>()
const schemas = new Map<string, string>()

beforeAll(async () => {
  system = await startSystem({ stories: ['ada'] })
  db = openRegistry(system)
  const contract = await readContract()
  for (const participant of system.participants) {
    const { code, name } = participant
    const origins = [new URL(system.subgraphs.get(code)?.url ?? '').origin]
    tokens.set(
      code,
      await createPublisher(db, { participant: code, name, origins, createdAt: new Date() }),
    )
    schemas.set(code, participantSdl(participant, contract))
  }
  before = await system.ask(RECORD)
  expect(before.errors).toBeUndefined()
})

afterAll(async () => {
  await system?.close()
  await db?.destroy()
})

async function publish(code: string, change: (sdl: string) => string) {
  const body = {
    schema: change(schemas.get(code) ?? ''),
    url: system.subgraphs.get(code)?.url,
  }
  const token = tokens.get(code) ?? null
  return askRegistry(system.url, { participant: code, action: 'publish', token, body })
}

async function expectUnchanged(): Promise<void> {
  const health = (await (await fetch(`${system.url}/health/ready`)).json()) as object
  expect(health).toMatchObject({ supergraph: 0 })
  const { data, errors } = await system.ask(RECORD)
  expect({ data, errors }).toEqual({ data: before.data, errors: undefined })
}

interface Result {
  readonly check: string
  readonly problems: readonly { readonly message: string; readonly mend: string }[]
}

/** Each takes seconds in a graph of twelve: two of three. The checks' own tests try them all. */
const tried = badSchemas.filter(
  ({ check }, place) => check !== 'keeps-operations' && place % 3 !== 2,
)

describe('A gateway in use refuses', () => {
  it('at least 25 bad publications, as follows', () => {
    expect(tried.length).toBeGreaterThanOrEqual(25)
  })

  it.each(tried)(
    '$title, and its clients get what they got',
    async ({ participant, change, check, message }) => {
      const { status, body } = await publish(participant, change)
      expect(status).toBe(422)
      expect(body).toMatchObject({ passed: false, version: null })
      const { problems = [] } = body.results.find((one: Result) => one.check === check) ?? {}
      expect(problems.map((problem: { message: string }) => problem.message)).toContain(message)
      await expectUnchanged()
    },
  )

  it('what a team really asks for, and says which team', async () => {
    const { errors } = await system.ask(
      `query CarePlans { patient(nhsNumber: "${ADA}") {
        records { ... on SwlRecord { universalCarePlan { title } } }
      } }`,
      { headers: { 'apollographql-client-name': 'ambulance-app' } },
    )
    expect(errors).toBeUndefined()
    let told = ''
    // The trail is counted once no older transaction runs on this server.
    await eventually(async () => {
      const { status, body } = await publish('swl', (sdl) =>
        sdl.replaceAll('universalCarePlan', 'carePlanOfLondon'),
      )
      expect(status).toBe(422)
      const own = body.results.find(({ check }: Result) => check === 'keeps-operations')
      told = own.problems[0]?.message ?? ''
      return told !== ''
    }, 60_000)
    expect(told).toContain('universalCarePlan')
    expect(told).toContain('CarePlans of ambulance-app')
    await expectUnchanged()
  }, 90_000)
})
