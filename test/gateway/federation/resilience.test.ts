import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HttpSource, type HttpSourceOptions } from '../../../gateway/federation/http-source.ts'
import { eventually } from '../../cli/start/system.ts'

const cleanups: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(listener: RequestListener, port = 0): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => void server.close(() => resolve()))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

/** A port on which nobody listens. */
async function nowhere(): Promise<string> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/graphql`
}

function sourceAt(urls: readonly string[], options: Partial<HttpSourceOptions> = {}) {
  const changes: string[] = []
  const source = new HttpSource({
    name: 'nel',
    urls,
    deadlineMs: 10_000,
    maxConnections: 2,
    maxBytes: 10_000,
    hedgeAfterMs: 30,
    openMs: 60_000,
    onCircuit: ({ circuit }) => changes.push(circuit),
    ...options,
  })
  cleanups.push(() => source.close())
  const ask = (given: { deadlineMs?: number; signal?: AbortSignal; query?: string } = {}) =>
    source.ask({
      query: given.query ?? '{ x }',
      variables: {},
      headers: {},
      signal: given.signal ?? new AbortController().signal,
      deadlineAt: performance.now() + (given.deadlineMs ?? 60_000),
    })
  return { source, ask, changes }
}

const answer: RequestListener = (_request, response) => void response.end('{"data":{"x":1}}')
const hang: RequestListener = () => {}
const reset: RequestListener = (request) => void request.socket.destroy()

describe('the time that a source has', () => {
  it('is told to it: the shorter of its own and what the request has left', async () => {
    const told: number[] = []
    const url = await serve((request, response) => {
      told.push(Number(request.headers['x-deadline-ms']))
      answer(request, response as never)
    })
    const { ask } = sourceAt([url])
    await ask()
    await ask({ deadlineMs: 5000 })
    const [own = 0, left = 0] = told
    expect(own).toBeGreaterThan(5000)
    expect(own).toBeLessThanOrEqual(10_000)
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(5000)
  })

  it('ends with the request, whose connection is closed', async () => {
    let closed = 0
    const url = await serve((request) => {
      request.socket.once('close', () => {
        closed += 1
      })
    })
    const { ask } = sourceAt([url])
    expect((await ask({ deadlineMs: 50 })).outcome).toBe('TIMED_OUT')
    await eventually(async () => closed === 1)
  })
})

describe('a second attempt', () => {
  it('is made when nobody listens, and finds who has come back', async () => {
    const url = await nowhere()
    const { ask } = sourceAt([url])
    expect((await ask()).outcome).toBe('FAILED')
    const asked = ask()
    await serve(answer, Number(new URL(url).port))
    expect((await asked).outcome).toBe('ANSWERED')
  })

  it('is not made once something was sent: a source is never asked twice for nothing', async () => {
    let calls = 0
    const url = await serve((request) => {
      calls += 1
      request.socket.destroy()
    })
    const { ask } = sourceAt([url])
    expect((await ask()).outcome).toBe('FAILED')
    expect(calls).toBe(1)
  })

  it('goes to the other replica when the first cannot be reached, and there first from then on', async () => {
    const calls: string[] = []
    const other = await serve((request, response) => {
      calls.push(String(request.url))
      answer(request, response as never)
    })
    const { ask } = sourceAt([await nowhere(), other], { hedgeAfterMs: 60_000 })
    expect((await ask()).outcome).toBe('ANSWERED')
    expect((await ask()).outcome).toBe('ANSWERED')
    expect(calls).toHaveLength(2)
  })

  it('begins beside a first one that takes long; the first answer ends the other', async () => {
    let ended = false
    const slow = await serve((request) => {
      request.socket.once('close', () => {
        ended = true
      })
    })
    const { ask } = sourceAt([slow, await serve(answer)])
    expect((await ask()).outcome).toBe('ANSWERED')
    await eventually(async () => ended)
  })

  it('does not begin where the first answers in time', async () => {
    let calls = 0
    const other = await serve((request, response) => {
      calls += 1
      answer(request, response as never)
    })
    const { ask } = sourceAt([await serve(answer), other], { hedgeAfterMs: 60_000 })
    for (let turn = 0; turn < 5; turn += 1) await ask()
    expect(calls).toBe(0)
  })

  it('is not needed for long where one replica fails whatever it is asked: the other is asked first', async () => {
    const { ask } = sourceAt([await serve(reset), await serve(answer)], { hedgeAfterMs: 60_000 })
    expect((await ask()).outcome).toBe('FAILED')
    for (let turn = 0; turn < 5; turn += 1) expect((await ask()).outcome).toBe('ANSWERED')
  })

  it('counts when the first fails after it has begun', async () => {
    let fail = () => {}
    const failing = await serve((request) => {
      fail = () => request.socket.destroy()
    })
    const other = await serve((request, response) => {
      fail()
      setTimeout(() => answer(request, response as never), 20)
    })
    expect((await sourceAt([failing, other]).ask()).outcome).toBe('ANSWERED')
  })
})

describe('a source that keeps failing', () => {
  it('is left alone after five failures, and says so at once', async () => {
    let calls = 0
    const url = await serve((request) => {
      calls += 1
      request.socket.destroy()
    })
    const { ask, source, changes } = sourceAt([url])
    for (let turn = 0; turn < 5; turn += 1) expect((await ask()).outcome).toBe('FAILED')
    expect(source.circuit.state).toBe('OPEN')
    expect(await ask()).toMatchObject({
      data: null,
      outcome: 'NOT_ASKED',
      errors: [{ extensions: { code: 'SOURCE_NOT_ASKED', participant: 'nel' } }],
    })
    expect(calls).toBe(5)
    expect(changes).toEqual(['OPEN'])
  })

  it('is tried by one call at a time, and asked again once that is answered', async () => {
    let listener = reset
    let calls = 0
    const url = await serve((request, response) => {
      calls += 1
      listener(request, response as never)
    })
    const { ask, source, changes } = sourceAt([url], { openMs: 10 })
    for (let turn = 0; turn < 5; turn += 1) await ask()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    listener = (request, response) => void held.then(() => answer(request, response as never))
    calls = 0
    const trials: ReturnType<typeof ask>[] = []
    await eventually(async () => {
      trials.push(ask())
      return calls > 0
    })
    expect(source.circuit.state).toBe('HALF_OPEN')
    expect((await ask()).outcome).toBe('NOT_ASKED')
    release()
    const outcomes = (await Promise.all(trials)).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'ANSWERED')).toHaveLength(1)
    expect(calls).toBe(1)
    expect(source.circuit.state).toBe('CLOSED')
    expect((await ask()).outcome).toBe('ANSWERED')
    expect(changes).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED'])
  })

  it('stays alone when the trial fails', async () => {
    const { ask, changes } = sourceAt([await serve(reset)], { openMs: 10 })
    for (let turn = 0; turn < 5; turn += 1) await ask()
    for (let turn = 0; turn < 500 && changes.length < 3; turn += 1) {
      await ask()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(changes.slice(0, 3)).toEqual(['OPEN', 'HALF_OPEN', 'OPEN'])
  })

  it('is tried to the end even if the client of the trial goes away', async () => {
    let listener = reset
    const url = await serve((request, response) => listener(request, response as never))
    const { ask, source } = sourceAt([url], { openMs: 10 })
    for (let turn = 0; turn < 5; turn += 1) await ask()
    let asked = () => {}
    listener = (request, response) => {
      asked()
      setTimeout(() => answer(request, response as never), 20)
    }
    const client = new AbortController()
    asked = () => client.abort()
    await eventually(async () => {
      void ask({ signal: client.signal })
      return source.circuit.state === 'CLOSED'
    })
  })

  it.each<[string, () => [RequestListener, { signal?: AbortSignal }]]>([
    ['clients go away', () => [hang, { signal: AbortSignal.timeout(20) }]],
    [
      'requests are wrong',
      () => [
        (_request, response) =>
          void response.end('{"data":null,"errors":[{"extensions":{"code":"BAD_USER_INPUT"}}]}'),
        {},
      ],
    ],
  ])('is not meant when %s', async (_case, given) => {
    const [listener] = given()
    const { ask, source } = sourceAt([await serve(listener)])
    for (let turn = 0; turn < 8; turn += 1) await ask(given()[1])
    expect(source.circuit.state).toBe('CLOSED')
  })
})

describe('a source that hangs', () => {
  it('holds no more connections than its own, and turns away calls that would only wait', async () => {
    const open = new Set<object>()
    const url = await serve(({ socket }) => {
      open.add(socket)
    })
    const { ask } = sourceAt([url])
    const client = new AbortController()
    const asked = Array.from({ length: 20 }, () => ask({ signal: client.signal }))
    const early = await Promise.race(asked)
    expect(early.outcome).toBe('NOT_ASKED')
    await eventually(async () => open.size === 2)
    client.abort()
    const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'NOT_ASKED')).toHaveLength(12)
    expect(open.size).toBe(2)
  })
})
