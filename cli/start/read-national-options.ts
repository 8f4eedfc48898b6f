import { importJWK, type JWK } from 'jose'
import type { NationalSettings } from '../../gateway/config/national-settings.ts'
import type { NationalOptions } from '../../subgraphs/index/national/create-national-service.ts'
import { StartProblem } from './problem.ts'
import { readPrivateKey } from './read-private-key.ts'

/** What NHS England takes. */
const ALGORITHM = 'RS512'

/**
 * How the national demographics service is reached, its key read.
 *
 * @throws {StartProblem} naming the setting whose file holds no RSA key, or a key without an id
 */
export async function readNationalOptions(settings: NationalSettings): Promise<NationalOptions> {
  const { baseUrl, tokenUrl, clientId, timeoutMs } = settings
  const key = await readPrivateKey(settings.privateKey, 'LCR_PDS_PRIVATE_KEY')
  if (key.kty !== 'RSA' || (key.alg !== undefined && key.alg !== ALGORITHM)) {
    throw new StartProblem(`LCR_PDS_PRIVATE_KEY holds a key that does not sign ${ALGORITHM}`)
  }
  const kid = settings.keyId ?? key.kid
  if (kid === undefined) {
    throw new StartProblem(
      'LCR_PDS_KEY_ID is absent: the key in LCR_PDS_PRIVATE_KEY has no id (kid) of its own',
    )
  }
  const privateKey: JWK = { ...key, alg: ALGORITHM, kid }
  // What it says against the key would quote it.
  await importJWK(privateKey, ALGORITHM).catch(() => {
    throw new StartProblem(`LCR_PDS_PRIVATE_KEY holds a key that does not sign ${ALGORITHM}`)
  })
  return { baseUrl, auth: { tokenUrl, clientId, proof: { privateKey } }, timeoutMs }
}
