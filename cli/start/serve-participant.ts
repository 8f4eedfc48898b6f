import { databaseVariable } from '../../gateway/config/settings.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import { loggerOptions } from './logger.ts'
import { LOOPBACK } from './ports.ts'
import { readFhirOptions } from './read-fhir-options.ts'
import { readSettings } from './read-settings.ts'
import { runService } from './service.ts'

/**
 * Runs one participant's subgraph until it is told to stop.
 *
 * @returns one line when it cannot be run at all
 */
export async function serveParticipant(
  code: string,
  options: { readonly port?: number; readonly host?: string; readonly launched?: boolean },
): Promise<string | undefined> {
  const settings = await readSettings()
  if ('problem' in settings) return settings.problem
  const { config, participants } = settings
  const participant = participants.find((each) => each.code === code)
  const source = config.sources.find((each) => each.code === code)
  if (!participant || !source) {
    const codes = participants.map((each) => each.code).join(', ')
    return `There is no participant '${code}'. There are: ${codes}`
  }
  const isLaunched = options.launched === true
  const { fhir } = source
  if (!isLaunched && source.databaseUrl === undefined && fhir === undefined) {
    return `${databaseVariable(code)} is absent: it must be postgres://user:password@host:port/database`
  }
  await runService({
    config,
    // Beside a FHIR server no database is opened, whatever stands here.
    databases:
      source.databaseUrl === undefined && fhir === undefined
        ? undefined
        : { databaseUrl: source.databaseUrl ?? '' },
    isLaunched,
    // A gateway stands before it, which knows what to do without it.
    stopMs: { drain: 0, answers: config.sourceDeadlineMs },
    async start({ databaseUrl }) {
      return startSubgraph({
        participant,
        exclusions: await loadExclusions(config.exclusions),
        ...(fhir ? { fhir: await readFhirOptions(fhir) } : { databaseUrl }),
        gatewayKeys: config.gatewayKeys,
        port: options.port ?? source.port,
        host: options.host ?? (isLaunched ? LOOPBACK : config.host),
        logger: loggerOptions(config, code),
      })
    },
  })
  return undefined
}
