import { FhirServerError } from '../fhir-server-error.ts'
import type { ServerBase } from './server-base.ts'

/** How a page is asked for. */
export interface PageRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query, below the server's origin. */
  readonly path: string
  /** `application/x-www-form-urlencoded` */
  readonly body?: string
}

/** Spaces included; a longer number is none. */
const TEN_DIGITS = /(?<!\d)\d{3}[\s+-]?\d{3}[\s+-]?\d{4}(?!\d)/

/** The first page of a search: posted, because a URL is written into logs everywhere. */
export function firstPage(
  base: ServerBase,
  resourceType: string,
  form: URLSearchParams,
): PageRequest {
  return { method: 'POST', path: `${base.path}/${resourceType}/_search`, body: form.toString() }
}

/**
 * How the page is asked for that a next link leads to: by the link, below the same base; a link that
 * repeats what looks like an NHS number is posted instead.
 *
 * @throws BAD_NEXT_LINK where it leads elsewhere: the token would go there
 */
export function nextPage(base: ServerBase, link: string): PageRequest {
  const url = parse(link, base)
  const isBelow = url.pathname === base.path || url.pathname.startsWith(`${base.path}/`)
  const isOurs = url.origin === base.origin && url.username === '' && url.password === ''
  if (!isOurs || !isBelow) throw new FhirServerError('BAD_NEXT_LINK')
  if (!looksLikeNhsNumber(decoded(url))) return { method: 'GET', path: url.pathname + url.search }
  const type = url.pathname.slice(base.path.length).replace(/\/_search$/, '')
  if (looksLikeNhsNumber(type) || !/^\/[A-Z][A-Za-z]+$/.test(type)) {
    throw new FhirServerError('BAD_NEXT_LINK')
  }
  return {
    method: 'POST',
    path: `${base.path}${type}/_search`,
    body: url.searchParams.toString(),
  }
}

/** Whether a text holds what may be an NHS number, which must not stand in a URL. */
export function looksLikeNhsNumber(text: string): boolean {
  return TEN_DIGITS.test(text)
}

function parse(link: string, base: ServerBase): URL {
  try {
    return new URL(link, `${base.href}/`)
  } catch (cause) {
    throw new FhirServerError('BAD_NEXT_LINK', { cause })
  }
}

function decoded(url: URL): string {
  try {
    return decodeURIComponent(url.pathname + url.search)
  } catch (cause) {
    throw new FhirServerError('BAD_NEXT_LINK', { cause })
  }
}
