import { createHash, randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import type { AccessEvent, Outcome } from '../../gateway/audit/entries.ts'
import type { FoundPatient } from './find-patient.ts'
import type { AskedReport } from './read-report-options.ts'

const ACTION = 'lcr audit report'

/** The access that the making of a report is. Nobody is signed in: the machine's own user stands for them. */
export function reportEvent(
  asked: AskedReport,
  { nhsNumber }: Pick<FoundPatient, 'nhsNumber'>,
  now: Date,
): AccessEvent {
  const { from, until, format, includeStaffNames } = asked
  return {
    kind: 'ACCESS',
    event: randomUUID(),
    at: now.toISOString(),
    requestId: randomUUID(),
    category: 'AUDIT',
    action: ACTION,
    refusal: null,
    user: null,
    purpose: null,
    grounds: null,
    nhsNumber,
    requestedNhsNumber: asked.nhsNumber,
    sections: [],
    deniedFields: [],
    facts: { from, until, format, includeStaffNames },
    operation: {
      type: 'query',
      name: null,
      digest: createHash('sha256').update(ACTION).digest('hex'),
    },
    client: { name: 'lcr', version: null },
    device: { id: `${userName()}@${hostname()}`, address: null, userAgent: null },
  }
}

/** What came of it. */
export function reportOutcome({ event, at }: AccessEvent, entries: number, now: Date): Outcome {
  return {
    kind: 'OUTCOME',
    event,
    at: now.toISOString(),
    durationMs: now.getTime() - Date.parse(at),
    sources: {},
    items: { entries },
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
