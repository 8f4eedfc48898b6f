import { GraphQLError, type GraphQLErrorOptions } from 'graphql'
import { participantOf } from './model.ts'
import { clientKey, isGenerated, RECORDS_KEY } from './names.ts'
import { isShown, type OwnRecord, toOwnRecord } from './patient.ts'
import { isObject, type Json } from './section-source.ts'
import type { SourcesByPatient } from './sources.ts'

/** An error of a federated answer. */
export type FederatedError = Pick<GraphQLError, 'message' | 'extensions'> & {
  readonly path?: readonly (string | number)[] | undefined
}

/**
 * The errors of a federated answer as the client may see them. What went wrong in the records that
 * merged fields are made of is told once for each patient, source and code, at the section's path,
 * or at the patient's when several sections are concerned. No generated name is shown.
 *
 * @param answered.data the federated answer, which tells which source a record comes from
 * @param answered.sources tell which records are not shown
 */
export function mapErrors(errors: readonly FederatedError[], answered: Answered): GraphQLError[] {
  const groups = new Map<string, FederatedError[]>()
  for (const [index, error] of errors.entries()) {
    const place = placeOf(error)
    const key = place
      ? JSON.stringify([
          place.patient,
          participantIn(error, answered.data),
          error.extensions['code'],
        ])
      : String(index)
    groups.set(key, [...(groups.get(key) ?? []), error])
  }
  return [...groups.values()].flatMap((group) => toClientError(group, answered) ?? [])
}

/** What errors are told by. */
interface Answered {
  readonly data: Json | null
  readonly sources: SourcesByPatient
}

type Path = readonly (string | number)[]

interface Place {
  readonly patient: Path
  readonly section: string | null
}

/** Where in a patient's generated selection an error happened; null for one outside of it. */
function placeOf({ path }: FederatedError): Place | null {
  const at = path?.indexOf(RECORDS_KEY) ?? -1
  if (!path || at < 0) return null
  const key = path.slice(at + 1).find((step) => typeof step === 'string' && step !== '@')
  return { patient: path.slice(0, at), section: typeof key === 'string' ? clientKey(key) : null }
}

function toClientError(group: readonly FederatedError[], answered: Answered): GraphQLError | null {
  const [error] = group
  if (!error) return null
  const places = group.flatMap((one) => placeOf(one) ?? [])
  const [place] = places
  const sections = new Set(places.map(({ section }) => section))
  const [section = null] = sections.size === 1 ? sections : []
  const path = place
    ? [...place.patient, ...(section === null ? [] : [section])]
    : withoutGenerated(atOwnRecord(error, answered))
  const participant = participantIn(error, answered.data)
  const options: GraphQLErrorOptions = {
    path: path ?? null,
    extensions: { ...error.extensions, ...(participant !== null && { participant }) },
  }
  return new GraphQLError(withoutNames(error.message), options)
}

function participantIn({ path = [], extensions }: FederatedError, data: Json | null) {
  if (typeof extensions['participant'] === 'string') return extensions['participant']
  const at = path.indexOf(RECORDS_KEY)
  if (at < 0) return null
  const record = path.slice(0, at + 2).reduce<unknown>(stepInto, data)
  const type = isObject(record) ? record['__typename'] : null
  return typeof type === 'string' ? participantOf(type) : null
}

function stepInto(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return isObject(value) ? value[step] : undefined
}

/**
 * The path of an error in the view by source, at the record of the source that it names: executors
 * number the records of one fetch, not those of the list. Records that are not shown are not counted;
 * what is said of one stands at the list.
 */
function atOwnRecord(
  { path, extensions }: FederatedError,
  { data, sources }: Answered,
): Path | undefined {
  const participant = String(extensions['participant'])
  let value: unknown = data
  for (const [place, step] of (path ?? []).entries()) {
    const records = isObject(value) ? value[RECORDS_KEY] : null
    if (path && Array.isArray(records) && typeof path[place + 1] === 'number') {
      const ofPatient = sources.get(path.slice(0, place).join('.')) ?? []
      const all = records.filter(isObject).map(toOwnRecord)
      const shown = all.filter((record) => isShown(ofPatient, record))
      const isOwn = (record: OwnRecord) => record.participant === participant
      if (all.some(isOwn) && !shown.some(isOwn)) return path.slice(0, place + 1)
      const own = shown.findIndex(isOwn)
      return own < 0 ? path : path.with(place + 1, own)
    }
    value = stepInto(value, step)
  }
  return path
}

function withoutGenerated(path: Path | undefined): Path | undefined {
  const at = path?.findIndex((step) => typeof step === 'string' && isGenerated(step)) ?? -1
  return at < 0 ? path : path?.slice(0, at)
}

function withoutNames(message: string): string {
  return message.includes('lcr_')
    ? 'A part of this answer could not be had from its source.'
    : message
}
