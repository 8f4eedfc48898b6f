import { type Position, toCursor } from '../../subgraphs/kit/position.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { type Json, toObject } from '../subject/json.ts'
import type { Subject } from '../subject/subject.ts'
import { type Entry, entriesOf } from '../subject/whole-record.ts'
import { failed, PASSED, type Verdict } from '../verdict.ts'
import { comparePositions, sorted } from './order.ts'
import { overSections, type Place } from './over-sections.ts'
import { refusesArgument } from './refuses-argument.ts'

const THREE_ENTRIES = {
  fit: ({ entries }: Place) => entries.length >= 3,
  lacking: 'No section has three entries: give a patient of whom more is known.',
}

const first: ConformanceTest = {
  id: 'paging.first',
  title: 'Gives the newest entries, and no more than `first`',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const page = await readPage(subject, place, 'first: 2')
        const newest = new Set(
          sorted(place.entries)
            .slice(0, 2)
            .map(({ id }) => id),
        )
        const isNewest = page.entries.every(({ id }) => newest.has(id))
        if (page.entries.length === 2 && isNewest) return PASSED
        return failed({
          expected: `the newest 2 of ${place.entries.length} entries of ${place.where}`,
          came: `${page.entries.length} entries${isNewest ? '' : ', older ones among them'}`,
          mend: 'Cut the sorted section after `first` entries.',
        })
      },
      THREE_ENTRIES,
    ),
}

const walk: ConformanceTest = {
  id: 'paging.walk',
  title: 'Gives every entry once when walked from page to page, and says where the end is',
  isAboutRecords: true,
  run: (subject) => {
    let walked = 0
    return overSections(
      subject,
      // The longest sections tell the most; each page is a call.
      (place) => (walked++ < 3 ? walkThrough(subject, place) : PASSED),
      THREE_ENTRIES,
    )
  },
}

async function walkThrough(subject: Subject, place: Place): Promise<Verdict> {
  const size = Math.max(1, Math.ceil(place.entries.length / 5))
  const ids: string[] = []
  let after: string | null = null
  for (let turn = 0; turn < 8; turn += 1) {
    const page = await readPage(subject, place, `first: ${size}`, after)
    const cursor = page.pageInfo['endCursor']
    ids.push(...page.entries.map(({ id }) => id))
    if (page.pageInfo['hasNextPage'] !== true || typeof cursor !== 'string') break
    after = cursor
  }
  const [came, expected] = [ids, place.entries.map(({ id }) => id)].map((one) =>
    JSON.stringify([...one].sort()),
  )
  if (came === expected) return PASSED
  const twice = ids.length - new Set(ids).size
  return failed({
    expected: `${place.entries.length} entries of ${place.where} in pages of ${size}`,
    came: `${ids.length} entries, ${twice} of them a second time`,
    mend: 'Continue exactly behind the entry of `after`; hasNextPage is true while there are more, and false on the last page.',
  })
}

const endCursor: ConformanceTest = {
  id: 'paging.end-cursor',
  title: 'Says exactly where a page ends and whether there are more',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const { length } = place.entries
        const pages = [
          { args: `first: ${length - 1}`, hasNextPage: true },
          { args: `first: ${length}`, hasNextPage: false },
        ]
        for (const { args, hasNextPage } of pages) {
          const { entries, pageInfo } = await readPage(subject, place, args)
          if (
            pageInfo['hasNextPage'] === hasNextPage &&
            pageInfo['endCursor'] === entries.at(-1)?.cursor
          )
            continue
          return failed({
            expected: `of ${place.where} (${args} of ${length}) hasNextPage ${hasNextPage}, and as endCursor the last entry's cursor`,
            came: `hasNextPage ${pageInfo['hasNextPage'] === true}, and ${pageInfo['endCursor'] === entries.at(-1)?.cursor ? 'that' : 'another'} endCursor`,
            mend: 'Read one entry more than asked for to know whether there is a next page.',
          })
        }
        return PASSED
      },
      { ...THREE_ENTRIES, fit: ({ entries }) => entries.length >= 3 && entries.length < 500 },
    ),
}

