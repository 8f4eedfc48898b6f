import type { Child } from './child.ts'
import type { PostgresServer } from './postgres/server.ts'

/** What the launcher has started, to be stopped in order. */
export interface Running {
  addChild(child: Child): void
  addPostgres(server: PostgresServer): void
  /** Children first, then PostgreSQL. Resolves when all are gone. */
  stop(): Promise<void>
  /** All at once, without tidying. */
  kill(): void
  readonly isStopping: boolean
}

const CHILDREN_WITHIN_MS = 5_000
const POSTGRES_WITHIN_MS = 15_000

/** Keeps what was started; what is added after the stop began is stopped as it comes. */
export function createRunning(): Running {
  const children = new Set<Child>()
  let postgres: PostgresServer | undefined
  let stopped: Promise<void> | undefined
  const stopAll = async () => {
    for (const child of children) child.stop()
    const killing = setTimeout(() => {
      for (const child of children) child.stop('SIGKILL')
    }, CHILDREN_WITHIN_MS)
    while (children.size > 0) await Promise.all([...children].map(({ ended }) => ended))
    clearTimeout(killing)
    if (!postgres) return
    const server = postgres
    const hurrying = setTimeout(() => void server.stop(true), POSTGRES_WITHIN_MS)
    await server.stop()
    clearTimeout(hurrying)
  }
  return {
    addChild(child) {
      children.add(child)
      void child.ended.then(() => children.delete(child))
      if (stopped) child.stop()
    },
    addPostgres(server) {
      postgres = server
      if (stopped) void server.stop()
    },
    stop: () => {
      stopped ??= stopAll()
      return stopped
    },
    kill() {
      for (const child of children) child.stop('SIGKILL')
      void postgres?.stop(true)
    },
    get isStopping() {
      return stopped !== undefined
    },
  }
}
