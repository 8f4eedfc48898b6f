import { stat } from 'node:fs/promises'
import { exitCodeOf } from '../../cli/load/exit-code.ts'
import {
  INTERRUPTED,
  INTERRUPTED_CODE,
  isInterruption,
  untilInterrupted,
} from '../../cli/load/on-interruption.ts'
import { createProgressLine } from '../../cli/load/progress-line.ts'
import { renderReport } from '../../cli/load/render-report.ts'
import { StartProblem } from '../../cli/start/problem.ts'
import { ExclusionListError } from '../../subgraphs/kit/exclusions/list-error.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { loadResources } from '../../subgraphs/kit/load/load.ts'
import { NotUtf8Error } from '../../subgraphs/kit/load/read/check-utf8.ts'
import { findSources } from '../../subgraphs/kit/load/read/find-sources.ts'
import { readSource, SourceError } from '../../subgraphs/kit/load/read/source.ts'
import type { LoadReport } from '../../subgraphs/kit/load/report.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { joinDatabase } from './open-database.ts'
import { importOwnParticipant } from './own-participant.ts'
import { readEnvFile, readSettings } from './settings.ts'

/** How to load, as `npm run load` is told. */
interface LoadOptions {
  /** A name or base URL of the server whose data it is. */
  readonly source?: string
  readonly json?: boolean
}

/**
 * Loads, and prints what became of it; starts the embedded PostgreSQL for it where none runs.
 *
 * @returns the exit code: that of `exitCodeOf`, or 2 when it could not be carried out
 */
export async function loadIntoOwnStore(source: string, how: LoadOptions): Promise<number> {
  try {
    const report = await untilInterrupted((signal) => load(source, { server: how.source, signal }))
    const text = how.json ? JSON.stringify(report, null, 2) : renderReport(report)
    await print(`${text}\n`)
    return exitCodeOf(report)
  } catch (error) {
    process.stderr.write(`load: ${describe(error)}\n`)
    return isInterruption(error) ? INTERRUPTED_CODE : 2
  }
}

async function load(
  source: string,
  { server, signal }: { readonly server: string | undefined; readonly signal: AbortSignal },
): Promise<LoadReport> {
  if (server !== undefined) readSource(server)
  readEnvFile()
  const settings = await readSettings(process.env)
  if (settings.fhir) {
    throw new StartProblem('the records stay in the FHIR server of FHIR_BASE_URL: load them there')
  }
  const participant = await importOwnParticipant()
  if (!isContributor(participant)) {
    throw new StartProblem(
      `${participant.name} takes part to view only and publishes no record, so nothing can be loaded`,
    )
  }
  if (source !== '-' && !(await stat(source).catch(() => null))) {
    throw new StartProblem(`there is no file or folder '${source}'`)
  }
  const exclusions = await loadExclusions(settings.exclusions)
  const database = await joinDatabase(settings, participant.code)
  const db = connect<ParticipantDatabase>(database.url, 1)
  const { sources, skippedFiles, totalBytes } = await findSources(source, process.stdin)
  const progress = createProgressLine(process.stderr, totalBytes)
  try {
    await migrateStore(db)
    return await loadResources({
      db,
      participant,
      exclusions,
      signal,
      source: server,
      sources,
      skippedFiles,
      onProgress: progress.show,
      onWait: () => progress.say('Another load is under way: waiting for its end'),
    })
  } finally {
    progress.end()
    await db.destroy()
    await database.close()
  }
}

/** One line, free of values: messages can quote what was being loaded, so only codes are told. */
function describe(error: unknown): string {
  if (isInterruption(error)) return INTERRUPTED
  if (error instanceof StartProblem || error instanceof ExclusionListError) return error.message
  if (error instanceof SourceError || error instanceof NotUtf8Error) return error.message
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, name } = cause as { code?: unknown; name?: unknown }
  if (code === 'ECONNREFUSED') return 'the database does not answer'
  return `it broke off (${typeof code === 'string' ? code : String(name)}); nothing of this load is in`
}

/** Waits until all of it is written: the process may be ended right after. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })
}
