import { type Dispatcher, request } from 'undici'
import { type FeedPage, feedPage } from './feed-page.ts'

/** How long a participant may take over one page. */
const PAGE_TIMEOUT_MS = 30_000

/** Why a page did not come, as a code for the log and the state; the participant's words stay out. */
export class FeedError extends Error {
  /** NOT_VALID: the participant's schema does not have all that is asked. */
  readonly code: 'UNREACHABLE' | 'REFUSED' | 'NOT_VALID' | 'NOT_A_FEED'

  constructor(code: FeedError['code'], options?: { cause?: unknown }) {
    super(`The feed cannot be read: ${code}`, options)
    this.code = code
  }
}

/**
 * Asks a participant for the page after a cursor.
 *
 * @throws FeedError when none comes
 */
export async function readPage(options: {
  readonly url: string
  readonly query: string
  readonly after: string | null
  /** A signed assertion with the scope `feed.read`. */
  readonly assertion: string
  readonly dispatcher: Dispatcher
  readonly signal: AbortSignal
}): Promise<FeedPage> {
  const { url, query, after, assertion, dispatcher } = options
  const answer = await ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${assertion}` },
    body: JSON.stringify({ query, variables: { after } }),
    dispatcher,
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(PAGE_TIMEOUT_MS)]),
  })
  const page = feedPage.safeParse(answer?.data?.feed)
  // A page that cannot be understood is not skipped: whoever is on it would never be found.
  if (!page.success) throw new FeedError(answer?.errors ? refusalOf(answer.errors) : 'NOT_A_FEED')
  return page.data
}

function refusalOf(errors: unknown): FeedError['code'] {
  const isInvalid = (error: { extensions?: { code?: unknown } } | null) =>
    error?.extensions?.code === 'GRAPHQL_VALIDATION_FAILED'
  return Array.isArray(errors) && errors.some(isInvalid) ? 'NOT_VALID' : 'REFUSED'
}

type Answer = {
  readonly data?: { readonly feed?: unknown } | null
  readonly errors?: unknown
} | null

async function ask(url: string, options: Parameters<typeof request>[1]): Promise<Answer> {
  try {
    const { body, statusCode } = await request(url, options)
    const text = await body.text()
    if (statusCode === 401) throw new FeedError('REFUSED')
    if (statusCode >= 500) throw new FeedError('UNREACHABLE')
    return JSON.parse(text) as Answer
  } catch (error) {
    if (error instanceof FeedError) throw error
    throw new FeedError(error instanceof SyntaxError ? 'NOT_A_FEED' : 'UNREACHABLE', {
      cause: error,
    })
  }
}
