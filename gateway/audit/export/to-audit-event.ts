import { GATEWAY_NAME, toAgents } from './agents.ts'
import { CODES, PROFILES } from './codes.ts'
import { type Element, text, withoutNothing } from './element.ts'
import { toEntities } from './entities.ts'
import type { SettledEvent } from './settled-events.ts'

/** FHIR's codes for how it ended: a refusal is a minor failure. */
const SUCCESS = '0'
const MINOR_FAILURE = '4'

/**
 * An event as a FHIR R4 AuditEvent after IHE's Basic Audit Log Patterns. The profiles are of queries
 * that succeeded: a refusal and a mutation have the same shape and claim none.
 *
 * @param gateway what the gateway is known by: a URI, or a word
 */
export function toAuditEvent(settled: SettledEvent, gateway: string): Element {
  const { event, outcome, entry } = settled
  const isQuery = event.operation.type === 'query'
  const isOrdered = outcome !== null && event.at <= outcome.at
  return withoutNothing({
    resourceType: 'AuditEvent',
    id: event.event,
    meta: { profile: toProfile(settled) },
    type: CODES.rest,
    subtype: [isQuery ? CODES.search : CODES.operation],
    action: 'E',
    period: isOrdered ? { start: event.at, end: outcome.at } : { start: event.at },
    recorded: entry.recordedAt.toISOString(),
    outcome: event.refusal === null ? SUCCESS : MINOR_FAILURE,
    outcomeDesc: text(event.refusal ?? outcome?.errors.join(' ')),
    agent: toAgents(event, gateway),
    source: {
      site: gateway,
      observer: { identifier: { value: entry.writer }, display: GATEWAY_NAME },
      type: [CODES.applicationServer],
    },
    entity: toEntities(settled),
  })
}

function toProfile({ event }: SettledEvent): readonly string[] | undefined {
  if (event.refusal !== null || event.operation.type !== 'query') return undefined
  return [text(event.nhsNumber) ? PROFILES.patientQuery : PROFILES.query]
}
