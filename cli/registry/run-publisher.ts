import { findAdmitted } from '../../gateway/registry/store/admitted.ts'
import { createPublisher, revokePublishers } from '../../gateway/registry/store/publishers.ts'
import { inRegistry, RegistryCommandProblem, runOperating } from './open-registry.ts'

/** A publisher as asked for on the command line. */
export interface PublisherRequest {
  readonly participant: string
  readonly origin?: readonly string[]
  readonly name: string
  /** True when the name was given. */
  readonly isNamed: boolean
  readonly revoke?: boolean
  readonly databaseUrl?: string
}

/**
 * Makes a publisher's token and prints it, nothing else, on standard output; or takes tokens away.
 *
 * @returns the exit code: 0 done, 2 not
 */
export function runPublisher(request: PublisherRequest): Promise<number> {
  const { participant, name, isNamed, revoke = false, databaseUrl } = request
  return runOperating('publisher', async () => {
    if (revoke) {
      const revoked = await inRegistry(databaseUrl, (db) =>
        revokePublishers(db, {
          participant,
          ...(isNamed && { name }),
          at: new Date(),
        }),
      )
      process.stdout.write(`Took ${revoked} of ${participant}'s tokens away.\n`)
      return
    }
    const origins = readOrigins(request.origin)
    const token = await inRegistry(databaseUrl, async (db, participants) => {
      const admitted = await findAdmitted(db)
      const isKnown =
        admitted.has(participant) || participants.some(({ code }) => code === participant)
      if (!isKnown) {
        throw new RegistryCommandProblem(
          `there is no participant '${participant}': admit it first, with 'lcr admit'`,
        )
      }
      return createPublisher(db, { participant, name, origins, createdAt: new Date() })
    })
    process.stderr.write(
      `A token for ${participant}, at ${origins.join(' and ')}. It is shown once:\n`,
    )
    process.stdout.write(`${token}\n`)
  })
}

function readOrigins(given: readonly string[] = []): string[] {
  if (given.length === 0) {
    throw new RegistryCommandProblem('say where its subgraph may be: --origin https://host:port')
  }
  return given.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : null
    if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
      throw new RegistryCommandProblem(`--origin must be like https://host:port: '${text}' is not`)
    }
    return url.origin
  })
}
