import type { RequestContext } from '../context.ts'

/**
 * What the trail is made of. An entry's body is written once, as the JSON text that its hash covers,
 * and never changed: fields may be added here, none renamed or given another meaning.
 */
export type EntryBody = Opened | AccessEvent | Outcome | Unrecorded | Checkpoint

/** What an event is about, by the kind of thing that was done. */
export type Category = 'RECORD' | 'SEARCH' | 'EMERGENCY_ACCESS' | 'OBJECTION' | 'AUDIT' | 'OTHER'

/** Who did it, as their token and the list of participants said at the time. */
export interface AuditedUser {
  /** The national user id. */
  readonly userId: string
  readonly name: string
  /** The last part of the national job role code, such as `R8000`. */
  readonly roleCode: string
  readonly roleName: string
  /** `https://fhir.nhs.uk/Id/sds-role-profile-id`. */
  readonly roleProfileId: string
  readonly assuranceLevel: number
  readonly odsCode: string
  /** Null for an organisation that belongs to no participant; so is `participant`. */
  readonly organisationName: string | null
  readonly participant: string | null
}

/**
 * One access to one patient, or one other thing that was done, or the refusal of either. It is
 * committed before anything is answered.
 */
export interface AccessEvent {
  readonly kind: 'ACCESS'
  /** A UUID. */
  readonly event: string
  /** ISO 8601, UTC: when it was asked. */
  readonly at: string
  readonly requestId: string
  readonly category: Category
  /** The root field that was asked for, such as `patient`. */
  readonly action: string
  /** The code of the refusal; null when it was permitted. */
  readonly refusal: string | null
  /** Null where nobody is known to ask: no genuine token. */
  readonly user: AuditedUser | null
  /** HL7 v3-ActReason. */
  readonly purpose: string | null
  /** What the access rested on: a relationship or an emergency claim, and the resource or claim that shows it. */
  readonly grounds: { readonly kind: string; readonly evidence: string } | null
  /** The number in force where the patient is known; else the one asked for. Null for what is about no patient. */
  readonly nhsNumber: string | null
  /** The number that was asked for. */
  readonly requestedNhsNumber: string | null
  /** The sections of the record that were asked for and permitted, by the contract's names. */
  readonly sections: readonly string[]
  /** The fields that were asked for and refused to the role, by their names. */
  readonly deniedFields: readonly string[]
  /** The facts of a search or of another action, by the names of the arguments. */
  readonly facts: Readonly<Record<string, unknown>> | null
  readonly operation: {
    readonly type: 'query' | 'mutation'
    readonly name: string | null
    /** SHA-256, in hexadecimal, of its text without values: the key of table `operation`. */
    readonly digest: string
  }
  /** The program that asked, as it calls itself. */
  readonly client: RequestContext['client']
  readonly device: RequestContext['device']
}

/** What came of an access: follows its event when the answer is ready. */
export interface Outcome {
  readonly kind: 'OUTCOME'
  /** The event's id. */
  readonly event: string
  readonly at: string
  readonly durationMs: number
  /** What each participant did, by its code: the outcomes of the public schema. */
  readonly sources: Readonly<Record<string, string>>
  /** How many entries were shown, by section. */
  readonly items: Readonly<Record<string, number>>
  /** Codes of the answer's errors, each once. */
  readonly errors: readonly string[]
  /** Participants that disagree on who the patient is, where nothing decides; absent of most. */
  readonly undecided?: readonly string[]
  /** Participants whose statement that another number is the patient's too is not followed; absent of most. */
  readonly unjoined?: readonly string[]
}

/** A writer begins: it names the last entries of the other writers, which vouches for them. */
export interface Opened {
  readonly kind: 'OPENED'
  readonly at: string
  readonly heads: readonly Head[]
}

/**
 * Refusals that were not written one by one, because there were too many: while the store was away; or,
 * where a request is named, of one caller who asked too often, after that request.
 */
export interface Unrecorded {
  readonly kind: 'UNRECORDED'
  readonly at: string
  readonly refusals: number
  readonly requestId?: string
  readonly userId?: string | null
  readonly odsCode?: string | null
}

/** A signature over everything before it. */
export interface Checkpoint {
  readonly kind: 'CHECKPOINT'
  readonly at: string
  /** True when the writer has ended and nothing follows: the signature says so too. */
  readonly isLast: boolean
  /** A JWS (compact, ES256, `typ: lcr-audit-head+jwt`) whose payload is the `Head` of the entry before this one. */
  readonly signature: string
}

/** Where a writer's chain stood. */
export interface Head {
  readonly writer: string
  readonly sequence: number
  /** In hexadecimal. */
  readonly hash: string
  /** True when nothing but its own signature follows: the writer has ended. */
  readonly isLast?: boolean
}
