import type { Kysely } from 'kysely'
import { readId } from '../../governance/arguments.ts'
import { fromCodes } from '../../governance/emergency/alert-reasons.ts'
import type { GovernanceDatabase } from '../../governance/store/tables.ts'
import { findEvents } from '../reading/find-events.ts'
import type { Period } from '../reading/read-period.ts'
import type { AuditDatabase } from '../store/tables.ts'
import { claimOf, type Description, describeEvent } from './describe-event.ts'

/** One access or refusal, in words for the patient. */
export interface ReportEntry extends Description {
  readonly at: Date
  /** Tells one person in one role from another, and is shown to nobody. */
  readonly person: string
}

/** Who looked at a patient's record, whole, the newest first. */
export interface Report extends Period {
  readonly nhsNumber: string
  /** Other numbers of the same person, under which was looked as well. */
  readonly otherNhsNumbers: readonly string[]
  readonly generatedAt: Date
  readonly entries: readonly ReportEntry[]
}

/** A report as asked for. */
export interface ReportRequest extends Period {
  readonly nhsNumber: string
  /** Every number of the same person that is known. */
  readonly linkedNumbers: readonly string[]
  readonly includeStaffNames: boolean
}

/** More in one report could not be read by anybody, nor made in time. */
export const MOST_ENTRIES = 5000

/** A period holds more than one report can. */
export class ReportTooLong extends Error {
  override readonly name = 'ReportTooLong'
}

/**
 * Makes a patient's report: everything that was done with their record in the period, and everything
 * that was refused.
 *
 * @param parts.governance tells why emergency access was claimed; null where it cannot be reached
 * @throws ReportTooLong
 */
export async function makeReport(
  parts: {
    readonly audit: Kysely<AuditDatabase>
    readonly governance: Kysely<GovernanceDatabase> | null
    readonly now: Date
  },
  request: ReportRequest,
): Promise<Report> {
  const { nhsNumber, from, until, includeStaffNames } = request
  const nhsNumbers = [...new Set([nhsNumber, ...request.linkedNumbers])]
  const filter = { nhsNumbers, from, until }
  const found = await findEvents(parts.audit, filter, { first: MOST_ENTRIES })
  if (found.hasNextPage) throw new ReportTooLong()
  const claims = found.events.flatMap(({ event }) => claimOf(event) ?? [])
  const claimReasons = await findClaimReasons(parts.governance, claims)
  return {
    nhsNumber,
    otherNhsNumbers: nhsNumbers.slice(1),
    from,
    until,
    generatedAt: parts.now,
    entries: found.events.map(({ event, outcome }) => ({
      ...describeEvent({ event, outcome }, { includeStaffNames, claimReasons }),
      at: new Date(event.at),
      person: `${event.user?.userId} ${event.user?.roleProfileId}`,
    })),
  }
}

/** The reason of each claim, in the schema's word, by its id. */
async function findClaimReasons(
  db: Kysely<GovernanceDatabase> | null,
  evidence: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(evidence.flatMap((id) => readId(id) ?? []))]
  if (!db || ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('emergency_claim')
    .select(['id', 'alert_type', 'alert_reason'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, fromCodes(row.alert_type, row.alert_reason).reason]))
}
