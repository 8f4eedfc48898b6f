import type { GraphQLSchema } from 'graphql'
import type { ExclusionLists } from '../../subgraphs/kit/exclusions/exclusion-lists.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { Caller } from './caller.ts'
import type { ContractSection } from './contract-shape.ts'
import type { Sign } from './sign.ts'
import type { WholeRecord } from './whole-record.ts'

/** A patient whom the run asks about: reports name the label alone. */
export interface Patient {
  /** `patient 1` */
  readonly label: string
  readonly nhsNumber: string
}

/** The subgraph under test, and all that tests ask it with. */
export interface Subject extends Pick<Caller, 'call' | 'replies'> {
  readonly url: string
  readonly participant: Participant
  /** `Nel`, `NelRecord`, `nelFeed`. */
  readonly type: string
  readonly recordType: string
  readonly feed: string
  readonly contributes: boolean
  /** How long the gateway waits, in milliseconds. */
  readonly deadlineMs: number
  /** What it has to publish. */
  readonly schema: GraphQLSchema
  readonly contractSdl: string
  readonly sections: readonly ContractSection[]
  readonly patients: readonly Patient[]
  /** Of the test range, held by nobody. */
  readonly unknown: Patient
  /** Whose whole record may never be shared. */
  readonly excluded: Patient | null
  readonly lists: ExclusionLists
  readonly sign: Sign
  /** The records of the patients as a doctor reads them, each read once in a run; none that cannot be read. */
  records(): Promise<readonly WholeRecord[]>
}
