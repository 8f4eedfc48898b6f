import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellAllergies } from '../../../examples/summary-client/allergies.ts'
import { readBuiltIn } from '../../../gateway/registry/built-in-version.ts'
import type { RegistryDatabase } from '../../../gateway/registry/store/tables.ts'
import { addVersion } from '../../../gateway/registry/store/versions.ts'
import { projectRoot } from '../../../project-root.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { runLcr } from '../../cli/run-lcr.ts'
import { eventually } from '../../cli/start/system.ts'
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'

const ADA = '9990000018'

/** As the team's app sends it, and as its manifest has it. */
const ALLERGIES = `query WardAllergies($nhsNumber: ID!, $first: Int) {
  patient(nhsNumber: $nhsNumber) {
    allergies(first: $first) { isComplete nodes { substance { display } } }
  }
}`
const NAME = 'query WardName($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) { name { text } } }'

let system: TestSystem
let folder: string
let token: string
let nel: FaultyProxy

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-teams-'))
  system = await startSystem({
    stories: ['ada'],
    env: { LCR_OPERATIONS: 'registered' },
    async urlOf(code, url) {
      if (code !== 'nel') return url
      nel = await startFaultyProxy(url)
      return nel.url
    },
  })
  const database = ['--database-url', system.settings['DATABASE_URL'] ?? '']
  const made = await runLcr(folder, ['team', 'ward-app', ...database])
  token = made.out.trim()
})

