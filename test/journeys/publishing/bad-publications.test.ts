import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBuiltIn } from '../../../gateway/registry/built-in-version.ts'
import { composeMembers } from '../../../gateway/registry/compose-members.ts'
import { createPublisher } from '../../../gateway/registry/store/publishers.ts'
import { addVersion } from '../../../gateway/registry/store/versions.ts'
import type { VersionMember } from '../../../gateway/registry/version.ts'
import { readContract } from '../../../subgraphs/kit/schema/contract.ts'
import { eventually } from '../../cli/start/system.ts'
import { badSchemas } from '../../gateway/registry/checks/bad-publications.ts'
import { type Answer, startSystem, type TestSystem } from '../../support/system.ts'
import { askRegistry, openRegistry } from './registry-client.ts'

/** One who contributes, one who publishes more than the contract, one who only views. */
const FEW = ['hpft', 'nel', 'swl']

const READER = 'gp.nel'

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
  const { members, base } = await readBuiltIn()
  const few = members.filter(({ participant }) => FEW.includes(participant.code))
  for (const { participant, sdl } of few) {
    const { code, name } = participant
    const origins = [new URL(system.subgraphs.get(code)?.url ?? '').origin]
    const publisher = { participant: code, name, origins, createdAt: new Date() }
    tokens.set(code, await createPublisher(db, publisher))
    schemas.set(code, sdl)
  }
  await putInForce(few, base)
  before = await system.ask(RECORD, { as: READER })
  expect(before.errors).toBeUndefined()
})

/** A supergraph of few: each check composes it, and takes as long. */
async function putInForce(members: readonly VersionMember[], base: string): Promise<void> {
  const supergraphSdl = composeMembers(members, await readContract())
  const version = { base, supergraphSdl, members, cause: 'a test', madeBy: 'test' }
  await db
    .transaction()
    .execute((transaction) => addVersion(transaction, { ...version, madeAt: new Date() }, 0))
  await eventually(async () => (await supergraph()) === 1)
}

async function supergraph(): Promise<number> {
  const health = (await (await fetch(`${system.url}/health/ready`)).json()) as {
    supergraph: number
  }
  return health.supergraph
}

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
  expect(await supergraph()).toBe(1)
  const { data, errors } = await system.ask(RECORD, { as: READER })
  expect({ data, errors }).toEqual({ data: before.data, errors: undefined })
}

interface Result {
  readonly check: string
  readonly problems: readonly { readonly message: string; readonly mend: string }[]
}

// What operations break is another question here: see below.
const tried = badSchemas.filter(({ check }) => check !== 'keeps-operations')

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
      { as: READER, headers: { 'apollographql-client-name': 'ambulance-app' } },
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
