import { participantOf } from './model.ts'
import { RECORDS_KEY, TYPE_KEY } from './names.ts'
import type { RewrittenOperation } from './rewrite.ts'
import { isObject, type Json } from './section-source.ts'
import { type ObjectShape, shapeOf } from './shape.ts'
import type { Variables } from './values.ts'

/** A source's record of a patient, as far as the gateway itself has to know it. */
export interface PatientRecord {
  readonly participant: string
  readonly nhsNumber: string
  /** Null when the source did not say, or was not asked. */
  readonly asOf: string | null
}

/** A patient in a federated answer whose records were asked for. */
export interface AnsweredPatient {
  /** The path of the patient, written with dots: `patient`, `results.0`. */
  readonly path: string
  /** One for each source that the index names as a holder, whether or not it answered. */
  readonly records: readonly PatientRecord[]
}

/** The patients of a federated answer, and the records that belong to each. */
export function patientsIn(
  rewritten: RewrittenOperation,
  data: Json | null,
  variables: Variables,
): AnsweredPatient[] {
  const patients: AnsweredPatient[] = []
  const root: ObjectShape = new Map([['', shapeOf(rewritten.plan, variables).root]])
  const follow = (value: unknown, shape: ObjectShape, path: string): void => {
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) follow(one, shape, joinPath(path, index))
    }
    if (!isObject(value)) return
    const records = value[RECORDS_KEY]
    if (Array.isArray(records)) patients.push({ path, records: records.flatMap(toRecord) })
    for (const field of fieldsFor(value, shape)) {
      if (field.kind !== 'within' && field.kind !== 'records') continue
      if (field.shape) follow(value[field.key], field.shape, joinPath(path, field.key))
    }
  }
  follow(data, root, '')
  return patients
}

/** The fields of an object; one that could be of several types says which it is. */
export function fieldsFor(object: Json, shape: ObjectShape) {
  const type = object[TYPE_KEY]
  if (typeof type === 'string') return shape.get(type) ?? []
  const [only = []] = shape.values()
  return only
}

/** One step further on a path written with dots. */
export function joinPath(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`
}

function toRecord(record: unknown): PatientRecord[] {
  if (!isObject(record) || typeof record['__typename'] !== 'string') return []
  const { nhsNumber, asOf } = record as { nhsNumber?: unknown; asOf?: unknown }
  return [
    {
      participant: participantOf(record['__typename']),
      nhsNumber: String(nhsNumber),
      asOf: typeof asOf === 'string' ? asOf : null,
    },
  ]
}
