/** Who asks: one person in one selected role at one organisation, as their token says. */
export interface Caller {
  /** The national user id (`nhsid_useruid`). */
  readonly userId: string
  readonly name: string
  readonly role: {
    /** `https://fhir.nhs.uk/Id/sds-role-profile-id`: the person's role at the organisation. */
    readonly profileId: string
    /** The last part of the national job role code, such as `R8000`. */
    readonly code: string
    readonly name: string
  }
  /** ODS code of the selected role's organisation. */
  readonly odsCode: string
  /** Activity codes of the selected role, such as `B0360`. */
  readonly activityCodes: readonly string[]
  /** How surely the person signed in: 1, 2 or 3. */
  readonly assuranceLevel: number
  /** When the person last signed in; null where the token does not say. */
  readonly signedInAt: Date | null
  /** Purposes of use that the token names, in HL7 v3-ActReason; usually none. */
  readonly purposes: readonly string[]
  /** The purpose of this request, in HL7 v3-ActReason. */
  readonly purpose: string
}
