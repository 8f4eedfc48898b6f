import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../gateway/config.ts'
import { type RunningGateway, startGateway } from '../../gateway/main.ts'
import { type Gate, startGate } from '../gateway/limits/gate.ts'
import { connectRaw } from '../gateway/limits/raw-client.ts'
import { printedBy } from '../support/printed.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  name { text } allergies { status isComplete nodes { id } } sources { participant { code } outcome }
} }`

let system: TestSystem
let gate: Gate
const gateways: RunningGateway[] = []

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(code, url) {
      if (code !== 'nel') return url
      gate = await startGate(url)
      return gate.url
    },
  })
})

afterEach(async () => {
  gate.open()
  for (const gateway of gateways.splice(0)) await gateway.close()
})

afterAll(async () => {
  await system?.close()
  await gate?.close()
})

/** Another gateway of the same system, with limits of its own. */
async function gatewayWith(limits: Record<string, string>): Promise<RunningGateway> {
  const config = readConfig({ ...system.settings, ...limits }, system.participants)
  const log = printedBy('limits')
  const gateway = await startGateway({ ...config, port: 0 }, { log })
  gateways.push(gateway)
  return gateway
}

const tokens = new Map<string, Promise<string>>()

/** One token for all of a persona's requests, as a front end has it. */
function tokenOf(persona: string, at?: string): Promise<string> {
  const key = `${persona} ${at}`
  const token = tokens.get(key) ?? system.token(persona, {}, at)
  tokens.set(key, token)
  return token
}

interface Said {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of what it asked for
  readonly body: any
  readonly codes: readonly (string | undefined)[]
}

async function askAt(
  { url }: { readonly url: string },
  query: string,
  {
    as = 'ed-doctor.sel',
    at,
    requestId,
  }: { as?: string | null; at?: string; requestId?: string } = {},
): Promise<Said> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as !== null && { authorization: `Bearer ${await tokenOf(as, at)}` }),
      ...(requestId !== undefined && { 'x-request-id': requestId }),
    },
    body: JSON.stringify({ query }),
  })
  const body = JSON.parse(await response.text())
  const codes = (body.errors ?? []).map(
    ({ extensions }: { extensions?: { code?: string } }) => extensions?.code,
  )
  return { status: response.status, headers: response.headers, body, codes }
}

const patients = (count: number) =>
  `{ ${Array.from({ length: count }, (_, n) => `p${n}: patient(nhsNumber: "${ADA}") { nhsNumber }`).join(' ')} }`

interface TrailRow {
  readonly kind: string
  readonly body: {
    readonly refusal?: string | null
    readonly requestId?: string
    readonly nhsNumber?: string
    readonly refusals?: number
    readonly userId?: string | null
  }
}

async function trailOf(requestId: string): Promise<TrailRow[]> {
  const { rows } = await sql<TrailRow>`
    select kind, body from audit_entry where body ->> 'requestId' = ${requestId}
    order by recorded_at, sequence`.execute(system.audit.owner)
  return rows
}

describe('one operation', () => {
  it('is about ten patients at most: the eleventh is refused, and the refusal of each written down', async () => {
    expect((await askAt(system, patients(10))).status).toBe(200)
    const requestId = 'eleven-patients'
    const { status, codes, body } = await askAt(system, patients(11), { requestId })
    expect({ status, codes }).toEqual({ status: 400, codes: ['TOO_MANY_PATIENTS'] })
    expect(body.data).toBeUndefined()
    const events = await trailOf(requestId)
    expect(events.map(({ body: { refusal, nhsNumber } }) => [refusal, nhsNumber])).toEqual(
      Array.from({ length: 11 }, () => ['TOO_MANY_PATIENTS', ADA]),
    )
  })

  it('counts searches among the patients', async () => {
    const search = 'findPatients(birthDate: "1957-03-14", familyName: "Okafor") { nhsNumber }'
    const { codes } = await askAt(system, `{ s: ${search} ${patients(10).slice(2)}`)
    expect(codes).toEqual(['TOO_MANY_PATIENTS'])
  })

  it('that multiplies work is refused, and told what is allowed', async () => {
    const pages = Array.from(
      { length: 100 },
      (_, n) => `a${n}: testResults(first: 500) { nodes { id } }`,
    )
    const query = `{ patient(nhsNumber: "${ADA}") { ${pages.join(' ')} } }`
    const { status, body } = await askAt(system, query)
    expect(status).toBe(400)
    expect(body).toEqual({
      errors: [
        {
          message:
            'The operation asks for more than one operation may. At most 20000 entries on all pages together are allowed.',
          extensions: { code: 'OPERATION_TOO_LARGE', limit: 'entries', allowed: 20_000 },
        },
      ],
    })
  })
})

describe('a caller who asks too often', { timeout: 120_000 }, () => {
  it('is refused with 429 and told when to ask again; others are not, nor is a health check', async () => {
    const gateway = await gatewayWith({ LCR_OPERATIONS_PER_MINUTE: '2' })
    for (const _ of [1, 2]) expect((await askAt(gateway, RECORD)).status).toBe(200)
    const requestIds = ['too-often-1', 'too-often-2', 'too-often-3']
    for (const requestId of requestIds) {
      const { status, headers, codes, body } = await askAt(gateway, RECORD, { requestId })
      expect({ status, codes, data: body.data }).toEqual({ status: 429, codes: ['RATE_LIMITED'] })
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
    }
    expect((await askAt(gateway, RECORD, { as: 'gp.nel' })).status).toBe(200)
    for (const check of ['live', 'ready']) {
      for (const _ of [1, 2, 3]) {
        expect((await fetch(`${gateway.url}/health/${check}`)).status).toBe(200)
      }
    }

    await gateway.close()
    gateways.length = 0
    const trails = await Promise.all(requestIds.map(trailOf))
    expect(trails[0]?.map(({ kind, body }) => [kind, body.refusal ?? body.refusals])).toEqual([
      ['ACCESS', 'RATE_LIMITED'],
      ['UNRECORDED', 2],
    ])
    expect(trails.slice(1)).toEqual([[], []])
  })

  it('is refused by address where nobody is known to ask', async () => {
    const gateway = await gatewayWith({ LCR_OPERATIONS_PER_MINUTE: '2' })
    const statuses: number[] = []
    for (const _ of [1, 2, 3, 4]) {
      statuses.push((await askAt(gateway, RECORD, { as: null })).status)
    }
    expect(statuses).toEqual([401, 401, 429, 429])
    expect((await askAt(gateway, RECORD)).status).toBe(200)
  })

  it('is refused beyond a number of patients, and may go on with those opened before', async () => {
    const gateway = await gatewayWith({ LCR_PATIENTS_PER_MINUTE: '10' })
    const open = (from: number, to: number, requestId?: string) => {
      const fields = Array.from({ length: to - from }, (_, n) => {
        const number = nhsNumber(from + n)
        return `p${n}: patient(nhsNumber: "${number}") { nhsNumber }`
      })
      return askAt(gateway, `{ ${fields.join(' ')} }`, requestId === undefined ? {} : { requestId })
    }
    expect((await open(0, 8)).status).toBe(200)
    const refused = await open(8, 12, 'patients-too-many')
    expect(refused).toMatchObject({ status: 429, codes: ['RATE_LIMITED'] })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await open(0, 8)).status).toBe(200)
    expect((await open(8, 10)).status).toBe(200)
    expect((await open(10, 11, 'patients-again')).status).toBe(429)
    expect((await trailOf('patients-too-many')).map(({ body }) => body.refusal)).toEqual(
      Array.from({ length: 4 }, () => 'RATE_LIMITED'),
    )
    expect(await trailOf('patients-again')).toEqual([])
  })
})

/** Valid numbers of the test range that nobody has. */
function nhsNumber(n: number): string {
  const numbers: string[] = []
  for (let start = 999_900_000; numbers.length <= n; start += 1) {
    const digits = [...String(start)].map(Number)
    const sum = digits.reduce((total, digit, at) => total + digit * (10 - at), 0)
    const check = (11 - (sum % 11)) % 11
    if (check !== 10) numbers.push(`${start}${check}`)
  }
  return numbers[n] ?? ''
}

describe('above its capacity', { timeout: 120_000 }, () => {
  it('a gateway refuses at once, answers health checks and everything it took, and recovers by itself', async () => {
    const gateway = await gatewayWith({ LCR_MAX_REQUESTS: '5' })
    const right = (await askAt(gateway, RECORD)).body
    gate.shut()
    const taken = Array.from({ length: 5 }, () => askAt(gateway, RECORD))
    await expect.poll(() => gate.waiting, { timeout: 60_000 }).toBe(5)

    const refused = await Promise.all(Array.from({ length: 40 }, () => askAt(gateway, RECORD)))
    for (const { status, headers, codes } of refused) {
      expect({ status, codes }).toEqual({ status: 503, codes: ['OVERLOADED'] })
      expect(headers.get('retry-after')).toMatch(/^[123]$/)
    }
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200)
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200)

    gate.open()
    for (const { status, body } of await Promise.all(taken)) {
      expect(status).toBe(200)
      expect(body.data).toEqual(right.data)
    }
    expect((await askAt(gateway, RECORD)).body.data).toEqual(right.data)
  })

  it('a burst is answered rightly or told to come again, each request of it', async () => {
    const gateway = await gatewayWith({ LCR_MAX_REQUESTS: '8' })
    const right = (await askAt(gateway, RECORD)).body.data
    const burst = await Promise.all(
      Array.from({ length: 100 }, () =>
        askAt(gateway, RECORD).then((said) => {
          if (said.status === 503) expect(said.headers.get('retry-after')).toMatch(/^[123]$/)
          else expect(said.body.data).toEqual(right)
          return said.status
        }),
      ),
    )
    expect(new Set(burst)).toEqual(new Set([200, 503]))
    expect((await askAt(gateway, RECORD)).body.data).toEqual(right)
  })

  it('bodies that come slowly take nobody’s place', async () => {
    const gateway = await gatewayWith({ LCR_MAX_REQUESTS: '2', LCR_CLIENT_SEND_MS: '600000' })
    const token = await system.token('ed-doctor.sel')
    const slow = await Promise.all(
      Array.from({ length: 10 }, () => connectRaw(Number(new URL(gateway.url).port))),
    )
    for (const client of slow) {
      client.send(
        `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
      )
    }
    expect((await askAt(gateway, RECORD)).status).toBe(200)
    for (const { socket } of slow) socket.destroy()
  })

  it('a gateway that is late with its work refuses, and recovers once it is not', async () => {
    const gateway = await gatewayWith({ LCR_MAX_EVENT_LOOP_DELAY_MS: '100' })
    await expect
      .poll(async () => (await askAt(gateway, RECORD)).status, { timeout: 60_000 })
      .toBe(200)
    const busy = setInterval(() => {
      const until = performance.now() + 250
      while (performance.now() < until);
    }, 0)
    await expect
      .poll(async () => (await askAt(gateway, RECORD)).codes, { timeout: 60_000 })
      .toEqual(['OVERLOADED'])
    clearInterval(busy)
    await expect
      .poll(async () => (await askAt(gateway, RECORD)).status, { timeout: 60_000 })
      .toBe(200)
  })
})

