import { GraphQLError } from 'graphql'

/**
 * Every refusal and failure that a client can be told of: a stable code, a fixed text and, where the
 * whole request fails, an HTTP status. Texts never hold facts of the request.
 */
export const errorCatalogue = {
  UNAUTHENTICATED: {
    text: 'A current access token for this gateway is needed, from a trusted issuer and at assurance level 2 or more.',
    status: 401,
  },
  ROLE_NOT_PERMITTED: {
    text: 'The selected role may not view patient records.',
    status: 403,
  },
  ORGANISATION_NOT_A_PARTICIPANT: {
    text: 'The organisation of the selected role takes no part in the London Care Record.',
    status: 403,
  },
  VIEWING_NOT_PERMITTED: {
    text: 'The participant of this organisation contributes records but may not view them.',
    status: 403,
  },
  INDEX_UNAVAILABLE: {
    text: 'The patient index does not answer at present. Nothing can be said about any patient.',
    status: 503,
  },
  INTERNAL_SERVER_ERROR: {
    text: 'Something went wrong in the gateway. Nothing of the answer may be relied on.',
    status: 500,
  },
} as const

export type ErrorCode = keyof typeof errorCatalogue

/** The catalogue's error for a code, with the HTTP status that ends the whole request. */
export function refusalError(code: ErrorCode): GraphQLError {
  const { text, status } = errorCatalogue[code]
  const headers =
    status === 401 ? new Map([['www-authenticate', 'Bearer']]) : new Map<string, string>()
  return new GraphQLError(text, { extensions: { code, http: { status, headers } } })
}
