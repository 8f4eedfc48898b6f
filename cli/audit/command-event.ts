import { createHash, randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import type { AccessEvent, Outcome } from '../../gateway/audit/entries.ts'

/**
 * The access to the trail that a command is. Nobody is signed in: the machine's own user stands for
 * them.
 *
 * @param done.action the command as it is written: `lcr audit report`
 */
export function commandEvent(
  done: {
    readonly action: string
    readonly facts: Readonly<Record<string, unknown>>
    readonly nhsNumber?: string
    readonly requestedNhsNumber?: string
  },
  now: Date,
): AccessEvent {
  const { action, facts, nhsNumber = null, requestedNhsNumber = null } = done
  return {
    kind: 'ACCESS',
    event: randomUUID(),
    at: now.toISOString(),
    requestId: randomUUID(),
    category: 'AUDIT',
    action,
    refusal: null,
    user: null,
    purpose: null,
    grounds: null,
    nhsNumber,
    requestedNhsNumber,
    sections: [],
    deniedFields: [],
    facts,
    operation: {
      type: 'query',
      name: null,
      digest: createHash('sha256').update(action).digest('hex'),
    },
    client: { name: 'lcr', version: null },
    device: { id: `${userName()}@${hostname()}`, address: null, userAgent: null },
  }
}

/** What came of it: how many of what were handed out. */
export function commandOutcome(
  { event, at }: AccessEvent,
  items: Readonly<Record<string, number>>,
  now: Date,
): Outcome {
  return {
    kind: 'OUTCOME',
    event,
    at: now.toISOString(),
    durationMs: now.getTime() - Date.parse(at),
    sources: {},
    items,
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
