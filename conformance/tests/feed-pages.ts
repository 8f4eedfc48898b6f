import { feedQuery } from '../../subgraphs/index/feed/feed-query.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { ask } from '../subject/ask.ts'
import { toObject } from '../subject/json.ts'
import { describeReply, type Reply } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, type Verdict } from '../verdict.ts'

/** The index asks with nothing else. */
export const FEED = { scope: 'feed.read' } as const

/** The page that the index would ask for. */
export async function readWhole(subject: Subject, after: string | null): Promise<Reply> {
  const query = feedQuery(subject.participant.code, await readContract())
  return subject.call({
    authorization: subject.sign(FEED),
    body: { query, variables: { after } },
  })
}

interface Page {
  readonly changes: readonly string[]
  readonly cursor: string | null
  readonly hasMore: boolean
}

interface PageQuery {
  readonly after: string | null
  readonly first?: number
}

/** A page of numbers alone. */
export function pageQuery({ feed }: Subject, { after, first = 500 }: PageQuery): string {
  return `{ feed: ${feed}(after: ${JSON.stringify(after)}, first: ${first}) { changes { nhsNumber } cursor hasMore } }`
}

/** Reads a page of numbers; a verdict where none comes. */
export async function readPage(
  subject: Subject,
  query: PageQuery,
): Promise<Page | { readonly verdict: Verdict }> {
  const reply = await ask(subject, pageQuery(subject, query), FEED)
  const page = toPage(reply)
  if (page) return page
  const verdict = failed({
    expected: 'a page of the feed',
    came: describeReply(reply),
    mend: 'Answer a page to an assertion with feed.read.',
  })
  return { verdict }
}

/** The page of an answer; null where it holds none. */
export function toPage({ data }: Reply): Page | null {
  const page = toObject(data?.['feed'])
  const changes = page?.['changes']
  if (!page || !Array.isArray(changes)) return null
  const { cursor, hasMore } = page
  return {
    changes: changes.map((change) => String(toObject(change)?.['nhsNumber'])),
    cursor: typeof cursor === 'string' ? cursor : null,
    hasMore: hasMore === true,
  }
}
