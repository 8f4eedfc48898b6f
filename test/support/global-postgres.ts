import type { TestProject } from 'vitest/node'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The whole run's PostgreSQL, as its owner: `postgres://user:password@host:port/postgres`. */
    postgresUrl: string
  }
}

/** Nothing of a test run has to outlive a lost machine. */
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** One PostgreSQL for the whole test run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres(HASTY)
  project.provide('postgresUrl', postgres.url)
  return () => postgres.remove()
}
