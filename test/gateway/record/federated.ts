import { type DocumentNode, type ExecutionResult, executeSync, type GraphQLSchema } from 'graphql'
import { fromCursor, toCursor } from '../../../subgraphs/kit/position.ts'
import type { SampleSource, StoredEntry } from './sample-source.ts'

/** A patient as the index and the sources know them. */
export interface SamplePatient {
  readonly nhsNumber: string
  readonly sources: readonly SampleSource[]
}

/** Executes a document over in-memory sources, as a federated executor would over real ones. */
export function executeFederated(options: {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly variables: Record<string, unknown>
  readonly patients: readonly SamplePatient[]
}): ExecutionResult {
  return executeSync({
    schema: options.schema,
    document: options.document,
    variableValues: options.variables,
    rootValue: rootOf(options.patients.map(patientOf)),
  })
}

/** The root fields over any form of patients. */
export function rootOf(patients: readonly { readonly nhsNumber: string }[]) {
  return {
    patient: ({ nhsNumber }: { nhsNumber: string }) =>
      patients.find((patient) => patient.nhsNumber === nhsNumber) ?? null,
    patients,
    found: [{ __typename: 'Organisation', odsCode: 'R1H', name: 'Barts' }, null, ...patients],
  }
}

/** The patient as the index gives it, with its records by source. */
export function patientOf({ nhsNumber, sources }: SamplePatient) {
  return {
    __typename: 'Patient',
    nhsNumber,
    name: { text: 'Ada Example', given: ['Ada'], family: 'Example' },
    birthDate: '1950-05-05',
    records: sources.map((source) => recordOf(nhsNumber, source)),
  }
}

export interface SectionArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly codes?: readonly string[] | null
  readonly status?: readonly string[] | null
  readonly since?: string | null
}

function recordOf(nhsNumber: string, source: SampleSource): Record<string, unknown> {
  const { code, asOf, sections, fails } = source
  const sectionFields = [...sections].map(([name, entries]) => [
    name,
    (args: SectionArguments) => {
      if (fails.has('all') || fails.has(name)) throw new Error(`${code} does not answer`)
      return connectionOf(source, name, entries, args)
    },
  ])
  return {
    __typename: `${code.charAt(0).toUpperCase()}${code.slice(1)}Record`,
    nhsNumber,
    asOf,
    urgentCarePlan: 'https://example.org/plan',
    ...Object.fromEntries(sectionFields),
  }
}

/** What the statement of a source that the patient has none looks like. */
export function statement(code: string) {
  return { participant: code, organisation: null, author: `Dr ${code}`, recordedAt: '2024-01-01' }
}

/** The entries that a source's filters leave. */
export function filtered(
  entries: readonly StoredEntry[],
  { codes, status, since }: SectionArguments,
) {
  return entries.filter(({ time, item }) => {
    const code = item['code'] as { readonly code: string } | undefined
    if (codes && !(code !== undefined && codes.includes(code.code))) return false
    if (since && (time === null || time < since)) return false
    return status ? status.includes(String(item['status'])) : !isRetracted({ item })
  })
}

/** True for what its source recorded by mistake. */
export function isRetracted({ item }: Pick<StoredEntry, 'item'>): boolean {
  return item['status'] === 'ENTERED_IN_ERROR'
}

function connectionOf(
  { code, statesNone, keepsBack, sharesNot, most = 500 }: SampleSource,
  section: string,
  entries: readonly StoredEntry[],
  args: SectionArguments,
) {
  const all = filtered(entries, args)
  const rest = all.filter((entry) => isBehind(entry, args.after ?? null))
  const first = args.first ?? null
  if (first !== null && (first < 1 || first > 500)) throw new Error('first takes 1 to 500')
  const page = rest.slice(0, first === null ? rest.length : Math.min(first, most))
  const none = statesNone.has(section)
  const notUnderstood = keepsBack?.has(section) ? [code] : []
  const notShared = sharesNot?.has(section) ? [code] : []
  const missing = [...notUnderstood, ...notShared]
  const isShared = notShared.length === 0
  const isWhole = missing.length === 0
  const absence = !isShared
    ? 'NOT_SHARED'
    : !isWhole
      ? 'UNKNOWN'
      : none
        ? 'NONE_KNOWN'
        : 'NOTHING_RECORDED'
  const hasEntries = entries.some((entry) => !isRetracted(entry))
  return {
    nodes: page.map(({ item }) => item),
    edges: page.map(({ item, ...position }) => ({ cursor: toCursor(position), node: item })),
    pageInfo: { endCursor: page.length > 0 ? 'own' : null, hasNextPage: rest.length > page.length },
    status: hasEntries ? 'HAS_ENTRIES' : absence,
    statedNoneKnown: none ? [statement(code)] : [],
    isComplete: isWhole,
    missingSources: missing,
    notUnderstood,
    notShared,
    conflicts: [],
  }
}

/** True for an entry behind a cursor. */
export function isBehind(entry: Omit<StoredEntry, 'item'>, after: string | null): boolean {
  if (after === null) return true
  const place = fromCursor(after)
  if (!place) throw new Error('Not a cursor')
  if (entry.time !== place.time) {
    return entry.time === null || (place.time !== null && entry.time < place.time)
  }
  if (entry.key !== place.key) return entry.key > place.key
  return place.id !== undefined && entry.id > place.id
}

/** Sorts a source's entries as every source does. */
export function inOrder(entries: readonly StoredEntry[]): StoredEntry[] {
  const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
  return [...entries].sort(
    (one, other) =>
      byText(other.time ?? '', one.time ?? '') ||
      byText(one.key, other.key) ||
      byText(one.id, other.id),
  )
}
