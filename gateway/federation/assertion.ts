import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { AssertionClaims } from '../../subgraphs/kit/assertion/claims.ts'

/** Seconds for which an assertion is good: one request, and clocks that differ a little. */
const LIFETIME = 60

/** What an assertion says beside the gateway's own part. */
export type AssertionSubject = Pick<
  AssertionClaims,
  | 'sub'
  | 'requested_scope'
  | 'patient'
  | 'requesting_organization'
  | 'requesting_practitioner'
  | 'purpose'
  | 'relationship'
  | 'request_id'
>

/** Signs what the gateway asserts to one participant: see `AssertionClaims`. */
export type SignAssertion = (participant: string, subject: AssertionSubject) => Promise<string>

/**
 * A signer with the gateway's private key.
 *
 * @param privateJwk ES256, with its `kid`
 */
export async function createAssertionSigner(
  privateJwk: JWK,
  clock: () => Date = () => new Date(),
): Promise<SignAssertion> {
  const key = await importJWK(privateJwk, 'ES256')
  return async (participant, subject) => {
    const issuedAt = Math.floor(clock().getTime() / 1000)
    const claims = { ...subject, reason_for_request: 'directcare' }
    return new SignJWT(claims)
      .setProtectedHeader({
        alg: 'ES256',
        typ: 'lcr-assertion+jwt',
        ...(privateJwk.kid && { kid: privateJwk.kid }),
      })
      .setIssuer('lcr-gateway')
      .setAudience(participant)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME)
      .setJti(randomUUID())
      .sign(key)
  }
}
