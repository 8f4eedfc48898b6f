import { GraphQLError } from 'graphql'

/**
 * Every code that a subgraph answers with, and its fixed text. No text holds a patient identifier,
 * a row value or an address of a machine.
 */
export const SUBGRAPH_ERRORS = {
  /** 401: no assertion, or none that is genuine, current and for this participant. */
  UNAUTHENTICATED: 'This subgraph answers only a valid assertion of the gateway.',
  /** The assertion is genuine, but not for this patient or this purpose. */
  FORBIDDEN: 'The assertion does not allow this.',
  /** An argument cannot be used; the text names it. */
  BAD_USER_INPUT: 'An argument cannot be used.',
  /** 400: the body is no GraphQL request. */
  BAD_REQUEST: 'The body is not a GraphQL request in JSON.',
  /** 400: the document does not parse. */
  GRAPHQL_PARSE_FAILED: 'The document cannot be parsed.',
  /** 400: the document does not fit the schema, or is larger or deeper than is answered. */
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema of this subgraph.',
  /** Patients of different names and dates of birth are stored under one number; nobody knows which entry is whose. */
  SEVERAL_PEOPLE: 'What is held under this number cannot be told to be of one person.',
  /** The caller's time was over before the answer was there. */
  DEADLINE_EXCEEDED: 'The answer was not ready within the time that was given.',
  /** Something here is broken; the log says what. */
  INTERNAL_SERVER_ERROR: 'This subgraph cannot answer at present.',
} as const

export type SubgraphErrorCode = keyof typeof SUBGRAPH_ERRORS

/** An error of the catalogue, to be thrown in a resolver or returned by a rule. */
export function subgraphError(code: SubgraphErrorCode): GraphQLError {
  return new GraphQLError(SUBGRAPH_ERRORS[code], { extensions: { code } })
}

/** Says which argument cannot be used and what it must be; never repeats what was given. */
export function badArgument(argument: string, expectation: string): GraphQLError {
  return new GraphQLError(`Argument '${argument}' must be ${expectation}.`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  })
}

/** True for a code of the catalogue whose text was written here, and may go out as it is. */
export function isSubgraphErrorCode(code: unknown): code is SubgraphErrorCode {
  return typeof code === 'string' && Object.hasOwn(SUBGRAPH_ERRORS, code)
}
