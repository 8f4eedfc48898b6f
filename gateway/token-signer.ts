import { createPrivateKey, type JsonWebKeyInput } from 'node:crypto'
import { createSigner } from 'fast-jwt'
import type { JWK } from 'jose'

/** Signs a payload: a JWS (compact, ES256). */
export type SignToken = (payload: object) => string

/**
 * A signer of one kind of the gateway's own tokens. It signs here and now: handing a signature to
 * another thread takes longer than making it, and every request needs a dozen.
 *
 * @param privateJwk ES256, with its `kid`
 * @param kind.typ the header's, by which one kind of token is never taken for another
 * @param kind.isTimed true where payloads say when they are signed, as `iat`
 */
export function createTokenSigner(
  privateJwk: JWK,
  { typ, isTimed }: { readonly typ: string; readonly isTimed: boolean },
): SignToken {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' } as JsonWebKeyInput)
  const { kid } = privateJwk
  return createSigner({
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    algorithm: 'ES256',
    header: { alg: 'ES256', typ, ...(kid !== undefined && { kid }) },
    noTimestamp: !isTimed,
  })
}
