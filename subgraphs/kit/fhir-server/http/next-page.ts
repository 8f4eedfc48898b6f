import { isNhsNumber } from '../../fhir/nhs-number.ts'
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

/** Ten digits, with or without spaces; a longer number is none. */
const TEN_DIGITS = /(?<!\d)\d{3}[\s+-]?\d{3}[\s+-]?\d{4}(?!\d)/g

/** A word with ten digits, or ten digits alone. What mixes letters and digits is a token. */
const WORD_OF_TEN_DIGITS =
  /(?<![A-Za-z\d])[A-Za-z]*(\d{3}[\s+-]?\d{3}[\s+-]?\d{4})[A-Za-z]*(?![A-Za-z\d])/g

const UUID = /(?<![A-Za-z\d])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![A-Za-z\d])/gi

/** Escapes of escapes are looked through so often; what goes deeper is refused. */
const MOST_DECODINGS = 5

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
 * holds an NHS number is posted instead: one that was searched for wherever it stands, any other where
 * it is not a part of the server's own token.
 *
 * @param searched the first page's form
 * @throws BAD_NEXT_LINK where it leads elsewhere: the token would go there
 */
export function nextPage(base: ServerBase, link: string, searched: URLSearchParams): PageRequest {
  const url = parse(link, base)
  const isBelow = url.pathname === base.path || url.pathname.startsWith(`${base.path}/`)
  const isOurs = url.origin === base.origin && url.username === '' && url.password === ''
  if (!isOurs || !isBelow) throw new FhirServerError('BAD_NEXT_LINK')
  const read = decoded(url.pathname + url.search)
  const holdsNumber = holdsNhsNumber(read) || repeatsNumber(read, searched)
  if (!holdsNumber) return { method: 'GET', path: url.pathname + url.search }
  const type = url.pathname.slice(base.path.length).replace(/\/_search$/, '')
  if (!/^\/[A-Z][A-Za-z]+$/.test(type)) throw new FhirServerError('BAD_NEXT_LINK')
  return {
    method: 'POST',
    path: `${base.path}${type}/_search`,
    body: url.searchParams.toString(),
  }
}

/**
 * Whether a text holds an NHS number, which must not stand in a URL. Ten digits that happen to stand in
 * a UUID or another token of letters and digits are none.
 */
export function holdsNhsNumber(text: string): boolean {
  const found = text.replaceAll(UUID, '').matchAll(WORD_OF_TEN_DIGITS)
  return [...found].some(([, digits = '']) => isNhsNumber(onlyDigits(digits)))
}

function repeatsNumber(text: string, searched: URLSearchParams): boolean {
  const numbers = [...searched.values()]
    .flatMap((value) => value.replaceAll(UUID, '').match(TEN_DIGITS) ?? [])
    .map(onlyDigits)
    .filter(isNhsNumber)
  const joined = text.replaceAll(/[\s+-]/g, '')
  return numbers.some((number) => text.includes(number) || joined.includes(number))
}

function onlyDigits(written: string): string {
  return written.replaceAll(/\D/g, '')
}

function parse(link: string, base: ServerBase): URL {
  try {
    return new URL(link, `${base.href}/`)
  } catch (cause) {
    throw new FhirServerError('BAD_NEXT_LINK', { cause })
  }
}

/** A text as it is meant, without escapes, nor escapes of escapes. */
function decoded(text: string): string {
  let read = text
  for (let times = 0; times < MOST_DECODINGS; times++) {
    const before = read
    try {
      read = decodeURIComponent(before)
    } catch (cause) {
      if (times === 0) throw new FhirServerError('BAD_NEXT_LINK', { cause })
      return before
    }
    if (read === before) return read
  }
  throw new FhirServerError('BAD_NEXT_LINK')
}
