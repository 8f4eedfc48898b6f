import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto'
import type { JWK } from 'jose'
import type { AssertionScope } from '../../subgraphs/kit/assertion/claims.ts'
import { ConformanceProblem } from '../problem.ts'

type Claims = Readonly<Record<string, unknown>>

/** What an assertion says where it differs from a genuine one of a doctor in general practice. */
export interface Assertion {
  /** `patient/*.read` with a number, `participant.read` without, when left out. */
  readonly scope?: AssertionScope
  readonly nhsNumber?: string
  readonly roleCode?: string
  readonly activityCodes?: readonly string[]
  readonly isSensitive?: boolean
  /** Seconds before now. */
  readonly ageS?: number
  readonly lifetimeS?: number
  /** Changes the claims, after all else. */
  readonly change?: (claims: Claims) => Claims
  readonly header?: Claims
  readonly forgery?: Forgery
}

/** How a signature is not the gateway's. */
export type Forgery =
  /** By another key, under the gateway's key id. */
  | 'OTHER_KEY'
  /** No signature, `alg: none`. */
  | 'NONE'
  /** HS256 with the public key, which everybody knows, as the secret. */
  | 'PUBLIC_KEY_AS_SECRET'
  /** The gateway's signature of other claims. */
  | 'OTHER_CLAIMS'

/** Signs as the gateway does, or nearly: the value of the `Authorization` header. */
export type Sign = (assertion?: Assertion) => string

/**
 * A signer for one participant.
 *
 * @param privateJwk ES256, with its `kid` where the subgraph looks for one
 * @throws {ConformanceProblem} for a key of another kind
 */
export function createSigner(participant: string, privateJwk: JWK): Sign {
  const key = readPrivateKey(privateJwk)
  const { kid } = privateJwk
  return (assertion = {}) => {
    const header = { alg: 'ES256', typ: 'lcr-assertion+jwt', ...(kid && { kid }) }
    const claims = claimsOf(participant, assertion)
    const changed = assertion.change?.(claims) ?? claims
    return `Bearer ${write({ ...header, ...assertion.header }, changed, { key, ...assertion })}`
  }
}

function readPrivateKey(jwk: JWK): KeyObject {
  try {
    const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch (error) {
    throw new ConformanceProblem('The key is no private key as a JWK', { cause: error })
  }
  throw new ConformanceProblem('The key is not for ES256: it takes an EC key on the curve P-256')
}

function write(
  header: Claims,
  claims: Claims,
  { key, forgery }: { readonly key: KeyObject; readonly forgery?: Forgery },
): string {
  switch (forgery) {
    case 'NONE':
      return `${unsigned({ ...header, alg: 'none' }, claims)}.`
    case 'PUBLIC_KEY_AS_SECRET': {
      const text = unsigned({ ...header, alg: 'HS256' }, claims)
      const secret = createPublicKey(key).export({ type: 'spki', format: 'pem' })
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    case 'OTHER_KEY': {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return signed(unsigned(header, claims), privateKey)
    }
    case 'OTHER_CLAIMS': {
      const signature = signed(unsigned(header, { ...claims, sub: 'another' }), key).split('.')[2]
      return `${unsigned(header, claims)}.${signature}`
    }
    default:
      return signed(unsigned(header, claims), key)
  }
}

function signed(text: string, key: KeyObject): string {
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

function unsigned(header: Claims, claims: Claims): string {
  return [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
}

function claimsOf(participant: string, assertion: Assertion): Claims {
  const { nhsNumber, ageS = 0, lifetimeS = 60 } = assertion
  const iat = Math.floor(Date.now() / 1000) - ageS
  const scope = assertion.scope ?? (nhsNumber === undefined ? 'participant.read' : 'patient/*.read')
  const isSensitive = assertion.isSensitive ?? false
  return {
    iss: 'lcr-gateway',
    sub: scope === 'feed.read' ? 'lcr-gateway' : USER,
    aud: participant,
    iat,
    exp: iat + lifetimeS,
    jti: randomUUID(),
    reason_for_request: 'directcare',
    requested_scope: scope,
    ...(nhsNumber !== undefined &&
      scope === 'patient/*.read' && {
        patient: { nhs_number: nhsNumber, is_sensitive: isSensitive },
        relationship: { kind: 'GP_REGISTRATION' },
      }),
    ...(scope !== 'feed.read' && readerOf(assertion)),
    request_id: randomUUID(),
  }
}

/** The user id of nobody. */
const USER = '999999999999'

function readerOf({ roleCode = 'R0260', activityCodes = [] }: Assertion): Claims {
  return {
    requesting_organization: { ods_code: 'X26' },
    requesting_practitioner: {
      sds_user_id: USER,
      sds_role_profile_id: USER,
      role_code: roleCode,
      activity_codes: activityCodes,
    },
    purpose: 'TREAT',
  }
}
