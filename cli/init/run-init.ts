import { resolve } from 'node:path'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import type { InitOptions } from '../init.ts'
import { describeParticipant } from './describe-participant.ts'
import { findGatewayKeys } from './find-gateway-keys.ts'
import { InitProblem } from './init-problem.ts'
import { makeFolder } from './make-folder.ts'
import { planFiles } from './plan-files.ts'
import { renderNext } from './render-next.ts'

/**
 * Makes a participant's folder, and says what to do in it.
 *
 * @returns the exit code: 0 made, 2 nothing made
 */
export async function runInit(given: string, options: InitOptions): Promise<number> {
  try {
    const folder = resolve(given)
    const contract = await readContract()
    const description = describeParticipant(options, {
      participants: await findParticipants(),
      contract,
    })
    const gatewayKeys = await findGatewayKeys(options.gatewayKeys)
    const { fhirBaseUrl } = options
    const files = await planFiles({ folder, description, contract, gatewayKeys, fhirBaseUrl })
    await makeFolder(folder, files)
    process.stdout.write(renderNext({ given, description, gatewayKeys }))
    return 0
  } catch (error) {
    process.stderr.write(`lcr init: ${describe(error)}\n`)
    return 2
  }
}

function describe(error: unknown): string {
  if (error instanceof InitProblem) return error.message
  const { code, path, message } = error as NodeJS.ErrnoException
  return code === undefined ? message : `${path ?? 'a file'} cannot be written or read (${code})`
}
