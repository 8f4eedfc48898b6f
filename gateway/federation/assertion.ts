import { createPrivateKey, randomUUID, sign } from 'node:crypto'
import type { JWK } from 'jose'
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
 * A signer with the gateway's private key. It writes the JWT itself (RFC 7515, 7.1) and signs at once:
 * there is one for every call, and handing each to another thread takes three times as long.
 *
 * @param privateJwk ES256, with its `kid`
 */
export async function createAssertionSigner(
  privateJwk: JWK,
  clock: () => Date = () => new Date(),
): Promise<SignAssertion> {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('Assertions are signed with a key of P-256')
  }
  const header = toPart({
    alg: 'ES256',
    typ: 'lcr-assertion+jwt',
    ...(privateJwk.kid && { kid: privateJwk.kid }),
  })
  return async (participant, subject) => {
    const issuedAt = Math.floor(clock().getTime() / 1000)
    const claims: AssertionClaims = {
      ...subject,
      reason_for_request: 'directcare',
      iss: 'lcr-gateway',
      aud: participant,
      iat: issuedAt,
      exp: issuedAt + LIFETIME,
      jti: randomUUID(),
    }
    const signed = `${header}.${toPart(claims)}`
    const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
    return `${signed}.${signature.toString('base64url')}`
  }
}

function toPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
