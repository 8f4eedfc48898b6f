import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { sortKeyOf } from '../../../subgraphs/kit/position.ts'

/** An entry as a source keeps it. */
export interface StoredEntry {
  readonly time: string | null
  readonly key: string
  readonly id: string
  readonly item: Record<string, unknown>
}

/** One source of one patient, in memory. */
export interface SampleSource {
  readonly code: 'nel' | 'sel' | 'swl'
  readonly asOf: string | null
  readonly sections: ReadonlyMap<string, readonly StoredEntry[]>
  /** Sections of which it states that the patient has none. */
  readonly statesNone: ReadonlySet<string>
  /** Sections of which it holds something that it does not show. */
  readonly keepsBack?: ReadonlySet<string>
  /** Sections that it shares of nobody, of which it then has no entries here. */
  readonly sharesNot?: ReadonlySet<string>
  /** Sections that it fails to give; `all` for every one. */
  readonly fails: ReadonlySet<string>
  /** The most entries that it gives at a time, where that is less than the contract's 500. */
  readonly most?: number
}

/** What tells one entry from another. */
export interface EntryFacts {
  readonly time: string | null
  /** A business identifier, which other sources may use as well. */
  readonly identifier?: string | undefined
  /** What two recordings of the identifier have to agree in. */
  readonly content?: string
  readonly likeness?: string | null
  readonly recordedAt?: string | null
  readonly status?: string
}

/** An entry with what every entry has, as far as merging looks at it. */
export function plainEntry(id: string, facts: EntryFacts): StoredEntry {
  const {
    time,
    identifier,
    content = 'the same',
    likeness = null,
    recordedAt = null,
    status,
  } = facts
  const system = 'urn:example:results'
  const resourceType = 'Observation'
  const key = sortKeyOf(
    identifier === undefined ? null : { resourceType, system, value: identifier },
    id,
    [content],
  )
  const item = {
    id,
    time,
    likeness,
    ...(status !== undefined && { status }),
    // Lists that a result has, whether or not the client selects them.
    interpretation: [],
    referenceRanges: [],
    components: [],
    conclusionCodes: [],
    identifiers: identifier === undefined ? [] : [{ system, value: identifier }],
    possibleDuplicateOf: ['the source does not decide this'],
    provenance: [
      {
        participant: id.slice(0, 3),
        organisation: { name: `Hospital of ${id}` },
        author: `Dr ${id}`,
        recordedAt,
      },
    ],
  }
  return { time, key, id, item }
}

/** An entry of a section with every field of its type filled. */
export function storedEntry(
  schema: GraphQLSchema,
  section: string,
  id: string,
  facts: EntryFacts,
): StoredEntry {
  const entry = plainEntry(id, facts)
  return { ...entry, item: { ...filled(itemType(schema, section), id, 0), ...entry.item } }
}

/** A source that answers, holding one section. */
export function sourceOf(
  code: SampleSource['code'],
  section: string,
  entries: readonly StoredEntry[],
  more: Partial<SampleSource> = {},
): SampleSource {
  return {
    code,
    asOf: '2024-06-01T00:00:00.000Z',
    sections: new Map([[section, entries]]),
    statesNone: new Set(),
    fails: new Set(),
    ...more,
  }
}

function itemType(schema: GraphQLSchema, section: string): GraphQLObjectType {
  const record = schema.getType('NelRecord')
  const connection = isObjectType(record) && record.getFields()[section]?.type
  const nodes = isObjectType(connection) && connection.getFields()['nodes']?.type
  let type = nodes as GraphQLOutputType
  while (isNonNullType(type) || isListType(type)) type = type.ofType
  return type as GraphQLObjectType
}

function filled(type: GraphQLObjectType, words: string, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => [
      field.name,
      value(field.type, `${words} ${field.name}`, depth),
    ]),
  )
}

function value(type: GraphQLOutputType, words: string, depth: number): unknown {
  if (isNonNullType(type)) return value(type.ofType, words, depth)
  if (isListType(type)) return depth > 1 ? [] : [value(type.ofType, words, depth)]
  if (isObjectType(type)) return depth > 1 ? null : filled(type, words, depth + 1)
  if (isEnumType(type)) return type.getValues()[words.length % type.getValues().length]?.name
  const scalars: Record<string, unknown> = { Int: words.length, Float: 0.5, Boolean: true }
  return scalars[String(type)] ?? words
}
