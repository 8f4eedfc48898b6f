import type { AuditedUser, Outcome } from '../entries.ts'
import type { FoundEvent } from './find-events.ts'

/** An event as the schema's `AccessEvent` shows it. */
export function toAccessEvent({ event, recordedAt, outcome }: FoundEvent) {
  const { event: id, user, operation, facts, refusal } = event
  return {
    ...event,
    id,
    recordedAt: recordedAt.toISOString(),
    isPermitted: refusal === null,
    user: user && toUser(user),
    facts: Object.entries(facts ?? {}).flatMap(([name, value]) => toFact(name, value)),
    operationName: operation.name,
    outcome: outcome && toOutcome(outcome),
  }
}

function toUser({ odsCode, organisationName, ...user }: AuditedUser) {
  return { ...user, organisation: { odsCode, name: organisationName } }
}

/** What was left out in asking was not said. */
function toFact(name: string, value: unknown) {
  if (value === null || value === undefined) return []
  return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }]
}

function toOutcome({ at, durationMs, sources, items, errors }: Outcome) {
  return {
    at,
    durationMs,
    errors,
    sources: Object.entries(sources).map(([participant, outcome]) => ({ participant, outcome })),
    items: Object.entries(items).map(([section, count]) => ({ section, count })),
  }
}
