import type { Subject } from './subject/subject.ts'
import type { Verdict } from './verdict.ts'

/** One thing that the contract demands, tried on a running subgraph. */
export interface ConformanceTest {
  /** Stable: `<group>.<name>`. */
  readonly id: string
  /** What a subgraph does that conforms, as a sentence without its subject's name. */
  readonly title: string
  /** True for what concerns records: a view-only participant publishes none. */
  readonly isAboutRecords?: boolean
  readonly run: (subject: Subject) => Promise<Verdict>
}

/** Tests of one part of the contract. */
export interface ConformanceGroup {
  readonly name: string
  readonly title: string
  readonly tests: readonly ConformanceTest[]
}
