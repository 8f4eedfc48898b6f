import type { Command } from 'commander'

/** `lcr token`: a development token for an invented member of staff, and nothing else on standard output. */
export function registerToken(program: Command): void {
  program
    .command('token')
    .description('Print an access token of the development issuer for one of its personas.')
    .option('--as <persona>', 'whose token: see --list')
    .option('--list', 'show the personas')
    .option('--expires-in <seconds>', 'how long it is good for', parseSeconds, 8 * 60 * 60)
    .addHelpText(
      'after',
      `
Example:
  $ curl -s localhost:4000/graphql -H "Authorization: Bearer $(npx lcr token --as gp.nel)" \\
      -H 'Content-Type: application/json' -d '{"query":"{ me { name } }"}'`,
    )
    .action(
      async (options: { as?: string; list?: boolean; expiresIn: number }, command: Command) => {
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
          console.log(await tokenFor(persona, options.expiresIn))
        }
      },
    )
}

async function tokenFor(
  persona: import('../gateway/identity/personas.ts').Persona,
  lifetime: number,
): Promise<string> {
  const { signPersonaToken } = await import('../gateway/identity/development-issuer.ts')
  const { ensureKeys } = await import('./start/keys.ts')
  const { readConfig } = await import('../gateway/config.ts')
  const { dataDir, audience } = readConfig(process.env, [])
  const { issuer } = await ensureKeys(dataDir)
  return signPersonaToken(persona, { privateKey: issuer.privateJwk, audience, lifetime })
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new Error('--expires-in takes a whole number of seconds, 1 or more')
  }
  return seconds
}
