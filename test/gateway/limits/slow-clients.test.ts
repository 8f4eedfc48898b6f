import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerClientError } from '../../../gateway/limits/client-errors.ts'
import { cutSlowReaders, slowSenderOptions } from '../../../gateway/limits/slow-clients.ts'
import { connectRaw } from './raw-client.ts'

const TIMES = { sendMs: 400, readMs: 400 }
/** More than the operating system keeps for a client that does not read. */
const LARGE = 64 * 1024 * 1024

let server: FastifyInstance
let port: number
let bytesRead = 0
/** Answers that have left or were cut off. */
let ended = 0

beforeAll(async () => {
  server = Fastify({
    bodyLimit: 1000,
    clientErrorHandler: answerClientError,
    ...slowSenderOptions(TIMES),
  })
  cutSlowReaders(server, TIMES)
  server.addHook('onRequest', async ({ raw }, reply) => {
    raw.socket.on('data', (chunk: Buffer) => {
      bytesRead += chunk.length
    })
    reply.raw.once('close', () => {
      ended += 1
    })
  })
  server.post('/echo', async ({ body }) => body)
  server.get('/large', async () => Buffer.alloc(LARGE, 'x'))
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as AddressInfo).port
})

afterAll(() => server.close())

const POST = 'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'

/** The next client is answered, whatever the one before did. */
async function expectAnswers() {
  const answer = await fetch(`http://127.0.0.1:${port}/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  })
  expect(await answer.json()).toEqual({ a: 1 })
}

describe('a client that', () => {
  it.each([
    ['connects and says nothing', ''],
    ['never ends its headers', 'POST /echo HTTP/1.1\r\nhost: x\r\nx-a: b\r\n'],
    ['sends half a body', `${POST}content-length: 20\r\n\r\n{"a":`],
    ['sends no chunk', `${POST}transfer-encoding: chunked\r\n\r\n`],
  ])('%s is told that it took too long, and cut off', async (_case, text) => {
    const client = await connectRaw(port)
    if (text !== '') client.send(text)
    await client.ended
    expect(client.received()).toMatch(/^HTTP\/1\.1 408 /)
    expect(client.received()).toContain('"code":"BAD_REQUEST"')
    await expectAnswers()
  })

  it('sends a byte now and then is cut off as well: the whole must come in time', async () => {
    const client = await connectRaw(port)
    client.send(`${POST}content-length: 900\r\n\r\n`)
    const drip = setInterval(() => client.send(' '), 25)
    await client.ended
    clearInterval(drip)
    expect(client.received()).toMatch(/^HTTP\/1\.1 408 /)
    await expectAnswers()
  })

  it('announces too large a body is refused before it sends any', async () => {
    const client = await connectRaw(port)
    client.send(`${POST}content-length: 1000000000\r\n\r\n`)
    await client.ended
    expect(client.received()).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/)
  })

  it('sends a body without end is refused when it has sent too much, not at its end', async () => {
    const client = await connectRaw(port)
    bytesRead = 0
    client.send(`${POST}transfer-encoding: chunked\r\n\r\n`)
    const chunk = `400\r\n${' '.repeat(0x400)}\r\n`
    const flood = setInterval(() => client.send(chunk.repeat(64)), 1)
    await client.ended
    clearInterval(flood)
    expect(bytesRead).toBeLessThan(4 * 1024 * 1024)
    await expectAnswers()
  })

  it('does not speak HTTP is told so, in words that repeat nothing', async () => {
    const client = await connectRaw(port)
    client.send('9990000018 GET\r\n\r\n')
    await client.ended
    expect(client.received()).toMatch(/^HTTP\/1\.1 400 /)
    expect(client.received()).not.toContain('999')
  })

  it('sends headers without end is told so', async () => {
    const client = await connectRaw(port)
    client.send(`${POST}x: ${'x'.repeat(20_000)}\r\n\r\n`)
    await client.ended
    expect(client.received()).toMatch(/^HTTP\/1\.1 431 /)
  })

  it.each([
    ['does not read its answer is cut off', 0],
    ['reads its answer a little now and then is cut off as well', 1000],
  ])('%s', async (_case, sip) => {
    ended = 0
    const client = await connectRaw(port, { reads: false })
    const sipping = setInterval(() => client.socket.read(sip), 20)
    client.send('GET /large HTTP/1.1\r\nhost: x\r\n\r\n')
    await expect.poll(() => ended, { timeout: 10_000 }).toBe(1)
    clearInterval(sipping)
    client.socket.resume()
    await client.ended
    expect(client.socket.bytesRead).toBeLessThan(LARGE)
    await expectAnswers()
  })

  it('keeps its connection after an answer in time is not cut off', async () => {
    ended = 0
    const client = await connectRaw(port)
    const request = `${POST}content-length: 7\r\n\r\n{"a":1}`
    client.send(request)
    await expect.poll(() => ended).toBe(1)
    const later = performance.now() + TIMES.readMs + TIMES.sendMs
    await expect.poll(() => performance.now(), { timeout: 10_000 }).toBeGreaterThan(later)
    client.send(request)
    await expect.poll(() => ended).toBe(2)
    expect(client.received().match(/HTTP\/1\.1 200/g)).toHaveLength(2)
    client.socket.destroy()
  })
})
