/**
 * What the gateway asserts to a subgraph with every call: a JWT (ES256, header `typ: lcr-assertion+jwt`)
 * sent as `Authorization: Bearer`, valid for a minute, for one participant and, when it is about a
 * patient, for one NHS number. Names follow GP Connect's claims where GP Connect has one.
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
    readonly is_sensitive?: boolean
  }
  readonly requesting_organization?: { readonly ods_code: string }
  readonly requesting_practitioner?: {
    /** https://fhir.nhs.uk/Id/sds-user-id */
    readonly sds_user_id: string
    /** https://fhir.nhs.uk/Id/sds-role-profile-id */
    readonly sds_role_profile_id: string
    /** The last part of the national job role code, such as `R8000`. */
    readonly role_code: string
  }
  /** HL7 v3-ActReason, such as `TREAT`. */
  readonly purpose?: string
  /** The request that this call serves. */
  readonly request_id: string
}

/** What an assertion is good for: a patient's record, who the participant is, or the index's feed. */
export type AssertionScope = 'patient/*.read' | 'participant.read' | 'feed.read'
