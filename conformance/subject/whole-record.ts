import { dateTime, toInstant, toLastInstant } from '../../subgraphs/kit/fhir/time.ts'
import { fromCursor, type Position } from '../../subgraphs/kit/position.ts'
import { askRecord } from './ask.ts'
import { type ContractSection, wholeSelection } from './contract-shape.ts'
import { type Json, toObject, toObjects, toText } from './json.ts'
import type { Patient, Subject } from './subject.ts'

/** A section with every entry of it. */
export interface WholeSection {
  readonly section: ContractSection
  readonly entries: readonly Entry[]
  /** The connection of the first page. */
  readonly connection: Json
}

/** One entry in its place. */
export interface Entry {
  readonly id: string
  readonly cursor: string
  /** Null for a cursor that is none. */
  readonly position: Position | null
  /** Milliseconds since 1970, of a date its beginning; null for none, NaN for what is no moment. */
  readonly timeMs: number | null
  /** The same, of a date its end. */
  readonly lastMs: number | null
  readonly node: Json
}

/** All that a doctor reads of a patient. */
export interface WholeRecord {
  readonly patient: Patient
  readonly demographics: Json | null
  readonly record: Json
  /** The sections that came. */
  readonly sections: readonly WholeSection[]
}

/** The largest page there is. */
const PAGE = 500
const MAX_PAGES = 20

/** Reads a record whole, section by section; null when there is none. */
export async function readWholeRecord(
  subject: Subject,
  patient: Patient,
): Promise<WholeRecord | null> {
  const { record } = await askRecord(subject, patient.nhsNumber, {
    selection: `nhsNumber asOf demographics ${demographicsSelection(subject)}`,
  })
  if (!record) return null
  const sections: WholeSection[] = []
  for (const section of subject.sections) {
    const whole = await readSection(subject, patient, section)
    if (whole) sections.push(whole)
  }
  const demographics = toObject(record['demographics'])
  return { patient, demographics, record, sections }
}

/** Every field of the contract's demographics. */
export function demographicsSelection({ schema }: Subject): string {
  return wholeSelection(schema.getType('Demographics'))
}

/** Everything but the entries' second copy, which is compared by their ids. */
export function connectionSelection({ connection, item }: ContractSection): string {
  const { statedNoneKnown, conflicts } = connection.getFields()
  const inner = (field: typeof conflicts) => `${field?.name} ${wholeSelection(innermost(field))}`
  return `{
    edges { cursor node ${wholeSelection(item)} }
    nodes { id }
    pageInfo { endCursor hasNextPage }
    status ${inner(statedNoneKnown)} isComplete missingSources notUnderstood notShared ${inner(conflicts)}
  }`
}

function innermost(field: { readonly type: unknown } | undefined): unknown {
  let type = field?.type
  while (type && typeof type === 'object' && 'ofType' in type) type = type.ofType
  return type
}

/** The entries of a connection, in their order. */
export function entriesOf(connection: Json | null): Entry[] {
  return toObjects(connection?.['edges']).map((edge) => {
    const node = toObject(edge['node']) ?? {}
    const cursor = toText(edge['cursor'])
    return {
      id: toText(node['id']),
      cursor,
      position: fromCursor(cursor),
      timeMs: momentOf(node['time'], toInstant),
      lastMs: momentOf(node['time'], toLastInstant),
      node,
    }
  })
}

function momentOf(time: unknown, read: typeof toInstant): number | null {
  if (time === undefined || time === null) return null
  const written = dateTime(time)
  return written === null ? Number.NaN : (read(written)?.getTime() ?? null)
}

async function readSection(
  subject: Subject,
  patient: Patient,
  section: ContractSection,
): Promise<WholeSection | null> {
  const entries: Entry[] = []
  let first: Json | null = null
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const connection = await readPage(subject, patient, { section, after })
    if (!connection) return null
    first ??= connection
    const found = entriesOf(connection)
    entries.push(...found)
    after = found.at(-1)?.cursor ?? null
    if (toObject(connection['pageInfo'])?.['hasNextPage'] !== true || found.length < PAGE) break
  }
  return first && { section, entries, connection: first }
}

async function readPage(
  subject: Subject,
  { nhsNumber }: Patient,
  { section, after }: { readonly section: ContractSection; readonly after: string | null },
): Promise<Json | null> {
  const { record } = await askRecord(subject, nhsNumber, {
    selection: `${section.name}(first: ${PAGE}, after: $after) ${connectionSelection(section)}`,
    declares: '$after: String',
    variables: { after },
  })
  return toObject(record?.[section.name])
}
