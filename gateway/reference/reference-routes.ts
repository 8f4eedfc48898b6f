import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Releases } from '../release/follow-releases.ts'
import type { Release } from '../release/release.ts'
import { publicSdl } from './public-sdl.ts'
import { PAGE_POLICY, schemaPage } from './schema-page.ts'

/** A text with its `ETag`. */
interface Text {
  readonly body: string
  readonly tag: string
}

/**
 * Adds the public schema of the present release: `GET /schema.graphql` as a file, `GET /schema` as a
 * page. Nobody needs a token for it, as nobody does for introspection.
 */
export function addReferenceRoutes(
  app: FastifyInstance,
  releases: Pick<Releases, 'current'>,
): void {
  const files = keptOfRelease(({ schema }) => publicSdl(schema))
  const pages = keptOfRelease(({ schema, participants, version: { number: version } }) =>
    schemaPage({ schema, participants, version }),
  )
  app.get('/schema.graphql', (request, reply) => {
    void reply.type('application/graphql; charset=utf-8')
    return send(request, reply, files(releases.current))
  })
  app.get('/schema', (request, reply) => {
    void reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY)
    return send(request, reply, pages(releases.current))
  })
}

/** Made when it is first asked for, and gone with its release. */
function keptOfRelease(make: (release: Release) => string): (release: Release) => Text {
  const kept = new WeakMap<Release, Text>()
  return (release) => {
    const known = kept.get(release)
    if (known) return known
    const body = make(release)
    const text = { body, tag: `"${createHash('sha256').update(body).digest('base64url')}"` }
    kept.set(release, text)
    return text
  }
}

function send(request: FastifyRequest, reply: FastifyReply, { body, tag }: Text): FastifyReply {
  void reply
    .header('etag', tag)
    .header('cache-control', 'no-cache')
    .header('x-content-type-options', 'nosniff')
  const known = request.headers['if-none-match']?.split(/\s*,\s*/) ?? []
  const isKnown = known.some((one) => one === '*' || one.replace(/^W\//, '') === tag)
  return isKnown ? reply.code(304).send() : reply.send(body)
}
