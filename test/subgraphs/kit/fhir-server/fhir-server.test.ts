import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { createFhirSource } from '../../../../subgraphs/kit/fhir-server/fhir-source.ts'
import type { FhirServerOptions } from '../../../../subgraphs/kit/fhir-server/options.ts'
import type {
  PatientChange,
  PatientFeed,
  RecordSource,
} from '../../../../subgraphs/kit/record-source.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, ben } from '../load/resources.ts'
import { createTestSigner, type TestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { type FhirTestServer, type Meddle, startFhirTestServer } from './fhir-test-server.ts'
import { EXCLUDED_WORDS, record } from './small-record.ts'
import { startTokenService } from './token-service.ts'

let server: FhirTestServer
let subgraph: TestSubgraph
let signer: TestSigner
let logged = ''

function note(line: string): void {
  logged += line
}

beforeAll(async () => {
  server = await startFhirTestServer({ pageSize: 3 })
  await server.put(record)
  signer = await createTestSigner()
  subgraph = await createTestSubgraph({
    signer,
    fhir: { baseUrl: server.baseUrl, limits: { maxBytes: 400_000, maxPages: 60 } },
    logger: { level: 'info', stream: { write: note } },
  })
})

beforeEach(() => {
  logged = ''
})

afterEach(() => {
  server.meddle()
  // What goes wrong is written down without a word about the patient.
  expect(logged).not.toMatch(/999\s?000\s?0018|Quillfeather|1957-03-04|Secret words/)
})

afterAll(async () => {
  await subgraph?.close()
  await server?.close()
})

const BOTH = 'allergies { nodes { id } } observations { nodes { id } }'

function codesOf({ errors }: { errors?: readonly { extensions?: unknown; path?: unknown }[] }) {
  return (errors ?? []).map(({ extensions, path }) => [
    (path as unknown[]).at(-1),
    (extensions as { code: string }).code,
  ])
}

/** Changes what a search of one type is answered with. */
function onSearch(type: string, change: Meddle): Meddle {
  return (seen, answer) => (seen.type === type ? change(seen, answer) : answer)
}

describe('A search of several pages', () => {
  it('is followed to its end', async () => {
    const { record: found } = await subgraph.askRecord(ada, 'observations { nodes { id } }')
    expect(found.observations.nodes).toHaveLength(7)
  })

  it.each([
    ['to another machine', () => 'http://127.0.0.2:9/R4/Observation?_offset=3'],
    ['to the same machine, outside of the server', () => `${server.baseUrl}/../admin?_offset=3`],
    ['to the page that it stands on', () => `${server.baseUrl}/Observation?again=1`],
    ['nowhere', () => 'http://['],
  ])('fails where a next link leads %s, and sends nothing there', async (_, linkOf) => {
    const url = linkOf()
    server.meddle(
      onSearch('Observation', (_seen, { status, body }) => ({
        status,
        body: { ...body, link: [{ relation: 'next', url }] },
      })),
    )
    const answer = await subgraph.askRecord(ada, BOTH)
    expect(codesOf(answer)).toEqual([['observations', 'INTERNAL_SERVER_ERROR']])
    expect(answer.record.allergies.nodes).toHaveLength(1)
    expect(server.seen.map((seen) => seen.url)).not.toContain('/admin?_offset=3')
    expect(logged).toContain('BAD_NEXT_LINK')
  })

  it('is followed by a post where its next link repeats an NHS number', async () => {
    const asked = server.seen.length
    server.meddle(
      onSearch('Patient', (seen, { status, body }) => {
        const next = {
          relation: 'next',
          url: `${server.baseUrl}/Patient?identifier=x|${ada}&_offset=9`,
        }
        return { status, body: seen.form.has('_offset') ? body : { ...body, link: [next] } }
      }),
    )
    await subgraph.askRecord(ada, 'allergies { nodes { id } }')
    const patients = server.seen.slice(asked).filter(({ type }) => type === 'Patient')
    expect(patients.map(({ method, url }) => [method, url])).toEqual([
      ['POST', '/Patient/_search'],
      ['POST', '/Patient/_search'],
    ])
  })
})

describe('A section is an error, never a gap, where', () => {
  const broken: [string, Meddle, string][] = [
    ['a page is refused', () => ({ status: 403, body: outcome('error') }), 'HTTP_403'],
    ['a page is no JSON', () => ({ status: 200, body: '<html>Secret words' }), 'NOT_JSON'],
    [
      'a page is no searchset',
      () => ({ status: 200, body: { resourceType: 'Bundle' } }),
      'NOT_A_SEARCHSET',
    ],
    [
      'a page says that something went wrong',
      (_, { body }) => ({
        status: 200,
        body: {
          ...body,
          entry: [...body.entry, { resource: outcome('error'), search: { mode: 'outcome' } }],
        },
      }),
      'NOT_A_SEARCHSET',
    ],
    [
      'the last page is missing',
      (_, { body }) => ({ status: 200, body: { ...body, link: [] } }),
      'INCOMPLETE',
    ],
    [
      "somebody else's results stand among them",
      (_, { body }) => ({
        status: 200,
        body: {
          ...body,
          total: undefined,
          link: [],
          entry: [
            { resource: { ...body.entry[0].resource, subject: { reference: 'Patient/ben' } } },
          ],
        },
      }),
      'ANOTHER_PATIENT',
    ],
  ]

  it.each(broken)('%s', async (_, change, fault) => {
    server.meddle(onSearch('Observation', change))
    const answer = await subgraph.askRecord(ada, BOTH)
    expect(codesOf(answer)).toEqual([['observations', 'INTERNAL_SERVER_ERROR']])
    expect(answer.record.allergies.nodes).toHaveLength(1)
    expect(JSON.stringify(answer)).not.toContain('Secret words')
    expect(logged).toContain(fault)
  })

  it('the record is too large, and then no part of it is given', async () => {
    server.meddle(
      onSearch('Observation', (_, { body }) => ({
        status: 200,
        body: { ...body, padding: 'x'.repeat(500_000) },
      })),
    )
    const answer = await subgraph.askRecord(ada, BOTH)
    expect(answer.record).toBeNull()
    expect(answer.errors).toHaveLength(1)
    expect(logged).toContain('TOO_LARGE')
  })

  it('what it hangs on is not given: exclusion cannot be judged', async () => {
    await server.remove('Encounter', 'surgery')
    try {
      const answer = await subgraph.askRecord(ada, BOTH)
      expect(codesOf(answer)).toEqual([['allergies', 'INTERNAL_SERVER_ERROR']])
      expect(logged).toContain('NOT_JUDGEABLE')
    } finally {
      await server.put(record.filter(({ id }) => id === 'surgery'))
    }
  })

  it('what it may be part of cannot be searched', async () => {
    server.meddle(onSearch('DiagnosticReport', () => ({ status: 500, body: outcome('fatal') })))
    const answer = await subgraph.askRecord(ada, BOTH)
    expect(codesOf(answer)).toEqual([['observations', 'INTERNAL_SERVER_ERROR']])
  })

  it('the server is asked about everybody, and the patient cannot be found', async () => {
    server.meddle(onSearch('Patient', () => ({ status: 503, body: outcome('error') })))
    const answer = await subgraph.askRecord(ada, BOTH)
    expect(answer.record).toBeNull()
    expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([
      'INTERNAL_SERVER_ERROR',
    ])
  })
})

function outcome(severity: string) {
  return { resourceType: 'OperationOutcome', issue: [{ severity, diagnostics: 'Secret words' }] }
}

describe('What is never shared', () => {
  it('never leaves, in whatever section, nor what hangs on it or is part of what does', async () => {
    const answer = await subgraph.askRecord(
      ada,
      `encounters { nodes { id serviceType { display } } } medications { nodes { code { display } } }
       testResults { nodes { code { display } } } observations { nodes { code { display } } }`,
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.record.encounters.nodes).toHaveLength(1)
    expect(answer.record.observations.nodes).toHaveLength(7)
    for (const words of EXCLUDED_WORDS) expect(JSON.stringify(answer)).not.toContain(words)
  })

  it('stays away where a section is asked for that says nothing of it', async () => {
    const { record: found } = await subgraph.askRecord(ada, 'medications { status nodes { id } }')
    expect(found.medications).toEqual({ status: 'NOTHING_RECORDED', nodes: [] })
    // Excluded for the report that it is part of, which itself is for its encounter.
    const alone = await subgraph.askRecord(ada, 'observations { nodes { code { display } } }')
    expect(alone.record.observations.nodes).toHaveLength(7)
    expect(JSON.stringify(alone)).not.toContain('Hidden potassium')
  })
})

describe('A slow server', () => {
  it('ends with the deadline that the gateway gives, and is not waited for', async () => {
    server.meddle(onSearch('AllergyIntolerance', () => new Promise(() => {})))
    const { port } = await listening(subgraph)
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: {
        authorization: await signer.sign({ participant: 'nel', nhsNumber: ada }),
        'content-type': 'application/json',
        'x-deadline-ms': '300',
      },
      body: JSON.stringify({
        query: `{ _entities(representations: [{ __typename: "NelRecord", nhsNumber: "${ada}" }]) {
          ... on NelRecord { allergies { nodes { id } } } } }`,
      }),
    })
    const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] }
    expect(errors.map(({ extensions }) => extensions.code)).toContain('DEADLINE_EXCEEDED')
  })
})

