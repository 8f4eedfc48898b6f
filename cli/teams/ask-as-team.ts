import { askGateway, RegistryRefusal } from '../registry/ask-registry.ts'

/**
 * Asks a gateway's registry with a team's token, or else a publisher's.
 *
 * @throws {RegistryRefusal}
 */
export async function askAsTeam<Answer>(asked: {
  readonly gateway: string
  readonly path: string
  readonly body?: object
}): Promise<Answer> {
  const token = process.env['LCR_TEAM_TOKEN'] || process.env['LCR_PUBLISHER_TOKEN']
  if (!token) {
    throw new RegistryRefusal(
      "LCR_TEAM_TOKEN is absent: it takes the token that the gateway's operator made with 'lcr team'",
    )
  }
  return askGateway({ ...asked, token })
}
