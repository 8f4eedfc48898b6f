import { type Config, findGatewayProblems } from '../../gateway/config.ts'
import { longestAnswerMs } from '../../gateway/limits/close-in-time.ts'
import { startGateway } from '../../gateway/main.ts'
import type { Order, OwnDatabases } from './messages.ts'
import { readSettings } from './read-settings.ts'
import { report, runService } from './service.ts'

/**
 * Runs the gateway until it is told to stop.
 *
 * @returns one line for each reason why it cannot be run at all
 */
export async function runGateway(options: {
  readonly launched?: boolean
}): Promise<string | undefined> {
  const settings = await readSettings()
  if ('problem' in settings) return settings.problem
  const { config } = settings
  const isLaunched = options.launched === true
  const problems = findGatewayProblems(config)
  if (!isLaunched && config.databaseUrl === undefined) {
    problems.push(
      'DATABASE_URL is absent: it must be postgres://user:password@host:port/database (lcr start brings its own)',
    )
  }
  if (!isLaunched && config.audit.databaseUrl === undefined) {
    problems.push(
      'LCR_AUDIT_DATABASE_URL is absent: without an audit trail nothing may be answered (lcr audit prepare makes a store)',
    )
  }
  if (problems.length > 0) return problems.join('\n')
  if (!isLaunched) for (const warning of config.warnings) process.stderr.write(`${warning}\n`)
  await runService({
    config,
    databases: ownDatabases(config),
    isLaunched,
    stopMs: { drain: config.drainMs, answers: longestAnswerMs(config) },
    async start({ databaseUrl, auditUrl }) {
      // While the first patients are loaded, readers and writers would only wait for each other.
      const gateway = await startGateway(
        { ...config, databaseUrl, audit: { ...config.audit, databaseUrl: auditUrl } },
        { feedsWait: isLaunched },
      )
      process.on('message', (order: Order) => {
        if (order.kind !== 'catch-up') return
        void gateway.whenCaughtUp().then(() => report({ kind: 'caught-up' }))
      })
      return gateway
    },
  })
  return undefined
}

function ownDatabases({ databaseUrl, audit }: Config): OwnDatabases | undefined {
  if (databaseUrl === undefined || audit.databaseUrl === undefined) return undefined
  return { databaseUrl, auditUrl: audit.databaseUrl }
}
