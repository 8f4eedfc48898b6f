import { ADA, type Answer, type AskOptions, type TestGovernance } from './test-governance.ts'

const CLAIM = `mutation Claim($nhsNumber: ID!, $reason: EmergencyReason!, $justification: String!) {
  claimEmergencyAccess(nhsNumber: $nhsNumber, reason: $reason, justification: $justification) {
    id nhsNumber alertReference alertType reason claimedAt endsAt isOpen
  }
}`
const END = `mutation End($id: ID!) { endEmergencyAccess(claimId: $id) { id endsAt isOpen } }`

const EMERGENCY = { alertType: 'SELF_CLAIMED_RELATIONSHIP', reason: 'SELF_CLAIM_EMERGENCY' }
const variables = {
  nhsNumber: ADA,
  reason: EMERGENCY,
  justification: 'Found unconscious in the street, no papers',
}

/** What can be done with claims, in short. */
export interface Claims {
  claim(changes?: object, options?: AskOptions): Promise<Answer>
  end(id: string, caller: NonNullable<AskOptions['caller']>): Promise<Answer>
  claimedBy(
    userId: string,
    odsCode: string,
    ...nhsNumbers: readonly string[]
  ): Promise<string | null>
  /** How many claims and alerts there are. */
  count(): Promise<number[]>
  /** Somebody new for each test, so that no test finds another's claim open. */
  somebody(): { readonly userId: string }
}

export function claimsOf({ ask, db, governance }: TestGovernance): Claims {
  let people = 0
  return {
    claim: (changes = {}, options = {}) =>
      ask(CLAIM, { ...options, variables: { ...variables, ...changes } }),
    end: (id, caller) => ask(END, { caller, variables: { id } }),
    claimedBy: (userId, odsCode, ...nhsNumbers) =>
      governance.emergencyClaimOf({ userId, odsCode, nhsNumbers }),
    async count() {
      const claims = await db.selectFrom('emergency_claim').select('id').execute()
      const alerts = await db.selectFrom('privacy_alert').select('claim_id').execute()
      return [claims.length, alerts.length]
    },
    somebody() {
      people += 1
      return { userId: `person ${people}` }
    },
  }
}
