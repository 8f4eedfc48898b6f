/** A reason why a subgraph cannot be tested at all, in one line for the person who asked. */
export class ConformanceProblem extends Error {
  override readonly name = 'ConformanceProblem'
}
