import type { AccessEvent, AuditedUser } from '../entries.ts'
import { CODES, type Coding, SYSTEMS, UNKNOWN } from './codes.ts'
import { type Element, text } from './element.ts'

/** The name of what answers, for readers. */
export const GATEWAY_NAME = 'London Care Record gateway'

/**
 * Who took part: the program that asked, the gateway, and, where a genuine token named them, the user
 * and the organisation that they acted for.
 *
 * @param gateway what the gateway is known by: a URI, or a word
 */
export function toAgents(event: AccessEvent, gateway: string): Element[] {
  const { user } = event
  return [
    toClient(event),
    toServer(gateway),
    ...(user ? [toUser(user, event.purpose), toOrganisation(user)] : []),
  ]
}

function toClient({ client, device }: AccessEvent): Element {
  const program = client ? text(`${client.name} ${client.version ?? ''}`) : text(device.userAgent)
  const address = text(device.address)
  const who = { identifier: { value: text(device.id) }, display: program }
  return {
    type: concept(CODES.sourceRole),
    who: program || text(device.id) ? who : UNKNOWN,
    requestor: false,
    network: address ? { address, type: IP_ADDRESS } : UNKNOWN,
  }
}

function toServer(gateway: string): Element {
  return {
    type: concept(CODES.destinationRole),
    who: { identifier: { value: gateway }, display: GATEWAY_NAME },
    requestor: false,
    network: { address: gateway, type: gateway.includes('://') ? URI : MACHINE_NAME },
  }
}

function toUser(user: AuditedUser, purpose: string | null): Element {
  const role = (system: string, code: string, display?: string) => {
    const known = text(code)
    return known ? { system, code: known, display: text(display) } : undefined
  }
  return {
    type: concept(CODES.recipient),
    role: [
      {
        coding: [
          role(SYSTEMS.jobRole, user.roleCode, user.roleName),
          role(SYSTEMS.roleProfile, user.roleProfileId),
        ],
        text: text(user.roleName),
      },
    ],
    who: {
      identifier: { system: SYSTEMS.user, value: text(user.userId) },
      display: text(user.name),
    },
    name: text(user.name),
    requestor: true,
    purposeOfUse: [text(purpose) ? { coding: [role(SYSTEMS.purpose, purpose ?? '')] } : undefined],
  }
}

function toOrganisation({ odsCode, organisationName }: AuditedUser): Element {
  return {
    type: concept(CODES.provider),
    who: {
      type: 'Organization',
      identifier: { system: SYSTEMS.organisation, value: text(odsCode) },
      display: text(organisationName),
    },
    requestor: false,
  }
}

function concept(coding: Coding): Element {
  return { coding: [{ ...coding }] }
}

/** Codes of `http://hl7.org/fhir/network-type`. */
const MACHINE_NAME = '1'
const IP_ADDRESS = '2'
const URI = '5'
