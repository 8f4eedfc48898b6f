import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { isObject } from '../../record/section-source.ts'
import { variableNode } from '../../record/selections.ts'
import { readValue, type Variables } from '../../record/values.ts'
import type { FederatedSource } from '../apollo-executor.ts'
import type { CallContext, SourceCall } from '../types.ts'
import { type Growing, mergeInto } from './merge-data.ts'
import { type Place, within } from './places.ts'
import type { PlannedOperation } from './planner.ts'
import { type AskedEntity, entitiesFor } from './representations.ts'
import { applyRewrites } from './rewrites.ts'
import type { Path } from './shape-data.ts'

/** What a plan is carried out with. */
export interface Execution {
  readonly planned: PlannedOperation
  readonly variables: Variables
  readonly call: CallContext
  readonly sources: ReadonlyMap<string, FederatedSource>
  /** With everything in it, hidden or not: entities name their types. */
  readonly supergraph: GraphQLSchema
}

/** Everything that the calls of a plan brought. */
export interface Brought {
  /** More than was asked for: types and keys beside it. */
  readonly data: Growing
  readonly errors: readonly GraphQLError[]
  readonly calls: readonly SourceCall[]
}

/** Asks the sources as a plan says. */
export async function executePlan(execution: Execution): Promise<Brought> {
  const run: Run = { ...execution, errors: [], calls: [] }
  const data: Growing = {}
  const { node } = execution.planned
  if (node) await executeNode(run, node, { path: [], objects: [{ object: data, path: [] }] })
  return { data, errors: run.errors, calls: run.calls }
}

/** A plan under way. */
interface Run extends Execution {
  readonly errors: GraphQLError[]
  readonly calls: SourceCall[]
}

async function executeNode(run: Run, node: PlanNode, place: Place): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const one of node.nodes) await executeNode(run, one, place)
      return
    case 'Parallel':
      await Promise.all(node.nodes.map((one) => executeNode(run, one, place)))
      return
    case 'Flatten':
      return executeNode(run, node.node, within(place, node.path))
    case 'Condition': {
      const { operation } = run.planned
      const isTrue = readValue(variableNode(node.condition), operation, run.variables) === true
      const clause = isTrue ? node.ifClause : node.elseClause
      return clause && executeNode(run, clause, place)
    }
    case 'Fetch':
      try {
        await fetchInto(run, node, place)
      } catch {
        // Without a code: the client is told that the gateway itself failed, and nothing of how.
        run.errors.push(new GraphQLError('A call could not be made'))
      }
      return
    default:
      throw new Error(`A plan has a part that is not known: ${node.kind}`)
  }
}

async function fetchInto(run: Run, fetch: FetchNode, place: Place): Promise<void> {
  const { call, supergraph } = run
  const source = run.sources.get(fetch.serviceName)
  if (!source) throw new Error(`There is no source ${fetch.serviceName}`)
  const entities = fetch.requires && entitiesFor(fetch, place.objects, supergraph)
  if ((entities ?? place.objects).length === 0) return
  const { data, errors, calls } = await source.ask({
    query: fetch.operation,
    ...(fetch.operationName !== undefined && { operationName: fetch.operationName }),
    variables: variablesOf(fetch, run.variables, entities),
    call,
    path: place.path,
  })
  run.calls.push(...calls)
  run.errors.push(...errors.map((error) => toGraphQLError(error, place, entities)))
  if (!data) return
  if (entities) return putEntities(run, fetch, { entities, received: data['_entities'] })
  applyRewrites(fetch.outputRewrites, data, supergraph)
  for (const { object } of place.objects) mergeInto(object, data)
}

function variablesOf(
  { variableUsages = [] }: FetchNode,
  variables: Variables,
  entities: readonly AskedEntity[] | undefined,
): Record<string, unknown> {
  const used: Record<string, unknown> = {}
  for (const name of variableUsages) {
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) {
      used[name] = variables[name]
    }
  }
  if (!entities) return used
  if ('representations' in used) throw new Error('A variable has the name of the entities')
  return { ...used, representations: entities.map(({ representation }) => representation) }
}

/** Puts each entity into the object that it was asked for. */
function putEntities(
  { supergraph }: Run,
  { outputRewrites }: FetchNode,
  { entities, received }: { readonly entities: readonly AskedEntity[]; readonly received: unknown },
): void {
  if (!Array.isArray(received) || received.length !== entities.length) {
    throw new Error('A source sent another number of entities')
  }
  for (const [index, { object }] of entities.entries()) {
    const entity: unknown = received[index]
    if (!isObject(entity)) continue
    const part = { __typename: object['__typename'], ...entity }
    applyRewrites(outputRewrites, part, supergraph)
    mergeInto(object, part)
  }
}

/** A source's error where it belongs in the answer. */
function toGraphQLError(
  error: object,
  place: Place,
  entities: readonly AskedEntity[] | undefined,
): GraphQLError {
  const { message, path, extensions } = error as {
    readonly message: string
    readonly path?: Path
    readonly extensions?: Record<string, unknown>
  }
  return new GraphQLError(message, {
    path: path ? pathIn(path, place, entities) : null,
    ...(extensions && { extensions: { ...extensions } }),
  })
}

function pathIn(path: Path, place: Place, entities: readonly AskedEntity[] | undefined): Path {
  const [, index, ...rest] = path
  if (!entities || typeof index !== 'number') return [...place.path, ...path]
  return [...(entities[index]?.path ?? []), ...rest]
}
