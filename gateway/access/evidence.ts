import type { Kysely } from 'kysely'
import type { Located } from '../../subgraphs/index/locate.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import type { Caller } from '../identity/caller.ts'
import { decidePatient, type PatientDecision } from './patient.ts'
import { findRelationships } from './relationships.ts'

/** What governance knows of a patient: read anew for every decision, so that a change counts at once. */
export interface GovernanceFacts {
  /** The id of the caller's open emergency claim for the person of these numbers, made at this organisation. */
  emergencyClaimOf(of: {
    readonly userId: string
    readonly odsCode: string
    readonly nhsNumbers: readonly string[]
  }): Promise<string | null>
  /** Whether an objection of the person of these numbers is under review or upheld, anywhere. */
  objectionInForce(nhsNumbers: readonly string[]): Promise<boolean>
}

/** Decides about one patient for one caller; throws when what it needs cannot be read. */
export type DecideAccess = (
  caller: Caller,
  nhsNumber: string,
  located: Located | null,
) => Promise<PatientDecision>

/**
 * The access decision over the gateway's database. The same is read for everybody, known or not, so
 * that the time of the answer tells nothing.
 */
export function createAccess(parts: {
  readonly db: Kysely<IndexDatabase>
  readonly governance: GovernanceFacts
  readonly clock: () => Date
}): DecideAccess {
  const { db, governance, clock } = parts
  return async ({ userId, odsCode }, nhsNumber, located) => {
    const nhsNumbers = numbersOf(nhsNumber, located)
    const [relationships, emergencyClaim, objectionInForce] = await Promise.all([
      findRelationships(db, odsCode, nhsNumbers),
      governance.emergencyClaimOf({ userId, odsCode, nhsNumbers }),
      governance.objectionInForce(nhsNumbers),
    ])
    return decidePatient({ relationships, emergencyClaim, objectionInForce, now: clock() })
  }
}

/** Every number of the same person: evidence may stand under one that has been replaced. */
export function numbersOf(nhsNumber: string, located: Located | null): readonly string[] {
  const { nhsNumber: current, patient } = located ?? { nhsNumber, patient: null }
  return [...new Set([nhsNumber, current, ...(patient?.supersededNhsNumbers ?? [])])]
}