async function listening({ server: own }: TestSubgraph): Promise<AddressInfo> {
  await own.listen({ port: 0, host: '127.0.0.1' })
  return own.server.address() as AddressInfo
}

describe('Tokens', () => {
  let source: RecordSource | undefined
  let service: Awaited<ReturnType<typeof startTokenService>>
  let now = Date.now()

  async function open(options: Parameters<typeof startTokenService>[0], proof: Proof) {
    service = await startTokenService(options)
    const auth = { tokenUrl: service.url, clientId: 'lcr client', scope: 'system/*.rs', proof }
    source = createFhirSource({
      fhir: { baseUrl: server.baseUrl, auth },
      participant,
      lists: await loadExclusions(),
      clock: () => new Date(now),
    })
    return source
  }
  type Proof = NonNullable<FhirServerOptions['auth']>['proof']

  function read(from: RecordSource) {
    const { signal } = new AbortController()
    return from
      .begin({ signal, onExcluded: () => {} })
      .readPatient({ nhsNumber: ada, server: null })
  }

  afterEach(async () => {
    await source?.close()
    await service.close()
  })

  it('are asked for once, however many wait, and again shortly before they expire', async () => {
    const from = await open({ expiresIn: 600 }, { secret: 'a secret' })
    await Promise.all([read(from), read(from), read(from)])
    expect(service.asked.map(({ authorization }) => authorization)).toEqual([
      `Basic ${Buffer.from('lcr+client:a+secret').toString('base64')}`,
    ])
    expect(Object.fromEntries(service.asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
    })
    now += 500_000
    await read(from)
    expect(service.asked).toHaveLength(1)
    now += 80_000
    await read(from)
    expect(service.asked).toHaveLength(2)
    expect(server.seen.at(-1)?.headers['authorization']).toBe('Bearer token-2')
  })

  it('that the server turns down are replaced, once', async () => {
    const from = await open({}, { secret: 'a secret' })
    server.meddle((seen, answer) =>
      seen.headers['authorization'] === 'Bearer token-1' ? { status: 401, body: {} } : answer,
    )
    expect(await read(from)).not.toBeNull()
    server.meddle(() => ({ status: 401, body: {} }))
    await expect(read(from)).rejects.toMatchObject({ code: 'HTTP_401' })
  })

  it('are asked for with an assertion that the client signs, where it has a key', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS512', { extractable: true })
    const key = { ...(await exportJWK(privateKey)), kid: 'lcr-1' }
    await read(await open({}, { privateKey: key }))
    const [asked] = service.asked
    expect(asked?.authorization).toBeUndefined()
    expect(asked?.form.get('client_assertion_type')).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    )
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'lcr-1' }] })
    const { payload, protectedHeader } = await jwtVerify(
      asked?.form.get('client_assertion') ?? '',
      keys,
      {
        audience: service.url,
        issuer: 'lcr client',
        subject: 'lcr client',
        currentDate: new Date(now),
      },
    )
    expect(protectedHeader).toEqual({ alg: 'RS512', typ: 'JWT', kid: 'lcr-1' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
    expect(payload.jti).toBeTruthy()
  })

  it('that are not given out leave everything unanswered, and are asked for again', async () => {
    const from = await open({}, { secret: 'a secret' })
    service.break(true)
    await expect(read(from)).rejects.toMatchObject({ code: 'NO_TOKEN' })
    service.break(false)
    expect(await read(from)).not.toBeNull()
  })
})

