import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLcr } from '../../cli/run-lcr.ts'
import { eventually } from '../../cli/start/system.ts'
import { startFromInit } from '../../support/init-participant.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { type Answer, startSystem, type TestSystem } from '../../support/system.ts'
import { admit, askRegistry, openRegistry } from './registry-client.ts'

const ADA = '9990000018'
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  allergies(first: 100) { isComplete nodes { code { display } provenance { participant } } }
  medications(first: 100) { isComplete nodes { provenance { participant } } }
  sources { participant { code } outcome }
} }`

const CHILTERN = {
  odsCode: 'RXQ',
  name: 'Buckinghamshire Healthcare',
  kind: 'ACUTE_TRUST',
} as const

const CLIENTS = 50

/** Thirteen subgraphs and the gateway share this process: more at once would only wait for each other. */
const THINKS_MS = 5000

let system: TestSystem
let thames: Awaited<ReturnType<typeof startFromInit>>
let database: TestDatabase
let db: ReturnType<typeof openRegistry>
let token: string

beforeAll(async () => {
  system = await startSystem({ stories: ['ada'] })
  database = await createDatabase()
  const { url: databaseUrl } = database
  thames = await startFromInit({ code: 'thames', keys: system.keys.gateway.jwks, databaseUrl })
  expect(await thames.load('examples')).toMatchObject({ code: 0 })
  db = openRegistry(system)
  token = await admit(db, thames.description, [thames.url])
})

afterAll(async () => {
  await system?.close()
  await thames?.close()
  await database?.drop()
  await db?.destroy()
})

const ask = (action: string, body?: unknown, as: string | null = token) =>
  askRegistry(system.url, { participant: 'thames', action, token: as, body })

const offer = () => ({ schema: thames.sdl, url: thames.url })

const sourcesIn = ({ data }: Answer): string[] =>
  data.patient.sources.map(({ participant }: { participant: { code: string } }) => participant.code)

const supergraph = async (): Promise<number> => {
  const response = await fetch(`${system.url}/health/ready`)
  return ((await response.json()) as { supergraph: number }).supergraph
}

describe('Who publishes', () => {
  it('brings the token of the participant, and no other', async () => {
    const none = await ask('publish', offer(), null)
    expect(none).toMatchObject({ status: 401, contentType: /^application\/problem\+json/ })
    expect(none.body.code).toBe('UNAUTHENTICATED')
    expect((await ask('publish', offer(), `${token}x`)).body.code).toBe('UNAUTHENTICATED')
    const other = await askRegistry(system.url, {
      participant: 'nel',
      action: 'publish',
      token,
      body: offer(),
    })
    expect(other).toMatchObject({ status: 403, body: { code: 'NOT_YOUR_PARTICIPANT' } })
    // Of whom nobody knows, no body is read.
    const huge = await ask('publish', { schema: 'x'.repeat(6 * 1024 * 1024) }, null)
    expect(huge.status).toBe(401)
    expect(await supergraph()).toBe(0)
  })

  it('is told what the body takes, and that a subgraph elsewhere is refused unasked', async () => {
    const wrong = await ask('check', { schema: thames.sdl })
    expect(wrong).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect(wrong.body.detail).toContain('{"schema": "…", "url": "…"}')
    const elsewhere = await ask('check', { schema: 'type Query {', url: 'http://127.0.0.1:9/' })
    const { passed, results } = elsewhere.body
    expect(passed).toBe(false)
    const answers = results.find(({ check }: { check: string }) => check === 'answers')
    expect(answers.problems[0].message).toBe(
      `This publisher's subgraph may be at ${new URL(thames.url).origin} alone.`,
    )
  })
})

