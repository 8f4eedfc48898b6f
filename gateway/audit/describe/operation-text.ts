import { createHash } from 'node:crypto'
import { type DocumentNode, getOperationAST, print, visit } from 'graphql'
import { LRUCache } from 'lru-cache'
import { fragmentsOf, withUsedDefinitions } from '../../record/used-definitions.ts'

/** An operation as the trail knows it. */
export interface OperationText {
  readonly type: 'query' | 'mutation'
  readonly name: string | null
  /** With every value that the client wrote into it left out: none could be a patient's. */
  readonly text: string
  /** SHA-256 of the text, in hexadecimal. */
  readonly digest: string
}

const kept = new LRUCache<string, OperationText>({ max: 1000 })

const LONGEST_NAME = 200

/**
 * The text of one operation of a document, with the fragments that stand beside it and without values.
 *
 * @param documentKey equal for equal documents
 */
export function operationText(
  document: DocumentNode,
  documentKey: string,
  operationName: string | undefined,
): OperationText {
  const key = `${documentKey} ${operationName ?? ''}`
  const known = kept.get(key)
  if (known) return known
  const described = describe(document, operationName)
  kept.set(key, described)
  return described
}

function describe(document: DocumentNode, operationName: string | undefined): OperationText {
  const operation = getOperationAST(document, operationName)
  if (!operation) throw new Error('There is no such operation')
  const text = print(withoutValues(withUsedDefinitions(operation, fragmentsOf(document))))
  return {
    type: operation.operation === 'mutation' ? 'mutation' : 'query',
    name: operation.name?.value.slice(0, LONGEST_NAME) ?? null,
    text,
    digest: createHash('sha256').update(text).digest('hex'),
  }
}

function withoutValues(document: DocumentNode): DocumentNode {
  return visit(document, {
    IntValue: (node) => ({ ...node, value: '0' }),
    FloatValue: (node) => ({ ...node, value: '0' }),
    StringValue: (node) => ({ ...node, value: '', block: false }),
    ListValue: (node) => ({ ...node, values: [] }),
  })
}
