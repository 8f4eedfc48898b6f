import { stat } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { ExclusionListError } from '../../subgraphs/kit/exclusions/list-error.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { loadResources } from '../../subgraphs/kit/load/load.ts'
import { NotUtf8Error } from '../../subgraphs/kit/load/read/check-utf8.ts'
import { findSources } from '../../subgraphs/kit/load/read/find-sources.ts'
import { readSource, SourceError } from '../../subgraphs/kit/load/read/source.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { countDisputed, renderDisputed } from './count-disputed.ts'
import { exitCodeOf } from './exit-code.ts'
import { findDatabaseUrl } from './find-database-url.ts'
import { findUnheard } from './find-unheard.ts'
import {
  INTERRUPTED,
  INTERRUPTED_CODE,
  isInterruption,
  untilInterrupted,
} from './on-interruption.ts'
import { createProgressLine } from './progress-line.ts'
import { renderReport } from './render-report.ts'
import { renderUnheard } from './render-unheard.ts'

/** A load as asked for on the command line. */
export interface LoadRequest {
  readonly participant: string
  readonly source: string
  readonly databaseUrl: string | undefined
  /** A name or base URL of the server whose data it is. */
  readonly server: string | undefined
  readonly isJson: boolean
}

/** A reason why the command cannot be carried out, in one line. */
class LoadProblem extends Error {}

/**
 * Loads, and prints what became of it.
 *
 * @returns the exit code: that of `exitCodeOf`, or 2 when it could not be carried out
 */
export async function runLoad(request: LoadRequest): Promise<number> {
  // Node lets garbage grow to twice what is in use before it collects; a load has a bound to keep.
  setFlagsFromString('--heap-growing-percent=50')
  try {
    const { report, unheard, disputed, hasRecord } = await untilInterrupted((signal) =>
      load(request, signal),
    )
    const text = request.isJson
      ? JSON.stringify(
          { ...report, relationshipsThatOpenNothing: unheard, disputedNumbers: disputed },
          null,
          2,
        )
      : [
          hasRecord ? '' : NO_RECORD,
          renderUnheard(unheard),
          renderDisputed(disputed),
          renderReport(report),
        ]
          .filter((part) => part !== '')
          .join('\n\n')
    await print(`${text}\n`)
    return exitCodeOf(hasRecord ? report : { ...report, notMapped: [] })
  } catch (error) {
    process.stderr.write(`lcr load: ${describe(error)}\n`)
    return isInterruption(error) ? INTERRUPTED_CODE : 2
  }
}

const NO_RECORD =
  'This participant takes part to view only and publishes no record: of what is loaded, its relationships alone are told.'

async function load(request: LoadRequest, signal: AbortSignal) {
  const { readSettings } = await import('../start/read-settings.ts')
  const settings = await readSettings()
  if ('problem' in settings) throw new LoadProblem(settings.problem)
  const participant = findParticipant(settings.participants, request.participant)
  if (request.server !== undefined) readSource(request.server)
  const exclusions = await loadExclusions(settings.config.exclusions)
  await checkSource(request.source)
  const url = request.databaseUrl ?? (await findDatabaseUrl(settings.config, participant.code))
  if (url === null) throw new LoadProblem(noDatabase(participant.code))
  if (!/^postgres(ql)?:\/\//.test(url)) throw new LoadProblem(noUrl)
  const found = await findSources(request.source, process.stdin)
  const progress = createProgressLine(process.stderr, found.totalBytes)
  const db = connect<ParticipantDatabase>(url, 1)
  try {
    await migrateStore(db)
    const report = await loadResources({
      db,
      participant,
      exclusions,
      signal,
      source: request.server,
      sources: found.sources,
      skippedFiles: found.skippedFiles,
      onProgress: progress.show,
      onWait: () =>
        progress.say(`Another load of ${participant.code} is under way: waiting for its end`),
    })
    const unheard = await findUnheard(db, participant, settings.participants)
    const disputed = await countDisputed(db)
    return { report, unheard, disputed, hasRecord: isContributor(participant) }
  } finally {
    progress.end()
    await db.destroy()
  }
}

function findParticipant(participants: readonly Participant[], code: string): Participant {
  const found = participants.find((participant) => participant.code === code)
  if (found) return found
  const codes = participants.map((participant) => participant.code).join(', ')
  throw new LoadProblem(`there is no participant '${code}'. There are: ${codes}`)
}

async function checkSource(source: string): Promise<void> {
  if (source === '-') return
  const found = await stat(source).catch(() => null)
  if (found === null) throw new LoadProblem(`there is no file or folder '${source}'`)
}

const noUrl = 'the database URL must be like postgres://user:password@host:port/database'

function noDatabase(code: string): string {
  const variable = `${code.toUpperCase()}_DATABASE_URL`
  return `no database of '${code}' is known. Start the system with 'npm start', or set ${variable}, or give --database-url`
}

const knownProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the database does not answer',
  ENOTFOUND: "the database's host is not known",
  ERR_INVALID_URL: noUrl,
  '28P01': 'the database refuses the user or the password',
  '3D000': 'there is no such database',
  '42501': 'the user of the database may not do this',
  '53100': "the database's disk is full; nothing of this load is in",
  '57P01': 'the database was stopped; nothing of this load is in',
}

/** One line, free of values: messages can quote what was being loaded, so only codes are told. */
function describe(error: unknown): string {
  if (isInterruption(error)) return INTERRUPTED
  if (error instanceof LoadProblem || error instanceof ExclusionListError) return error.message
  if (error instanceof SourceError || error instanceof NotUtf8Error) return error.message
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, name } = cause as { code?: unknown; name?: unknown }
  if (typeof code !== 'string') return `it broke off (${String(name)}); nothing of this load is in`
  return knownProblems[code] ?? `it broke off (${code}); nothing of this load is in`
}

/** Waits until all of it is written: the process may be ended right after. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })
}