describe('A participant from outside', () => {
  it('joins while fifty clients ask: none of them notices, and its records stand in the lists', async () => {
    const before = await system.ask(RECORD)
    expect(sourcesIn(before)).not.toContain('thames')
    const answers: Answer[] = []
    let isOver = false
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (!isOver) {
        answers.push(await system.ask(RECORD))
        await wait(THINKS_MS)
      }
      // However quickly it came into force: everybody asked before it, and asks after it.
      answers.push(await system.ask(RECORD))
    })
    const published = await ask('publish', offer())
    expect(published).toMatchObject({
      status: 201,
      body: { passed: true, version: 1, isUnchanged: false },
    })
    await eventually(async () => {
      const now = await system.ask(RECORD)
      return JSON.stringify(now.data.patient.allergies).includes('"thames"')
    })
    isOver = true
    await Promise.all(clients)

    expect(answers.length).toBeGreaterThanOrEqual(2 * CLIENTS)
    for (const answer of answers) {
      expect({ status: answer.status, errors: answer.errors }).toEqual({ status: 200 })
      expect(answer.data.patient.allergies.isComplete).toBe(true)
    }
    const after = await system.ask(RECORD)
    expect(sourcesIn(after)).toContain('thames')
    const recordedBy = (code: string, { data }: Answer): string[] =>
      data.patient.allergies.nodes
        .filter(({ provenance }: { provenance: { participant: string }[] }) =>
          provenance.some(({ participant }) => participant === code),
        )
        .map((node: { code: { display: string } }) => node.code.display)
    expect(recordedBy('thames', after)).toEqual(['Adhesive agent'])
    for (const code of ['nel', 'sel', 'ncl', 'mkuh']) {
      expect(recordedBy(code, after)).toEqual(recordedBy(code, before))
    }
    expect(await supergraph()).toBe(1)
  }, 120_000)

  it('that publishes the same once more changes nothing', async () => {
    const again = await ask('publish', offer())
    expect(again).toMatchObject({ status: 200, body: { isUnchanged: true, version: 1 } })
    expect(await supergraph()).toBe(1)
  })

  it('lets its staff view from then on', async () => {
    const { data } = await system.ask('{ me { participant } }', { at: 'RTH' })
    expect(data.me).toEqual({ participant: 'thames' })
  })

  it('leaves the graph when it takes back what it published first', async () => {
    const back = await ask('rollback', {})
    expect(back).toMatchObject({ status: 200, body: { version: 2, publication: null } })
    await eventually(async () => (await supergraph()) === 2)
    expect(sourcesIn(await system.ask(RECORD))).not.toContain('thames')
    const again = await ask('rollback', {})
    expect(again).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_GO_BACK_TO' } })
  })

  it('goes back to any version that it published, and to no attempt', async () => {
    const refused = await ask('publish', { ...offer(), schema: 'type Query {' })
    expect(refused).toMatchObject({ status: 422, body: { passed: false, version: null } })
    const attempt = refused.body.publication
    expect(await ask('rollback', { to: attempt })).toMatchObject({
      status: 404,
      body: { code: 'NO_SUCH_PUBLICATION' },
    })
    const first = (await ask('history')).body.publications.at(-1).id
    const back = await ask('rollback', { to: first })
    expect(back).toMatchObject({ status: 200, body: { version: 3, publication: first } })
    await eventually(async () => sourcesIn(await system.ask(RECORD)).includes('thames'))
  })

  it('reads in its history what became of each publication and each supergraph', async () => {
    const { body } = await ask('history')
    expect(body.participant).toBe('thames')
    expect(body.publications.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'REFUSED',
      'PUBLISHED',
    ])
    expect(body.inForce).toBe(body.publications[1].id)
    expect(body.publications[0].results[0].problems[0].message).toContain('is no GraphQL')
    expect(body.versions.map(({ cause }: { cause: string }) => cause)).toEqual([
      `thames rolled back to ${body.inForce}`,
      'thames rolled back to the beginning',
      `thames published ${body.inForce}`,
    ])
  })
})

