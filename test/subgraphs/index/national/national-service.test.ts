import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createNationalService,
  type NationalOptions,
} from '../../../../subgraphs/index/national/create-national-service.ts'
import type {
  AwayCode,
  NationalAnswer,
  NationalService,
} from '../../../../subgraphs/index/national/national-answer.ts'
import { type PdsTestServer, readExchanges, send, startPdsTestServer } from './pds-test-server.ts'

const KNOWN = '9990001006'
const DECEASED = '9990001014'
const SUPERSEDED = '9990001022'
const SUPERSEDING = '9990001030'
const RESTRICTED = '9990001049'
const VERY_RESTRICTED = '9990001057'
const REDACTED = '9990001065'
const INVALIDATED = '9990001073'
const MINIMAL = '9990001081'
const LEFT_PRACTICE = '9990001103'
const REMOVED = '9990001111'
const NOT_FOUND = '9990001138'
const TOO_MANY_REQUESTS = '9990001146'
const UNABLE_TO_CALL = '9990001154'
const SERVER_ERROR = '9990001162'
const ACCESS_DENIED = '9990001170'
const ANOTHER_PATIENT = '9990001189'
const INVALID_NUMBER = '9990001197'
const MISSING_VALUE = '9990001200'

const PRACTICES = [
  { odsCode: 'F84001', name: 'Test Practice', kind: 'GP_PRACTICE' },
] as const satisfies object[]

let pds: PdsTestServer
let service: NationalService
let away: AwayCode[]
let now: Date

beforeEach(async () => {
  now = new Date('2026-12-01T12:00:00Z')
  pds = await startPdsTestServer(() => now)
  away = []
  service = connect()
})

afterEach(async () => {
  await service.close()
  await pds.close()
})

function connect(options: Partial<NationalOptions> = {}): NationalService {
  return createNationalService(
    { ...pds.options, ...options },
    { organisations: PRACTICES, clock: () => now, onAway: (code) => away.push(code) },
  )
}

function find(nhsNumber: string, from = service): Promise<NationalAnswer> {
  return from.find(nhsNumber, new AbortController().signal)
}

async function known(nhsNumber: string) {
  const answer = await find(nhsNumber)
  if (answer.outcome !== 'KNOWN') throw new Error(JSON.stringify(answer))
  return answer
}

describe('The national service', () => {
  it('tells who has a number, and the practice where they are registered since when', async () => {
    expect(await find(KNOWN)).toMatchObject({
      outcome: 'KNOWN',
      nhsNumber: KNOWN,
      isSensitive: false,
      practice: { odsCode: 'F84001', startsAt: new Date('2019-03-31T23:00:00Z') },
      demographics: {
        name: { family: 'Marlowe', given: ['Imogen', 'Ruth'], use: 'usual' },
        birthDate: '1971-09-14',
        gender: 'FEMALE',
        deceasedAt: null,
        isDeceased: null,
        addresses: [{ lines: ['17 Quay Walk', 'Poplar', 'London'], postcode: 'E14 9ZZ' }],
        telecom: [{ value: '020 7946 0321' }],
        generalPractice: { odsCode: 'F84001', name: 'Test Practice', kind: 'GP_PRACTICE' },
        contacts: [{ telecom: [{ value: '020 7946 0322' }] }],
      },
    })
    expect(away).toEqual([])
  })

  it('gives the number in force for one that was superseded, and the same one for itself', async () => {
    const bySuperseded = await known(SUPERSEDED)
    expect(bySuperseded).toMatchObject({
      nhsNumber: SUPERSEDING,
      demographics: { name: { family: 'Vaughan' }, birthDate: '1984-12-01' },
      practice: { odsCode: 'Y00001' },
    })
    expect(await known(SUPERSEDING)).toEqual(bySuperseded)
  })

  it('tells of a restricted patient without a practice', async () => {
    expect(await known(RESTRICTED)).toMatchObject({
      isSensitive: true,
      practice: null,
      demographics: {
        name: { family: 'Ashdown' },
        addresses: [],
        telecom: [],
        contacts: [],
        generalPractice: null,
      },
    })
  })

  it('hides where a very restricted patient is, even where the service should tell it', async () => {
    const patient = await known(VERY_RESTRICTED)
    expect(patient).toMatchObject({
      isSensitive: true,
      practice: null,
      demographics: {
        name: { family: 'Ibsen' },
        addresses: [],
        telecom: [],
        generalPractice: null,
      },
    })
    expect(JSON.stringify(patient)).not.toMatch(/7946|E14|Quay|F84001/)
  })

  it.each([
    ['absent', undefined],
    ['one that nobody here knows', [{ code: 'N' }]],
    ['two, of which one restricts', [{ code: 'U' }, { code: 'R' }]],
  ])('takes a patient for sensitive whose label is %s', async (_, security) => {
    pds.meddle(answering({ ...(await recorded(KNOWN)), meta: { security } }))
    expect(await known(KNOWN)).toMatchObject({ isSensitive: true, practice: null })
  })

  it.each([
    ['was invalidated', INVALIDATED],
    ['does not exist', NOT_FOUND],
    ['is not a number, as the service says', INVALID_NUMBER],
    ['is marked as redacted, which the service never gives', REDACTED],
  ])('knows nobody under a number that %s', async (_, nhsNumber) => {
    expect(await find(nhsNumber)).toEqual({ outcome: 'UNKNOWN' })
  })

  it('knows nobody under a number whose check digit is wrong, and is not asked', async () => {
    expect(await find('9990001007')).toEqual({ outcome: 'UNKNOWN' })
    expect(await find('../9990001')).toEqual({ outcome: 'UNKNOWN' })
    expect(pds.seen).toEqual([])
  })

  it('may know next to nothing of a patient', async () => {
    expect(await known(MINIMAL)).toMatchObject({
      isSensitive: false,
      practice: null,
      demographics: { name: null, birthDate: null, addresses: [], isDeceased: null },
    })
  })

  it('tells that a patient has died', async () => {
    expect(await known(DECEASED)).toMatchObject({
      demographics: { deceasedAt: '2025-11-08T00:00:00+00:00', isDeceased: true },
      practice: null,
    })
  })
})

