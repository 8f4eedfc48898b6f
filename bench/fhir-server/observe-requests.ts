import { subscribe } from 'node:diagnostics_channel'
import { isNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import { holdsNhsNumber } from '../../subgraphs/kit/fhir-server/http/next-page.ts'

/** What was asked of HAPI. */
export interface Observed {
  requests: number
  /** Next links that were followed. */
  links: number
  /** Of them, those whose token has ten digits in a row, dashes aside, that would pass for an NHS number. */
  mistakable: number
  /** Requests with an NHS number in their URL. */
  naming: number
}

/** Counts from now on what this process asks of an origin. */
export function observeRequests(origin: string): Observed {
  const observed: Observed = { requests: 0, links: 0, mistakable: 0, naming: 0 }
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { origin: unknown; path: string } }
    if (String(request.origin) !== origin) return
    observed.requests += 1
    if (holdsNhsNumber(decodeURIComponent(request.path))) observed.naming += 1
    if (!request.path.includes('_getpages=')) return
    observed.links += 1
    if (isMistakable(request.path)) observed.mistakable += 1
  })
  return observed
}

function isMistakable(path: string): boolean {
  const found = path.match(/(?<!\d)\d{3}-?\d{3}-?\d{4}(?!\d)/g) ?? []
  return found.some((written) => isNhsNumber(written.replaceAll('-', '')))
}
