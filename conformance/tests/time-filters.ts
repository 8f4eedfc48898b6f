import { readMoment } from '../../subgraphs/kit/reading/moment.ts'
import type { ConformanceTest } from '../conformance-test.ts'
import { toText } from '../subject/json.ts'
import type { Subject } from '../subject/subject.ts'
import type { Entry } from '../subject/whole-record.ts'
import { firstWrong, type Verdict } from '../verdict.ts'
import { checkFilter } from './check-filter.ts'
import { overSections, type Place } from './over-sections.ts'

/** What `since` and `until` mean to a moment and to a year. */
export const times: ConformanceTest = {
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
        const at = isoOf(moment)
        return boundsAt(subject, place, [at, at.slice(0, 4)])
      },
      {
        fit: ({ entries }) => entries.some(({ timeMs }) => timeMs !== null),
        lacking: 'No section has an entry with a time.',
      },
    ),
}

/** What they mean to a date, whole or partial. */
export const days: ConformanceTest = {
  id: 'filters.days',
  title:
    "Takes days for London's, and has an entry dated by a day, month or year in if any of it is",
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async (place) => {
        const dated = place.entries.find(isByDate)
        const [first, last] = [dated?.timeMs ?? 0, dated?.lastMs ?? 0]
        const written = toText(dated?.node['time'])
        return boundsAt(subject, place, [written, isoOf(first + 1), isoOf(last), isoOf(last + 1)])
      },
      {
        fit: ({ entries }) => entries.some(isByDate),
        lacking: 'No section has an entry dated by a day, a month or a year.',
      },
    ),
}

function isByDate({ node, lastMs }: Entry): boolean {
  return lastMs !== null && toText(node['time']).length <= '2019-03-04'.length
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}

/** Whether what there is since and until each of these is what there should be. */
async function boundsAt(
  subject: Subject,
  place: Place,
  bounds: readonly string[],
): Promise<Verdict> {
  const verdicts: Verdict[] = []
  for (const bound of bounds) {
    const moment = readMoment(bound)?.getTime() ?? Number.NaN
    verdicts.push(
      await checkFilter(subject, place, {
        args: `since: "${bound}"`,
        isWanted: ({ lastMs }) => lastMs !== null && lastMs >= moment,
      }),
      await checkFilter(subject, place, {
        args: `until: "${bound}"`,
        isWanted: ({ timeMs }) => timeMs === null || timeMs < moment,
      }),
    )
  }
  return firstWrong(verdicts)
}
