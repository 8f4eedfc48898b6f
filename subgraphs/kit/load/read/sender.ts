import { serverKey } from './server.ts'

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

/**
 * The key of the system or organisation that sent a Bundle, as its first entry says: the
 * MessageHeader of a message, the Composition of a document. Null where it does not say.
 */
export function senderOf(firstEntry: unknown): string | null {
  const resource = member(firstEntry, 'resource') ?? firstEntry
  switch (member(resource, 'resourceType')) {
    case 'MessageHeader': {
      const endpoint = member(member(resource, 'source'), 'endpoint')
      if (typeof endpoint === 'string' && endpoint.trim() !== '') return serverKey(endpoint.trim())
      return organisationKey(member(resource, 'sender'))
    }
    case 'Composition':
      return organisationKey(member(resource, 'custodian'))
    default:
      return null
  }
}

function organisationKey(reference: unknown): string | null {
  const identifier = member(reference, 'identifier')
  const value = member(identifier, 'value')
  if (member(identifier, 'system') !== ODS || typeof value !== 'string') return null
  const code = value.trim().toLowerCase()
  return /^[a-z0-9]{1,20}$/.test(code) ? `ods-${code}` : null
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}
