import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { roleGroupOf } from '../../access/roles.ts'
import { doesGovernance } from '../../access/sections.ts'
import { refusalError } from '../../errors.ts'
import { readNhsNumber, readWords } from '../arguments.ts'
import type { GovernanceContext } from '../context.ts'
import { isPastDay } from '../day.ts'
import type { GovernanceParts } from '../parts.ts'
import { staffColumns, staffOf } from '../staff.ts'
import type { GovernanceDatabase, ObjectionRoute } from '../store/tables.ts'
import { findObjections, type Objection } from './objections.ts'
import { OPEN } from './steps.ts'

/** The arguments of `Mutation.recordObjection`. */
export interface RecordArguments {
  readonly nhsNumber: string
  readonly receivedOn: string
  readonly route: ObjectionRoute
  readonly note?: string | null
}

/**
 * Records an objection with the caller's participant: of a patient with whom the caller's organisation
 * has a relationship or, for governance staff, whom their participant knows. One at a time: while one
 * is open, there is nothing to object to once more.
 *
 * @throws NO_LEGITIMATE_RELATIONSHIP, OBJECTION_ALREADY_OPEN, ORGANISATION_NOT_A_PARTICIPANT, or
 *   BAD_USER_INPUT naming the argument
 */
export async function recordObjection(
  parts: GovernanceParts,
  given: RecordArguments,
  context: GovernanceContext,
): Promise<Objection> {
  const staff = staffOf(context.caller, parts.participants)
  const participant = staff.participant.code
  const objection = readArguments(given, parts.clock())
  const number = objection.nhs_number
  if (!(await maySpeakOf(number, participant, context))) {
    throw refusalError('NO_LEGITIMATE_RELATIONSHIP')
  }
  const numbers = [...new Set([number, ...(await context.linkedNumbers(number))])]
  const id = randomUUID()
  return parts.db.transaction().execute(async (transaction) => {
    await refuseSecond(transaction, participant, numbers)
    await transaction
      .insertInto('objection')
      .values({ id, participant, source: 'LONDON_CARE_RECORD', state: 'RECEIVED', ...objection })
      .execute()
    await transaction
      .insertInto('objection_step')
      .values({
        objection_id: id,
        taken_at: parts.clock(),
        to_state: 'RECEIVED',
        request_id: context.requestId,
        ...staffColumns(staff),
      })
      .execute()
    const [recorded] = await findObjections(transaction, { participant, id })
    if (!recorded) throw new Error('An objection is not there after it was recorded')
    return recorded
  })
}

function readArguments({ nhsNumber, receivedOn, route, note }: RecordArguments, now: Date) {
  const nhs_number = readNhsNumber(nhsNumber)
  if (!isPastDay(receivedOn, now)) {
    throw badArgument('receivedOn', 'a whole date, from the year 2000 to today')
  }
  const words = note === undefined || note === null ? null : readWords('note', note, 1)
  return { nhs_number, received_on: receivedOn, route, note: words }
}

async function maySpeakOf(
  nhsNumber: string,
  participant: string,
  { caller, relationshipOf, isKnownTo }: GovernanceContext,
): Promise<boolean> {
  if (await relationshipOf(nhsNumber)) return true
  return doesGovernance(roleGroupOf(caller.role.code)) && isKnownTo(participant, nhsNumber)
}

/** Recording is rare, so all of a participant's wait for each other: numbers of one person may differ. */
async function refuseSecond(
  transaction: Transaction<GovernanceDatabase>,
  participant: string,
  nhsNumbers: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`objections of ${participant}`}, 0))
  `.execute(transaction)
  const open = await transaction
    .selectFrom('objection')
    .select('id')
    .where('participant', '=', participant)
    .where('nhs_number', 'in', [...nhsNumbers])
    .where('state', 'in', [...OPEN])
    .executeTakeFirst()
  if (open) throw refusalError('OBJECTION_ALREADY_OPEN')
}