describe('The practice', () => {
  it('that a patient has left is none, from the day after the last', async () => {
    now = new Date('2026-02-28T23:00:00Z')
    expect(await known(LEFT_PRACTICE)).toMatchObject({ practice: { odsCode: 'F84001' } })
    now = new Date('2026-03-01T00:00:00Z')
    expect(await known(LEFT_PRACTICE)).toMatchObject({
      practice: null,
      demographics: { generalPractice: null },
    })
  })

  it('is none after the patient was removed from registration', async () => {
    now = new Date('2026-01-14T12:00:00Z')
    expect(await known(REMOVED)).toMatchObject({ practice: { odsCode: 'F84001' } })
    now = new Date('2026-01-15T12:00:00Z')
    expect(await known(REMOVED)).toMatchObject({ practice: null })
  })

  const identifier = { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'F84001' }
  it.each([
    ['begins tomorrow', [{ ...identifier, period: { start: '2026-12-02' } }], null],
    ['begins today', [{ ...identifier, period: { start: '2026-12-01' } }], '2026-12-01'],
    ['has no period', [identifier], undefined],
    ['has a period that cannot be read', [{ ...identifier, period: { end: 'soon' } }], null],
    ['is one of two', [identifier, { ...identifier, value: 'F84002' }], null],
    ['has a code of another system', [{ ...identifier, system: 'https://other.example' }], null],
  ])('that %s', async (_, identifiers, startsOn) => {
    const generalPractitioner = identifiers.map((one) => ({
      type: 'Organization',
      identifier: one,
    }))
    pds.meddle(answering({ ...(await recorded(KNOWN)), generalPractitioner }))
    const startsAt = startsOn === undefined ? null : new Date(`${startsOn}T00:00:00Z`)
    expect((await known(KNOWN)).practice).toEqual(
      startsOn === null ? null : { odsCode: 'F84001', startsAt },
    )
  })

  it('that was joined after a removal is one again', async () => {
    const period = { start: '2026-06-01' }
    const generalPractitioner = [{ type: 'Organization', identifier: { ...identifier, period } }]
    pds.meddle(answering({ ...(await recorded(REMOVED)), generalPractitioner }))
    expect((await known(REMOVED)).practice).toMatchObject({ odsCode: 'F84001' })
  })
})

