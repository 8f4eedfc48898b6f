import { askRecord } from '../../conformance/subject/ask.ts'
import { type Json, toObject, toObjects } from '../../conformance/subject/json.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import {
  connectionSelection,
  demographicsSelection,
} from '../../conformance/subject/whole-record.ts'
import { differencesOf } from './differences.ts'
import { untilInTime } from './until-in-time.ts'

/** What came of comparing records. */
export interface Compared {
  readonly entries: number
  /** Sections with an entry of anybody. */
  readonly filled: number
  /** `patient 3.allergies.edges.node.code.display` */
  readonly different: readonly string[]
}

/** Compares everybody's whole record, every field of every section, as two subgraphs answer it. */
export async function compareRecords(
  stored: Subject,
  staying: Subject,
  onRead: (patients: number) => void,
): Promise<Compared> {
  const filled = new Set<string>()
  const different: string[] = []
  let entries = 0
  for (const [index, { label, nhsNumber }] of stored.patients.entries()) {
    const one = await readRecord(stored, nhsNumber)
    const other = await readRecord(staying, nhsNumber)
    different.push(...differencesOf(one, other, label))
    for (const { name } of stored.sections) {
      const found = toObjects(toObject(one[name])?.['edges']).length
      if (found > 0) filled.add(name)
      entries += found
    }
    onRead(index + 1)
  }
  return { entries, filled: filled.size, different }
}

/** A few sections at a time: all of them may take longer than a subgraph takes. */
const SECTIONS_AT_ONCE = 4

async function readRecord(subject: Subject, nhsNumber: string): Promise<Json> {
  const selections = subject.sections.map(
    (section) => `${section.name}(first: 500) ${connectionSelection(section)}`,
  )
  const record: Record<string, unknown> = {
    ...(await readSome(
      subject,
      nhsNumber,
      `nhsNumber demographics ${demographicsSelection(subject)}`,
    )),
  }
  for (let at = 0; at < selections.length; at += SECTIONS_AT_ONCE) {
    const some = selections.slice(at, at + SECTIONS_AT_ONCE).join(' ')
    Object.assign(record, await readSome(subject, nhsNumber, some))
  }
  return record
}

async function readSome(subject: Subject, nhsNumber: string, selection: string): Promise<Json> {
  const { record } = await untilInTime(() => askRecord(subject, nhsNumber, { selection }))
  if (record === null) throw new Error('There is no record of somebody who was put there')
  return record
}
