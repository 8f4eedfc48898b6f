import { createHash } from 'node:crypto'

/**
 * Names the software that a supergraph was composed for, by the supergraph of its own files: other
 * software may have another contract, and follows versions of its own.
 *
 * @param supergraphFile what `supergraph.graphql` holds
 */
export function baseOf(supergraphFile: string): string {
  return createHash('sha256').update(supergraphFile).digest('hex')
}
