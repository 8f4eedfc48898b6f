import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HttpSource } from '../../../gateway/federation/http-source.ts'

const cleanups: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const entities = { representations: [{ __typename: 'NelRecord' }, { __typename: 'NelRecord' }] }

async function askOf(
  listener: RequestListener,
  options: { variables?: object; signal?: AbortSignal } = {},
) {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const failures: object[] = []
  const source = new HttpSource({
    name: 'nel',
    urls: [`http://127.0.0.1:${port}/graphql`],
    deadlineMs: 200,
    maxConnections: 2,
    maxBytes: 10_000,
    hedgeAfterMs: 50,
    openMs: 100,
    onFailure: (failure) => failures.push(failure),
  })
  cleanups.push(
    () => source.close(),
    () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  )
  const answer = await source.ask({
    query: '{ x }',
    variables: (options.variables ?? {}) as Record<string, unknown>,
    headers: { authorization: 'Bearer abc' },
    signal: options.signal ?? new AbortController().signal,
    deadlineAt: performance.now() + 60_000,
  })
  return { ...answer, failures }
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

const failed = {
  data: null,
  errors: [
    {
      message: 'This source could not answer. What it knows is missing here.',
      extensions: { code: 'SOURCE_FAILED', participant: 'nel' },
    },
  ],
  outcome: 'FAILED',
}

describe('a source that answers', () => {
  it('gives its data', async () => {
    const answer = await askOf(json({ data: { x: 1 } }))
    expect(answer).toEqual({ data: { x: 1 }, errors: [], outcome: 'ANSWERED', failures: [] })
  })

  it('is sent the operation, the variables and the headers', async () => {
    let sent: unknown
    let authorization: string | undefined
    await askOf(
      (request, response) => {
        authorization = request.headers.authorization
        request.on('data', (chunk) => {
          sent = JSON.parse(String(chunk))
        })
        request.on('end', () => json({ data: {} })(request, response as never))
      },
      { variables: { first: 3 } },
    )
    expect(sent).toEqual({ query: '{ x }', variables: { first: 3 } })
    expect(authorization).toBe('Bearer abc')
  })

  it('loses its own words for errors, keeping where they happened', async () => {
    const leak = 'select * from item where nhs_number = 9990000018 at http://10.0.0.1'
    const answer = await askOf(
      json({
        data: { x: null },
        errors: [
          {
            message: leak,
            path: ['_entities', 0, 'allergies'],
            extensions: { code: 'BAD_USER_INPUT', leak },
          },
          { message: leak, path: [leak], extensions: { stacktrace: [leak] } },
          leak,
        ],
      }),
    )
    expect(answer.outcome).toBe('ANSWERED')
    expect(answer.errors).toEqual([
      {
        message:
          'An argument is not valid: first takes 1 to 500, after a cursor of this list, since and until a date.',
        path: ['_entities', 0, 'allergies'],
        extensions: { code: 'BAD_USER_INPUT', participant: 'nel' },
      },
      ...failed.errors,
      ...failed.errors,
    ])
  })
})

describe('a source that fails', () => {
  it.each<[string, RequestListener]>([
    ['resets the connection', (request) => void request.socket.destroy()],
    [
      'sends half a body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"data":')
        setImmediate(() => request.socket.destroy())
      },
    ],
    ['sends no JSON', (_request, response) => void response.end('<html>')],
    ['sends JSON that is no GraphQL answer', json([1, 2])],
    ['sends data that are no object', json({ data: 'x' })],
    ['sends neither data nor errors', json({})],
    [
      'sends invalid UTF-8',
      (_request, response) => void response.end(Buffer.from([0x7b, 0xff, 0x7d])),
    ],
    ['sends more than allowed', json({ data: { x: 'x'.repeat(20_000) } })],
    ['answers 401 without data', json({ errors: [{ message: 'no' }] }, 401)],
    ['answers 500 with a page', (_request, response) => void response.writeHead(500).end('oh')],
  ])('%s: one masked error and no data', async (_case, listener) => {
    const { failures: _failures, ...answer } = await askOf(listener)
    expect(answer).toEqual(failed)
  })

  it('is told of by a code, never by an address', async () => {
    const { failures } = await askOf((request) => void request.socket.destroy())
    expect(failures).toEqual([{ source: 'nel', problem: 'UND_ERR_SOCKET' }])
  })

  it('has an error for every entity it was asked for', async () => {
    const answer = await askOf((request) => void request.socket.destroy(), { variables: entities })
    expect(answer.errors.map(({ path }) => path)).toEqual([
      ['_entities', 0],
      ['_entities', 1],
    ])
  })
})

describe('a source that is slow', () => {
  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    [
      'stops in the middle of its body',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"data":')
      },
    ],
  ])('%s: given up at its deadline', async (_case, listener) => {
    const { outcome, errors } = await askOf(listener)
    expect(outcome).toBe('TIMED_OUT')
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_TIMED_OUT'])
  })

  it('is given up at once when the whole request ends', async () => {
    const ended = new AbortController()
    ended.abort()
    expect((await askOf(() => {}, { signal: ended.signal })).outcome).toBe('TIMED_OUT')
  })
})
