import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import {
  fromCursor,
  isSharedKey,
  type Position,
  toCursor,
} from '../../../subgraphs/kit/position.ts'
import { sectionNames } from './contract-schema.ts'
import {
  filtered,
  inOrder,
  isBehind,
  isRetracted,
  patientOf,
  rootOf,
  type SamplePatient,
  type SectionArguments,
  statement,
} from './federated.ts'
import { referenceConflicts } from './reference-conflicts.ts'
import type { SampleSource, StoredEntry } from './sample-source.ts'

/**
 * What the merged view means, said as plainly as possible: the client's own operation executed by
 * graphql-js over lists that are merged whole beforehand. Slow, and with nothing to rewrite.
 */
export function executeReference(options: {
  readonly publicSchema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | undefined
  readonly variables: Record<string, unknown>
  readonly patients: readonly SamplePatient[]
  readonly sourceList: (patient: SamplePatient) => readonly object[]
}): ExecutionResult {
  return executeSync({
    schema: options.publicSchema,
    document: options.document,
    operationName: options.operationName,
    variableValues: options.variables,
    rootValue: rootOf(
      options.patients.map((patient) => ({
        ...patientOf(patient),
        ...mergedSections(patient),
        timeline: (args: TimelineArguments) => timeline(options.publicSchema, patient, args),
        sources: options.sourceList(patient),
      })),
    ),
  })
}

function mergedSections({ sources }: SamplePatient) {
  const names = new Set(sources.flatMap(({ sections }) => [...sections.keys()]))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      (args: SectionArguments) => mergedSection(sources, name, args),
    ]),
  )
}

interface ListedEntry {
  readonly cursor: string
  readonly item: Record<string, unknown>
  readonly likenesses: readonly unknown[]
  readonly group: string | null
  /** What its sources have of it. */
  readonly entries: readonly StoredEntry[]
}

const WHOLE_LISTS = new Set(['allergies', 'safetyAlerts'])

function mergedSection(all: readonly SampleSource[], section: string, args: SectionArguments) {
  const isMissing = ({ fails }: SampleSource) => fails.has('all') || fails.has(section)
  const sources = all.filter((source) => !isMissing(source))
  const missing = all.filter(isMissing).map(({ code }) => code)
  const list = mergedList(
    sources.map((source) => filtered(source.sections.get(section) ?? [], args)),
  )
  const behind = list.findIndex((entry) => isBehind(placeOf(entry.cursor), args.after ?? null))
  const start = behind < 0 ? list.length : behind
  const first = args.first ?? (WHOLE_LISTS.has(section) ? list.length : 50)
  const page = list.slice(start, start + first)
  const stated = sources.filter(({ statesNone }) => statesNone.has(section))
  const hasEntries = sources.some(({ sections }) =>
    sections.get(section)?.some((entry) => !isRetracted(entry)),
  )
  const nodes = page.map((entry) => ({
    ...entry.item,
    possibleDuplicateOf: page
      .filter((other) => isAlike(entry, other))
      .map(({ item }) => item['id']),
  }))
  return {
    nodes,
    edges: nodes.map((node, index) => ({ cursor: page[index]?.cursor, node })),
    pageInfo: {
      endCursor: page.at(-1)?.cursor ?? null,
      hasNextPage: start + page.length < list.length,
    },
    status: hasEntries
      ? 'HAS_ENTRIES'
      : missing.length > 0
        ? 'UNKNOWN'
        : stated.length > 0
          ? 'NONE_KNOWN'
          : 'NOTHING_RECORDED',
    statedNoneKnown: stated.map(({ code }) => statement(code)),
    isComplete: missing.length === 0,
    missingSources: missing.sort(),
    conflicts: referenceConflicts({
      section,
      sources,
      shown: page.flatMap(({ entries }) => entries),
      isUnfiltered: !args.after && !args.codes && !args.status && !args.since,
    }),
  }
}

interface TimelineArguments extends SectionArguments {
  readonly sections?: readonly string[] | null
}

