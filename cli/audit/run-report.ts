import { writeFile } from 'node:fs/promises'
import type { AuditTrail } from '../../gateway/audit/open-trail.ts'
import { MOST_ENTRIES, makeReport, ReportTooLong } from '../../gateway/audit/report/make-report.ts'
import { renderCsv } from '../../gateway/audit/report/render-csv.ts'
import { renderHtml } from '../../gateway/audit/report/render-html.ts'
import { renderText } from '../../gateway/audit/report/render-text.ts'
import { readSettings } from '../start/read-settings.ts'
import { commandEvent, commandOutcome } from './command-event.ts'
import { type FoundPatient, findPatient } from './find-patient.ts'
import { openCommandTrail } from './open-command-trail.ts'
import { AuditProblem, describeAuditProblem } from './problem.ts'
import { type AskedReport, readReportOptions } from './read-report-options.ts'
import type { ReportOptions } from './report.ts'

/**
 * Makes a patient's report, once its making stands in the audit trail, and prints it.
 *
 * @returns the exit code: 0 made, 2 not made
 */
export async function runReport(options: ReportOptions): Promise<number> {
  try {
    const asked = await readReportOptions(options, process.stdin)
    await write(await report(asked, options.databaseUrl), options.out)
    return 0
  } catch (error) {
    process.stderr.write(`lcr audit report: ${describeAuditProblem(error)}\n`)
    return 2
  }
}

async function report(asked: AskedReport, databaseUrl: string | undefined): Promise<string> {
  const settings = await readSettings()
  if ('problem' in settings) throw new AuditProblem(settings.problem)
  const patient = await findPatient(settings, asked.nhsNumber)
  if (!patient.isLookedUp) process.stderr.write(`lcr audit report: ${ONE_NUMBER}\n`)
  try {
    const trail = await openCommandTrail(settings.config, databaseUrl)
    try {
      return await makeRecorded(trail, patient, asked)
    } finally {
      await trail.close()
    }
  } finally {
    await patient.close()
  }
}

/** Writes down that the report is made, and makes it: no commit, no data. */
async function makeRecorded(
  trail: AuditTrail,
  patient: FoundPatient,
  asked: AskedReport,
): Promise<string> {
  const now = new Date()
  const { from, until, format, includeStaffNames } = asked
  const event = commandEvent(
    {
      action: 'lcr audit report',
      facts: { from, until, format, includeStaffNames },
      nhsNumber: patient.nhsNumber,
      requestedNhsNumber: asked.nhsNumber,
    },
    now,
  )
  await trail.commit([event]).catch((cause: unknown) => {
    throw new AuditProblem(`${NOT_RECORDED}: the audit store does not take it`, { cause })
  })
  const made = await makeReport(
    { audit: trail.db, governance: patient.governance, now },
    { ...asked, linkedNumbers: patient.linkedNumbers },
  ).catch(describeLength)
  trail.append([commandOutcome(event, { entries: made.entries.length }, new Date())])
  return RENDERERS[asked.format](made)
}

const RENDERERS = { text: renderText, csv: renderCsv, html: renderHtml }

function describeLength(error: unknown): never {
  if (!(error instanceof ReportTooLong)) throw error
  throw new AuditProblem(
    `a report has at most ${MOST_ENTRIES.toLocaleString('en-GB')} entries: give a later --from or an earlier --until`,
  )
}

async function write(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(text)
    return
  }
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException
    const problem = code === 'EEXIST' ? 'there is a file of this name already' : String(code)
    throw new AuditProblem(`--out: ${problem}`, { cause })
  })
}

const ONE_NUMBER =
  "the gateway's database cannot be read: only this NHS number is looked for, and no number that it replaced or was replaced by"
const NOT_RECORDED = 'no report is made, because its making cannot be written down'
