/** What a source sent that is not let through: no patient, no value. */
export interface Finding {
  readonly source: string
  readonly requestId: string | undefined
  /** A record about somebody else, or something that is not of the contract. */
  readonly problem: IdentityProblem | 'NOT_OF_THE_CONTRACT'
  /** The field, as the schema names it, whose value is not of the contract. */
  readonly where?: string
}

/** Why a record seems to be about somebody else. */
export type IdentityProblem = 'ANOTHER_NHS_NUMBER' | 'OTHER_DEMOGRAPHICS'
