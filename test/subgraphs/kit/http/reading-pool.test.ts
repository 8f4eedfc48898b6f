import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ReadingPool } from '../../../../subgraphs/kit/http/reading-pool.ts'

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

/** What a connection does with each request that it brings, by connection and then by request, from 0. */
type Behaviour = (socket: Socket, connection: number, request: number) => void

let server: Server
let pool: ReadingPool

afterEach(async () => {
  await pool.destroy()
  await new Promise((resolve) => server.close(resolve))
})

/** Asks a server of that behaviour so many times, one after another. */
async function ask(times: number, behaviour: Behaviour) {
  const sent: string[] = []
  let connections = 0
  server = createServer((socket) => {
    const connection = connections++
    let requests = 0
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      sent.push(/x-turn: (\d+)/.exec(chunk.toString())?.[1] ?? '')
      behaviour(socket, connection, requests++)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  pool = new ReadingPool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    connections: 1,
    headersTimeout: 0,
  })
  const outcomes: string[] = []
  let turn = 0
  for (let time = 0; time < times; time += 1) {
    const signal = AbortSignal.timeout(500)
    const answer = await pool
      .request(() => ({
        method: 'POST',
        path: '/graphql',
        headers: { 'x-turn': String(turn++) },
        body: '{}',
        signal,
      }))
      .then(({ body }) => body.text())
      .catch(() => 'failed')
    outcomes.push(answer)
  }
  return { outcomes, sent, connections }
}

const answer: Behaviour = (socket) => void socket.write(ANSWER)

describe('a request on a connection that was kept', () => {
  it.each([
    ['closed', (socket: Socket) => void socket.end()],
    ['reset', (socket: Socket) => void socket.resetAndDestroy()],
  ])('is sent once more, on a fresh one, where it was %s before a byte came', async (_, lose) => {
    const { outcomes, sent, connections } = await ask(2, (socket, connection, request) => {
      if (connection === 0 && request === 1) lose(socket)
      else answer(socket, connection, request)
    })
    expect(outcomes).toEqual(['ok', 'ok'])
    // Each time it is made anew, since it may say how much time is left.
    expect(sent).toEqual(['0', '1', '2'])
    expect(connections).toBe(2)
  })

  it('is sent no third time', async () => {
    const { outcomes, sent } = await ask(2, (socket, connection, request) => {
      if (connection === 0 && request === 0) answer(socket, connection, request)
      else socket.destroy()
    })
    expect(outcomes).toEqual(['ok', 'failed'])
    expect(sent).toHaveLength(3)
  })

  it.each([
    ['a part of its head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['a part of its body', 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nok'],
  ])('is not sent again when %s has come', async (_, part) => {
    const { outcomes, sent } = await ask(2, (socket, connection, request) => {
      if (request === 0) answer(socket, connection, request)
      else socket.end(part)
    })
    expect(outcomes).toEqual(['ok', 'failed'])
    expect(sent).toHaveLength(2)
  })

  it('is not sent again when it is the time that is over', async () => {
    const { outcomes, sent } = await ask(2, (socket, connection, request) => {
      if (request === 0) answer(socket, connection, request)
    })
    expect(outcomes).toEqual(['ok', 'failed'])
    expect(sent).toHaveLength(2)
  })
})

it('A request on a fresh connection that is cut is not sent again: the source may have seen it', async () => {
  const { outcomes, sent } = await ask(1, (socket) => void socket.destroy())
  expect(outcomes).toEqual(['failed'])
  expect(sent).toHaveLength(1)
})
