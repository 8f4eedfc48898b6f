import type { Member } from './member.ts'

/** A member of a version of the supergraph. */
export interface VersionMember extends Member {
  /** The publication that its schema and URL are from; null when they are those of its folder. */
  readonly publication: string | null
  /** True for a participant that has a folder in this project, which describes it. */
  readonly isBuiltIn: boolean
}

/** One composed supergraph with those whose subgraphs it is made of. */
export interface Version {
  /** Counts up from 1; 0 is the file `supergraph.graphql`. */
  readonly number: number
  readonly supergraphSdl: string
  readonly members: readonly VersionMember[]
}
