import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { toObject, toObjects, toText } from '../subject/json.ts'
import type { Entry } from '../subject/whole-record.ts'
import { failed, firstWrong, PASSED } from '../verdict.ts'
import { checkFilter } from './check-filter.ts'
import { sorted } from './order.ts'
import { overSections } from './over-sections.ts'
import { refusesArgument } from './refuses-argument.ts'
import { days, times } from './time-filters.ts'

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
              checkFilter(subject, place, {
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
        return checkFilter(subject, place, {
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
        return checkFilter(subject, place, {
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
  tests: [times, days, codes, states, nothingFound, together, unusable],
}

function codesOfEntry({ node }: Entry): string[] {
  return toObjects(toObject(node['code'])?.['codings']).flatMap(({ code }) => toText(code) || [])
}
