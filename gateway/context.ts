import type { Caller } from './identity/caller.ts'
import type { TokenProblem } from './identity/verify-token.ts'
import type { RateRefusal } from './limits/caller-rates.ts'

/** What every request brings beside its operation. */
export interface RequestContext {
  /** Who asks, or why nobody is known to. */
  readonly identity: { readonly caller: Caller } | { readonly problem: TokenProblem }
  /** The caller asks too often, and this request's refusal is the one that is written down. */
  readonly rateRefusal: RateRefusal | null
  /** `X-Purpose-Of-Use`, in HL7 v3-ActReason; undefined when the request says nothing. */
  readonly requestedPurpose: string | undefined
  /** `X-Request-ID`: the client's own, or a new one. */
  readonly requestId: string
  /** The program that asks, as it calls itself. */
  readonly client: { readonly name: string; readonly version: string | null } | null
  /** From where it asks, as far as the request says: `X-Device-ID` is what the organisation calls the workstation. */
  readonly device: {
    readonly id: string | null
    readonly address: string | null
    readonly userAgent: string | null
  }
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal
}
