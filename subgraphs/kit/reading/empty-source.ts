import type { RecordSource } from '../record-source.ts'
import { PAGE_LIMIT, readFirst } from './arguments.ts'

/**
 * The source of a view-only participant that keeps nothing here: its subgraph says who it is, and its feed tells
 * of nobody. Its relationships, where it has any to bring, come as a file.
 */
export function createEmptySource(): RecordSource {
  return {
    begin: () => ({
      readPatient: async () => null,
      readSection: async () => {
        throw new Error('A participant that only views has no record to read')
      },
      findResources: async () => [],
      async readFeed({ first }) {
        readFirst(first, PAGE_LIMIT)
        return { changes: [], cursor: null, hasMore: false }
      },
    }),
    countService: async () => ({ status: 'UP', asOf: null, patients: 0, items: 0 }),
    async checkReadiness() {},
    async close() {},
  }
}
