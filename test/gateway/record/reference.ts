import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql'
import {
  filtered,
  isBehind,
  isRetracted,
  patientOf,
  rootOf,
  type SamplePatient,
  type SectionArguments,
  statement,
} from './federated.ts'
import { isAlike, mergedList, placeOf, shownIds } from './merged-list.ts'
import { referenceConflicts } from './reference-conflicts.ts'
import { referenceTimeline, type TimelineArguments } from './reference-timeline.ts'
import type { SampleSource } from './sample-source.ts'

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
        timeline: (args: TimelineArguments, _: unknown, info: GraphQLResolveInfo) =>
          referenceTimeline(patient, args, info),
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
      (args: SectionArguments, _: unknown, info: GraphQLResolveInfo) =>
        mergedSection(sources, name, { args, info }),
    ]),
  )
}

const WHOLE_LISTS = new Set(['allergies', 'safetyAlerts'])

function mergedSection(
  all: readonly SampleSource[],
  section: string,
  { args, info }: { readonly args: SectionArguments; readonly info: GraphQLResolveInfo },
) {
  const isMissing = ({ fails }: SampleSource) => fails.has('all') || fails.has(section)
  const sources = all.filter((source) => !isMissing(source))
  const notUnderstood = sources
    .filter(({ keepsBack }) => keepsBack?.has(section))
    .map(({ code }) => code)
    .sort()
  const notShared = sources
    .filter(({ sharesNot }) => sharesNot?.has(section))
    .map(({ code }) => code)
    .sort()
  const unheard = [...all.filter(isMissing).map(({ code }) => code), ...notUnderstood]
  const missing = [...unheard, ...notShared]
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
  const ids = shownIds(page, isAlike, info)
  const idsHere = new Map<unknown, unknown>(
    page.flatMap(({ members }, index) => members.map((id) => [id, ids[index]])),
  )
  const nodes = page.map((entry, index) => ({
    ...entry.item,
    id: ids[index],
    possibleDuplicateOf: ids.filter((_, place) => {
      const other = page[place]
      return other && isAlike(entry, other)
    }),
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
      : unheard.length > 0
        ? 'UNKNOWN'
        : notShared.length > 0
          ? 'NOT_SHARED'
          : stated.length > 0
            ? 'NONE_KNOWN'
            : 'NOTHING_RECORDED',
    statedNoneKnown: stated.map(({ code }) => statement(code)),
    isComplete: missing.length === 0,
    missingSources: missing.sort(),
    notUnderstood,
    notShared,
    conflicts: referenceConflicts({
      section,
      sources,
      shown: page.flatMap(({ entries }) => entries),
      isUnfiltered: !args.after && !args.codes && !args.status && !args.since,
    }).map((conflict) => ({
      ...conflict,
      entries: [...new Set(conflict.entries.map((id) => idsHere.get(id) ?? id))],
    })),
  }
}
