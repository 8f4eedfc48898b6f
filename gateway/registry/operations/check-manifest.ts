import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { operationText } from '../../audit/describe/operation-text.ts'
import { MAX_TOKENS } from '../../operation/max-tokens.ts'
import { redact } from '../../operation/redact.ts'
import type { ManifestEntry } from './read-manifest.ts'
import type { CheckedOperation } from './registered-operation.ts'

/** What is wrong with one operation of a manifest. */
export interface OperationProblem {
  /** Its name, or what the manifest calls it. */
  readonly operation: string
  /** In its body, counted from 1; null when it is about the whole of it. */
  readonly line: number | null
  readonly message: string
}

/** What came of looking through a manifest. */
export interface CheckedManifest {
  readonly operations: readonly CheckedOperation[]
  readonly problems: readonly OperationProblem[]
}

/** So many are told of one operation. */
const MOST_PROBLEMS = 10

/** Checks a team's operations against what clients see; what they have in common is registered once. */
export function checkManifest(
  schema: GraphQLSchema,
  entries: readonly ManifestEntry[],
): CheckedManifest {
  const operations = new Map<string, CheckedOperation>()
  const problems: OperationProblem[] = []
  for (const entry of entries) {
    const checked = checkEntry(schema, entry)
    if ('digest' in checked) operations.set(checked.digest, checked)
    else problems.push(...checked.problems)
  }
  return { operations: [...operations.values()], problems }
}

function checkEntry(
  schema: GraphQLSchema,
  { id, body }: ManifestEntry,
): CheckedOperation | { readonly problems: readonly OperationProblem[] } {
  const document = read(body)
  if (!('kind' in document)) return { problems: [problemOf(id, document)] }
  const definitions = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [],
  )
  const [operation] = definitions
  const name = operation?.name?.value
  const isOne = definitions.length === 1 && operation?.operation !== 'subscription'
  if (!operation || !isOne || name === undefined) {
    const message = 'It must hold one query or mutation, with a name, and the fragments it uses.'
    return { problems: [{ operation: name ?? id, line: null, message }] }
  }
  const errors = validate(schema, document, undefined, { maxErrors: MOST_PROBLEMS })
  if (errors.length > 0) return { problems: errors.map((error) => problemOf(name, error)) }
  return described(document, operation, { id, body, name })
}

function described(
  document: DocumentNode,
  { operation }: OperationDefinitionNode,
  { id, body, name }: ManifestEntry & { readonly name: string },
): CheckedOperation {
  const { digest, text } = operationText(document, body, name)
  const type = operation === 'mutation' ? 'mutation' : 'query'
  return { digest, text, name, type, manifestId: id }
}

function read(body: string): DocumentNode | GraphQLError {
  try {
    return parse(body, { maxTokens: MAX_TOKENS })
  } catch (error) {
    return error as GraphQLError
  }
}

function problemOf(operation: string, { message, locations }: GraphQLError): OperationProblem {
  return { operation, line: locations?.[0]?.line ?? null, message: redact(message) }
}
