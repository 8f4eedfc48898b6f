import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deadlineSignal } from '../../../gateway/federation/deadline-signal.ts'

/** Answers in a thread of its own, and counts its answers where this one sees it without reading anything. */
const SERVER = `
const { createServer } = require('node:http')
const { parentPort, workerData } = require('node:worker_threads')
const server = createServer((_request, response) => {
  response.once('finish', () => Atomics.add(workerData, 0, 1))
  response.end('in time')
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`

const answered = new Int32Array(new SharedArrayBuffer(4))
let server: Worker
let url: string

beforeAll(async () => {
  server = new Worker(SERVER, { eval: true, workerData: answered })
  const [port] = await once(server, 'message')
  url = `http://127.0.0.1:${port}`
})

afterAll(() => server.terminate())

/** Does nothing else until it holds, as when a schema is built; not for ever. */
function blockUntil(holds: () => boolean): void {
  const endsAt = performance.now() + 5000
  while (!holds() && performance.now() < endsAt);
}

describe('The deadline of a source', () => {
  it('ends what takes longer, by the name of a timeout', async () => {
    const signal = deadlineSignal(10)
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
  })

  it('lets in what has come by then, although nobody could read it', async () => {
    await (await fetch(url)).text()
    const deadlineMs = 100
    const startedAt = performance.now()
    const signal = deadlineSignal(deadlineMs)
    const asked = fetch(url, { signal }).then((response) => response.text())
    const block = () => {
      if (Atomics.load(answered, 0) > 1) return
      blockUntil(
        () => Atomics.load(answered, 0) > 1 && performance.now() > startedAt + 2 * deadlineMs,
      )
    }
    // The request leaves on a connection that stands; then nothing is read.
    setImmediate(() => setImmediate(block))
    expect(await asked).toBe('in time')
  })
})
