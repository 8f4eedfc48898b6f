import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
let authorization: string

beforeAll(async () => {
  system = await startSystem()
  authorization = `Bearer ${await system.token('gp.nel')}`
})

afterAll(() => system?.close())

const withToken: typeof fetch = (url, init) =>
  fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), authorization } })

describe('the GraphQL over HTTP specification', () => {
  const audits = serverAudits({ url: () => `${system.url}/graphql`, fetchFn: withToken })

  it.each(audits.filter(({ name }) => name.startsWith('MUST')))('$name', async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: 'ok' })
  })

  it('has no audit that ends in an error', async () => {
    const results = await Promise.all(audits.map(({ fn }) => fn()))
    expect(results.filter(({ status }) => status === 'error')).toEqual([])
  })
})

describe('beside the specification', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${system.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...headers },
      body,
    })

  it('a query in a URL is refused: NHS numbers would end up in access logs', async () => {
    const response = await withToken(`${system.url}/graphql?query={__typename}`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'Send the operation as JSON in the body of a POST.',
          extensions: { code: 'METHOD_NOT_ALLOWED' },
        },
      ],
    })
  })

  it.each([
    ['no JSON', 'query { me }', {}, 400],
    ['nothing', '', {}, 400],
    ['too much', JSON.stringify({ query: `{ me { name } } #${'x'.repeat(300_000)}` }), {}, 413],
    ['another content type', '{ me { name } }', { 'content-type': 'text/plain' }, 415],
  ])('a body of %s is refused in plain words', async (_case, body, headers, status) => {
    const response = await post(body, headers as Record<string, string>)
    expect(response.status).toBe(status)
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] }
    expect(errors).toHaveLength(1)
    expect(errors[0]?.extensions.code).toBe('BAD_REQUEST')
  })

  it('gives back a request id, its own or an acceptable one, never one that could be an NHS number', async () => {
    const idFor = async (id: string) =>
      (await post('{"query":"{__typename}"}', { 'x-request-id': id })).headers.get('x-request-id')
    expect(await idFor('ed-7f3a-0001')).toBe('ed-7f3a-0001')
    expect(await idFor('9990000018')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await idFor('id-9990000018')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is never kept by a cache', async () => {
    expect((await post('{"query":"{__typename}"}')).headers.get('cache-control')).toBe('no-store')
  })
})

describe('health', () => {
  it('is live, and ready once the index answers', async () => {
    const live = await fetch(`${system.url}/health/live`)
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }])
    const ready = await fetch(`${system.url}/health/ready`)
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        checks: { indexDatabase: true, indexFilled: true, auditStore: true },
        supergraph: 0,
      },
    ])
  })
})
