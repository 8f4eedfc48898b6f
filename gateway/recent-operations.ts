import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { RoleGroup } from './access/roles.ts'
import { sectionVariables } from './record/timeline/coverage.ts'
import type { Variables } from './record/values.ts'

/** An operation as it was asked lately: not by whom, and not about whom. */
export interface RecentOperation {
  /** As the client sent it. */
  readonly document: DocumentNode
  readonly documentKey: string
  readonly operationName?: string | undefined
  readonly group: RoleGroup | null
  /** The sections that its timelines cover, and no other value. */
  readonly variables: Variables
}

/** So many are known: what is asked often is among them. */
const KEPT = 200

/** What was asked lately, so that a new supergraph can be prepared for it. */
export class RecentOperations {
  readonly #operations = new LRUCache<string, RecentOperation>({ max: KEPT })

  note(asked: RecentOperation): void {
    const { document, documentKey, operationName, group, variables } = asked
    const chosen = sectionVariables(document).map((name) => [name, variables[name]] as const)
    const key = JSON.stringify([documentKey, operationName, group, chosen])
    if (this.#operations.get(key)) return
    const sections = Object.fromEntries(chosen.filter(([, value]) => value !== undefined))
    this.#operations.set(key, { document, documentKey, operationName, group, variables: sections })
  }

  /** The one asked last first. */
  list(): RecentOperation[] {
    return [...this.#operations.values()]
  }
}
