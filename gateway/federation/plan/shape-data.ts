import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from '../../record/collect-fields.ts'
import { isObject, type Json } from '../../record/section-source.ts'

/** A place in an answer. */
export type Path = readonly (string | number)[]

/** An answer as it was asked for, and the places where what came could not stand. */
export interface ShapedData {
  readonly data: Json | null
  readonly broken: readonly Path[]
}

/**
 * Gives what was asked for of the data that came, in the order of the operation: CompleteValue of the
 * GraphQL specification (October 2021, 6.4.3), by which null rises to the next place that may be null.
 */
export type ShapeData = (came: Json) => ShapedData

/** The places that broke within the value at hand, from within outwards: the innermost key stands first. */
type Broken = (string | number)[][]

/** Stands for a value that breaks what it stands in; its place has been told. */
const BROKEN = Symbol('broken')

type ShapeValue = (value: unknown, broken: Broken) => unknown
type ShapeObject = (object: Json, broken: Broken) => Json | typeof BROKEN

/** Makes the shape of what a selection set asks for of an object. */
export function compileShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode,
): ShapeData {
  const shape = objectShape(scope, type, [selectionSet])
  return (came) => {
    const broken: Broken = []
    const data = shape(came, broken)
    for (const path of broken) path.reverse()
    return { data: data === BROKEN ? null : data, broken }
  }
}

function objectShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ShapeObject {
  const fields = [...collectFields(scope, type, selectionSets)].map(([key, nodes]) => ({
    key,
    shape: fieldShape(scope, type, nodes),
  }))
  return (object, broken) => {
    const shaped: Record<string, unknown> = {}
    for (const { key, shape } of fields) {
      const before = broken.length
      const value = shape(Object.hasOwn(object, key) ? object[key] : null, broken)
      if (broken.length > before) placeUnder(key, broken, before)
      if (value === BROKEN) return BROKEN
      shaped[key] = value
    }
    return shaped
  }
}

function fieldShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): ShapeValue {
  const name = nodes[0]?.name.value ?? ''
  if (name === '__typename') return () => type.name
  const field = type.getFields()[name]
  if (!field) throw new Error(`The supergraph has no field ${type.name}.${name}`)
  return valueShape(scope, field.type, nodes)
}

function valueShape(
  scope: SelectionScope,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): ShapeValue {
  if (!isNonNullType(type)) {
    const shape = presentShape(scope, type, nodes)
    return (value, broken) => {
      const shaped = value === null || value === undefined ? null : shape(value, broken)
      return shaped === BROKEN ? null : shaped
    }
  }
  const shape = presentShape(scope, type.ofType, nodes)
  return (value, broken) =>
    value === null || value === undefined ? breaks(broken) : shape(value, broken)
}

function presentShape(
  scope: SelectionScope,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): ShapeValue {
  if (isListType(type)) return listShape(valueShape(scope, type.ofType, nodes))
  if (isLeafType(type)) return leafShape(type)
  if (!isCompositeType(type)) throw new Error(`No value is of type ${type}`)
  if (isAbstractType(type)) return abstractShape(scope, type, selectionSetsOf(nodes))
  const shape = objectShape(scope, type, selectionSetsOf(nodes))
  return (value, broken) => (isObject(value) ? shape(value, broken) : breaks(broken))
}

function breaks(broken: Broken): typeof BROKEN {
  broken.push([])
  return BROKEN
}

/** The places met since then are within this key. */
function placeUnder(key: string | number, broken: Broken, since: number): void {
  for (const path of broken.slice(since)) path.push(key)
}

function listShape(shape: ShapeValue): ShapeValue {
  return (value, broken) => {
    if (!Array.isArray(value)) return breaks(broken)
    const shaped: unknown[] = []
    for (let index = 0; index < value.length; index += 1) {
      const before = broken.length
      const entry = shape(value[index], broken)
      if (broken.length > before) placeUnder(index, broken, before)
      if (entry === BROKEN) return BROKEN
      shaped.push(entry)
    }
    return shaped
  }
}

/** Of several possible types, by the type that the object names: plans always ask for it. */
function abstractShape(
  scope: SelectionScope,
  type: GraphQLAbstractType,
  selectionSets: readonly SelectionSetNode[],
): ShapeValue {
  const shapes = new Map<unknown, ShapeObject>()
  const shapeOf = (typeName: unknown): ShapeObject | undefined => {
    const known = shapes.get(typeName)
    if (known) return known
    const possible = typeof typeName === 'string' ? scope.schema.getType(typeName) : undefined
    if (!isObjectType(possible) || !scope.schema.isSubType(type, possible)) return undefined
    const shape = objectShape(scope, possible, selectionSets)
    shapes.set(typeName, shape)
    return shape
  }
  return (value, broken) => {
    const shape = isObject(value) ? shapeOf(value['__typename']) : undefined
    return shape ? shape(value as Json, broken) : breaks(broken)
  }
}

function leafShape(type: GraphQLLeafType): ShapeValue {
  const isValid = validLeaf(type)
  return (value, broken) => (isValid(value) ? value : breaks(broken))
}

/** What a scalar of our own holds is known where it is made and, from a source, in the quarantine. */
function validLeaf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name))
    return (value) => names.has(value)
  }
  return scalars[type.name] ?? (() => true)
}

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => typeof value === 'number',
  Int: (value) => Number.isInteger(value) && Number(value) === (Number(value) | 0),
}
