import type { Element } from '../elements.ts'

/** True for what says that something must not be done: `doNotPerform` is anything but false. */
export function isProhibited(source: Element): boolean {
  const said = source['doNotPerform']
  return said !== undefined && said !== null && said !== false
}

/** What of a request's own states says that it is over. */
const OVER: ReadonlySet<string> = new Set(['COMPLETED', 'STOPPED', 'CANCELLED', 'REVOKED'])

/** These say as much of a prohibition as of a request. */
const OF_BOTH: ReadonlySet<string> = new Set(['DRAFT', 'ENTERED_IN_ERROR'])

/** The state of a prohibition, so that nobody takes it for a request of what it forbids. */
export function prohibitionStatus<T extends string>(
  status: T,
): T | 'PROHIBITED' | 'PROHIBITION_ENDED' {
  if (OF_BOTH.has(status)) return status
  return OVER.has(status) ? 'PROHIBITION_ENDED' : 'PROHIBITED'
}
