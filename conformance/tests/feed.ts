import { type FeedPage, feedPage } from '../../subgraphs/index/feed/feed-page.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { ask, askRecord } from '../subject/ask.ts'
import { codesOf, describeReply } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED, skipped, type Verdict } from '../verdict.ts'
import { FEED, pageQuery, readPage, readWhole, toPage } from './feed-pages.ts'

/** More pages than this are not walked: a large exchange holds millions of patients. */
const MAX_PAGES = 10

const shape: ConformanceTest = {
  id: 'feed.shape',
  title: 'Tells of patients in the shape that the index reads',
  async run(subject) {
    const reply = await readWhole(subject, null)
    const page = feedPage.safeParse(reply.data?.['feed'])
    if (page.success && reply.errors.length === 0) return PASSED
    // Paths of the page hold names and places, no values.
    const place = page.error?.issues[0]?.path.join('.') ?? 'errors'
    return failed({
      expected: 'a page with changes, cursor and hasMore, each value in its type and words',
      came: reply.data?.['feed'] ? `a page that differs at ${place}` : describeReply(reply),
      mend: 'The index takes in no page that it cannot understand: whoever is on it would never be found.',
    })
  },
}

const walk: ConformanceTest = {
  id: 'feed.walk',
  title: 'Walks to its end in pages, each patient once',
  async run(subject) {
    const numbers: string[] = []
    let after: string | null = null
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const read = await readPage(subject, { after })
      if ('verdict' in read) return read.verdict
      numbers.push(...read.changes)
      if (read.hasMore && (read.cursor === after || read.changes.length === 0)) {
        return failed({
          expected: 'a page that leads on while hasMore is true',
          came: `${read.changes.length} changes and ${read.cursor === after ? 'the cursor that was given' : 'a new cursor'}`,
          mend: 'Give the cursor behind the last change of the page.',
        })
      }
      if (!read.hasMore) break
      after = read.cursor
    }
    const twice = numbers.length - new Set(numbers).size
    if (twice === 0) return PASSED
    return failed({
      expected: `${numbers.length} changes, each of another patient`,
      came: `${twice} of a patient who was told of before`,
      mend: 'Give each patient as they are now, at the place of their last change.',
    })
  },
}

const pages: ConformanceTest = {
  id: 'feed.pages',
  title: 'Gives the same changes in the same order in small pages as in one large one',
  async run(subject) {
    const whole = await readPage(subject, { after: null, first: 20 })
    if ('verdict' in whole) return whole.verdict
    if (whole.changes.length < 2) return skipped('The feed tells of fewer than two patients.')
    const size = Math.max(1, Math.ceil(whole.changes.length / 4))
    const numbers: string[] = []
    let after: string | null = null
    for (let page = 0; page < 8 && numbers.length < whole.changes.length; page += 1) {
      const read = await readPage(subject, { after, first: size })
      if ('verdict' in read) return read.verdict
      if (read.changes.length > size) break
      numbers.push(...read.changes)
      after = read.cursor
    }
    const came = numbers.slice(0, whole.changes.length)
    if (JSON.stringify(came) === JSON.stringify(whole.changes)) return PASSED
    return failed({
      expected: `${whole.changes.length} changes in pages of ${size}, the oldest first`,
      came: `${numbers.length} changes, ${came.length === whole.changes.length ? 'others or in another order' : 'another number of them'}`,
      mend: 'Number changes in the order in which they are committed, and sort by these numbers.',
    })
  },
}

const end: ConformanceTest = {
  id: 'feed.cursor',
  title: 'Answers the same from one cursor twice, and nothing new behind the last',
  async run(subject) {
    let last = await readPage(subject, { after: null })
    for (let page = 1; page < MAX_PAGES && !('verdict' in last) && last.hasMore; page += 1) {
      last = await readPage(subject, { after: last.cursor })
    }
    if ('verdict' in last) return last.verdict
    if (last.hasMore) return skipped('The feed is longer than what is walked here.')
    if (last.cursor === null) return skipped('There never was a change.')
    const behind = await readPage(subject, { after: last.cursor })
    const again = await readPage(subject, { after: last.cursor })
    if ('verdict' in behind) return behind.verdict
    const isEnd = behind.changes.length === 0 && !behind.hasMore && behind.cursor === last.cursor
    if (isEnd && JSON.stringify(again) === JSON.stringify(behind)) return PASSED
    return failed({
      expected:
        'behind the last change none, hasMore false, and the same cursor; the same when asked again',
      came: `${behind.changes.length} changes, hasMore ${behind.hasMore}, ${behind.cursor === last.cursor ? 'the same' : 'another'} cursor`,
      mend: 'A cursor stays good: the index comes back with it after any pause, also of yours.',
    })
  },
}