describe('The national service is away', () => {
  it.each<[string, string, AwayCode]>([
    ['asks to be asked less often', TOO_MANY_REQUESTS, 'BUSY'],
    ['fails', SERVER_ERROR, 'FAILED'],
    ['waits for itself in vain', UNABLE_TO_CALL, 'TIMED_OUT'],
    ['does not let the application ask this', ACCESS_DENIED, 'REFUSED'],
    ['misses something in the request', MISSING_VALUE, 'NOT_UNDERSTOOD'],
  ])('when it %s', async (_, nhsNumber, code) => {
    expect(await find(nhsNumber)).toEqual({ outcome: 'AWAY', code })
    expect(away).toEqual([code])
  })

  it('when it does not answer in time, or stops in the middle', async () => {
    const hasty = connect({ timeoutMs: 200 })
    await find(KNOWN, hasty)
    pds.meddle(() => true)
    expect(await find(KNOWN, hasty)).toEqual({ outcome: 'AWAY', code: 'TIMED_OUT' })
    pds.meddle((_, response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' })
      return response.write('{"resourceType":"Patient",')
    })
    expect(await find(KNOWN, hasty)).toEqual({ outcome: 'AWAY', code: 'TIMED_OUT' })
    await hasty.close()
  })

  it('when its connection breaks, before or in the middle of an answer', async () => {
    pds.meddle((request) => Boolean(request.socket.destroy()))
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'UNREACHABLE' })
    pds.meddle((request, response) => {
      response.writeHead(200, { 'content-length': '5000' })
      response.write('{"resourceType":"Patient",', () => request.socket.destroy())
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'UNREACHABLE' })
    await pds.close()
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'UNREACHABLE' })
  })

  it('when another patient is given and nothing says that it answers this request', async () => {
    pds.meddle(answering(await recorded(ANOTHER_PATIENT)))
    expect(await find(ANOTHER_PATIENT)).toEqual({ outcome: 'AWAY', code: 'NOT_UNDERSTOOD' })
  })

  it('when an answer repeats the id of another request, whoever it is about', async () => {
    const body = await recorded(KNOWN)
    pds.meddle((_, response) => {
      response.setHeader('x-request-id', '60E0B220-8136-4CA5-AE46-1D97EF59D068')
      send(response, 200, body)
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'NOT_UNDERSTOOD' })
  })

  it.each<[string, object | string | number]>([
    ['is no JSON', '<html>proxy</html>'],
    ['is no object', 7],
    ['is another resource', { resourceType: 'Bundle', id: KNOWN }],
    ['has no id', { resourceType: 'Patient' }],
    ['has an id that is no NHS number', { resourceType: 'Patient', id: '9990001007' }],
    [
      'bears another number than its id',
      {
        resourceType: 'Patient',
        id: KNOWN,
        identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: SUPERSEDING }],
      },
    ],
    ['is larger than any patient', { resourceType: 'Patient', id: KNOWN, x: 'x'.repeat(600_000) }],
  ])('when its answer %s', async (_, body) => {
    pds.meddle((_request, response) => {
      if (typeof body === 'string') response.end(body)
      else send(response, 200, body)
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'NOT_UNDERSTOOD' })
  })

  it('when nothing answers at the base URL: that is no word about the patient', async () => {
    pds.meddle((_, response) => {
      send(response, 404, { fault: { faultstring: 'Unable to identify proxy' } })
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'NOT_UNDERSTOOD' })
  })

  it('when it sends elsewhere: the token does not go along', async () => {
    const elsewhere = await startPdsTestServer()
    pds.meddle((request, response) => {
      const origin = new URL(elsewhere.options.baseUrl).origin
      response.writeHead(302, { location: `${origin}${request.url}` }).end()
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'NOT_UNDERSTOOD' })
    expect(elsewhere.seen).toEqual([])
    await elsewhere.close()
  })

  it('says nothing that the service said', async () => {
    expect(JSON.stringify(await find(SERVER_ERROR))).not.toMatch(/Marlowe|999/)
  })

  it('and is left alone after five failures in a row, but for one trial at a time', async () => {
    await find(KNOWN)
    for (let time = 0; time < 5; time += 1) await find(SERVER_ERROR)
    const asked = pds.seen.length
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'RESTING' })
    expect(pds.seen).toHaveLength(asked)
    now = new Date(now.getTime() + 1000)
    const trials = await Promise.all([find(SERVER_ERROR), find(KNOWN)])
    expect(trials).toMatchObject([{ code: 'FAILED' }, { code: 'RESTING' }])
    now = new Date(now.getTime() + 1000)
    expect(await find(KNOWN)).toMatchObject({ code: 'RESTING' })
    now = new Date(now.getTime() + 1000)
    expect(await find(KNOWN)).toMatchObject({ outcome: 'KNOWN' })
    expect(await find(SUPERSEDING)).toMatchObject({ outcome: 'KNOWN' })
    expect(away).toEqual(Array.from({ length: 6 }, () => 'FAILED'))
  })

  it('for nobody else because one patient cannot be understood', async () => {
    const body = { resourceType: 'Patient', id: MINIMAL, identifier: 'none' }
    pds.meddle((request, response) => {
      if (!request.url?.endsWith(KNOWN)) return false
      send(response, 200, { ...body, id: 'x' })
      return true
    })
    for (let time = 0; time < 8; time += 1) await find(KNOWN)
    expect(await find(MINIMAL)).toMatchObject({ outcome: 'KNOWN' })
  })
})

