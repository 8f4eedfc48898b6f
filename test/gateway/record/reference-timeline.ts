import {
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { sectionNames } from './contract-schema.ts'
import { filtered, isBehind, type SamplePatient, type SectionArguments } from './federated.ts'
import { isAlike, type ListedEntry, mergedList, placeOf, shownIds } from './merged-list.ts'
import type { SampleSource, StoredEntry } from './sample-source.ts'

/** A timeline's arguments as graphql-js hands them over. */
export interface TimelineArguments extends SectionArguments {
  readonly sections?: readonly string[] | null
}

/** What a timeline means, said plainly: all entries of all sections of all sources, sorted, then cut. */
export function referenceTimeline(
  patient: SamplePatient,
  args: TimelineArguments,
  info: GraphQLResolveInfo,
) {
  const { schema } = info
  const wanted = sectionNames(schema).filter(
    (name) => !args.sections || args.sections.includes(constantCase(name)),
  )
  const isMissing = ({ fails }: SampleSource) =>
    fails.has('all') || wanted.some((name) => fails.has(name))
  const isKeptBack = ({ keepsBack, sharesNot }: SampleSource) =>
    wanted.some((name) => keepsBack?.has(name) || sharesNot?.has(name))
  const missing = patient.sources
    .filter((source) => isMissing(source) || isKeptBack(source))
    .map(({ code }) => code)
  const list = mergedTimeline(patient.sources, wanted, args)
  const behind = list.findIndex((entry) => isBehind(placeOf(entry.cursor), args.after ?? null))
  const rest = behind < 0 ? [] : list.slice(behind)
  const page = rest.slice(0, args.first ?? 50)
  const ids = shownIds(page, (one, other) => one !== other && isSeenAlike(one, other), info)
  const nodes = page.map((entry, index) => ({
    ...entry.item,
    __typename: entryType(schema, entry.section),
    id: ids[index],
    possibleDuplicateOf: ids.filter((_, place) => {
      const other = page[place]
      return place !== index && other && isSeenAlike(entry, other)
    }),
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
