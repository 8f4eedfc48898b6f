import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigError, readConfig } from '../../gateway/config.ts'
import { InitProblem } from './init-problem.ts'

/**
 * Where the gateway's public keys are: as the command line says, else where the settings have them,
 * when a system has been started there; null when nobody knows.
 *
 * @throws {InitProblem} when the file named is not there
 */
export async function findGatewayKeys(given: string | undefined): Promise<string | null> {
  if (given !== undefined) {
    if (/^https?:\/\//.test(given)) return given
    if (await isFile(resolve(given))) return resolve(given)
    throw new InitProblem(`--gateway-keys: there is no file '${given}'`)
  }
  const { gatewayKeys } = readSettings()
  return /^https?:/.test(gatewayKeys) || (await isFile(gatewayKeys)) ? gatewayKeys : null
}

function readSettings() {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) throw new InitProblem(error.problems.join('; '))
    throw error
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
