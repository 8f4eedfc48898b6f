import { StartProblem } from '../../cli/start/problem.ts'
import type { RunningSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import type { OpenDatabase } from './open-database.ts'

/** What runs, to be stopped in order: the subgraph, then its database. */
export class Parts {
  database: OpenDatabase | undefined
  subgraph: RunningSubgraph | undefined
  #breaks: (problem: Error) => void = () => {}
  readonly broken = new Promise<never>((_, reject) => {
    this.#breaks = reject
  })

  constructor() {
    this.broken.catch(() => {})
  }

  addDatabase(database: OpenDatabase): void {
    this.database = database
    void database.ended.then(() =>
      this.#breaks(new StartProblem('PostgreSQL has ended, so the subgraph stops')),
    )
  }

  async close(): Promise<void> {
    await this.subgraph?.close()
    await this.database?.close()
  }
}