const defaults: ConformanceTest = {
  id: 'paging.default-size',
  title: 'Gives 50 entries when not told how many, and all allergies and safety alerts',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const { defaultFirst } = place.section
        const { entries } = await readPage(subject, place, '')
        const expected = Math.min(defaultFirst ?? Number.POSITIVE_INFINITY, place.entries.length)
        if (entries.length === expected) return PASSED
        return failed({
          expected: `${expected} of ${place.entries.length} entries of ${place.where}`,
          came: `${entries.length}`,
          mend: 'Left out, `first` is 50; of allergies and safetyAlerts everything is given, since a list cut short would be read as complete.',
        })
      },
      { fit: ({ entries }) => entries.length > 0, lacking: 'No section has an entry.' },
    ),
}

const between: ConformanceTest = {
  id: 'paging.between-sources',
  title: "Continues behind a cursor of another source's entry",
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        for (const { position, what } of positionsAmong(place.entries)) {
          const expected = place.entries
            .filter((entry) => entry.position && comparePositions(entry.position, position) > 0)
            .map(({ id }) => id)
          const { entries } = await readPage(subject, place, 'first: 500', toCursor(position))
          const came = entries.map(({ id }) => id)
          if (JSON.stringify(came.sort()) === JSON.stringify(expected.slice(0, 500).sort()))
            continue
          return failed({
            expected: `${expected.length} entries of ${place.where} behind ${what}`,
            came: `${came.length} entries`,
            mend: 'Compare with the time, key and id of the cursor itself: its entry may be in no list here.',
          })
        }
        return PASSED
      },
      {
        ...THREE_ENTRIES,
        fit: ({ entries }) => entries.length >= 3 && entries.every(({ position }) => position),
      },
    ),
}

/** Places that no entry here has, or of both forms that the gateway sends beside an entry's own. */
function positionsAmong(entries: readonly Entry[]): { position: Position; what: string }[] {
  const middle = entries[Math.floor(entries.length / 2)]?.position
  if (!middle) return []
  const { time, key } = middle
  const earlier = time === null ? null : new Date(new Date(time).getTime() + 1).toISOString()
  return [
    { position: { time, key }, what: 'every entry of one time and key' },
    { position: { time, key, id: '' }, what: 'the beginning of one time and key' },
    { position: { time, key: 'zzz', id: 'zzz' }, what: 'every entry of one time' },
    {
      position: { time: earlier, key: 'e0', id: 'x' },
      what: 'a moment at which there is no entry',
    },
    { position: { time: null, key: '', id: '' }, what: 'all entries that have a time' },
  ]
}

const bounds: ConformanceTest = {
  id: 'paging.bounds',
  title: 'Refuses a `first` below 1 or above 500, for that section alone',
  isAboutRecords: true,
  run: (subject) => refusesArgument(subject, 'first', ['0', '-1', '501', '100000']),
}

const unreadable: ConformanceTest = {
  id: 'paging.unreadable-cursor',
  title: 'Refuses a cursor that is none, for that section alone',
  isAboutRecords: true,
  run: (subject) =>
    refusesArgument(
      subject,
      'after',
      ['', 'none', encode({}), encode(['2020', 'e', 'x']), encode([null]), encode([1, 2, 3])].map(
        (text) => JSON.stringify(text),
      ),
    ),
}

/** Pages, and the cursors between them. */
export const paging: ConformanceGroup = {
  name: 'paging',
  title: 'Paging',
  tests: [first, walk, endCursor, defaults, between, bounds, unreadable],
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function readPage(
  subject: Subject,
  { section, record }: Place,
  args: string,
  after: string | null = null,
): Promise<{ readonly entries: Entry[]; readonly pageInfo: Json }> {
  const reply = await askRecord(subject, record.patient.nhsNumber, {
    selection: `${section.name}(after: $after ${args}) {
      edges { cursor node { id } } pageInfo { endCursor hasNextPage } }`,
    declares: '$after: String',
    variables: { after },
  })
  const connection = toObject(reply.record?.[section.name])
  return { entries: entriesOf(connection), pageInfo: toObject(connection?.['pageInfo']) ?? {} }
}
