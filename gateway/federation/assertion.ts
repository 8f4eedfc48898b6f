import { randomUUID } from 'node:crypto'
import type { JWK } from 'jose'
import type { AssertionClaims } from '../../subgraphs/kit/assertion/claims.ts'
import { createTokenSigner } from '../token-signer.ts'

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
export type SignAssertion = (participant: string, subject: AssertionSubject) => string

/**
 * A signer with the gateway's private key.
 *
 * @param privateJwk ES256, with its `kid`
 */
export function createAssertionSigner(
  privateJwk: JWK,
  clock: () => Date = () => new Date(),
): SignAssertion {
  const sign = createTokenSigner(privateJwk, { typ: 'lcr-assertion+jwt', isTimed: true })
  return (participant, subject) => {
    const issuedAt = Math.floor(clock().getTime() / 1000)
    return sign({
      ...subject,
      reason_for_request: 'directcare',
      iss: 'lcr-gateway',
      aud: participant,
      iat: issuedAt,
      exp: issuedAt + LIFETIME,
      jti: randomUUID(),
    } satisfies AssertionClaims)
  }
}