function timeline(schema: GraphQLSchema, patient: SamplePatient, args: TimelineArguments) {
  const wanted = sectionNames(schema).filter(
    (name) => !args.sections || args.sections.includes(constantCase(name)),
  )
  const isMissing = ({ fails }: SampleSource) =>
    fails.has('all') || wanted.some((name) => fails.has(name))
  const missing = patient.sources.filter(isMissing).map(({ code }) => code)
  const list = mergedTimeline(patient.sources, wanted, args)
  const behind = list.findIndex((entry) => isBehind(placeOf(entry.cursor), args.after ?? null))
  const rest = behind < 0 ? [] : list.slice(behind)
  const page = rest.slice(0, args.first ?? 50)
  const nodes = page.map(({ item, section }, index) => ({
    ...item,
    __typename: entryType(schema, section),
    possibleDuplicateOf: page
      .filter((other, place) => place !== index && isSeenAlike(page[index], other))
      .map((other) => other.item['id']),
  }))
  return {
    nodes,
    edges: nodes.map((node, index) => ({ cursor: page[index]?.cursor, node })),
    pageInfo: {
      endCursor: page.at(-1)?.cursor ?? null,
      hasNextPage: rest.length > page.length,
    },
    sections: wanted.map(constantCase),
    isComplete: missing.length === 0,
    missingSources: missing.sort(),
  }
}

/** All entries of these sections of all sources, each once, in order. */
export function mergedTimeline(
  sources: readonly SampleSource[],
  sections: readonly string[],
  args: SectionArguments = {},
): (ListedEntry & { readonly section: string })[] {
  const sectionBy = new Map<StoredEntry, string>()
  const lists = sections.flatMap((section) => {
    const here = sources.filter(({ fails }) => !fails.has('all') && !fails.has(section))
    const own = here.map((source) => filtered(source.sections.get(section) ?? [], args))
    for (const entry of own.flat()) sectionBy.set(entry, section)
    return own
  })
  const sectionOf = (entry: StoredEntry) => sectionBy.get(entry) ?? ''
  return mergedList(lists, sectionOf).map((entry) => ({
    ...entry,
    section: sectionOf(entry.entries[0] as StoredEntry),
  }))
}

function isSeenAlike(
  entry: (ListedEntry & { readonly section: string }) | undefined,
  other: ListedEntry & { readonly section: string },
): boolean {
  if (!entry) return false
  if (entry.group !== null && entry.group === other.group) return true
  return entry.section === other.section && isAlike(entry, other)
}

function constantCase(section: string): string {
  return section.replace(/([A-Z])/g, '_$1').toUpperCase()
}

function entryType(schema: GraphQLSchema, section: string): string {
  const record = schema.getType('CareRecord')
  const field = isInterfaceType(record) ? record.getFields()[section] : undefined
  const connection = field && getNamedType(field.type)
  const nodes = isObjectType(connection) ? connection.getFields()['nodes'] : undefined
  return nodes ? getNamedType(nodes.type).name : ''
}

function placeOf(cursor: string) {
  const { time, key, id = '' } = fromCursor(cursor) as Position
  return { time, key, id }
}

function isAlike(entry: ListedEntry, other: ListedEntry): boolean {
  if (entry === other) return false
  if (entry.group !== null && entry.group === other.group) return true
  return entry.likenesses.some((one) => one !== null && other.likenesses.includes(one))
}

/** All entries of all sources, each once, in order. */
export function mergedList(
  lists: readonly (readonly StoredEntry[])[],
  sectionOf: (entry: StoredEntry) => string = () => '',
): ListedEntry[] {
  const groups = new Map<string, StoredEntry[]>()
  for (const entry of inOrder(lists.flat())) {
    const group = toCursor({ time: entry.time, key: entry.key })
    groups.set(group, [...(groups.get(group) ?? []), entry])
  }
  return [...groups].flatMap(([group, entries]) => {
    const hasTwins = lists.some((list) => list.filter((one) => entries.includes(one)).length > 1)
    const sections = new Set(entries.map(sectionOf))
    if (!hasTwins && sections.size === 1) return [joined(group, entries)]
    return entries.map((entry) => {
      const { item, ...position } = entry
      return {
        cursor: toCursor(position),
        item,
        likenesses: [item['likeness']],
        group: isSharedKey(position.key) ? group : null,
        entries: [entry],
      }
    })
  })
}

function joined(cursor: string, entries: readonly StoredEntry[]): ListedEntry {
  const items = entries.map(({ item }) => item)
  const recorded = (item: Record<string, unknown>) => {
    const [{ recordedAt, participant }] = item['provenance'] as [
      { recordedAt: string | null; participant: string },
    ]
    return { at: recordedAt === null ? -1 : Date.parse(recordedAt), participant }
  }
  items.sort((one, other) => {
    const [a, b] = [recorded(one), recorded(other)]
    return b.at - a.at || (a.participant < b.participant ? -1 : 1)
  })
  return {
    cursor,
    item: { ...items[0], provenance: items.flatMap(({ provenance }) => provenance) },
    likenesses: items.map(({ likeness }) => likeness),
    group: null,
    entries,
  }
}
