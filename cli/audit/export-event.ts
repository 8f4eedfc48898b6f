import { createHash, randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import type { AccessEvent, Outcome } from '../../gateway/audit/entries.ts'

/** What an export is called in the trail. */
export const EXPORT_ACTION = 'lcr audit export'

/** The access that an export is. Nobody is signed in: the machine's own user stands for them. */
export function exportEvent(
  facts: { readonly after: string; readonly until: string | null },
  now: Date,
): AccessEvent {
  return {
    kind: 'ACCESS',
    event: randomUUID(),
    at: now.toISOString(),
    requestId: randomUUID(),
    category: 'AUDIT',
    action: EXPORT_ACTION,
    refusal: null,
    user: null,
    purpose: null,
    grounds: null,
    nhsNumber: null,
    requestedNhsNumber: null,
    sections: [],
    deniedFields: [],
    facts,
    operation: {
      type: 'query',
      name: null,
      digest: createHash('sha256').update(EXPORT_ACTION).digest('hex'),
    },
    client: { name: 'lcr', version: null },
    device: { id: `${userName()}@${hostname()}`, address: null, userAgent: null },
  }
}

/** What came of it. */
export function exportOutcome({ event, at }: AccessEvent, events: number, now: Date): Outcome {
  return {
    kind: 'OUTCOME',
    event,
    at: now.toISOString(),
    durationMs: now.getTime() - Date.parse(at),
    sources: {},
    items: { events },
    errors: [],
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // In a container a user may have a number and no name.
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
