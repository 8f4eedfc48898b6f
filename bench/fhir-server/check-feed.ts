import { ask } from '../../conformance/subject/ask.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import { FEED, pageQuery, toPage } from '../../conformance/tests/feed-pages.ts'
import { untilInTime } from './until-in-time.ts'

/** Whom the feed tells of until it says that there is no more, in the order that it tells them. */
export async function walkFeed(subject: Subject): Promise<string[]> {
  const told: string[] = []
  let after: string | null = null
  for (;;) {
    const query = pageQuery(subject, { after })
    const page = toPage(await untilInTime(() => ask(subject, query, FEED)))
    if (page === null) throw new Error('There is no page of the feed')
    told.push(...page.changes)
    if (!page.hasMore) return told
    after = page.cursor
  }
}
