import { hash } from 'node:crypto'

/** Where a FHIR server answers. */
export interface ServerBase {
  /** `https://fhir.trust.nhs.uk` */
  readonly origin: string
  /** `/R4`; empty where the server has the whole origin. */
  readonly path: string
  /** Both: what its own absolute references begin with. */
  readonly href: string
}

/**
 * Reads a server's base URL.
 *
 * @throws when it is none, or holds a password, a query or a fragment
 */
export function readServerBase(baseUrl: string): ServerBase {
  const url = new URL(baseUrl)
  const hasMore = url.username || url.password || url.search || url.hash
  if (!/^https?:$/.test(url.protocol) || hasMore) {
    throw new Error("The FHIR server's base URL must be http or https and nothing but a path")
  }
  const path = url.pathname.replace(/\/+$/, '')
  return { origin: url.origin, path, href: `${url.origin}${path}` }
}

/**
 * Tells a server from the participant's others, whether its address says http or https: the first 12
 * hexadecimal digits of the SHA-256 of `//host/path`.
 */
export function serverKeyOf({ href }: ServerBase): string {
  return hash('sha256', href.replace(/^https?:/, '')).slice(0, 12)
}
