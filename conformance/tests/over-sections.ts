import type { Subject } from '../subject/subject.ts'
import type { WholeRecord, WholeSection } from '../subject/whole-record.ts'
import { firstWrong, PASSED, skipped, type Verdict } from '../verdict.ts'

/** Why nothing can be said where no record came. */
export const NO_RECORD = skipped('No record could be read: see entities.record.')

/** The first verdict about a record that is no pass; skipped where no record can be read. */
export async function overRecords(
  subject: Subject,
  judge: (record: WholeRecord) => Promise<Verdict>,
): Promise<Verdict> {
  const records = await subject.records()
  if (records.length === 0) return NO_RECORD
  let verdict: Verdict = PASSED
  for (const record of records) {
    const own = await judge(record)
    if (own.outcome === 'FAILED') return own
    if (own.outcome === 'SKIPPED') verdict = own
  }
  return verdict
}

/** A section of a patient's record, with the words for it in a report. */
export interface Place extends WholeSection {
  readonly record: WholeRecord
  /** `medications of patient 1` */
  readonly where: string
}

/** Every section of every record that came, those with the most entries first. */
async function placesOf(subject: Subject): Promise<readonly Place[]> {
  const records = await subject.records()
  return records
    .flatMap((record) =>
      record.sections.map((whole) => ({
        ...whole,
        record,
        where: `${whole.section.name} of ${record.patient.label}`,
      })),
    )
    .sort((one, other) => other.entries.length - one.entries.length)
}

/** The first verdict about a section that is no pass; skipped where no section is fit to be judged. */
export async function overSections(
  subject: Subject,
  judge: (place: Place) => Verdict | Promise<Verdict>,
  { fit, lacking }: { fit?: (place: Place) => boolean; lacking?: string } = {},
): Promise<Verdict> {
  const places = await placesOf(subject)
  if (places.length === 0) return NO_RECORD
  const wanted = fit ? places.filter(fit) : places
  if (wanted.length === 0) return skipped(lacking ?? 'No section is fit for it.')
  // Some at once: over a long way each call waits for the way alone.
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const verdict = firstWrong(await Promise.all(wanted.slice(at, at + AT_ONCE).map(judge)))
    if (verdict.outcome === 'FAILED') return verdict
  }
  return PASSED
}

const AT_ONCE = 4
