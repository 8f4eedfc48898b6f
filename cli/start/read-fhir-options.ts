import type { FhirSettings } from '../../gateway/config/fhir-settings.ts'
import type { ClientCredentials } from '../../subgraphs/kit/client-credentials/credentials.ts'
import type { FhirServerOptions } from '../../subgraphs/kit/fhir-server/options.ts'
import { StartProblem } from './problem.ts'
import { readPrivateKey } from './read-private-key.ts'

/**
 * How a participant's FHIR servers are reached, their keys read; the first one first.
 *
 * @throws {StartProblem} naming the setting that is absent, too many, or does not hold a key
 */
export async function readFhirOptions(
  settings: readonly FhirSettings[],
): Promise<readonly FhirServerOptions[]> {
  const seen = new Map<string, string>()
  for (const { baseUrl, prefix } of settings) {
    if (baseUrl === undefined) throw new StartProblem(`${prefix}_BASE_URL is absent`)
    const address = baseUrl.replace(/^https?:/, '').replace(/\/+$/, '')
    const other = seen.get(address)
    if (other !== undefined) {
      throw new StartProblem(`${prefix}_BASE_URL is the server that ${other}_BASE_URL is`)
    }
    seen.set(address, prefix)
  }
  return Promise.all(settings.map((one) => readServerOptions(one)))
}

async function readServerOptions(settings: FhirSettings): Promise<FhirServerOptions> {
  const { baseUrl = '', tokenUrl, clientId, clientSecret, privateKey, scope } = settings
  const of = (name: string) => `${settings.prefix}_${name}`
  if (tokenUrl === undefined) {
    if (clientId === undefined) return { baseUrl }
    throw new StartProblem(
      `${of('TOKEN_URL')} is absent: without it ${of('CLIENT_ID')} is not used`,
    )
  }
  if (clientId === undefined) throw new StartProblem(`${of('CLIENT_ID')} is absent`)
  if ((clientSecret === undefined) === (privateKey === undefined)) {
    throw new StartProblem(`Set one of ${of('CLIENT_SECRET')} and ${of('PRIVATE_KEY')}`)
  }
  const proof: ClientCredentials['proof'] =
    clientSecret !== undefined
      ? { secret: clientSecret }
      : { privateKey: await readPrivateKey(privateKey ?? '', of('PRIVATE_KEY')) }
  return { baseUrl, auth: { tokenUrl, clientId, proof, ...(scope === undefined ? {} : { scope }) } }
}
