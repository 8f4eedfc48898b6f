import type { JWTVerifyGetKey } from 'jose'
import { type Verification, verifyTrail } from '../../gateway/audit/verify/verify-trail.ts'
import { readGatewayKeys } from '../../subgraphs/kit/assertion/keys.ts'
import { createCounter } from './counter.ts'
import { openAuditStore } from './open-store.ts'
import { AuditProblem, describeAuditProblem } from './problem.ts'
import { renderVerification } from './render-verification.ts'
import type { VerifyOptions } from './verify.ts'

/**
 * Verifies the trail and prints what was found.
 *
 * @returns the exit code: 0 untouched, 1 broken, 2 not carried out
 */
export async function runVerify(options: VerifyOptions): Promise<number> {
  try {
    const found = await verify(options)
    const text = options.json ? JSON.stringify(found, null, 2) : renderVerification(found)
    process.stdout.write(`${text}\n`)
    return found.breaks.length > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(`lcr audit verify: ${describeAuditProblem(error)}\n`)
    return 2
  }
}

async function verify(options: VerifyOptions): Promise<Verification> {
  const { db, config } = await openAuditStore(options.databaseUrl)
  const counter = createCounter(process.stderr)
  try {
    return await verifyTrail({
      db,
      keys: await readKeys(options.keys ?? config.gatewayKeys),
      anchorFolders: options.anchors ?? [config.audit.anchors],
      onProgress: (entries, total) => counter.show('Verified', { entries, total }),
    })
  } finally {
    counter.end()
    await db.destroy()
  }
}

async function readKeys(keys: string): Promise<JWTVerifyGetKey> {
  return await readGatewayKeys(keys).catch(() => {
    throw new AuditProblem(`'${keys}' holds no public keys of the gateway: give --keys`)
  })
}
