import { type Kysely, type RawBuilder, sql } from 'kysely'
import { isDisbelieved } from '../../subgraphs/index/identity/decide-identity.ts'
import type { Located } from '../../subgraphs/index/locate.ts'
import { ownersOf } from '../../subgraphs/index/relationships/why-unheard.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import type { Clock } from '../../subgraphs/kit/clock.ts'
import { serverName, serverOf } from '../../subgraphs/kit/load/read/server.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { compileOnce } from '../../subgraphs/kit/store/compile-once.ts'
import { type ClaimedBy, openClaim } from '../governance/emergency/claims.ts'
import { objectionInForce } from '../governance/objections/objection-in-force.ts'
import type { Caller } from '../identity/caller.ts'
import type { Judging } from './counting.ts'
import { decidePatient, type PatientDecision } from './patient.ts'
import { type RelationshipRow, relationshipRows, toRelationship } from './relationships.ts'

/**
 * Decides about one patient for one caller; throws when what it needs cannot be read. A patient who is still
 * being located is decided on once that is known, and their evidence read meanwhile.
 */
export type DecideAccess = (
  caller: Pick<Caller, 'userId' | 'odsCode'>,
  nhsNumber: string,
  located: Located | null | Promise<Located | null>,
) => Promise<PatientDecision>

type Asked = ClaimedBy & { readonly now: Date }

interface Row {
  readonly relationships: readonly RelationshipRow[]
  readonly emergency_claim: string | null
  readonly objection_in_force: boolean
}

/**
 * The access decision over the gateway's database: everything in one statement, read anew each time,
 * so that what one gateway writes holds at once in all. The same is read for everybody, known or not:
 * the time of the answer tells nothing.
 */
export function createAccess({
  db,
  participants,
  clock,
}: {
  readonly db: Kysely<IndexDatabase>
  readonly participants: readonly Participant[]
  readonly clock: Clock
}): DecideAccess {
  const owners = ownersOf(participants)
  const readEvidence = compileOnce<Asked, Row>(
    db,
    'access-evidence',
    ['userId', 'odsCode', 'nhsNumbers', 'now'],
    (asked) => {
      const nhsNumbers = ofAnyLength(asked.nhsNumbers)
      return sql<Row>`
        select ${relationshipRows(asked.odsCode, nhsNumbers)} as relationships,
          ${openClaim({ ...asked, nhsNumbers })} as emergency_claim,
          ${objectionInForce(nhsNumbers)} as objection_in_force`
    },
  )
  const read = async (
    caller: Pick<Caller, 'userId' | 'odsCode'>,
    nhsNumbers: readonly string[],
  ) => {
    const { userId, odsCode } = caller
    const now = clock()
    const [row] = await readEvidence({ userId, odsCode, nhsNumbers, now })
    if (!row) throw new Error('The evidence could not be read')
    return { row, now }
  }
  return async (caller, nhsNumber, locating) => {
    // Hardly anybody has another number than the one that is asked about. Who has one is read again.
    const early = locating instanceof Promise ? read(caller, [nhsNumber]) : null
    // When the index fails, that is told.
    early?.catch(() => {})
    const located = await locating
    const nhsNumbers = numbersOf(nhsNumber, located)
    // What the national service has just said was not there before.
    const isAll = nhsNumbers.length === 1 && located?.identity.nationalService !== 'VOUCHES'
    const { row, now } = await (early && isAll ? early : read(caller, nhsNumbers))
    return decidePatient({
      odsCode: caller.odsCode,
      relationships: row.relationships.map(toRelationship),
      emergencyClaim: row.emergency_claim,
      objectionInForce: row.objection_in_force,
      owners,
      isDisbelieved: disbeliefIn(located),
      now,
    })
  }
}

/**
 * Whether who tells a relationship takes the number for another person than who was decided on: the
 * participant, or the one of its servers on which the evidence stands.
 */
export function disbeliefIn(located: Located | null): Judging['isDisbelieved'] {
  return ({ participant, evidence }) =>
    located !== null &&
    isDisbelieved(located.identity, { participant, server: serverOfEvidence(evidence) })
}

function serverOfEvidence(evidence: string): string {
  return serverName(serverOf(evidence.slice(evidence.indexOf('/') + 1)))
}

/**
 * SQL: an array of which PostgreSQL does not look at the length. Else it would take a plan made for
 * this length to be so much better than one for any that it plans anew for every call, which takes
 * longer than all of the reading.
 */
function ofAnyLength(array: RawBuilder<readonly string[]>): RawBuilder<readonly string[]> {
  return sql<readonly string[]>`(array(select unnest(${array}::text[])))`
}

/** Every number of the same person: evidence may stand under one that has been replaced. */
export function numbersOf(nhsNumber: string, located: Located | null): readonly string[] {
  const { nhsNumber: current, patient } = located ?? { nhsNumber, patient: null }
  return [...new Set([nhsNumber, current, ...(patient?.supersededNhsNumbers ?? [])])]
}
