import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Caller } from './caller.ts'
import { toCaller } from './claims.ts'

/** What a genuine token must match. */
export interface TokenExpectations {
  readonly issuer: string
  readonly audience: string
  /** The issuer's public keys. */
  readonly keys: JWTVerifyGetKey
  readonly clock?: () => Date
}

/** Seconds by which clocks may differ. */
const CLOCK_TOLERANCE = 5

/** Signing in at level 1 is not enough to view a record. */
const LEAST_ASSURANCE_LEVEL = 2

/** Why a token is not accepted: for the log, never for the client. */
export type TokenProblem =
  | 'MISSING'
  | 'NOT_GENUINE'
  | 'EXPIRED'
  | 'KEYS_UNAVAILABLE'
  | 'NO_SELECTED_ROLE'
  | 'ASSURANCE_LEVEL_TOO_LOW'

/** Who asks, as a genuine token says. */
export interface Genuine {
  readonly caller: Caller
  /** From then on the token says nothing any more. */
  readonly expiresAt: Date
}

/**
 * The caller of a request: question 1 of docs/access.md. RS256 alone is accepted, as NHS CIS2 signs;
 * signature, issuer, audience, expiry and issue time are checked, and anything unexpected is a no.
 *
 * @param authorization the request's `Authorization` header
 */
export async function verifyToken(
  authorization: string | undefined,
  { issuer, audience, keys, clock = () => new Date() }: TokenExpectations,
): Promise<Genuine | { problem: TokenProblem }> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return { problem: 'MISSING' }
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: clock(),
    })
    if ((payload.iat ?? 0) > clock().getTime() / 1000 + CLOCK_TOLERANCE) {
      return { problem: 'NOT_GENUINE' }
    }
    const caller = toCaller(payload)
    if (!caller) return { problem: 'NO_SELECTED_ROLE' }
    if (caller.assuranceLevel < LEAST_ASSURANCE_LEVEL) return { problem: 'ASSURANCE_LEVEL_TOO_LOW' }
    return { caller, expiresAt: new Date((payload.exp ?? 0) * 1000) }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { problem: 'EXPIRED' }
    if (error instanceof errors.JWKSTimeout) return { problem: 'KEYS_UNAVAILABLE' }
    return { problem: 'NOT_GENUINE' }
  }
}