describe('The feed', () => {
  it('tells of everybody, then only of whom something changed, with what care they have', async () => {
    const clock = { ms: Date.now() + 60_000 }
    const source = createFhirSource({
      fhir: { baseUrl: server.baseUrl },
      participant,
      lists: await loadExclusions(),
      clock: () => new Date(clock.ms),
    })
    let cursor: string | null = null
    const follow = async () => {
      const told: PatientChange[] = []
      for (let page = 0; page < 20; page++) {
        const { signal } = new AbortController()
        const reading = source.begin({ signal, onExcluded: () => {} })
        const feed = await reading.readFeed({ after: cursor, first: 1 })
        told.push(...feed.changes)
        cursor = feed.cursor
        if (!feed.hasMore) return told
      }
      throw new Error('The feed has no end')
    }
    try {
      const all = await follow()
      // Each once, though all of it changed within this hour: it came in the round and again as news.
      expect(all.map(({ nhsNumber }) => nhsNumber).sort()).toEqual([ada, ben])
      const evidence = all.find(({ nhsNumber }) => nhsNumber === ada)?.relationships
      expect(evidence).toMatchObject([
        { odsCode: 'F84115', kind: 'GP_REGISTRATION', evidence: 'Patient/ada' },
        { odsCode: 'F84115', kind: 'ATTENDANCE', evidence: 'Encounter/surgery' },
      ])
      expect(await follow()).toEqual([])
      await server.put(record.filter(({ id }) => id === 'surgery'))
      clock.ms = Date.now() + 60_000
      expect((await follow()).map(({ nhsNumber }) => nhsNumber)).toEqual([ada])
      // A day later everybody is told of again, one at a look, for what was deleted meanwhile.
      clock.ms += 25 * 60 * 60_000
      const again = [...(await follow()), ...(await follow()), ...(await follow())]
      expect(again.map(({ nhsNumber }) => nhsNumber).sort()).toEqual([ada, ben])
      cursor = 'nonsense'
      await expect(follow()).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
    } finally {
      await source.close()
    }
  })

  it('tells once of somebody whom the server knows by two Patients, pages apart', async () => {
    const own = await startFhirTestServer()
    const [patient] = record.filter(({ id }) => id === 'ada')
    if (patient === undefined) throw new Error('No patient')
    await own.put([...record, { ...patient, id: 'ada-again' }])
    const source = createFhirSource({
      fhir: { baseUrl: own.baseUrl },
      participant,
      lists: await loadExclusions(),
      clock: () => new Date(Date.now() + 60_000),
    })
    try {
      const numbers: string[] = []
      let after: string | null = null
      for (let hasMore = true; hasMore; ) {
        const { signal } = new AbortController()
        const reading = source.begin({ signal, onExcluded: () => {} })
        const feed: PatientFeed = await reading.readFeed({ after, first: 1 })
        numbers.push(...feed.changes.map(({ nhsNumber }) => nhsNumber))
        after = feed.cursor
        hasMore = feed.hasMore
      }
      expect(numbers.sort()).toEqual([ada, ben])
    } finally {
      await source.close()
      await own.close()
    }
  })

  it('fails where the server does not keep to the order of changes, rather than pass somebody over', async () => {
    server.meddle(
      onSearch('Patient', (_, { status, body }) => {
        body.entry[0].resource.meta.lastUpdated = '2099-01-01T00:00:00Z'
        return { status, body }
      }),
    )
    const answer = await subgraph.ask('{ nelFeed { hasMore } }', 'feed.read')
    expect(codesOf(answer)).toEqual([['nelFeed', 'INTERNAL_SERVER_ERROR']])
    expect(logged).toContain('NOT_IN_ORDER')
  })
})

describe('A server that is not there', () => {
  it('is not ready, and no record is taken for empty', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const away = await createTestSubgraph({ fhir: { baseUrl: `http://127.0.0.1:${port}/R4` } })
    try {
      const { statusCode } = await away.server.inject('/health/ready')
      expect(statusCode).toBe(503)
      const { record: found, errors } = await away.askRecord(ada, BOTH)
      expect(found).toBeNull()
      expect(errors).toHaveLength(1)
    } finally {
      await away.close()
    }
    const { statusCode } = await subgraph.server.inject('/health/ready')
    expect(statusCode).toBe(200)
  })
})
