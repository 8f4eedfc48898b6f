import { participantTypeName } from '../../../../subgraphs/kit/schema/participant-sdl.ts'

/** Asks a participant who it is: about no patient. */
export function whoIsIt(code: string, operation: string): string {
  const type = participantTypeName(code)
  return `query ${operation} {
  _entities(representations: [{ __typename: "${type}", code: "${code}" }]) {
    ... on ${type} { code name service { status } }
  }
}`
}

/** What a participant says that it is; undefined when it says nothing. */
export function codeIn(body: { readonly data?: unknown } | null): unknown {
  const data = body?.data as
    | { _entities?: readonly ({ code?: unknown } | null)[] }
    | null
    | undefined
  return Array.isArray(data?._entities) ? data._entities[0]?.code : undefined
}

/** Asks for the schema in the form of Federation. */
export const WHICH_SCHEMA = 'query CheckSchema { _service { sdl } }'

/** Asks for the schema in the form of GraphQL itself. */
export const INTROSPECTION = 'query CheckIntrospection { __schema { queryType { name } } }'

/** Asks whether the feed has more, and for nobody who stands in it. */
export function anyFeed(code: string): string {
  return `query CheckFeed { ${code}Feed(first: 1) { hasMore } }`
}
