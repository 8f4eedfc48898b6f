import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose'
import type { AssertionScope } from '../../../subgraphs/kit/assertion/claims.ts'

/** The gateway's side of an assertion, with a key pair of its own. */
export interface TestSigner {
  /** What a subgraph is given to verify with. */
  readonly keys: JSONWebKeySet
  /** The `Authorization` header of a call. */
  sign(assertion: TestAssertion): Promise<string>
}

export interface TestAssertion {
  readonly participant: string
  readonly scope?: AssertionScope
  readonly nhsNumber?: string
  /** National job role of who asks; a GP's when left out. */
  readonly roleCode?: string
  /** None when left out. */
  readonly activityCodes?: readonly string[]
  /** Seconds since 1970. */
  readonly issuedAt?: number
  readonly lifetimeS?: number
  /** Claims to put in the place of the usual ones; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly typ?: string
}

export async function createTestSigner(): Promise<TestSigner> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }
  return {
    keys: { keys: [jwk] },
    async sign(assertion) {
      const token = await new SignJWT(claimsOf(assertion))
        .setProtectedHeader({
          alg: 'ES256',
          kid: 'test',
          typ: assertion.typ ?? 'lcr-assertion+jwt',
        })
        .sign(privateKey)
      return `Bearer ${token}`
    },
  }
}

/** The claims of an assertion as the gateway would make them. */
export function claimsOf(assertion: TestAssertion): Record<string, unknown> {
  const iat = assertion.issuedAt ?? Math.floor(Date.now() / 1000)
  const scope = assertion.scope ?? (assertion.nhsNumber ? 'patient/*.read' : 'participant.read')
  return {
    iss: 'lcr-gateway',
    sub: '555000000001',
    aud: assertion.participant,
    iat,
    exp: iat + (assertion.lifetimeS ?? 60),
    jti: randomUUID(),
    reason_for_request: 'directcare',
    requested_scope: scope,
    ...(assertion.nhsNumber
      ? { patient: { nhs_number: assertion.nhsNumber, is_sensitive: false } }
      : {}),
    ...(scope === 'patient/*.read' ? readerOf(assertion) : {}),
    request_id: randomUUID(),
    ...assertion.claims,
  }
}

/** Who asks about a patient, what for, and on what grounds. */
function readerOf({ roleCode = 'R0260', activityCodes = [] }: TestAssertion) {
  return {
    requesting_organization: { ods_code: 'F84115' },
    requesting_practitioner: {
      sds_user_id: '555000000001',
      sds_role_profile_id: '555000000002',
      role_code: roleCode,
      activity_codes: activityCodes,
    },
    purpose: 'TREAT',
    relationship: { kind: 'GP_REGISTRATION' },
  }
}
