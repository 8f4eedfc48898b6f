import type { CheckName } from '../../../../gateway/registry/checks/check.ts'

/** A publication that one check refuses. */
export interface BadPublication {
  /** What is wrong with it, to end a sentence that begins with 'refuses'. */
  readonly title: string
  /** The check that says so. */
  readonly check: CheckName
  /** Whose: `nel` contributes, `swl` publishes more than the contract, `hpft` only views. */
  readonly participant: 'nel' | 'swl' | 'hpft'
  /** What is wrong in the schema, made of the good one. */
  readonly change: (sdl: string) => string
  /** What the check says, to the letter. */
  readonly message: string
  /** Where it says so. */
  readonly where: string | RegExp | null
}
