import type { FetchDataRewrite } from '@apollo/query-planner'
import { type GraphQLSchema, isAbstractType, isObjectType } from 'graphql'
import { isObject, type Json } from '../../record/section-source.ts'
import type { Growing } from './merge-data.ts'

/**
 * Makes the changes that a plan prescribes for what goes to a source or comes from it: keys that would
 * have clashed within one call get their own names back, types that a source does not know are set.
 */
export function applyRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: unknown,
  supergraph: GraphQLSchema,
): void {
  for (const rewrite of rewrites ?? []) {
    const last = rewrite.path.at(-1)
    if (last === undefined) continue
    for (const object of objectsAt(value, rewrite.path.slice(0, -1), supergraph)) {
      if (rewrite.kind === 'ValueSetter') object[last] = rewrite.setValueTo
      else rename(object, last, rewrite.renameKeyTo)
    }
  }
}

function rename(object: Growing, from: string, to: string): void {
  if (!Object.hasOwn(object, from)) return
  object[to] = object[from]
  delete object[from]
}

const ON_TYPE = '... on '

function objectsAt(value: unknown, path: readonly string[], supergraph: GraphQLSchema): Growing[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsAt(one, path, supergraph))
  if (!isObject(value)) return []
  const [step, ...rest] = path
  if (step === undefined) return [value as Growing]
  if (!step.startsWith(ON_TYPE)) {
    return Object.hasOwn(value, step) ? objectsAt(value[step], rest, supergraph) : []
  }
  const type = step.slice(ON_TYPE.length)
  // Without a name it is of the only type that it can be.
  const isMeant = value['__typename'] === undefined || isOfType(value, type, supergraph)
  return isMeant ? objectsAt(value, rest, supergraph) : []
}

/** Whether an object names a type, or one that belongs to an interface or union. */
export function isOfType(object: Json, type: string, supergraph: GraphQLSchema): boolean {
  const own = object['__typename']
  if (own === type) return true
  const [wanted, named] = [supergraph.getType(type), supergraph.getType(String(own))]
  return isAbstractType(wanted) && isObjectType(named) && supergraph.isSubType(wanted, named)
}