const foreign: ConformanceTest = {
  id: 'feed.foreign-cursor',
  title: 'Starts over, or refuses, at a cursor that it did not give out',
  async run(subject) {
    const whole = await readPage(subject, { after: null, first: 5 })
    if ('verdict' in whole) return whole.verdict
    if (whole.changes.length === 0) return skipped('There never was a change.')
    for (const after of ['another-store.999999999', 'none']) {
      const reply = await ask(subject, pageQuery(subject, { after, first: 5 }), FEED)
      const page = toPage(reply)
      const isFromStart = JSON.stringify(page?.changes) === JSON.stringify(whole.changes)
      if (isFromStart || codesOf(reply).join() === 'BAD_USER_INPUT') continue
      return failed({
        expected: 'the first page, or BAD_USER_INPUT',
        came: `${describeReply(reply)}, ${page?.changes.length ?? 0} changes`,
        mend: 'After a backup is put back the index brings cursors that are unknown: nothing may be missed.',
      })
    }
    return PASSED
  },
}

const first: ConformanceTest = {
  id: 'feed.first',
  title: 'Refuses a `first` below 1 or above 500',
  async run(subject) {
    for (const first of [0, 501]) {
      const reply = await ask(subject, pageQuery(subject, { after: null, first }), FEED)
      if (!toPage(reply) && codesOf(reply).join() === 'BAD_USER_INPUT') continue
      return failed({
        expected: `BAD_USER_INPUT for first: ${first}`,
        came: describeReply(reply),
        mend: 'Take 1 to 500.',
      })
    }
    return PASSED
  },
}

const holders: ConformanceTest = {
  id: 'feed.holds-record',
  title: 'Says holdsRecord of whom it has a record, and of nobody else',
  async run(subject) {
    const reply = await readWhole(subject, null)
    const page = feedPage.safeParse(reply.data?.['feed'])
    if (!page.success) return skipped('The feed could not be read: see feed.shape.')
    const { changes } = page.data
    if (!subject.contributes) {
      if (changes.every(({ holdsRecord }) => !holdsRecord)) return PASSED
      return failed({
        expected: 'holdsRecord false of every patient, from a view-only participant',
        came: 'true',
        mend: 'Who publishes no record holds none.',
      })
    }
    const verdicts = [...changes.filter(isOneOf(subject)), ...changes.slice(0, 3)].map((change) =>
      judgeHolder(subject, change),
    )
    const found = (await Promise.all(verdicts)).find(({ outcome }) => outcome === 'FAILED')
    return found ?? judgeExcluded(subject, changes)
  },
}

async function judgeHolder(
  subject: Subject,
  { nhsNumber, holdsRecord }: FeedPage['changes'][number],
): Promise<Verdict> {
  const { record } = await askRecord(subject, nhsNumber, { selection: '__typename' })
  if ((record !== null) === holdsRecord) return PASSED
  return failed({
    expected: `holdsRecord ${record !== null} of a patient of whom there is ${record ? 'a' : 'no'} record`,
    came: String(holdsRecord),
    mend: 'holdsRecord is true exactly where the record resolves to more than null.',
  })
}

function judgeExcluded({ excluded }: Subject, changes: FeedPage['changes']): Verdict {
  const change = changes.find(({ nhsNumber }) => nhsNumber === excluded?.nhsNumber)
  if (!change || (!change.holdsRecord && change.relationships.length === 0)) return PASSED
  return failed({
    expected: 'of a patient of whom all may never be shared holdsRecord false and no relationship',
    came: `holdsRecord ${change.holdsRecord}, ${change.relationships.length} relationships`,
    mend: 'What is excluded makes no record and no relationship: a clinic that cares for somebody would tell why.',
  })
}

function isOneOf({ patients }: Subject) {
  const numbers = new Set(patients.map(({ nhsNumber }) => nhsNumber))
  return ({ nhsNumber }: { readonly nhsNumber: string }) => numbers.has(nhsNumber)
}

/** The feed that the index follows. */
export const feed: ConformanceGroup = {
  name: 'feed',
  title: 'Feed',
  tests: [shape, walk, pages, end, foreign, first, holders],
}
