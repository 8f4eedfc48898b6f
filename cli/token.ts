import { type Command, InvalidArgumentError } from 'commander'

/** `lcr token`: a development token for an invented member of staff, and nothing else on standard output. */
export function registerToken(program: Command): void {
  program
    .command('token')
    .description('Print an access token of the development issuer for one of its personas.')
    .option('--as <persona>', 'whose token: see --list')
    .option(
      '--at <code>',
      'at another organisation than the persona’s own, by ODS code',
      parseOdsCode,
    )
    .option('--list', 'show the personas')
    .option('--expires-in <seconds>', 'how long it is good for', parseSeconds, 8 * 60 * 60)
    .option(
      '--assurance-level <level>',
      'how surely the person signed in: 1, 2 or 3',
      parseLevel,
      2,
    )
    .option('--signed-in <minutes>', 'how long ago the person signed in', parseMinutes, 0)
    .addHelpText(
      'after',
      `
Example:
  $ curl -s localhost:4000/graphql -H "Authorization: Bearer $(npx lcr token --as gp.nel)" \\
      -H 'Content-Type: application/json' -d '{"query":"{ me { name } }"}'`,
    )
    .action(async (options: TokenCommand, command: Command) => {
      const { personas } = await import('../gateway/identity/personas.ts')
      if (options.list) {
        const width = Math.max(...personas.map(({ key }) => key.length))
        for (const { key, shows } of personas) console.log(`${key.padEnd(width)}  ${shows}`)
        return
      }
      const persona = personas.find(({ key }) => key === options.as)
      if (!persona) {
        const problem = options.as
          ? `There is no persona '${options.as}'`
          : 'Say whose token: --as <persona>'
        command.error(`${problem}. There are: ${personas.map(({ key }) => key).join(', ')}`, {
          exitCode: 2,
        })
      } else {
        const { at: odsCode = persona.odsCode } = options
        console.log(await tokenFor({ ...persona, odsCode }, options))
      }
    })
}

interface TokenCommand {
  readonly as?: string
  readonly at?: string
  readonly list?: boolean
  readonly expiresIn: number
  readonly assuranceLevel: 1 | 2 | 3
  /** Minutes ago. */
  readonly signedIn: number
}

async function tokenFor(
  persona: import('../gateway/identity/personas.ts').Persona,
  { expiresIn: lifetime, assuranceLevel, signedIn }: TokenCommand,
): Promise<string> {
  const { signPersonaToken } = await import('../gateway/identity/development-issuer.ts')
  const { ensureKeys } = await import('./start/keys.ts')
  const { readConfig } = await import('../gateway/config.ts')
  const { dataDir, audience } = readConfig(process.env, [])
  const { issuer } = await ensureKeys(dataDir)
  const signedInAt = new Date(Date.now() - signedIn * 60_000)
  const sign = { privateKey: issuer.privateJwk, audience, lifetime, assuranceLevel, signedInAt }
  return signPersonaToken(persona, sign)
}

function parseOdsCode(text: string): string {
  if (/^[A-Z0-9]{3,10}$/.test(text)) return text
  throw new InvalidArgumentError('It takes an ODS code, such as RJZ or F83061.')
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new InvalidArgumentError('It takes a whole number of seconds, 1 or more.')
  }
  return seconds
}

function parseLevel(text: string): 1 | 2 | 3 {
  const level = Number(text)
  if (level === 1 || level === 2 || level === 3) return level
  throw new InvalidArgumentError('It takes 1, 2 or 3.')
}

function parseMinutes(text: string): number {
  const minutes = Number(text)
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= 525_600) return minutes
  throw new InvalidArgumentError('It takes a whole number of minutes, 0 or more.')
}