describe('A request', () => {
  it('has the number in the path, a bearer token, and an id of its own', async () => {
    await find(KNOWN)
    await find(NOT_FOUND)
    expect(pds.seen.map(({ url }) => url)).toEqual([
      `/personal-demographics/FHIR/R4/Patient/${KNOWN}`,
      `/personal-demographics/FHIR/R4/Patient/${NOT_FOUND}`,
    ])
    const headers = pds.seen.map((each) => each.headers)
    expect(headers[0]).toMatchObject({
      accept: 'application/fhir+json',
      authorization: 'Bearer token-1',
    })
    expect(new Set(headers.map((each) => each['x-request-id'])).size).toBe(2)
  })

  it('is made once for all who wait for the same patient', async () => {
    const answers = await Promise.all([find(KNOWN), find(KNOWN), find(KNOWN)])
    expect(answers[1]).toEqual(answers[0])
    expect(pds.seen).toHaveLength(1)
  })

  it('is not waited for by somebody who has gone', async () => {
    pds.meddle(() => true)
    const asking = new AbortController()
    const waiting = service.find(KNOWN, asking.signal)
    asking.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
  })
})

describe('A token', () => {
  it('is asked for by an assertion that the key signs (RS512), for five minutes at most', async () => {
    await find(KNOWN)
    const [assertion] = pds.assertions
    const { payload, protectedHeader } = assertion ?? {}
    expect(protectedHeader).toEqual({ alg: 'RS512', typ: 'JWT', kid: 'lcr-1' })
    expect(payload).toMatchObject({
      iss: 'lcr-api-key',
      sub: 'lcr-api-key',
      aud: pds.options.auth.tokenUrl,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(Number(payload?.exp) - now.getTime() / 1000).toBeLessThanOrEqual(300)
  })

  it('is used again, and replaced shortly before it expires', async () => {
    await find(KNOWN)
    now = new Date(now.getTime() + 560_000)
    await find(MINIMAL)
    now = new Date(now.getTime() + 10_000)
    await find(SUPERSEDING)
    expect(pds.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ])
    expect(new Set(pds.assertions.map(({ payload }) => payload.jti)).size).toBe(2)
  })

  it('that is turned down is replaced, once', async () => {
    await find(KNOWN)
    pds.revokeTokens()
    expect(await find(KNOWN)).toMatchObject({ outcome: 'KNOWN' })
    pds.meddle((_, response) => {
      send(response, 401, {})
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code: 'REFUSED' })
    expect(pds.seen).toHaveLength(5)
  })

  it('is not given to a client that it does not know', async () => {
    const auth = { ...pds.options.auth, clientId: 'somebody-else' }
    const stranger = connect({ auth })
    expect(await find(KNOWN, stranger)).toEqual({ outcome: 'AWAY', code: 'REFUSED' })
    expect(pds.seen).toEqual([])
    await stranger.close()
  })

  it.each<[string, number, AwayCode]>([
    ['is busy', 429, 'BUSY'],
    ['fails', 503, 'FAILED'],
    ['gives something else', 200, 'NOT_UNDERSTOOD'],
  ])('may not be had where the token service %s', async (_, status, code) => {
    pds.meddleWithTokens((_request, response) => {
      send(response, status, { access_token: '' })
      return true
    })
    expect(await find(KNOWN)).toEqual({ outcome: 'AWAY', code })
  })

  it('that does not come in time makes the service late, and serves the next', async () => {
    const hasty = connect({ timeoutMs: 200 })
    let give = () => {}
    pds.meddleWithTokens((_, response) => {
      give = () => send(response, 200, { access_token: 'late', token_type: 'Bearer' })
      return true
    })
    expect(await find(KNOWN, hasty)).toEqual({ outcome: 'AWAY', code: 'TIMED_OUT' })
    give()
    pds.meddle(answering(await recorded(KNOWN)))
    expect(await find(KNOWN, hasty)).toMatchObject({ outcome: 'KNOWN' })
    expect(pds.seen[0]?.headers.authorization).toBe('Bearer late')
    await hasty.close()
  })
})

/** The body of a recorded answer. */
async function recorded(nhsNumber: string): Promise<object> {
  const all = await readExchanges()
  const exchange = all.find(({ asked }) => asked === nhsNumber)
  if (exchange === undefined) throw new Error('Nothing is recorded for this number')
  return exchange.body as object
}

/** Answers with this resource, and does not say to which request. */
function answering(body: object): Parameters<PdsTestServer['meddle']>[0] {
  return (_, response) => {
    send(response, 200, body)
    return true
  }
}
