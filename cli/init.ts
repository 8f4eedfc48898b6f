import { type Command, InvalidArgumentError, Option } from 'commander'

/** `lcr init`: a participant's subgraph in a folder of its own, outside this project. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .argument('<folder>', 'where to make it: a new or an empty folder')
    .description("Make a folder with a participant's own subgraph, ready to run.")
    .requiredOption('--code <code>', 'its code: a word of lower-case letters and digits')
    .requiredOption('--name <name>', 'its name, as clinicians read it')
    .addOption(
      new Option('--participation <word>', 'what it takes part in')
        .choices(['FULL', 'VIEW_ONLY', 'CONTRIBUTE_ONLY'])
        .default('FULL'),
    )
    .addOption(
      new Option('--kind <word>', 'what it is')
        .choices(['REGIONAL_HIE', 'TRUST'])
        .default('REGIONAL_HIE'),
    )
    .option('--ods-code <code...>', 'its organisations, by ODS code; a made-up one if left out')
    .option('--gateway-keys <where>', "URL or file of the gateway's public keys")
    .option(
      '--fhir-base-url <url>',
      'its FHIR R4 server, where the records stay there instead of in a database',
      parseWebAddress,
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (folder: string, options: InitOptions) => {
      const { runInit } = await import('./init/run-init.ts')
      process.exitCode = await runInit(folder, options)
    })
}

/** What the command line says of the participant to be. */
export interface InitOptions {
  readonly code: string
  readonly name: string
  readonly participation: 'FULL' | 'VIEW_ONLY' | 'CONTRIBUTE_ONLY'
  readonly kind: 'REGIONAL_HIE' | 'TRUST'
  readonly odsCode?: readonly string[]
  readonly gatewayKeys?: string
  readonly fhirBaseUrl?: string
}

const HELP = `
What it makes is yours to change; its README.md leads from nothing to published. The gateway's keys are those of the
data folder (LCR_DATA_DIR) where the system has been started, else .env asks for them.

Ends with 0 when it is made, 2 when nothing was made.

Example:
  $ npx lcr init thames --code thames --name "Thames Valley Care Record" --ods-code RTH
  $ cd thames && npm install && npm start`

function parseWebAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('It takes an http or https URL.')
}
