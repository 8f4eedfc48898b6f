import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from '../record/collect-fields.ts'
import { isObject } from '../record/section-source.ts'
import { acceptedLeaf } from './check-leaf.ts'

/** What is wrong is here: a field as the schema names it, such as `Allergy.criticality`. */
export class Violation {
  readonly where: string

  constructor(where: string) {
    this.where = where
  }
}

/** Gives a JSON value as it was asked for and nothing beside, or what is wrong with it. */
export type Check = (value: unknown) => unknown

/** What checks are made for. */
export interface CheckScope extends SelectionScope {
  /** The participant that answers. */
  readonly participant: string
  /** No list has more entries. */
  readonly maxEntries: number
}

/** A field of an object as it was asked for. */
export interface CheckedField {
  readonly key: string
  /** The schema's name for it. */
  readonly name: string
  readonly type: GraphQLOutputType
  readonly nodes: readonly FieldNode[]
  readonly check: Check
}

/** The fields that selection sets select of an object, each with the check of its value. */
export function checkedFields(
  scope: CheckScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): CheckedField[] {
  return [...collectFields(scope, type, selectionSets)].map(([key, fieldNodes]) => {
    const name = fieldNodes[0]?.name.value ?? ''
    const where = `${type.name}.${name}`
    if (name === TypeNameMetaFieldDef.name) {
      const check = constantCheck(type.name, where)
      return { key, name, type: TypeNameMetaFieldDef.type, nodes: fieldNodes, check }
    }
    const field = type.getFields()[name]
    if (!field) throw new Error(`The schema has no field ${where}`)
    const check =
      where === WHO_HOLDS_IT
        ? constantCheck(scope.participant, where)
        : checkOf(scope, field.type, { nodes: fieldNodes, where })
    return { key, name, type: field.type, nodes: fieldNodes, check }
  })
}

/** Nobody speaks for another participant: the reader asks there for more. */
const WHO_HOLDS_IT = 'Provenance.participant'

function constantCheck(constant: string, where: string): Check {
  const violation = new Violation(where)
  return (value) => (value === constant ? value : violation)
}

/** A selected field: the nodes that select it, and the schema's name for it. */
interface Selected {
  readonly nodes: readonly FieldNode[]
  readonly where: string
}

function checkOf(scope: CheckScope, type: GraphQLOutputType, selected: Selected): Check {
  if (isNonNullType(type)) return presentCheck(scope, type.ofType, selected)
  const present = presentCheck(scope, type, selected)
  return (value) => (value === null ? null : present(value))
}

function presentCheck(scope: CheckScope, type: GraphQLOutputType, selected: Selected): Check {
  const violation = new Violation(selected.where)
  if (isListType(type)) return listCheck(scope, checkOf(scope, type.ofType, selected), violation)
  if (isLeafType(type)) {
    const isAccepted = acceptedLeaf(type)
    return (value) => (isAccepted(value) ? value : violation)
  }
  if (!isCompositeType(type)) throw new Error(`No value is of type ${type}`)
  return isAbstractType(type)
    ? abstractCheck(scope, type, { ...selected, violation })
    : objectCheck(checkedFields(scope, type, selectionSetsOf(selected.nodes)), violation)
}

function listCheck({ maxEntries }: CheckScope, check: Check, violation: Violation): Check {
  return (value) => {
    if (!Array.isArray(value) || value.length > maxEntries) return violation
    const checked: unknown[] = []
    for (const one of value) {
      const entry = check(one)
      if (entry instanceof Violation) return entry
      checked.push(entry)
    }
    return checked
  }
}

function objectCheck(fields: readonly CheckedField[], violation: Violation): Check {
  return (value) => {
    if (!isObject(value)) return violation
    const checked: Record<string, unknown> = {}
    for (const { key, check } of fields) {
      const part = check(value[key])
      if (part instanceof Violation) return part
      checked[key] = part
    }
    return checked
  }
}

/** Of several possible types, by the type that the value names. */
function abstractCheck(
  scope: CheckScope,
  type: GraphQLAbstractType,
  { nodes, violation }: Selected & { readonly violation: Violation },
): Check {
  const checks = new Map(
    scope.schema.getPossibleTypes(type).map((possible) => {
      const fields = checkedFields(scope, possible, selectionSetsOf(nodes))
      const typeKey = fields.find(({ name }) => name === '__typename')?.key
      return [possible.name, { typeKey, check: objectCheck(fields, violation) }] as const
    }),
  )
  const typeKeys = new Set([...checks.values()].flatMap(({ typeKey }) => typeKey ?? []))
  return (value) => {
    if (!isObject(value)) return violation
    for (const typeKey of typeKeys) {
      const typeName = value[typeKey]
      const found = typeof typeName === 'string' ? checks.get(typeName) : undefined
      if (found?.typeKey === typeKey) return found.check(value)
    }
    return violation
  }
}
