import { element, elements, text } from '../../fhir/elements.ts'
import { FhirServerError } from '../fhir-server-error.ts'

/** The resource types that a server lets be searched. */
export type Capabilities = ReadonlySet<string>

/**
 * Reads a server's CapabilityStatement. A type that it does not name holds nothing: only so is a search
 * that fails told from one that there is none of.
 *
 * @throws NOT_CAPABLE when it is none, or Patients cannot be searched for
 */
export function readCapabilities(body: unknown): Capabilities {
  const statement = element(body)
  const types = elements(statement['rest'])
    .filter((rest) => rest['mode'] === 'server')
    .flatMap((rest) => elements(rest['resource']))
    .filter(isSearched)
    .flatMap((resource) => text(resource['type']) ?? [])
  const capabilities = new Set(types)
  if (statement['resourceType'] !== 'CapabilityStatement' || !capabilities.has('Patient')) {
    throw new FhirServerError('NOT_CAPABLE')
  }
  return capabilities
}

/** Binaries are only read; Provenances are searched for by what they are about. */
function isSearched(resource: Readonly<Record<string, unknown>>): boolean {
  const isByTarget = elements(resource['searchParam']).some((one) => one['name'] === 'target')
  if (resource['type'] === 'Provenance' && !isByTarget) return false
  const wanted = resource['type'] === 'Binary' ? 'read' : 'search-type'
  return elements(resource['interaction']).some((one) => one['code'] === wanted)
}