afterAll(async () => {
  await system?.close()
  await nel?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A command of the team, against the system's gateway. */
const lcr = (...args: string[]) =>
  runLcr(folder, [...args, '--gateway', system.url], '', { LCR_TEAM_TOKEN: token })

async function register(manifest: unknown, ...more: string[]) {
  const file = join(folder, 'operations.json')
  await writeFile(file, JSON.stringify(manifest))
  return lcr('operations', 'register', 'ward-app', '--manifest', file, ...more)
}

/** What the registry answers to the team. */
async function get(path: string) {
  const response = await fetch(`${system.url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of what it asked for
  return (await response.json()) as any
}

const apollo = (...bodies: string[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: bodies.map((body) => ({
    id: createHash('sha256').update(body).digest('hex'),
    name: /query (\w+)/.exec(body)?.[1],
    type: 'query',
    body,
  })),
})

const ask = (query: string, variables: Record<string, unknown> = { nhsNumber: ADA }) =>
  system.ask(query, { variables, headers: { 'apollographql-client-name': 'ward 2.1' } })

const codeOf = async (query: string) => (await ask(query)).errors?.[0]?.extensions?.code ?? null

describe('A front-end team', () => {
  it('reads the present schema as a file and a page, with no token', async () => {
    const file = await fetch(`${system.url}/schema.graphql`)
    expect(await file.text()).toBe(await readFile(join(projectRoot, 'docs/schema.graphql'), 'utf8'))
    const again = await fetch(`${system.url}/schema.graphql`, {
      headers: { 'if-none-match': file.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
    const page = await fetch(`${system.url}/schema`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('<dt id="Patient.allergies">')
  })

  it('gets nothing for an operation that it has not registered, and the trail says so', async () => {
    const answer = await system.ask(ALLERGIES, {
      variables: { nhsNumber: ADA },
      headers: { 'x-request-id': 'unregistered-1' },
    })
    expect({ status: answer.status, data: answer.data }).toEqual({ status: 403, data: undefined })
    expect(answer.errors).toEqual([
      {
        message:
          'This gateway answers registered operations alone, and this is none: its team registers it first.',
        extensions: { code: 'OPERATION_NOT_REGISTERED' },
      },
    ])
    const { rows } = await sql<{ refusal: string; patient: string }>`
      select body ->> 'refusal' as refusal, body ->> 'nhsNumber' as patient from audit_entry
      where kind = 'ACCESS' and body ->> 'requestId' = 'unregistered-1'`.execute(system.audit.owner)
    expect(rows).toEqual([{ refusal: 'OPERATION_NOT_REGISTERED', patient: ADA }])
  })

  it('registers nothing while one of its operations is wrong, and is told which and where', async () => {
    const wrong = 'query Wrong {\n  patient(nhsNumber: "") {\n    shoeSize\n  }\n}'
    const { code, out, err } = await register(apollo(ALLERGIES, wrong))
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '  Wrong, line 3: Cannot query field "shoeSize" on type "Patient".\n',
      err: 'lcr operations register: Some operations are not valid for the present schema: none was registered.\n',
    })
    const { operations } = await get('/registry/operations')
    expect(operations).toEqual([])
    expect(await codeOf(ALLERGIES)).toBe('OPERATION_NOT_REGISTERED')
  })

  it('registers its operations, and gets answers to them and to no other', async () => {
    const { code, out } = await register(apollo(ALLERGIES))
    expect({ code, out }).toEqual({
      code: 0,
      out: 'ward-app has 1 operations registered: 1 new. Every gateway knows them within two seconds.\n',
    })
    await eventually(async () => (await codeOf(ALLERGIES)) === null)
    const answer = await ask(ALLERGIES.replace(/\s+/g, ' '), { nhsNumber: ADA, first: 1 })
    expect(answer.data.patient.allergies.nodes).toHaveLength(1)
    expect(await codeOf(ALLERGIES.replace('isComplete', 'isComplete status'))).toBe(
      'OPERATION_NOT_REGISTERED',
    )
    expect(await codeOf('{ __schema { types { name } } }')).toBe('OPERATION_NOT_REGISTERED')
    const both = `${ALLERGIES} ${NAME}`
    expect(
      await system.ask(both, { operationName: 'WardName', variables: { nhsNumber: ADA } }),
    ).toMatchObject({ status: 403 })
  })

  it('registers more from another form of manifest, and retires the rest when it says so', async () => {
    const more = await fetch(`${system.url}/registry/teams/ward-app/operations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ a1: NAME }),
    })
    expect(await more.json()).toMatchObject({ operations: 2, added: 1, retired: 0 })
    const listed = JSON.parse((await lcr('operations', 'list', '--json')).out)
    expect(listed.map(({ team, name }: { team: string; name: string }) => [team, name])).toEqual([
      ['ward-app', 'WardAllergies'],
      ['ward-app', 'WardName'],
    ])
    // Before: everything was retired, and the command ended with 0.
    const nothing = await register({}, '--replace')
    expect([nothing.code, `${nothing.out}${nothing.err}`]).toEqual([
      expect.any(Number),
      expect.stringContaining('holds no operation'),
    ])
    expect(nothing.code).not.toBe(0)
    const whole = await register(apollo(ALLERGIES), '--replace')
    expect(whole.out).toContain('ward-app has 1 operations registered: 0 new, 1 retired.')
    await eventually(async () => (await codeOf(NAME)) === 'OPERATION_NOT_REGISTERED')
    expect(await codeOf(ALLERGIES)).toBe(null)
  })

  it('is told that an id alone is not taken, in the words that its library understands', async () => {
    const response = await fetch(`${system.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await system.token('ed-doctor.sel')}`,
      },
      body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a1' } } }),
    })
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
    })
  })

  it('brings its own token', async () => {
    const post = (team: string, authorization?: string) =>
      fetch(`${system.url}/registry/teams/${team}/operations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify(apollo(NAME)),
      })
    const none = await post('ward-app')
    expect(none.status).toBe(401)
    expect(await none.json()).toMatchObject({ code: 'TEAM_UNAUTHENTICATED' })
    const other = await post('bed-app', `Bearer ${token}`)
    expect(await other.json()).toMatchObject({ status: 403, code: 'NOT_YOUR_TEAM' })
    for (const path of ['operations', 'usage?of=Patient']) {
      expect((await fetch(`${system.url}/registry/${path}`)).status).toBe(401)
    }
  })

  it('learns who asks for a field: which team, which program, how often', async () => {
    const { code, out } = await lcr('usage', 'Patient.allergies(first:)')
    expect(code).toBe(0)
    expect(out).toMatch(
      /^ {2}WardAllergies: registered by ward-app; used \d+ times by ward 2\.1, unnamed, last 20/m,
    )
    const unknown = await get('/registry/usage?of=Patient.shoeSize')
    expect(unknown).toMatchObject({ status: 404, code: 'NO_SUCH_ELEMENT' })
  })

  it('reads what changed for it with each supergraph', async () => {
    expect(await get('/registry/changelog')).toEqual({ versions: [] })
    const builtIn = await readBuiltIn()
    const db = connect<RegistryDatabase>(system.settings['DATABASE_URL'] ?? '', 1)
    const fields = ['ward: String', 'ward: String @deprecated(reason: "Ask for encounters.")', '']
    for (const [place, field] of fields.entries()) {
      const version = {
        ...builtIn,
        supergraphSdl: builtIn.supergraphSdl.replace(/(type NelRecord [^{]*{)/, `$1\n  ${field}`),
        cause: `nel published ${place + 1}`,
        madeBy: 'North East London',
        madeAt: new Date('2026-11-02T10:15:00.000Z'),
      }
      await db.transaction().execute((transaction) => addVersion(transaction, version, place))
    }
    await db.destroy()
    const expected = [
      'Supergraph 3, 2026-11-02 10:15: nel published 3',
      '  removed NelRecord.ward (breaking)',
      '',
      'Supergraph 2, 2026-11-02 10:15: nel published 2',
      '  deprecated NelRecord.ward: Ask for encounters.',
      '',
      'Supergraph 1, 2026-11-02 10:15: nel published 1',
      '  added NelRecord.ward',
      '',
    ]
    expect((await lcr('changelog')).out.split('\n')).toEqual(expected)
    const { versions } = await get('/registry/changelog')
    expect(versions.map(({ hasBreaking }: { hasBreaking: boolean }) => hasBreaking)).toEqual([
      true,
      false,
      false,
    ])
    expect(await codeOf(ALLERGIES)).toBe(null)
  })

  it('asks with typed operations, registers them as they were generated, and shows what is missing', async () => {
    const gateway = { url: system.url, token: await system.token('ed-doctor.sel') }
    expect(await tellAllergies(gateway, ADA)).toBe('Not shown: OPERATION_NOT_REGISTERED')
    const generated = join(
      projectRoot,
      'examples/summary-client/generated/persisted-documents.json',
    )
    await register(JSON.parse(await readFile(generated, 'utf8')))
    await eventually(async () => !(await tellAllergies(gateway, ADA)).startsWith('Not shown'))
    const allergies = async () => (await tellAllergies(gateway, ADA)).split('\n').slice(1)
    expect(await allergies()).toContain(
      "- Allergy to penicillin (HIGH RISK): Anaphylaxis [King's College Hospital NHS Foundation Trust]",
    )
    await nel.setFault('refuse')
    expect((await allergies())[0]).toBe('NOT COMPLETE: no answer from nel')
    const clerical = { ...gateway, token: await system.token('receptionist.nel') }
    expect(await tellAllergies(clerical, ADA)).toBe('Not shown: FIELD_NOT_PERMITTED')
  })
})
