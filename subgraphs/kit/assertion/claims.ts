import type { RelationshipKind } from '../store/tables.ts'

/** HL7 v3-ActReason codes of direct care: treatment, emergency treatment, coordination of care, break the glass. */
export const DIRECT_CARE = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const

/** Why the organisation has to do with the patient: evidence of care, or a claim in an emergency. */
export const RELATIONSHIPS = [
  'GP_REGISTRATION',
  'REFERRAL',
  'APPOINTMENT',
  'ATTENDANCE',
  'ADMISSION',
  'CASELOAD',
  'EMERGENCY_CLAIM',
] as const satisfies readonly (RelationshipKind | 'EMERGENCY_CLAIM')[]

/**
 * What the gateway asserts to a subgraph with every call: a JWT (ES256, header `typ: lcr-assertion+jwt`)
 * sent as `Authorization: Bearer`, valid for a minute, for one participant and, when it is about a
 * patient, for one NHS number. Names follow GP Connect's claims where GP Connect has one. With scope
 * `patient/*.read` no claim may be missing: the holder of a record decides by them, and by nothing else.
 */
export interface AssertionClaims {
  /** The gateway. */
  readonly iss: 'lcr-gateway'
  /** The user's national id; `lcr-gateway` itself for the feed. */
  readonly sub: string
  /** The participant's code: an assertion for one is worthless at another. */
  readonly aud: string
  /** Seconds since 1970. */
  readonly iat: number
  readonly exp: number
  /** Unique, so that a log line can name it. */
  readonly jti: string
  readonly reason_for_request: 'directcare'
  readonly requested_scope: AssertionScope
  /** The one patient that may be asked about: only, and always, with scope `patient/*.read`. */
  readonly patient?: {
    readonly nhs_number: string
    /** True when any source has S-flagged the patient: then none may give a location away. */
    readonly is_sensitive: boolean
  }
  readonly requesting_organization?: { readonly ods_code: string }
  readonly requesting_practitioner?: {
    /** https://fhir.nhs.uk/Id/sds-user-id */
    readonly sds_user_id: string
    /** https://fhir.nhs.uk/Id/sds-role-profile-id */
    readonly sds_role_profile_id: string
    /** The last part of the national job role code, such as `R8000`. */
    readonly role_code: string
    /** Activity codes of the role, such as `B1611`; none is an empty list. Always with `patient/*.read`. */
    readonly activity_codes?: readonly string[]
  }
  /** HL7 v3-ActReason; with scope `patient/*.read` one of `DIRECT_CARE`. */
  readonly purpose?: string
  /** What the organisation's right to ask about the patient rests on: with scope `patient/*.read`. */
  readonly relationship?: AssertedRelationship
  /** The request that this call serves. */
  readonly request_id: string
}

/** The relationship that the gateway found, or the emergency claim that it accepted. */
export interface AssertedRelationship {
  readonly kind: (typeof RELATIONSHIPS)[number]
}

/** What an assertion is good for: a patient's record, who the participant is, or the index's feed. */
export type AssertionScope = 'patient/*.read' | 'participant.read' | 'feed.read'
