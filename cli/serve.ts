import { type Command, Option } from 'commander'
import { parsePort } from './start/parse-port.ts'

interface ServeOptions {
  readonly port?: number
  readonly host?: string
  readonly launched?: boolean
}

/** `lcr serve`: participants' subgraphs, one or several, without a gateway. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .argument('<participants...>', 'codes of participants, such as nel')
    .description('Serve the subgraph of a participant, or of several in one process.')
    .option(
      '--port <port>',
      'where it listens, for one participant; its place after PORT when left out',
      parsePort,
    )
    .option('--host <host>', 'the address it listens on; HOST when left out')
    .addOption(new Option('--launched', 'started by lcr start').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  $ NEL_DATABASE_URL=postgres://nel:secret@db.example:5432/nel \\
    LCR_GATEWAY_KEYS=/etc/lcr/gateway.jwks.json npx lcr serve nel --port 4001

  $ WHTH_DATABASE_URL=postgres://whth:secret@db.example:5432/whth \\
    LCR_GATEWAY_KEYS=/etc/lcr/gateway.jwks.json npx lcr serve hpft whth

Several listen each on its own port: its place after PORT, as the gateway expects it. A participant that only
views needs no database: without one it says its name and tells of nobody, and its relationships come with
'lcr relationships import'.

It reads NEL_DATABASE_URL, or NEL_FHIR_BASE_URL where the records stay in a FHIR server, and
LCR_GATEWAY_KEYS, HOST, PORT and LOG_LEVEL: see docs/settings.md and docs/fhir-server.md.`,
    )
    .action(async (codes: string[], options: ServeOptions, command: Command) => {
      const { serveParticipants } = await import('./start/serve-participants.ts')
      const problem = await serveParticipants(codes, options)
      if (problem !== undefined) command.error(problem, { exitCode: 1 })
    })
}
