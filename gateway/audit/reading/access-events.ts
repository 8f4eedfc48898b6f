import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { readFirst } from '../../governance/arguments.ts'
import type { GovernanceContext } from '../../governance/context.ts'
import { officerLimits } from '../../governance/officer-limits.ts'
import type { GovernanceParts } from '../../governance/parts.ts'
import { staffOf } from '../../governance/staff.ts'
import type { Category } from '../entries.ts'
import { fromEventCursor, toEventCursor } from './event-cursor.ts'
import { type EventFilter, findEvents } from './find-events.ts'
import { readPeriod } from './read-period.ts'
import { toAccessEvent } from './to-access-event.ts'

/** The arguments of `Query.accessEvents`. */
export interface AccessEventsArguments {
  readonly nhsNumber?: string | null
  readonly userId?: string | null
  readonly odsCode?: string | null
  readonly from?: string | null
  readonly until?: string | null
  readonly category?: Category | null
  readonly isPermitted?: boolean | null
  readonly first?: number | null
  readonly after?: string | null
}

/**
 * The events that an officer may see: what staff of their own participant did and, of a patient whom
 * the participant knows, what others did. Where it does not know the patient the list has the
 * participant's own staff alone, and nothing says so.
 *
 * @throws ORGANISATION_NOT_A_PARTICIPANT, or BAD_USER_INPUT naming the argument
 */
export async function accessEvents(
  parts: Pick<GovernanceParts, 'audit' | 'participants'>,
  given: AccessEventsArguments,
  context: GovernanceContext,
) {
  const { participant } = staffOf(context.caller, parts.participants)
  const filter = toFilter(given)
  const page = { first: readFirst(given.first), after: readAfter(given.after) }
  const whose = await officerLimits(given.nhsNumber, participant.code, context)
  const { events, hasNextPage } = await findEvents(parts.audit, { ...filter, ...whose }, page)
  const last = events.at(-1)
  return {
    nodes: events.map(toAccessEvent),
    pageInfo: { endCursor: last ? toEventCursor(last) : null, hasNextPage },
  }
}

function toFilter(given: AccessEventsArguments): EventFilter {
  const { category, isPermitted } = given
  return {
    ...readPeriod(given),
    userId: readCode('userId', given.userId),
    odsCode: readCode('odsCode', given.odsCode)?.toUpperCase() ?? null,
    category: category ?? null,
    isPermitted: isPermitted ?? null,
  }
}

/** Printable and not long: whatever else it is, it finds nothing. */
const CODE = /^[^\p{C}]{1,100}$/u

function readCode(argument: string, written: string | null | undefined): string | null {
  if (written == null) return null
  const code = written.trim()
  if (!CODE.test(code)) throw badArgument(argument, '1 to 100 characters on one line')
  return code
}

function readAfter(after: string | null | undefined) {
  if (after == null) return null
  const position = fromEventCursor(after)
  if (!position) throw badArgument('after', 'a cursor that this graph gave out')
  return position
}
