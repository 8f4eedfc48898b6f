import { NHS_NUMBER } from '../../fhir/nhs-number.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import { identifierKey, identityInUrl } from '../../load/read/identity.ts'
import { type ReferenceKeys, referenceKeys } from '../../load/resolve/references.ts'

/** The FHIR system of codes of the Organisation Data Service. */
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

/**
 * How a reference is to be looked up on one server. An absolute one to another server means nothing
 * here, whatever has the same id.
 *
 * @param base the server's base URL without a slash at its end
 */
export function localKeys(reference: FhirReference, base: string): ReferenceKeys {
  const keys = referenceKeys(reference)
  const type = keys.type ?? (keys.identifiers.some(isOdsKey) ? 'Organization' : null)
  const identity = keys.url === null ? keys.identity : identityBelow(base, keys.url)
  return { ...keys, url: null, type, identity }
}

/** `Type/id` of a URL directly below the base: another server may stand deeper. */
function identityBelow(base: string, url: string): string | null {
  const target = identityInUrl(url)
  if (target === null) return null
  const identity = `${target.type}/${target.id}`
  const own = `${base}/${identity}`
  return url.startsWith(own) && /^(?:[/?#]|$)/.test(url.slice(own.length)) ? identity : null
}

/**
 * Puts first what a business identifier means that several resources bear, as the store has it: a server
 * may find them in another order each time.
 */
export function byIdentity(one: FhirResource, other: FhirResource): number {
  const [first, second] = [one, other].map(({ resourceType, id }) => `${resourceType}/${id}`)
  return String(first) < String(second) ? -1 : 1
}

/** The NHS number by which keys name a patient; null where they do not. */
export function nhsNumberIn({ identifiers }: ReferenceKeys): string | null {
  const key = identifiers.find((one) => one.startsWith(NHS_KEY))
  return key === undefined ? null : key.slice(NHS_KEY.length).replace(/\s+/g, '')
}

const NHS_KEY = identifierKey(NHS_NUMBER, '')

function isOdsKey(key: string): boolean {
  return key.startsWith(identifierKey(ODS, ''))
}
