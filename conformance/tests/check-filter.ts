import { askRecord } from '../subject/ask.ts'
import { toObject } from '../subject/json.ts'
import { codesOf } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { type Entry, entriesOf } from '../subject/whole-record.ts'
import { failed, PASSED, type Verdict } from '../verdict.ts'
import type { Place } from './over-sections.ts'

/** Whether a section, asked with some arguments, gives the entries that are wanted and no others. */
export async function checkFilter(
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
    mend: 'Filter before cutting the page: since includes its moment, until does not; days are those of Europe/London; an entry dated by a day, month or year is in if any of it is; what has no time is older than any moment; codes match in any coding.',
  })
}
