import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { isObject, type Json } from '../../record/section-source.ts'
import type { Representation } from '../types.ts'
import { type Growing, mergeInto } from './merge-data.ts'
import type { Placed } from './places.ts'
import { applyRewrites, isOfType } from './rewrites.ts'

/** An entity that a source is asked for, and the object of the answer that it belongs to. */
export interface AskedEntity extends Placed {
  readonly representation: Representation
}

/** Those of the objects that a call asks a source for: it needs what its source knows them by. */
export function entitiesFor(
  { requires = [], inputRewrites }: FetchNode,
  objects: readonly Placed[],
  supergraph: GraphQLSchema,
): AskedEntity[] {
  return objects.flatMap((one) => {
    const representation = select(one.object, requires, supergraph)
    if (!representation?.['__typename']) return []
    applyRewrites(inputRewrites, representation, supergraph)
    return [{ ...one, representation }]
  })
}

/** What a plan selects of an object to know it by; null when a part of it is not there. */
function select(
  object: Json,
  selections: readonly QueryPlanSelectionNode[],
  supergraph: GraphQLSchema,
): Growing | null {
  const selected: Growing = {}
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name
      const value = Object.hasOwn(object, key) ? object[key] : undefined
      if (value === undefined) return null
      selected[key] = selectValue(value, selection.selections, supergraph)
    } else if (selection.typeCondition && isOfType(object, selection.typeCondition, supergraph)) {
      const part = select(object, selection.selections, supergraph)
      if (part) mergeInto(selected, part)
    }
  }
  return selected
}

function selectValue(
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
  supergraph: GraphQLSchema,
): unknown {
  if (!selections) return value
  if (Array.isArray(value)) return value.map((one) => selectValue(one, selections, supergraph))
  return isObject(value) ? select(value, selections, supergraph) : null
}
