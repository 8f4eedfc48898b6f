import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import { type Identity, identifierKey, identityInUrl, isTypeName } from '../read/identity.ts'
import { baseOf, isAbsolute, serverKey, storedId } from '../read/server.ts'

/** How a reference is to be looked up, in this order. */
export interface ReferenceKeys {
  /** An absolute URL or URN, to be found as the `fullUrl` of an entry. */
  readonly url: string | null
  /** `Type/id`. */
  readonly identity: string | null
  /** `?system|value`, from a conditional reference or from the reference's identifier. */
  readonly identifiers: readonly string[]
  /** What the target has to be, where the reference says so. */
  readonly type: string | null
}

/** True for what only means something inside of one Bundle. */
export function isUrn(url: string): boolean {
  return /^urn:(uuid|oid):/i.test(url)
}

/** Reads a reference: absolute, relative, versioned, conditional, by URN or by identifier alone. */
export function referenceKeys(reference: FhirReference): ReferenceKeys {
  const written = typeof reference.reference === 'string' ? reference.reference.trim() : ''
  const type = isTypeName(reference.type) ? reference.type : null
  const logical = logicalKey(reference)
  const identifiers = logical === null ? [] : [logical]
  // A URN that is still there after binding means nothing (see bind-references.ts).
  if (written === '' || written.startsWith('#') || isUrn(written))
    return { url: null, identity: null, identifiers, type }
  const condition = conditionOf(written)
  if (condition !== null) {
    const keys = condition.key === null ? identifiers : [condition.key, ...identifiers]
    return { url: null, identity: null, identifiers: keys, type: condition.type }
  }
  const target = targetOf(written)
  return {
    url: /^https?:/i.test(written) ? written : null,
    identity: target === null ? null : `${target.type}/${target.id}`,
    identifiers,
    type: target?.type ?? type,
  }
}

/**
 * The resource that a bound reference names: that of the server whose URL it gives, or what a relative
 * one says. Null for what names none.
 */
export function targetOf(written: unknown): Identity | null {
  if (typeof written !== 'string') return null
  const bound = /^([A-Z][A-Za-z]{1,63})\/([a-z0-9-]+\|[^\s/?#|]+)$/.exec(written)
  const [, type, id] = bound ?? []
  if (type !== undefined && id !== undefined) return { type, id }
  const target = identityInUrl(written)
  const base = isAbsolute(written) ? baseOf(written) : null
  if (target === null || base === null) return target
  return { type: target.type, id: storedId(serverKey(base), target.id) }
}

/** Every reference that stands anywhere in a resource, contained resources included. */
export function referencesIn(resource: FhirResource): FhirReference[] {
  const found: FhirReference[] = []
  collect(resource, found, 0)
  return found
}

/** Deeper nesting than any resource has is left alone. */
const maxDepth = 64

function collect(value: unknown, found: FhirReference[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found, depth + 1)
    return
  }
  const object = value as Record<string, unknown>
  const { reference, identifier, url } = object
  // An attachment points at a Binary as a reference does.
  if (typeof url === 'string' && /^urn:|(^|\/)Binary\//i.test(url)) found.push({ reference: url })
  if (typeof reference === 'string') found.push(object)
  else if (typeof identifier === 'object' && identifier !== null && !Array.isArray(identifier)) {
    found.push(object)
  }
  for (const key in object) collect(object[key], found, depth + 1)
}

function conditionOf(written: string): { type: string; key: string | null } | null {
  const match = /(?:^|\/)([A-Z][A-Za-z]{1,63})\?(.*)$/.exec(written)
  const [, type, query] = match ?? []
  if (type === undefined || query === undefined) return null
  const [system, value] = (new URLSearchParams(query).get('identifier') ?? '').split('|')
  if (system === undefined || system === '') return { type, key: null }
  return {
    type,
    key: value === undefined ? identifierKey('', system) : identifierKey(system, value),
  }
}

function logicalKey(reference: FhirReference): string | null {
  const { system, value } = reference.identifier ?? {}
  if (typeof value !== 'string' || value === '') return null
  return identifierKey(typeof system === 'string' ? system : '', value)
}
