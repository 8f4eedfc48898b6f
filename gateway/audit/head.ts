import { compactVerify, type JWK, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'
import { createTokenSigner } from '../token-signer.ts'
import type { Head } from './entries.ts'

/** The header's `typ`: a token made for anything else signs no head. */
const HEAD_TYPE = 'lcr-audit-head+jwt'

/** Signs where a chain stands: a JWS (compact, ES256). */
export type SignHead = (head: Head) => string

/** Signs heads with the gateway's key, whose public half stands in its JWKS. */
export function createHeadSigner(privateJwk: JWK): SignHead {
  const sign = createTokenSigner(privateJwk, { typ: HEAD_TYPE, isTimed: false })
  return ({ writer, sequence, hash, isLast = false }) => sign({ writer, sequence, hash, isLast })
}

const headSchema = z.object({
  writer: z.string(),
  sequence: z.number().int().min(0),
  hash: z.string().regex(/^[\da-f]{64}$/),
  isLast: z.boolean(),
})

/** The head that a signature is for; null when it is not the gateway's, or for anything else. */
export async function verifyHead(signature: string, keys: JWTVerifyGetKey): Promise<Head | null> {
  try {
    const { payload, protectedHeader } = await compactVerify(signature, keys, {
      algorithms: ['ES256'],
    })
    if (protectedHeader.typ !== HEAD_TYPE) return null
    const head = headSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)))
    return head.success ? head.data : null
  } catch {
    // Whatever is wrong with it, it vouches for nothing.
    return null
  }
}