describe('a slow client', () => {
  it('of the gateway is cut off, and the next request works', async () => {
    const gateway = await gatewayWith({ LCR_CLIENT_SEND_MS: '300' })
    const client = await connectRaw(Number(new URL(gateway.url).port))
    client.send(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query": "{ pat',
    )
    await client.ended
    expect(client.received()).toMatch(/^HTTP\/1\.1 408 /)
    expect((await askAt(gateway, RECORD)).status).toBe(200)
  })
})

describe('a gateway that stops', { timeout: 120_000 }, () => {
  it('is not ready first, goes on answering, and ends when the answer under way has left whole', async () => {
    const gateway = await gatewayWith({ LCR_DRAIN_MS: '1' })
    const right = (await askAt(gateway, RECORD)).body.data
    gate.shut()
    const underway = askAt(gateway, RECORD)
    await expect.poll(() => gate.waiting, { timeout: 60_000 }).toBe(1)

    await gateway.drain()
    const ready = await fetch(`${gateway.url}/health/ready`)
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'stopping' }])
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200)
    const meanwhile = await askAt(gateway, '{ me { name } }')
    expect(meanwhile.status).toBe(200)
    expect(meanwhile.headers.get('connection')).toBe('close')

    const closed = gateway.close()
    gateways.length = 0
    await expect.poll(() => takesConnections(gateway.url), { timeout: 60_000 }).toBe(false)
    gate.open()
    const { status, headers, body } = await underway
    expect(status).toBe(200)
    expect(headers.get('connection')).toBe('close')
    expect(body.data).toEqual(right)
    await closed
  })

  it('does not wait longer than an answer may take', async () => {
    const gateway = await gatewayWith({
      LCR_SOURCE_DEADLINE_MS: '300',
      LCR_DEADLINE_MS: '300',
      LCR_AUDIT_DEADLINE_MS: '300',
    })
    const client = await connectRaw(Number(new URL(gateway.url).port))
    client.send('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n')
    await gateway.close()
    gateways.length = 0
    await client.ended
  })
})

async function takesConnections(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`).then(
    () => true,
    () => false,
  )
}
