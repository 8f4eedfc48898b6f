import type { TypedDocumentString } from './generated/operations.ts'

/** Where a gateway is, and on whose behalf it is asked. */
export interface Gateway {
  /** `http(s)://host:port` */
  readonly url: string
  /** The user's access token. */
  readonly token: string
}

/** What came back: data, in part or whole, and the codes of what is missing in it. */
export interface Answer<Result> {
  readonly data: Result | null
  readonly codes: readonly string[]
}

/** Asks a gateway; the document's types say what has to be given and what comes back. */
export async function ask<Result, Variables>(
  { url, token }: Gateway,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Answer<Result>> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'apollographql-client-name': 'summary-client',
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  })
  const { data = null, errors = [] } = (await response.json()) as {
    readonly data?: Result
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
  }
  return { data, codes: errors.map(({ extensions }) => extensions?.code ?? 'UNKNOWN') }
}
