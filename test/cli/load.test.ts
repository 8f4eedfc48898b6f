import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeProgress } from '../../cli/load/progress-line.ts'
import { projectRoot } from '../../project-root.ts'
import { ada, at, ben, bundle, observation, patient } from '../subgraphs/kit/load/resources.ts'
import { createTestStore, type TestStore } from '../subgraphs/kit/load/test-store.ts'

let folder: string
let store: TestStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-load-'))
  store = await createTestStore()
})
beforeEach(() => store.clear())
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function lcr(
  args: readonly string[],
  input = '',
  env: Record<string, string> = {},
): Promise<Run> {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'] ?? '', LCR_DATA_DIR: join(folder, 'none'), ...env },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString()
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...said }
}

const load = (args: readonly string[], input?: string) =>
  lcr(['load', 'nel', ...args, '--database-url', store.url], input)

const good = bundle([
  patient('a', ada),
  observation('o1', at('Patient/a')),
  { resourceType: 'Claim', id: 'c' },
])
const mixed = bundle([
  patient('b', null, { name: [{ family: 'Zettlemoyer' }], address: [{ postalCode: 'E1 1AA' }] }),
  observation('o2', at('Patient/b')),
  patient('c', '9990000017', { name: [{ family: 'Ockenden' }] }),
  patient('d', ben, { name: [{ family: 'Threlfall' }] }),
  ...Array.from({ length: 25 }, (_, index) => observation(`x${index}`, undefined)),
])

