import { hash } from 'node:crypto'
import { dateTime, toInstant } from '../../fhir/time.ts'
import type { BundleEntry } from './read-entries.ts'
import { serverInUrl } from './server.ts'

/** What tells a resource from all others of its participant. */
export interface Identity {
  readonly type: string
  /** With the key of its server before it, where that is known; see server.ts. */
  readonly id: string
}

/** The last state of a resource that an entry tells of. */
export interface Version {
  /** As written: `meta.versionId`, or the entry's `etag`. */
  readonly version: string | null
  /** `meta.lastUpdated`, or the entry's `lastModified`. */
  readonly lastUpdated: Date | null
}

/** True for what may stand as a resource's type. */
export function isTypeName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Za-z]{1,63}$/.test(value)
}

/**
 * The id of a resource on its server: its own, else from the entry's `fullUrl`, else from the URL of its `PUT`,
 * else made from its business identifier, else from its content, so that the same entry always
 * gives the same id. Null when it has one of its own that cannot be used. The own id of what is
 * sent by `POST` does not count: R4 lets the server give the id (a history tells of one given).
 */
export function idOf(resource: Record<string, unknown>, entry: BundleEntry): string | null {
  const own = isToBeGiven(resource, entry) ? null : resource['id']
  if (typeof own === 'number') return String(own)
  if (own !== undefined && own !== null && own !== '') return isId(own) ? own : null
  const type = String(resource['resourceType'])
  const named = idInUrl(entry.fullUrl) ?? identityInUrl(urlOf(entry))?.id
  if (named !== undefined && named !== null) return named
  const [first] = identifiersOf(resource)
  if (first === undefined) return `c-${digest(`${type}|${JSON.stringify(resource)}`)}`
  // One laboratory order's results share its number: the code tells them apart.
  return `b-${digest(`${type}|${first}|${JSON.stringify(resource['code'] ?? '')}`)}`
}

/** True for what a server is asked to take in under an id of its choice. */
export function isToBeGiven(resource: Record<string, unknown>, entry: BundleEntry): boolean {
  if (methodOf(entry) !== 'POST') return false
  const isOfHistory =
    entry.response !== undefined || member(resource['meta'], 'versionId') !== undefined
  return !isOfHistory || /^urn:/i.test(String(entry.fullUrl ?? ''))
}

/** The id that a resource says it has, by which others of its Bundle may refer to it; else null. */
export function ownIdOf(resource: Record<string, unknown>): string | null {
  const own = resource['id']
  if (typeof own === 'number') return String(own)
  return isId(own) ? own : null
}

/** The key of the server that an entry's `fullUrl`, or else the URL of its request, names. */
export function serverOfEntry(entry: BundleEntry): string | null {
  return serverInUrl(entry.fullUrl) ?? serverInUrl(urlOf(entry))
}

/** What a `DELETE` removes, its id on its server: from its URL, else from its `fullUrl`. */
export function deletedIdentity(entry: BundleEntry): Identity | null {
  return identityInUrl(urlOf(entry)) ?? identityInUrl(entry.fullUrl)
}

/** The resource type that a request's URL begins with. */
export function requestedType(entry: BundleEntry): string | null {
  const [type] = (urlOf(entry) ?? '').split(/[/?]/)
  return isTypeName(type) ? type : null
}

/** The upper-case method of a transaction's or batch's entry. */
export function methodOf(entry: BundleEntry): string | null {
  const method = member(entry.request, 'method')
  return typeof method === 'string' ? method.toUpperCase() : null
}

/** `Type/id` at the end of a URL or relative reference as sent, versions and queries left out. */
export function identityInUrl(url: unknown): Identity | null {
  if (typeof url !== 'string') return null
  const match = /(?:^|\/)([A-Z][A-Za-z]{1,63})\/([^/?#\s]+)(?:\/_history\/[^/?#]*)?\/?$/.exec(
    url.split(/[?#]/, 1)[0] ?? '',
  )
  const [, type, id] = match ?? []
  return type !== undefined && isId(id) ? { type, id } : null
}

/** Keys of a resource's business identifiers, each `?system|value`. */
export function identifiersOf(resource: Record<string, unknown>): string[] {
  const source = resource['identifier']
  const list: unknown[] = Array.isArray(source) ? source : [source]
  const keys = list.flatMap((one) => {
    const system = member(one, 'system')
    const value = member(one, 'value')
    if (typeof value !== 'string' || value === '') return []
    return [identifierKey(typeof system === 'string' ? system : '', value)]
  })
  return [...new Set(keys)].filter((key) => key.length <= 600).slice(0, 20)
}

/** The key under which a business identifier is looked up. */
export function identifierKey(system: string, value: string): string {
  return `?${system}|${value}`
}

/** Which state of the resource an entry holds. */
export function versionOf(resource: unknown, entry: BundleEntry): Version {
  const meta = member(resource, 'meta')
  const own = member(meta, 'versionId')
  const tag = member(entry.response, 'etag')
  const stated = typeof own === 'number' ? String(own) : own
  const version =
    typeof stated === 'string' && stated !== ''
      ? stated
      : typeof tag === 'string'
        ? (/^(?:W\/)?"?([^"]+)"?$/.exec(tag)?.[1] ?? null)
        : null
  const moment = member(meta, 'lastUpdated') ?? member(entry.response, 'lastModified')
  return { version: version?.slice(0, 64) ?? null, lastUpdated: toMoment(moment) }
}

function toMoment(value: unknown): Date | null {
  if (typeof value !== 'string') return null
  const date = toInstant(dateTime(value)) ?? new Date(value)
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : null
}

function idInUrl(url: unknown): string | null {
  if (typeof url !== 'string') return null
  const urn = /^urn:(?:uuid|oid):(.+)$/i.exec(url)?.[1]
  if (urn !== undefined) return isId(urn) ? urn : null
  const path = (url.split(/[?#]/, 1)[0] ?? '').replace(/\/_history\/[^/]*$/, '').replace(/\/$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  return isId(last) ? last : null
}

function isId(value: unknown): value is string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused here
  return typeof value === 'string' && /^[^\s/?#|\u0000-\u001f\u007f]{1,255}$/.test(value)
}

function urlOf(entry: BundleEntry): string | null {
  const url = member(entry.request, 'url')
  return typeof url === 'string' ? url : null
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function digest(content: string): string {
  return hash('sha256', content).slice(0, 32)
}
