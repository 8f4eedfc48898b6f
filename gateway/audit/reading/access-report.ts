import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { refusalError } from '../../errors.ts'
import { readNhsNumber } from '../../governance/arguments.ts'
import type { GovernanceContext } from '../../governance/context.ts'
import type { GovernanceParts } from '../../governance/parts.ts'
import { staffOf } from '../../governance/staff.ts'
import { MOST_ENTRIES, makeReport, type Report, ReportTooLong } from '../report/make-report.ts'
import { renderCsv } from '../report/render-csv.ts'
import { renderHtml } from '../report/render-html.ts'
import { renderText } from '../report/render-text.ts'
import { readPeriod } from './read-period.ts'

/** The arguments of `Query.accessReport`. */
export interface AccessReportArguments {
  readonly nhsNumber: string
  readonly from?: string | null
  readonly until?: string | null
  readonly includeStaffNames?: boolean | null
}

/**
 * A patient's report, for an officer whose participant knows the patient.
 *
 * @throws ORGANISATION_NOT_A_PARTICIPANT, NO_LEGITIMATE_RELATIONSHIP, or BAD_USER_INPUT naming the
 *   argument; `from` also where the period holds more than a report can
 */
export async function accessReport(
  { audit, db, participants, clock }: GovernanceParts,
  given: AccessReportArguments,
  context: GovernanceContext,
) {
  const { participant } = staffOf(context.caller, participants)
  const nhsNumber = readNhsNumber(given.nhsNumber)
  const period = readPeriod(given)
  if (!(await context.isKnownTo(participant.code, nhsNumber))) {
    throw refusalError('NO_LEGITIMATE_RELATIONSHIP')
  }
  const report = await makeReport(
    { audit, governance: db, now: clock() },
    {
      ...period,
      nhsNumber,
      linkedNumbers: await context.linkedNumbers(nhsNumber),
      includeStaffNames: given.includeStaffNames === true,
    },
  ).catch(refuseLength)
  return toAccessReport(report)
}

function refuseLength(error: unknown): never {
  if (!(error instanceof ReportTooLong)) throw error
  throw badArgument(
    'from',
    `later, or 'until' earlier: a report has at most ${MOST_ENTRIES} entries`,
  )
}

/** A report as the schema's `AccessReport` shows it; only what is selected is rendered. */
function toAccessReport(report: Report) {
  const { nhsNumber, otherNhsNumbers, from, until, generatedAt, entries } = report
  return {
    nhsNumber,
    otherNhsNumbers,
    from: from?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    generatedAt: generatedAt.toISOString(),
    entries: entries.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    text: () => renderText(report),
    csv: () => renderCsv(report),
    html: () => renderHtml(report),
  }
}
