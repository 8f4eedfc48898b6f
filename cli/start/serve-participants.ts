import { databaseVariable } from '../../gateway/config/settings.ts'
import type { Config, SourceConfig } from '../../gateway/config.ts'
import type { ExclusionLists } from '../../subgraphs/kit/exclusions/exclusion-lists.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { type RunningSubgraph, startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import { loggerOptions } from './logger.ts'
import { LOOPBACK } from './ports.ts'
import { readFhirOptions } from './read-fhir-options.ts'
import { readSettings, type Settings } from './read-settings.ts'
import { runService, type Service } from './service.ts'

interface ServeOptions {
  readonly port?: number
  readonly host?: string
  readonly launched?: boolean
}

/** A participant to serve, and where its records are. */
interface Served {
  readonly participant: Participant
  readonly source: SourceConfig
}

/**
 * Runs the subgraphs of participants, each on a port of its own, until the process is told to stop. Where one
 * of them cannot be started, none runs on.
 *
 * @returns one line when they cannot be run at all
 */
export async function serveParticipants(
  codes: readonly string[],
  options: ServeOptions,
): Promise<string | undefined> {
  const settings = await readSettings()
  if ('problem' in settings) return settings.problem
  const isLaunched = options.launched === true
  const found = findServed(codes, settings)
  if ('problem' in found) return found.problem
  const problem = findProblem(found.served, options)
  if (problem !== undefined) return problem
  const { config } = settings
  await runService({
    config,
    // Each has its own, or none; the launcher names the one of the only participant that it starts here.
    databases: { databaseUrl: '' },
    isLaunched,
    // A gateway stands before it, which knows what to do without it.
    stopMs: { drain: 0, answers: config.sourceDeadlineMs },
    async start({ databaseUrl }) {
      const exclusions = await loadExclusions(config.exclusions)
      const starting = found.served.map((served) => {
        const url = isLaunched ? databaseUrl : served.source.databaseUrl
        return startOne(served, { url, config, exclusions, options })
      })
      return together(await allOrNone(starting))
    },
  })
  return undefined
}

function findServed(
  codes: readonly string[],
  { config, participants }: Settings,
): { readonly served: readonly Served[] } | { readonly problem: string } {
  const served: Served[] = []
  for (const code of new Set(codes)) {
    const participant = participants.find((each) => each.code === code)
    const source = config.sources.find((each) => each.code === code)
    if (!participant || !source) {
      const all = participants.map((each) => each.code).join(', ')
      return { problem: `There is no participant '${code}'. There are: ${all}` }
    }
    served.push({ participant, source })
  }
  return { served }
}

function findProblem(served: readonly Served[], options: ServeOptions): string | undefined {
  if (served.length > 1 && options.port !== undefined) {
    return '--port is for one participant: several listen each at its place after PORT'
  }
  if (options.launched) return undefined
  const lacking = served.find(
    ({ participant, source: { databaseUrl, fhir } }) =>
      databaseUrl === undefined && fhir === undefined && isContributor(participant),
  )
  if (!lacking) return undefined
  return `${databaseVariable(lacking.source.code)} is absent: it must be postgres://user:password@host:port/database`
}

async function startOne(
  { participant, source }: Served,
  given: {
    readonly url: string | undefined
    readonly config: Config
    readonly exclusions: ExclusionLists
    readonly options: ServeOptions
  },
): Promise<RunningSubgraph> {
  const { url, config, exclusions, options } = given
  const { fhir } = source
  // Beside a FHIR server no database is opened, whatever stands here.
  const records = fhir ? { fhir: await readFhirOptions(fhir) } : url && { databaseUrl: url }
  return startSubgraph({
    participant,
    exclusions,
    ...records,
    gatewayKeys: config.gatewayKeys,
    port: options.port ?? source.port,
    host: options.host ?? (options.launched ? LOOPBACK : config.host),
    logger: loggerOptions(config, source.code),
  })
}

async function allOrNone(
  starting: readonly Promise<RunningSubgraph>[],
): Promise<RunningSubgraph[]> {
  const ended = await Promise.allSettled(starting)
  const running = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = ended.find((one) => one.status === 'rejected')
  if (!failed) return running
  await together(running).close()
  throw failed.reason
}

function together(running: readonly RunningSubgraph[]): Service {
  return {
    async close() {
      await Promise.all(running.map((one) => one.close()))
    },
  }
}
