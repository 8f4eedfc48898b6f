import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { toObject, toObjects, toText } from '../subject/json.ts'
import { codesOf } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { type Entry, entriesOf } from '../subject/whole-record.ts'
import { failed, firstWrong, PASSED, type Verdict } from '../verdict.ts'
import { sorted } from './order.ts'
import { overSections, type Place } from './over-sections.ts'
import { refusesArgument } from './refuses-argument.ts'

const times: ConformanceTest = {
  id: 'filters.since-and-until',
  title:
    'Includes the moment of `since`, leaves out that of `until`, and takes no time for the oldest',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const moments = place.entries.flatMap(({ timeMs }) => timeMs ?? [])
        const moment = moments[Math.floor(moments.length / 2)] ?? 0
        const at = new Date(moment).toISOString()
        const isSince = ({ timeMs }: Entry) => timeMs !== null && timeMs >= moment
        return firstWrong([
          await filters(subject, place, { args: `since: "${at}"`, isWanted: isSince }),
          await filters(subject, place, {
            args: `until: "${at}"`,
            isWanted: (entry) => !isSince(entry),
          }),
          await filters(subject, place, {
            args: `since: "${at.slice(0, 4)}"`,
            isWanted: ({ timeMs }) =>
              timeMs !== null && timeMs >= Date.UTC(Number(at.slice(0, 4)), 0, 1),
          }),
        ])
      },
      {
        fit: ({ entries }) => entries.some(({ timeMs }) => timeMs !== null),
        lacking: 'No section has an entry with a time.',
      },
    ),
}

const codes: ConformanceTest = {
  id: 'filters.codes',
  title: 'Finds the entries that carry a code in any coding of their `code`',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const [first, ...others] = [...new Set(place.entries.flatMap(codesOfEntry))]
        const last = others.at(-1)
        const wanted = [[first ?? ''], ...(last === undefined ? [] : [[last, 'no-such-code']])]
        return firstWrong(
          await Promise.all(
            wanted.map((some) =>
              filters(subject, place, {
                args: `codes: ${JSON.stringify(some)}`,
                isWanted: (entry) => codesOfEntry(entry).some((code) => some.includes(code)),
                shown: `codes: [${some.map(() => 'a code').join(', ')}]`,
              }),
            ),
          ),
        )
      },
      {
        fit: ({ entries }) => entries.flatMap(codesOfEntry).length > 0,
        lacking: 'No section has an entry with a coding.',
      },
    ),
}

const states: ConformanceTest = {
  id: 'filters.status',
  title: 'Shows entries in the states asked for, and without any all but ENTERED_IN_ERROR',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const shown = place.entries.findIndex(({ node }) => node['status'] === 'ENTERED_IN_ERROR')
        if (shown >= 0) {
          return failed({
            expected: `no entry of ${place.where} in the state ENTERED_IN_ERROR, when not asked for`,
            came: `entry ${shown + 1} in that state`,
            mend: 'Leave out what was entered in error unless `status` names that state.',
          })
        }
        const status = toText(place.entries[0]?.node['status'])
        return filters(subject, place, {
          args: `status: [${status}]`,
          isWanted: ({ node }) => node['status'] === status,
        })
      },
      { fit: ({ entries, section }) => entries.length > 0 && section.states.length > 0 },
    ),
}

const nothingFound: ConformanceTest = {
  id: 'filters.nothing-found',
  title:
    'Says of a section with entries HAS_ENTRIES, also when a filter or a page shows none of them',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async ({ section, record, where }) => {
        const reply = await askRecord(subject, record.patient.nhsNumber, {
          selection: `${section.name}(codes: ["no-such-code"]) { nodes { id } status pageInfo { endCursor hasNextPage } }`,
        })
        const connection = toObject(reply.record?.[section.name])
        const count = toObjects(connection?.['nodes']).length
        const isEnd =
          JSON.stringify(connection?.['pageInfo']) === '{"endCursor":null,"hasNextPage":false}'
        if (connection?.['status'] === 'HAS_ENTRIES' && count === 0 && isEnd) return PASSED
        return failed({
          expected: `of ${where}, filtered by a code that nothing has, no entry, HAS_ENTRIES, and an empty page's pageInfo`,
          came: `${count} entries, ${connection?.['status'] === 'HAS_ENTRIES' ? 'HAS_ENTRIES' : 'another status'}${isEnd ? '' : ', another pageInfo'}`,
          mend: "A section's status speaks of the whole section: a filter that finds nothing makes none empty.",
        })
      },
      { fit: ({ entries }) => entries.length > 0, lacking: 'No section has an entry.' },
    ),
}

