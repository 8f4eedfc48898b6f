import { describeProblem, StartProblem } from '../../cli/start/problem.ts'
import { listenForStop } from '../../cli/start/stop-requests.ts'
import { createTerminal } from '../../cli/start/terminal.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { DescriptionError } from '../../subgraphs/kit/participant-description.ts'
import { startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import { explain } from './explain.ts'
import { openDatabase } from './open-database.ts'
import { Parts } from './parts.ts'
import { type KitSettings, readEnvFile, readSettings } from './settings.ts'
import { renderWelcome } from './welcome.ts'

/** As shells have it for a command that Ctrl-C ended. */
const EXIT_INTERRUPTED = 130

/** What a folder's `participant.js` exports. */
export interface ParticipantModule {
  readonly participant: Participant
}

/**
 * Runs a participant's subgraph until it is told to stop: reads `.env` and the environment, brings up
 * the embedded PostgreSQL where no DATABASE_URL and no FHIR_BASE_URL is set, and says where it listens.
 * Then ends the process: with 0 after a stop that was asked for, with 1 after a problem, said in one line.
 */
export async function serveParticipant(module: Promise<ParticipantModule>): Promise<void> {
  const terminal = createTerminal(process.stderr)
  const participant = await describedIn(module)
  if (participant === undefined) return
  const stop = listenForStop(process.env['npm_lifecycle_event'] !== undefined)
  void stop.forced.then(() => process.exit(EXIT_INTERRUPTED))
  const parts = new Parts()
  let dataDir = ''
  try {
    readEnvFile()
    const settings = await readSettings(process.env)
    dataDir = settings.dataDir
    const up = bringUp({ participant, settings, parts, say: terminal.phase })
    up.catch(() => {})
    const url = await Promise.race([up, stop.requested.then(() => undefined)])
    terminal.clear()
    if (url !== undefined) {
      terminal.line(renderWelcome(participant, settings, url))
      await Promise.race([stop.requested, parts.broken])
    }
    // What was under way when the stop was asked for is stopped as well.
    await up.catch(() => {})
    await parts.close()
  } catch (error) {
    terminal.clear()
    terminal.line(describeProblem(error, dataDir))
    await parts.close()
    process.exitCode = 1
  }
  // Connections that are merely idle keep nobody waiting.
  process.exit()
}

/** Whatever else breaks in the engineer's own files is thrown on, with its place. */
async function describedIn(module: Promise<ParticipantModule>): Promise<Participant | undefined> {
  try {
    return (await module).participant
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error
    process.stderr.write(`participant.json: ${error.message}\n`)
    process.exitCode = 1
    return undefined
  }
}

/** @returns where it listens */
async function bringUp(given: {
  readonly participant: Participant
  readonly settings: KitSettings
  readonly parts: Parts
  say(phase: string): void
}): Promise<string> {
  const { participant, settings, parts, say } = given
  const { gatewayKeys, host, port, logLevel, fhir } = settings
  if (gatewayKeys === undefined) {
    throw new StartProblem(
      "LCR_GATEWAY_KEYS is absent: set it in .env to the URL or the file of the gateway's public keys",
    )
  }
  const exclusions = await loadExclusions(settings.exclusions)
  if (fhir === undefined) {
    if (settings.databaseUrl === undefined) say('Starting PostgreSQL')
    parts.addDatabase(await openDatabase(settings, participant.code))
  }
  say('Starting the subgraph')
  const common = { participant, exclusions, gatewayKeys, host, port }
  const logger = { name: participant.code, level: logLevel }
  parts.subgraph = await startSubgraph({
    ...common,
    logger,
    ...(fhir ? { fhir } : { databaseUrl: parts.database?.url ?? '' }),
  }).catch((error: unknown) => {
    throw explain(error, settings)
  })
  return parts.subgraph.url
}
