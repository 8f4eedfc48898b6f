import { findConflicts } from './conflicts/find-conflicts.ts'
import { readTestimonies } from './conflicts/read-testimonies.ts'
import { participantOf } from './model.ts'
import { RECORDS_KEY } from './names.ts'
import type { Page } from './pages.ts'
import { recordKey } from './record-key.ts'
import { mergeSection } from './section.ts'
import { isObject, type Json, readSectionSource, type SectionSource } from './section-source.ts'
import { missingSources } from './section-state.ts'
import type { SectionShape } from './shape.ts'
import type { SourceAnswer, SourcesByPatient } from './sources.ts'

/** A patient of a federated answer, with what every source made of it. */
export interface Patient {
  readonly sources: readonly SourceAnswer[]
  /** In the index's order. */
  readonly records: readonly OwnRecord[]
}

/** A record of a source, as far as it came. */
export interface OwnRecord {
  readonly participant: string
  readonly record: Json
}

/**
 * Reads a patient whose record was asked for.
 *
 * @throws Error when its sources are not given: an answer without them is never complete
 */
export function readPatient(object: Json, path: string, sources: SourcesByPatient): Patient {
  const given = sources.get(path)
  if (!given) throw new Error(`No sources were given for the patient at ${path}`)
  const records = Array.isArray(object[RECORDS_KEY]) ? object[RECORDS_KEY] : []
  return {
    sources: given,
    records: records.filter(isObject).map(toOwnRecord),
  }
}

/** Whose record an object of the list is. */
export function toOwnRecord(record: Json): OwnRecord {
  return { participant: participantOf(String(record['__typename'])), record }
}

/** One section of a patient, merged over the sources that gave it. */
export function patientSection(
  patient: Patient,
  shape: SectionShape,
  { page, isFiltered }: { readonly page: Page; readonly isFiltered: boolean },
): Json {
  const trusted = recordsToMerge(patient)
  const sources = trusted.flatMap(
    ({ participant, record }) =>
      readSectionSource(
        { participant, section: shape.section },
        record[shape.recordKey],
        shape.fields,
      ) ?? [],
  )
  const missing = missingFrom(patient, sources)
  return mergeSection(shape.fields, {
    sources,
    missing,
    page,
    conflictsIn(merged) {
      const { section } = shape
      const isFirst = page.after === null && !isFiltered
      const retracted = trusted.flatMap((source) => readRetracted(source, shape))
      const nameOf = (code: string) => nameIn(patient, code)
      return findConflicts(
        section,
        readTestimonies({ sources, retracted, page: merged, isFirst, nameOf }),
      )
    },
  })
}

/** The participants whose part of a section is missing, where these are the parts that are here. */
export function missingFrom(patient: Patient, sources: readonly SectionSource[]): string[] {
  const held = patient.records.filter((one) => outcomeOf(patient.sources, one) !== 'NO_RECORD')
  const holders = held.map(({ participant }) => participant)
  const answers = sources.map(({ participant }) => participant)
  // A source may hold several records of the patient: all of them have to be here.
  const isWhole = (code: string) =>
    answers.filter((one) => one === code).length >= holders.filter((one) => one === code).length
  return missingSources(patient.sources, holders, new Set(answers.filter(isWhole)))
}

/**
 * The records of a patient that are surely theirs: without those that seem to be about somebody else, or
 * of which that cannot be told, and without the place of one that a source says it does not hold.
 */
export function recordsToMerge({ sources, records }: Patient): Patient['records'] {
  return records.filter(
    (one) => isShown(sources, one) && outcomeOf(sources, one) !== 'IDENTITY_UNCONFIRMED',
  )
}

/** What one source recorded by mistake in a section; nothing where nobody asks, or it does not tell. */
function readRetracted(
  { participant, record }: Patient['records'][number],
  { section, retractedKey }: SectionShape,
): SectionSource[] {
  if (retractedKey === null) return []
  const source = readSectionSource({ participant, section }, record[retractedKey], [])
  return source ? [source] : []
}

function nameIn({ sources }: Patient, code: string): string {
  return sources.find(({ participant }) => participant.code === code)?.participant.name ?? code
}

/**
 * The records by source, those that are to be shown. Both lists come from the index in one answer, so
 * they tell each other's participants by their places.
 */
export function shownRecords(patient: Patient, records: unknown): unknown {
  const { sources } = patient
  const areShown = patient.records.every((one) => isShown(sources, one))
  if (areShown || !Array.isArray(records)) return records ?? null
  if (records.length !== patient.records.length) return []
  return records.filter((_, index) => {
    const own = patient.records[index]
    return own !== undefined && isShown(sources, own)
  })
}

/** False for a record that is kept out, or that its source says it does not hold. */
export function isShown(sources: readonly SourceAnswer[], record: OwnRecord): boolean {
  const outcome = outcomeOf(sources, record)
  return outcome !== 'QUARANTINED' && outcome !== 'NO_RECORD'
}

function outcomeOf(sources: readonly SourceAnswer[], { participant, record }: OwnRecord) {
  const source = sources.find((one) => one.participant.code === participant)
  return source?.servers?.get(recordKey(record)) ?? source?.outcome
}