const together: ConformanceTest = {
  id: 'filters.with-pages',
  title: 'Pages through what a filter finds',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const found = sorted(place.entries).filter(({ timeMs }) => timeMs !== null)
        const since = new Date(found.at(-1)?.timeMs ?? 0).toISOString()
        const after = found[0]?.cursor ?? ''
        const isInPage = new Set(found.slice(1, 3))
        return filters(subject, place, {
          args: `first: 2, since: "${since}", after: ${JSON.stringify(after)}`,
          isWanted: (entry) => isInPage.has(entry),
          shown: 'first: 2, since the oldest, after the newest',
        })
      },
      {
        fit: ({ entries }) => entries.filter(({ timeMs }) => timeMs !== null).length >= 3,
        lacking: 'No section has three entries with a time.',
      },
    ),
}

const unusable: ConformanceTest = {
  id: 'filters.unusable',
  title:
    'Refuses dates that are none, an end before the beginning and empty lists, for that section alone',
  isAboutRecords: true,
  async run(subject) {
    const values = {
      since: ['"yesterday"', '"2019-02-30"', '"2019-13"', '"2019-03-04T09:30:00"', '""'],
      until: ['"2019-02-30"', '"2019", since: "2020"'],
      codes: ['[]'],
      status: ['[]'],
    }
    for (const [argument, each] of Object.entries(values)) {
      const verdict = await refusesArgument(subject, argument, each)
      if (verdict.outcome !== 'PASSED') return verdict
    }
    return PASSED
  },
}

/** What a reader narrows a section by. */
export const filterGroup: ConformanceGroup = {
  name: 'filters',
  title: 'Filters',
  tests: [times, codes, states, nothingFound, together, unusable],
}

async function filters(
  subject: Subject,
  { section, entries, record, where }: Place,
  filter: {
    readonly args: string
    readonly isWanted: (entry: Entry) => boolean
    /** The arguments in a report, where they hold a value of the record. */
    readonly shown?: string
  },
): Promise<Verdict> {
  const page = filter.args.startsWith('first') ? '' : 'first: 500, '
  const reply = await askRecord(subject, record.patient.nhsNumber, {
    selection: `${section.name}(${page}${filter.args}) { edges { cursor node { id } } }`,
  })
  const came = entriesOf(toObject(reply.record?.[section.name])).map(({ id }) => id)
  const expected = entries
    .filter(filter.isWanted)
    .slice(0, 500)
    .map(({ id }) => id)
  if (JSON.stringify([...came].sort()) === JSON.stringify([...expected].sort())) return PASSED
  const codesCame = codesOf(reply)
  const shown = filter.shown ?? filter.args.replaceAll(/"\d{4}-[^"]+"/g, "an entry's time")
  return failed({
    expected: `${expected.length} of ${entries.length} entries of ${where} with ${shown}`,
    came: `${came.length} entries${codesCame.length > 0 ? `, and ${codesCame.join(', ')}` : ''}${came.length === expected.length ? ', others than those' : ''}`,
    mend: 'Filter before cutting the page: since includes its moment, until does not; what has no time is older than any moment; codes match in any coding.',
  })
}

function codesOfEntry({ node }: Entry): string[] {
  return toObjects(toObject(node['code'])?.['codings']).flatMap(({ code }) => toText(code) || [])
}