describe('lcr load', () => {
  it('loads a file, ends with 0 and a table by resource type', async () => {
    const file = join(folder, 'good.json')
    await writeFile(file, JSON.stringify(good))
    const run = await load([file])
    expect(run).toEqual({
      code: 0,
      err: '',
      out: `resource type  loaded  unchanged  unsupported  refused
------------------------------------------------------
Claim               -          -            1        -
Observation         1          -            -        -
Patient             1          -            -        -
------------------------------------------------------
total 3             2          0            1        0

1 patient changed in nel.
`,
    })
    const again = await load([file])
    expect(again.out).toContain('0 patients changed in nel.')
    expect((await store.items()).length).toBe(1)
  })

  it('reads standard input, JSON or NDJSON', async () => {
    expect((await load(['-'], JSON.stringify(good))).code).toBe(0)
    const lines = [patient('z', ben), observation('o9', at('Patient/z'))]
    expect((await load(['-'], lines.map((line) => JSON.stringify(line)).join('\n'))).code).toBe(0)
    expect((await store.items()).map((item) => item.resource_id)).toEqual(['o1', 'o9'])
  })

  it('reads a pipe by its path, which can be opened once only', async () => {
    const pipe = join(folder, 'pipe.json')
    await promisify(execFile)('mkfifo', [pipe])
    const [run] = await Promise.all([load([pipe]), writeFile(pipe, JSON.stringify(good))])
    expect(run).toMatchObject({ code: 0, err: '' })
    expect((await store.items()).map((item) => item.resource_id)).toEqual(['o1'])
  })

  it('ends at input that has no end and is no text', async () => {
    const run = await load(['/dev/zero'])
    expect(run.code).not.toBe(0)
    expect(run.err).toContain('the input is not UTF-8 (line 1, byte 0). Nothing was loaded.')
  })

  it('ends with 1 when something was refused, and names places and reasons, never a patient', async () => {
    const file = join(folder, 'mixed.json')
    await writeFile(file, JSON.stringify(mixed))
    const run = await load([file])
    expect(run.code).toBe(1)
    expect(run.out).toContain(
      `NO_NHS_NUMBER: the patient has no NHS number\n  ${file}  entry[0]  Patient\n`,
    )
    expect(run.out).toContain(
      `INVALID_NHS_NUMBER: the patient's NHS number fails its check digit\n`,
    )
    expect(run.out).toContain(`entry[23]  Observation\n  and 5 more`)
    expect(run.out + run.err).not.toMatch(/Zettlemoyer|Ockenden|Threlfall|99900000|E1 1AA|1957/)
  })

  it('reports everything as JSON on request', async () => {
    const run = await load(['-', '--json'], JSON.stringify(mixed))
    const report = JSON.parse(run.out) as { entries: number; refusals: unknown[]; counts: object[] }
    expect(run.code).toBe(1)
    expect(report.entries).toBe(29)
    expect(report.refusals).toHaveLength(28)
    expect(report.refusals).toContainEqual({
      file: '-',
      place: 'entry[1]',
      resourceType: 'Observation',
      reason: 'UNKNOWN_PATIENT',
    })
    expect(run.out).not.toMatch(/Zettlemoyer|Ockenden|Threlfall|99900000|E1 1AA|1957/)
  })

  it.each([
    [
      'an unknown participant',
      ['xyz', '.'],
      "there is no participant 'xyz'. There are: clch, enht,",
    ],
    [
      'a file that is not there',
      ['nel', '/no/such/file'],
      "there is no file or folder '/no/such/file'",
    ],
    ['no database', ['nel', '.'], "Start the system with 'npm start', or set NEL_DATABASE_URL"],
    ['no source', ['nel'], "missing required argument 'source'"],
    [
      'a database URL that is none',
      ['nel', '.', '--database-url', 'x'],
      'the database URL must be like postgres://',
    ],
    [
      'a database that does not answer',
      ['nel', '.', '--database-url', 'postgres://a:b@127.0.0.1:1/c'],
      'the database does not answer',
    ],
  ])('ends with 2 and one clear line for %s', async (_, args, line) => {
    const run = await lcr(['load', ...args])
    expect(run.code).toBe(2)
    expect(run.err).toContain(line)
    expect(run.err).not.toContain('    at ')
  })

  it('keeps two systems apart that use one id, once they are named, and says how before', async () => {
    const second = bundle([
      patient('a', ben),
      observation('o1', at('Patient/a'), { status: 'amended' }),
    ])
    const lone = { ...observation('o1', at('Patient/a')), code: { text: 'Another' } }
    expect((await load(['-'], JSON.stringify(good))).code).toBe(0)
    const clash = await load(['-'], JSON.stringify(lone))
    expect(clash.code).toBe(1)
    expect(clash.out).toContain(
      'SAME_ID: another resource bears this id; send the fullUrl of its server, or load each system with a --source of its own',
    )
    expect((await load(['-', '--source', 'white-hart'], JSON.stringify(second))).code).toBe(0)
    expect((await store.items()).map((item) => item.resource_id)).toEqual(['o1', 'white-hart|o1'])
  })

  it.each(['Royal Oak', 'x|y', 'https://'])('ends with 2 for the source %j', async (name) => {
    const run = await load(['-', '--source', name], JSON.stringify(good))
    expect(run).toMatchObject({ code: 2, out: '' })
    expect(run.err).toMatch(
      /^lcr load: the source must be a name of small letters, digits and hyphens/,
    )
    expect(await store.items()).toEqual([])
  })

  it('says how many relationships open nothing, of which kind and why, and names no patient', async () => {
    const organisation = (value: string) => ({
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value },
    })
    const told = bundle([
      patient('a', ada, { generalPractitioner: [organisation('A81001')] }),
      patient('b', ben, { generalPractitioner: [organisation('H85115')] }),
      {
        resourceType: 'ServiceRequest',
        id: 's',
        status: 'active',
        subject: at('Patient/a'),
        performer: [organisation('R1H')],
      },
    ])
    const run = await load(['-'], JSON.stringify(told))
    expect(run.code).toBe(0)
    const [, section] = run.out.split('Relationships that are kept and open nothing\n\n')
    expect((run.out + section).includes(ada)).toBe(false)
    expect(
      run.out,
    ).toContain(`ANOTHER_PARTICIPANT: it is for another participant to tell, whose organisation it is
  GP_REGISTRATION  1

NOBODY_REFERRED: the referral names nobody who referred
  REFERRAL  1

OUTSIDE: the organisation belongs to no participant, so nobody there can ask: usual for practices elsewhere
  GP_REGISTRATION  1
`)
    const json = await load(['-', '--json'], JSON.stringify(told))
    expect(JSON.parse(json.out).relationshipsThatOpenNothing).toContainEqual({
      kind: 'REFERRAL',
      reason: 'NOBODY_REFERRED',
      relationships: 1,
    })
  })

  it('says how many numbers are borne by several people, of whom nothing is shown', async () => {
    const other = { name: [{ family: 'Stranger', given: ['Moe'] }], birthDate: '1985-09-09' }
    const told = bundle([patient('a', ada), patient('z', ada, other)])
    const run = await load(['-'], JSON.stringify(told))
    expect(run.out).toContain('One NHS number is borne by several people')
    const json = await load(['-', '--json'], JSON.stringify(told))
    expect(JSON.parse(json.out).disputedNumbers).toBe(1)
  })

  it("takes a view-only trust's relationships, and says that it publishes no record", async () => {
    const told = bundle([
      patient('a', ada),
      observation('o1', at('Patient/a')),
      { resourceType: 'EpisodeOfCare', id: 'e', status: 'active', patient: at('Patient/a') },
    ])
    const input = JSON.stringify(told)
    const run = await lcr(['load', 'hpft', '-', '--database-url', store.url], input)
    expect(run.code).toBe(0)
    expect(run.out).toContain('takes part to view only and publishes no record')
    expect(run.out).toMatch(/^Observation +- +- +1 +-$/m)
    const kept = await store.db
      .selectFrom('care_relationship')
      .select(['ods_code', 'kind'])
      .execute()
    expect(kept).toEqual([{ ods_code: 'RWR', kind: 'CASELOAD' }])
    expect(await store.items()).toEqual([])
  })

  it('takes the database from the settings', async () => {
    const run = await lcr(['load', 'nel', '-'], JSON.stringify(good), {
      NEL_DATABASE_URL: store.url,
    })
    expect(run).toMatchObject({ code: 0, err: '' })
  })

  it('shows an example in its help', async () => {
    expect((await lcr(['load', '--help'])).out).toContain('$ npx lcr load nel bundles/')
    expect((await lcr(['load', '--help'])).out).toMatch(/SAME_ID[\s\S]*--source of its own/)
  })

  it('says how far it is', () => {
    const reading = { phase: 'READING', bytes: 250, entries: 1200, totalEntries: null } as const
    expect(describeProgress(reading, 1000, 2)).toBe(
      'Reading 25 % · 1,200 resources · 600 per second',
    )
    const writing = { phase: 'WRITING', bytes: 1000, entries: 900, totalEntries: 1200 } as const
    expect(describeProgress(writing, 1000, 3)).toBe('Writing 75 % · 900 of at most 1,200 resources')
  })
})