describe('On a command line', () => {
  const lcr = (args: readonly string[], settings: Record<string, string> = {}) =>
    runLcr(system.settings['LCR_DATA_DIR'] ?? '', args, '', {
      LCR_PUBLISHER_TOKEN: token,
      DATABASE_URL: system.settings['DATABASE_URL'] ?? '',
      ...settings,
    })

  async function inFile(name: string, text: string): Promise<string> {
    const file = join(system.settings['LCR_DATA_DIR'] ?? '', name)
    await writeFile(file, text)
    return file
  }

  it('a schema that is refused is told with where and how to mend it, and ends with 1', async () => {
    const file = await inFile('bad.graphql', 'type Query {')
    const place = ['--schema', file, '--url', thames.url, '--gateway', system.url]
    const { code, out } = await lcr(['check', 'thames', ...place])
    expect(code).toBe(1)
    expect(out).toContain('✗ parses')
    expect(out).toContain('line 1, column 13')
    expect(out).toContain('It could not be published. Nothing was changed.')
  })

  it('the history names what is in force', async () => {
    const { code, out } = await lcr(['history', 'thames', '--gateway', system.url])
    expect(code).toBe(0)
    expect(out).toMatch(/^Publications of thames\n.*refused: parses\n.*in force\n/)
  })

  it('what cannot be asked is told in one line, and ends with 2', async () => {
    const at = ['--gateway', system.url]
    const nobody = await lcr(['history', 'thames', ...at], { LCR_PUBLISHER_TOKEN: '' })
    expect(nobody).toMatchObject({ code: 2, out: '' })
    expect(nobody.err).toMatch(/^lcr history: LCR_PUBLISHER_TOKEN is absent: .*\n$/)
    const nowhere = await lcr(['history', 'thames', '--gateway', 'http://127.0.0.1:9'])
    expect(nowhere.err).toBe(
      'lcr history: no gateway answers at http://127.0.0.1:9: is --gateway right?\n',
    )
    const other = await lcr(['rollback', 'nel', ...at])
    expect(other.err).toContain("This publisher's token is for another participant.")
    const place = ['--schema', 'nowhere.graphql', '--url', thames.url, ...at]
    const missing = await lcr(['publish', 'thames', ...place])
    expect(missing).toMatchObject({
      code: 2,
      err: "lcr publish: there is no file 'nowhere.graphql'\n",
    })
  })

  it('the operator admits a participant and makes a token that publishes for it alone', async () => {
    const chiltern = {
      ...thames.description,
      code: 'chiltern',
      name: 'Chiltern',
      organisations: [CHILTERN],
    }
    const file = await inFile('participant.json', JSON.stringify(chiltern))
    expect((await lcr(['admit', file])).out).toMatch(/^Admitted Chiltern \(chiltern, FULL\)\.\n/)
    const made = await lcr(['publisher', 'chiltern', '--origin', 'https://chiltern.example'])
    expect(made.code).toBe(0)
    const own = made.out.trim()
    const history = await askRegistry(system.url, {
      participant: 'chiltern',
      action: 'history',
      token: own,
    })
    expect(history.body).toMatchObject({ participant: 'chiltern', publications: [] })
    await lcr(['publisher', 'chiltern', '--revoke'])
    expect((await ask('history', undefined, own)).body.code).toBe('UNAUTHENTICATED')
  })

  it.each([
    [
      'another one’s organisation',
      { organisations: [{ ...CHILTERN, odsCode: 'RJZ' }] },
      'RJZ (sel)',
    ],
    ['a code that the project has', { code: 'nel' }, "'nel' has a folder in this project"],
    ['a code of the contract', { code: 'allergy' }, 'would name a type Allergy'],
    ['no name', { name: '' }, 'name: it must be a name of 1 to 200 characters'],
  ])('a participant with %s is not admitted', async (_what, change, words) => {
    const hills = [{ ...CHILTERN, odsCode: 'RHW' }]
    const chiltern = { ...thames.description, code: 'hills', organisations: hills, ...change }
    const file = await inFile('participant.json', JSON.stringify(chiltern))
    const { code, err } = await lcr(['admit', file])
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})
