import { createTeam, revokeTeam } from '../../gateway/registry/store/teams.ts'
import { inRegistry, RegistryCommandProblem, runOperating } from '../registry/open-registry.ts'

/**
 * Makes a team's token and prints it, nothing else, on standard output; or takes the team's tokens away.
 *
 * @returns the exit code: 0 done, 2 not
 */
export function runTeam(request: {
  readonly name: string
  readonly revoke?: boolean
  readonly databaseUrl?: string
}): Promise<number> {
  const { name, revoke = false, databaseUrl } = request
  return runOperating('team', async () => {
    if (!/^[a-z0-9][a-z0-9-]{0,59}$/i.test(name)) {
      throw new RegistryCommandProblem('a team has a name of letters, digits and hyphens')
    }
    if (revoke) {
      const revoked = await inRegistry(databaseUrl, (db) =>
        revokeTeam(db, { name, at: new Date() }),
      )
      process.stdout.write(`Took ${revoked} of ${name}'s tokens away.\n`)
      return
    }
    const token = await inRegistry(databaseUrl, (db) =>
      createTeam(db, { name, createdAt: new Date() }),
    )
    process.stderr.write(`A token for the team ${name}. It is shown once:\n`)
    process.stdout.write(`${token}\n`)
  })
}
