import type { DocumentNode, GraphQLError } from 'graphql'
import { operationText } from '../../audit/describe/operation-text.ts'
import { refusalError } from '../../errors.ts'
import type { RegisteredOperations } from './follow-operations.ts'

/**
 * Refuses an operation that no team registered; null when it may go on. It is known by its text without
 * values: what a client fills in changes nothing.
 *
 * @param registered null when any operation is answered
 */
export function refuseUnregistered(
  registered: Pick<RegisteredOperations, 'has'> | null,
  asked: {
    readonly document: DocumentNode
    readonly documentKey: string
    readonly operationName?: string | undefined
  },
): GraphQLError | null {
  if (registered === null) return null
  const { document, documentKey, operationName } = asked
  const { digest } = operationText(document, documentKey, operationName)
  return registered.has(digest) ? null : refusalError('OPERATION_NOT_REGISTERED')
}
