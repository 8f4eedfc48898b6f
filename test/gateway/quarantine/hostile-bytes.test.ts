import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { readBounded } from '../../../gateway/federation/read-bounded.ts'
import { ADA_SENT, askRecords, askSource, type Respond, record, startSource } from './ask-source.ts'

const ALLERGIES = 'allergies { nodes { id } }'
const allergies = { nodes: [{ id: 'a' }] }
const good = JSON.stringify({ data: { _entities: [{ ...ADA_SENT, allergies }] } })

const bytes =
  (body: Buffer | string, headers: Record<string, string> = {}): Respond =>
  (response) =>
    void response.writeHead(200, headers).end(body)

/** Something of the depth of a bomb in the place of something else. */
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

describe('bytes that are no answer', () => {
  it.each<[string, Respond]>([
    ['invalid UTF-8', bytes(Buffer.from(good.replace('"a"', '"\xff"'), 'latin1'))],
    ['truncated JSON', bytes(good.slice(0, -5))],
    ['two answers', bytes(good + good)],
    ['nothing', bytes('')],
    ['gzip, which nobody asked for', bytes(gzipSync(good), { 'content-encoding': 'gzip' })],
    ['a lie about an encoding', bytes(good, { 'content-encoding': 'br' })],
    ['an answer that is a bomb', bytes(nested(100_000))],
    ['data that are a bomb', bytes(`{"data":${nested(100_000)}}`)],
    ['errors that are a bomb', bytes(`{"data":null,"errors":${nested(100_000)}}`)],
    ['a record that is a bomb', bytes(`{"data":{"_entities":[${nested(100_000)}]}}`)],
    ['more than allowed', bytes(JSON.stringify({ data: { x: 'x'.repeat(1_000_000) } }))],
  ])('%s: nothing comes through, and the source counts as failed', async (_case, respond) => {
    const answer = await askSource(respond, ALLERGIES)
    expect(answer.data).toEqual({ _entities: [null] })
    expect(answer.errors).toMatchObject([{ path: ['_entities', 0] }])
    expect(answer.calls.map(({ outcome }) => outcome)).toEqual(['FAILED'])
  })

  it('are no harm within a section either: it is missing', async () => {
    const bombs = [nested(100_000), `${'{"nodes":'.repeat(50_000)}1${'}'.repeat(50_000)}`]
    for (const bomb of bombs) {
      const answer = await askSource(bytes(good.replace('"a"', bomb)), ALLERGIES)
      expect(answer.data).toEqual({ _entities: [{ allergies: null }] })
      expect(answer.calls.map(({ outcome }) => outcome)).toEqual(['INCOMPLETE'])
    }
  })

  it('do not keep the next answer from coming', async () => {
    let respond: Respond = bytes(nested(100_000))
    const { source } = await startSource((...given) => respond(...given))
    await askRecords(source, ALLERGIES)
    respond = bytes(good)
    const { data } = await askRecords(source, ALLERGIES)
    expect(data).toEqual({ _entities: [{ allergies }] })
  })
})

describe('a body without end', () => {
  it('is cut off at the limit, and its connection closed', async () => {
    const megabyte = Buffer.alloc(1_000_000, 'x')
    let sent = 0
    const { source, closedSockets } = await startSource((response) => {
      response.writeHead(200)
      const push = () => {
        while (!response.destroyed && sent < 100_000_000) {
          sent += megabyte.length
          if (!response.write(megabyte)) return void response.once('drain', push)
        }
      }
      push()
    })
    const { data, calls } = await askRecords(source, ALLERGIES)
    expect(data).toEqual({ _entities: [null] })
    expect(calls.map(({ outcome }) => outcome)).toEqual(['FAILED'])
    await vi.waitFor(() => expect(closedSockets()).toBe(1), { timeout: 10_000 })
    expect(sent).toBeLessThan(100_000_000)
  })

  it('that is announced is not read at all', async () => {
    const { source, closedSockets } = await startSource((response) => {
      response.writeHead(200, { 'content-length': '100000000' }).write('{"data":')
    })
    const { calls } = await askRecords(source, ALLERGIES)
    expect(calls.map(({ outcome }) => outcome)).toEqual(['FAILED'])
    await vi.waitFor(() => expect(closedSockets()).toBe(1), { timeout: 10_000 })
  })
})

it.each([
  ['too large', {}],
  ['announced to be too large', { 'content-length': '11' }],
  ['compressed', { 'content-encoding': 'gzip' }],
])('closes a body that is %s', async (_case, headers) => {
  const body = new Readable({
    read() {
      this.push(Buffer.alloc(11))
    },
  })
  await expect(readBounded({ headers, body }, 10)).rejects.toThrow()
  expect(body.destroyed).toBe(true)
})

it('lets an honest record through, so that all this is not for nothing', async () => {
  const { data } = await askSource(record({ ...ADA_SENT, allergies }), ALLERGIES)
  expect(data).toEqual({ _entities: [{ allergies }] })
})
