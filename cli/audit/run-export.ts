import { type ExportCursor, formatCursor } from '../../gateway/audit/export/export-cursor.ts'
import { exportEvents } from '../../gateway/audit/export/export-events.ts'
import type { SettledEvent } from '../../gateway/audit/export/settled-events.ts'
import { toAuditEvent } from '../../gateway/audit/export/to-audit-event.ts'
import { commandEvent, commandOutcome } from './command-event.ts'
import { count, createCounter } from './counter.ts'
import type { ExportOptions } from './export.ts'
import { type ExportOutput, keepCursor, openOutput, readCursor } from './export-output.ts'
import { openCommandTrail } from './open-command-trail.ts'
import { type OpenedStore, openAuditStore } from './open-store.ts'
import { AuditProblem, describeAuditProblem } from './problem.ts'
import { readDayOrMoment } from './read-day-or-moment.ts'

/** An export as it was asked for. */
interface ExportRequest {
  readonly options: ExportOptions
  readonly after: ExportCursor
  readonly until: Date | null
}

/** What an export has written. */
interface Exported {
  readonly events: number
  /** Behind the last event. */
  readonly cursor: ExportCursor
}

/**
 * Exports what is settled, and says where to go on.
 *
 * @returns the exit code: 0 exported, 2 not
 */
export async function runExport(options: ExportOptions): Promise<number> {
  try {
    const until = readUntil(options.until)
    const after = await readCursor(options)
    const store = await openAuditStore(options.databaseUrl)
    try {
      const { events, cursor } = await exportAll(store, { options, after, until })
      const noun = events === 1 ? 'event' : 'events'
      process.stderr.write(`${count(events)} ${noun} exported. Go on after the cursor\n`)
      process.stderr.write(`${formatCursor(cursor)}\n`)
    } finally {
      await store.db.destroy()
    }
    return 0
  } catch (error) {
    process.stderr.write(`lcr audit export: ${describeAuditProblem(error)}\n`)
    return 2
  }
}

/** Begins to write once there is more than earlier exports, and has written down that it does. */
async function exportAll(store: OpenedStore, request: ExportRequest): Promise<Exported> {
  const { after, until } = request
  const held: SettledEvent[] = []
  const pages = exportEvents(store.db, { after, until })
  for await (const page of pages) {
    held.push(...page)
    if (held.some(({ event }) => event.action !== EXPORT_ACTION)) {
      return await exportRecorded(store, request, { held, pages })
    }
  }
  return { events: 0, cursor: after }
}

/** No commit, no data: the trail has the export before anybody has an event. */
async function exportRecorded(
  { config }: OpenedStore,
  { options, after, until }: ExportRequest,
  found: {
    readonly held: readonly SettledEvent[]
    readonly pages: AsyncIterable<readonly SettledEvent[]>
  },
): Promise<Exported> {
  const output = openOutput(options)
  const trail = await openCommandTrail(config, options.databaseUrl)
  const facts = { after: formatCursor(after), until: until?.toISOString() ?? null }
  const event = commandEvent({ action: EXPORT_ACTION, facts }, new Date())
  let done: Exported = { events: 0, cursor: after }
  const counter = createCounter(process.stderr)
  try {
    await trail.commit([event]).catch((cause: unknown) => {
      throw new AuditProblem('the audit store does not take that it is exported', { cause })
    })
    const write = async (page: readonly SettledEvent[]) => {
      done = await writePage(page, { output, gateway: config.audience, done })
      if (options.cursorFile !== undefined) await keepCursor(options.cursorFile, done.cursor)
      counter.show('Exported', { entries: done.events })
    }
    await write(found.held)
    for await (const page of found.pages) await write(page)
    await output.close()
    return done
  } finally {
    counter.end()
    trail.append([commandOutcome(event, { events: done.events }, new Date())])
    await trail.close()
  }
}

async function writePage(
  page: readonly SettledEvent[],
  { output, gateway, done }: { output: ExportOutput; gateway: string; done: Exported },
): Promise<Exported> {
  const lines = page.map((settled) => `${JSON.stringify(toAuditEvent(settled, gateway))}\n`)
  await output.write(lines.join(''))
  return { events: done.events + page.length, cursor: page.at(-1)?.cursor ?? done.cursor }
}

/** What an export is called in the trail. */
const EXPORT_ACTION = 'lcr audit export'

function readUntil(text: string | undefined): Date | null {
  if (text === undefined) return null
  const moment = readDayOrMoment(text)
  if (moment) return moment
  throw new AuditProblem(`'${text}' is no day or moment: give 2026-11-30 or 2026-11-30T09:00:00Z`)
}
