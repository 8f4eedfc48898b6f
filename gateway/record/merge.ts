import { type ExecutionResult, executeSync } from 'graphql'
import { modelOf } from './model.ts'
import { deniedKey, partlyDeniedKey, RECORDS_KEY } from './names.ts'
import { withoutGenerated } from './own-records.ts'
import { pageOf } from './pages.ts'
import { type Patient, patientSection, readPatient, shownRecords } from './patient.ts'
import { fieldsFor, joinPath } from './patients.ts'
import { shapePlain } from './plain-shape.ts'
import type { RewrittenOperation } from './rewrite.ts'
import { isObject, type Json } from './section-source.ts'
import { type FieldShape, type ObjectShape, type Shape, shapeOf } from './shape.ts'
import type { SourcesByPatient } from './sources.ts'
import { askedOf } from './timeline/coverage.ts'
import { mergeTimeline } from './timeline/merge-timeline.ts'
import type { TimelineShape } from './timeline/timeline-shape.ts'
import { readValue, type Variables } from './values.ts'

/** What an answer is merged from. */
export interface MergeInput {
  readonly rewritten: RewrittenOperation
  /** What the supergraph answered to `rewritten.document`; `{}` for an operation that is local. */
  readonly data: Json | null
  /** The client's variables. */
  readonly variables: Variables
  /** Every participant's outcome for each patient that `patientsIn` names. */
  readonly sources: SourcesByPatient
  /** Told how many entries of each section the timelines of a patient show. */
  onTimeline?(patient: string, section: string, entries: number): void
}

/**
 * The client's answer out of the federated one, in the order of the client's selection. It changes
 * nothing of what it is given; what needs no change is passed on as it is.
 *
 * @throws Error when a patient's sources are not given: an answer without them is never complete
 */
export function mergeRecords(input: MergeInput): Json | null {
  const { rewritten, data, variables } = input
  if (data === null) return null
  const shape = shapeOf(rewritten.plan, variables)
  const introspected = introspect(rewritten, shape, variables)
  return shapeObject({ ...input, introspected }, data, shape.root, '')
}

interface Merging extends MergeInput {
  readonly introspected: Json
}

function shapeObject(
  merging: Merging,
  object: Json,
  fields: readonly FieldShape[],
  path: string,
): Json {
  let patient: Patient | undefined
  const patientHere = () => (patient ??= readPatient(object, path, merging.sources))
  const shaped: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.kind === 'timeline') {
      Object.assign(shaped, shapeTimeline(merging, patientHere(), field, path))
    } else {
      shaped[field.key] = shapeField(merging, object, field, { path, patientHere })
    }
  }
  return shaped
}

function shapeField(
  merging: Merging,
  object: Json,
  field: Exclude<FieldShape, TimelineShape>,
  at: { readonly path: string; readonly patientHere: () => Patient },
): unknown {
  switch (field.kind) {
    case 'typename':
      return field.value
    case 'introspection':
      return merging.introspected[field.key] ?? null
    case 'given':
      return object[field.key] ?? null
    case 'within':
      return shapeWithin(merging, object[field.key], field.shape, joinPath(at.path, field.key))
    case 'records': {
      const records = object[field.key]
      const shaped = field.shape
        ? shapeWithin(merging, records, field.shape, joinPath(at.path, field.key))
        : withoutGenerated(records, field, object[RECORDS_KEY])
      return shownRecords(at.patientHere(), shaped)
    }
    case 'sources':
      return at.patientHere().sources.map((source) => shapePlain(source, field.source))
    case 'section': {
      const { operation } = merging.rewritten.plan
      const page = pageOf(field.page, operation, merging.variables)
      const isFiltered = field.filters.some(
        (value) => (readValue(value, operation, merging.variables) ?? null) !== null,
      )
      return patientSection(at.patientHere(), field, { page, isFiltered })
    }
  }
}

/**
 * A timeline under its key, and beside it that a part of it was denied; where all of it was, that alone.
 */
function shapeTimeline(
  merging: Merging,
  patient: Patient,
  shape: TimelineShape,
  path: string,
): Json {
  const { plan } = merging.rewritten
  const request = { operation: plan.operation, variables: merging.variables }
  const asked = askedOf([...modelOf(plan.schema).sections.keys()], shape.asked, request)
  const covered = asked.filter((section) => plan.visible.includes(section))
  if (covered.length === 0) return { [deniedKey(shape.key)]: null }
  const page = pageOf(shape.page, plan.operation, merging.variables)
  const { timeline, shown } = mergeTimeline(patient, shape, { page, covered })
  for (const [section, entries] of shown) merging.onTimeline?.(path, section, entries)
  return {
    [shape.key]: timeline,
    ...(covered.length < asked.length && { [partlyDeniedKey(shape.key)]: true }),
  }
}

function shapeWithin(merging: Merging, value: unknown, shape: ObjectShape, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((one, index) => shapeWithin(merging, one, shape, joinPath(path, index)))
  }
  if (!isObject(value)) return value ?? null
  return shapeObject(merging, value, fieldsFor(value, shape), path)
}

/** What the schema is, is told by the public schema: the supergraph does not know merged fields. */
function introspect({ plan }: RewrittenOperation, shape: Shape, variables: Variables): Json {
  if (!shape.introspection) return {}
  const result: ExecutionResult = executeSync({
    schema: plan.schema,
    document: shape.introspection,
    variableValues: variables,
  })
  return result.data ?? {}
}
