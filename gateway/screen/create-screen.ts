import type { ExclusionLists } from '../../subgraphs/kit/exclusions/exclusion-lists.ts'
import { type GeneratedSection, generatedSections } from '../record/generated-sections.ts'
import { participantOf } from '../record/model.ts'
import { RECORDS_KEY } from '../record/names.ts'
import { mapSections } from '../record/own-records.ts'
import { fieldsFor } from '../record/patients.ts'
import type { RewrittenOperation } from '../record/rewrite.ts'
import { isObject, type Json } from '../record/section-source.ts'
import { type FieldShape, type ObjectShape, shapeOf } from '../record/shape.ts'
import type { Variables } from '../record/values.ts'
import {
  emptied,
  excludedIds,
  isScreenable,
  placesOf,
  type SourcePart,
  without,
} from './exclude-entries.ts'

/** Takes out of a federated answer every entry that is never shared; changes nothing of what it is given. */
export type Screen = (
  plan: RewrittenOperation,
  data: Json | null,
  variables: Variables,
) => Json | null

/** What is said of a source that sent what is never shared: no patient, no entry. */
export interface Finding {
  readonly participant: string
  /** The contract's name for the section. */
  readonly section: string
}

/**
 * Makes the screen: the third and last time that an entry is looked through, in the merged view and
 * in the one by source. What is taken out leaves no trace.
 *
 * @param given.onExcluded told once for each section of a source, so that the source can be told
 */
export function createScreen(given: {
  readonly lists: ExclusionLists
  onExcluded(finding: Finding): void
}): Screen {
  return (plan, data, variables) => {
    if (data === null) return null
    return screenObject(data, shapeOf(plan.plan, variables).root, given)
  }
}

type Screening = Parameters<typeof createScreen>[0]

function screenObject(object: Json, fields: readonly FieldShape[], given: Screening): Json {
  const changed: Record<string, unknown> = { ...object }
  for (const field of fields) {
    if (field.kind === 'within') {
      changed[field.key] = screenWithin(object[field.key], field.shape, given)
    }
  }
  const parts = partsOf(object, fields)
  const ids = new Set(parts.flatMap(({ connection }) => excludedIds(connection, given.lists)))
  if (ids.size > 0) report(parts, ids, given)
  return isShown(fields) ? screenPatient(changed, fields, ids) : changed
}

function screenWithin(value: unknown, shape: ObjectShape, given: Screening): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => screenWithin(one, shape, given))
  return isObject(value) ? screenObject(value, fieldsFor(value, shape), given) : value
}

function isShown(fields: readonly FieldShape[]): boolean {
  return fields.some(({ kind }) => ['section', 'timeline', 'records'].includes(kind))
}

/** A source's part of a section, wherever the client asked for it. */
interface Part extends SourcePart, Finding {}

/** Every part of every source that a patient's selection has. */
function partsOf(patient: Json, fields: readonly FieldShape[]): Part[] {
  const parts: Part[] = []
  const stubs = patient[RECORDS_KEY]
  for (const section of generatedSections(fields)) {
    for (const record of Array.isArray(stubs) ? stubs.filter(isObject) : []) {
      const connection = record[section.recordKey]
      const participant = participantOf(String(record['__typename']))
      if (isObject(connection)) parts.push({ ...section, connection, participant })
    }
  }
  for (const field of fields) {
    if (field.kind !== 'records') continue
    mapSections(patient[field.key], stubs, field, (connection, section, type) => {
      parts.push({ ...section, connection, participant: participantOf(type) })
      return connection
    })
  }
  return parts
}

function report(parts: readonly Part[], ids: ReadonlySet<string>, given: Screening): void {
  const told = new Set<string>()
  for (const { connection, participant, section } of parts) {
    const key = `${participant} ${section}`
    if (told.has(key) || placesOf(connection, ids).size === 0) continue
    told.add(key)
    given.onExcluded({ participant, section })
  }
}

/** A patient without the entries of these ids, and without what points at them. */
function screenPatient(
  patient: Json,
  fields: readonly FieldShape[],
  ids: ReadonlySet<string>,
): Json {
  const changed: Record<string, unknown> = { ...patient }
  const stubs = patient[RECORDS_KEY]
  const sections = generatedSections(fields)
  if (ids.size > 0 && Array.isArray(stubs)) {
    changed[RECORDS_KEY] = stubs.map((record: unknown) =>
      isObject(record) ? emptyRecord(record, sections, ids) : record,
    )
  }
  for (const field of fields) {
    if (field.kind !== 'records') continue
    changed[field.key] = mapSections(patient[field.key], stubs, field, (connection, section) => {
      const part = { ...section, connection }
      // What cannot be looked through is not shown.
      if (!isScreenable(part)) return null
      const places = placesOf(connection, ids)
      return places.size === 0 ? connection : without(part, places)
    })
  }
  if (ids.size === 0) return changed
  return Object.fromEntries(
    Object.entries(changed).map(([key, value]) => [key, withoutIds(value, ids)]),
  )
}

function emptyRecord(
  record: Json,
  sections: readonly GeneratedSection[],
  ids: ReadonlySet<string>,
) {
  const changed: Record<string, unknown> = { ...record }
  for (const { recordKey, fields, isFiltered } of sections) {
    const connection = record[recordKey]
    const places = isObject(connection) ? placesOf(connection, ids) : NO_PLACES
    if (!isObject(connection) || places.size === 0) continue
    changed[recordKey] = emptied({ connection, fields, isFiltered }, places)
  }
  return changed
}

const NO_PLACES: ReadonlySet<number> = new Set()

function withoutIds(value: unknown, gone: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return gone.has(value) ? null : value
  if (Array.isArray(value)) {
    return value
      .filter((one: unknown) => typeof one !== 'string' || !gone.has(one))
      .map((one: unknown) => withoutIds(one, gone))
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withoutIds(part, gone)]),
  )
}
