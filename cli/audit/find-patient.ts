import type { Kysely } from 'kysely'
import { numbersOf } from '../../gateway/access/evidence.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { createLocate } from '../../subgraphs/index/locate.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import { systemClock } from '../../subgraphs/kit/clock.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { findDatabaseUrl } from '../load/find-database-url.ts'
import { GATEWAY } from '../start/postgres/databases.ts'
import type { Settings } from '../start/read-settings.ts'

/** A patient as the gateway's own database knows them, if it can be read. */
export interface FoundPatient {
  /** False where the database could not be read: then only the given number is known. */
  readonly isLookedUp: boolean
  /** The number in force. */
  readonly nhsNumber: string
  /** Every number of the same person. */
  readonly linkedNumbers: readonly string[]
  /** Null where it could not be read. */
  readonly governance: Kysely<GovernanceDatabase> | null
  close(): Promise<void>
}

const LONGEST_READ_MS = 10_000

/** Looks a patient up in the gateway's database: the settings', or the running system's own. */
export async function findPatient(
  { config, participants }: Settings,
  nhsNumber: string,
): Promise<FoundPatient> {
  const url = await findDatabaseUrl(config, GATEWAY)
  if (url === null) return unknown(nhsNumber)
  const db = connect<IndexDatabase>(url, 1, { statementTimeoutMs: LONGEST_READ_MS })
  try {
    const located = await createLocate({ db, participants, clock: systemClock })(nhsNumber)
    return {
      isLookedUp: true,
      nhsNumber: located?.nhsNumber ?? nhsNumber,
      linkedNumbers: numbersOf(nhsNumber, located),
      governance: db.withTables<GovernanceDatabase>(),
      close: () => db.destroy(),
    }
  } catch {
    // It is away, or not the gateway's: the report says that it has one number only.
    await db.destroy()
    return unknown(nhsNumber)
  }
}

function unknown(nhsNumber: string): FoundPatient {
  return {
    isLookedUp: false,
    nhsNumber,
    linkedNumbers: [],
    governance: null,
    close: async () => {},
  }
}
