import { type Command, Option } from 'commander'
import { parsePort } from './start/parse-port.ts'

interface ServeOptions {
  readonly port?: number
  readonly host?: string
  readonly launched?: boolean
}

/** `lcr serve`: one participant's subgraph, alone. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .argument('<participant>', 'the code of the participant, such as nel')
    .description("Serve one participant's subgraph.")
    .option('--port <port>', 'where it listens; its place after PORT when left out', parsePort)
    .option('--host <host>', 'the address it listens on; HOST when left out')
    .addOption(new Option('--launched', 'started by lcr start').hideHelp())
    .addHelpText(
      'after',
      `
Example:
  $ NEL_DATABASE_URL=postgres://nel:secret@db.example:5432/nel \\
    LCR_GATEWAY_KEYS=/etc/lcr/gateway.jwks.json npx lcr serve nel --port 4001

It reads NEL_DATABASE_URL, or NEL_FHIR_BASE_URL where the records stay in a FHIR server, and
LCR_GATEWAY_KEYS, HOST, PORT and LOG_LEVEL: see docs/settings.md and docs/fhir-server.md.`,
    )
    .action(async (code: string, options: ServeOptions, command: Command) => {
      const { serveParticipant } = await import('./start/serve-participant.ts')
      const problem = await serveParticipant(code, options)
      if (problem !== undefined) command.error(problem, { exitCode: 1 })
    })
}
