import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { runConformanceCommand } from '../../cli/conformance/run-conformance-command.ts'
import type { ConformanceCommand } from '../../cli/conformance.ts'
import { findFreePort } from '../../cli/start/ports.ts'
import { describeProblem } from '../../cli/start/problem.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { joinDatabase } from './open-database.ts'
import { importOwnParticipant } from './own-participant.ts'
import { readEnvFile, readSettings } from './settings.ts'
import { startOwnServer } from './start-own-server.ts'

/** Of whom the examples hold a record, and of whom they hold only what may never be shared. */
const EXAMPLES = { patient: ['9990000018'], excluded: '9990000239' }

/**
 * Starts the folder's `server.js` beside whatever runs, with a key pair made for this run, and tests it.
 *
 * @returns the exit code: 0 nothing failed, 1 something failed, 2 not carried out
 */
export async function testOwnSubgraph(options: ConformanceCommand): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lcr-conformance-'))
  try {
    return await test(options, folder)
  } catch (error) {
    process.stderr.write(`conformance: ${describeProblem(error, '.data')}\n`)
    return 2
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function test(options: ConformanceCommand, folder: string): Promise<number> {
  readEnvFile()
  const settings = await readSettings(process.env)
  const participant = await importOwnParticipant()
  const keys = await makeKeys(folder)
  const database = settings.fhir ? undefined : await joinDatabase(settings, participant.code)
  try {
    const port = await findFreePort(settings.port, settings.port)
    const server = await startOwnServer({
      PORT: String(port),
      HOST: '127.0.0.1',
      LCR_GATEWAY_KEYS: keys.publicFile,
      ...(database && { DATABASE_URL: database.url }),
    })
    try {
      const url = `http://127.0.0.1:${port}/graphql`
      return await runConformanceCommand(url, {
        ...options,
        // Only who keeps records here may have loaded the examples.
        ...(options.patient.length === 0 && database && isContributor(participant) && EXAMPLES),
        description: 'participant.json',
        key: keys.privateFile,
      })
    } finally {
      await server.stop()
    }
  } finally {
    await database?.close()
  }
}

async function makeKeys(folder: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const named = { kid: 'conformance', alg: 'ES256', use: 'sig' }
  const publicFile = join(folder, 'public.jwks.json')
  const privateFile = join(folder, 'private.jwk.json')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), ...named }] }
  await writeFile(publicFile, JSON.stringify(jwks))
  const privateJwk = { ...(await exportJWK(privateKey)), ...named }
  await writeFile(privateFile, JSON.stringify(privateJwk), { mode: 0o600 })
  return { publicFile, privateFile }
}
