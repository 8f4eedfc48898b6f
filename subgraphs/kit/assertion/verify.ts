import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import { type AssertionClaims, DIRECT_CARE, RELATIONSHIPS } from './claims.ts'

/** Seconds by which the gateway's clock and this one may differ. */
const CLOCK_TOLERANCE_S = 5

/** An assertion is made for one call: anything older is a copy. */
const MAX_AGE_S = 60

/** The header's `typ`: a token made for anything else is no assertion. */
const ASSERTION_TYPE = 'lcr-assertion+jwt'

/** What verification comes to: the claims, or why not, in a word for the log. */
type Verification = { readonly claims: AssertionClaims } | { readonly refusal: string }

export type VerifyAssertion = (authorization: string | undefined) => Promise<Verification>

/**
 * Verifies the gateway's assertion: ES256 and nothing else, the gateway's key, type and issuer, this
 * participant as the one audience, not expired, not older than a minute, and whole in its claims: about
 * a patient, who asks, in which role, for which purpose of direct care and on which relationship.
 *
 * @param options.audience the participant's code
 */
export function createAssertionVerifier(options: {
  readonly audience: string
  readonly keys: JWTVerifyGetKey
  readonly clock: Clock
}): VerifyAssertion {
  const { audience, keys, clock } = options
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return { refusal: 'NO_TOKEN' }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['ES256'],
        typ: ASSERTION_TYPE,
        issuer: 'lcr-gateway',
        audience,
        maxTokenAge: MAX_AGE_S,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp', 'iat'],
        currentDate: clock(),
      })
      const claims = claimsSchema.safeParse(payload)
      return claims.success ? { claims: claims.data as AssertionClaims } : { refusal: 'CLAIMS' }
    } catch (error) {
      // Whatever goes wrong here, a key set out of reach included, the caller is not known.
      return { refusal: error instanceof errors.JOSEError ? error.code : 'KEYS_OUT_OF_REACH' }
    }
  }
}

const text = z.string().min(1)

const everyClaim = {
  iss: z.literal('lcr-gateway'),
  sub: text,
  aud: text,
  iat: z.number(),
  exp: z.number(),
  jti: text,
  reason_for_request: z.literal('directcare'),
  request_id: text,
}

const organization = z.object({ ods_code: text })
const practitioner = z.object({
  sds_user_id: text,
  sds_role_profile_id: text,
  role_code: text,
  activity_codes: z.array(text).optional(),
})

const claimsSchema = z.discriminatedUnion('requested_scope', [
  z.object({
    ...everyClaim,
    requested_scope: z.literal('patient/*.read'),
    patient: z.object({
      nhs_number: z.string().regex(/^\d{10}$/),
      is_sensitive: z.boolean(),
    }),
    requesting_organization: organization,
    requesting_practitioner: practitioner.required(),
    purpose: z.enum(DIRECT_CARE),
    relationship: z.object({ kind: z.enum(RELATIONSHIPS) }),
  }),
  z.object({
    ...everyClaim,
    requested_scope: z.enum(['participant.read', 'feed.read']),
    patient: z.undefined().optional(),
    requesting_organization: organization.optional(),
    requesting_practitioner: practitioner.optional(),
    purpose: text.optional(),
  }),
])
