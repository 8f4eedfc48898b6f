import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from './collect-fields.ts'
import { conditionsIn } from './conditions.ts'
import { type ConnectionField, connectionShape } from './connection-shape.ts'
import { type GeneratedPages, pageFor } from './generated-pages.ts'
import { modelOf, PATIENT, type RecordModel } from './model.ts'
import { generatedKey, retractedKey } from './names.ts'
import type { PageArguments } from './pages.ts'
import { type PlainShape, plainShape } from './plain-shape.ts'
import type { RecordPlan } from './rewrite.ts'
import { TIMELINE } from './timeline/names.ts'
import { type TimelineShape, timelineShape } from './timeline/timeline-shape.ts'
import { withUsedDefinitions } from './used-definitions.ts'
import { isIncluded, type Variables } from './values.ts'

/** A section as one request wants it. */
export interface SectionShape {
  readonly key: string
  /** The contract's name for it. */
  readonly section: string
  readonly kind: 'section'
  readonly recordKey: string
  /** Where a source's record has what it recorded by mistake; null where nobody asks. */
  readonly retractedKey: string | null
  readonly page: PageArguments
  readonly fields: readonly ConnectionField[]
  /** True when the entries are chosen by more than their number. */
  readonly isFiltered: boolean
  /** The values that choose entries by more than their place. */
  readonly filters: readonly ValueNode[]
}

/** A section of one source's record, as the client selected it. */
export interface SourceSectionShape {
  readonly key: string
  /** The contract's name for it. */
  readonly section: string
  readonly fields: readonly ConnectionField[]
  /** True when the entries are chosen by more than their number. */
  readonly isFiltered: boolean
}

/** A client's own selection of the records by source. */
export interface RecordsShape {
  readonly key: string
  readonly kind: 'records'
  readonly shape: ObjectShape | null
  /** The sections by the name of the record's type. */
  readonly sections: ReadonlyMap<string, readonly SourceSectionShape[]>
}

interface WithinShape {
  readonly key: string
  readonly kind: 'within'
  readonly shape: ObjectShape
}

/** One field of an answer, in the client's order. */
export type FieldShape =
  | SectionShape
  | TimelineShape
  | { readonly key: string; readonly kind: 'given' | 'introspection' }
  | RecordsShape
  | { readonly key: string; readonly kind: 'typename'; readonly value: string }
  | WithinShape
  | { readonly key: string; readonly kind: 'sources'; readonly source: PlainShape }

/** An object on the way to a patient, or a patient: its fields by the name of its type. */
export type ObjectShape = ReadonlyMap<string, readonly FieldShape[]>

/** The shape of a whole answer. */
export interface Shape {
  readonly root: readonly FieldShape[]
  /** What is asked of the schema itself, if anything. */
  readonly introspection: DocumentNode | null
}

const KEPT_SHAPES = 32

/** The shape of the answer, made once for each combination of conditions. */
export function shapeOf(plan: RecordPlan, variables: Variables): Shape {
  const { operation, shapes } = plan
  const key = conditionsIn(plan.conditions, operation, variables)
  const known = shapes.get(key)
  if (known) return known
  const shape = compileShape(plan, variables)
  if (shapes.size < KEPT_SHAPES) shapes.set(key, shape)
  return shape
}

interface Compilation extends SelectionScope {
  readonly model: RecordModel
  readonly pages: GeneratedPages
  readonly visible: readonly string[]
}

function compileShape(plan: RecordPlan, variables: Variables): Shape {
  const { schema, operation, fragments, generatedPages: pages, visible } = plan
  const scope: Compilation = {
    schema,
    fragments,
    model: modelOf(schema),
    pages,
    visible,
    isIncluded: (node) => isIncluded(node, operation, variables),
  }
  const type = schema.getRootType(operation.operation)
  if (!type) throw new Error(`The schema has no ${operation.operation}`)
  const introspection = [...collectFields(scope, type, [operation.selectionSet]).values()]
    .flat()
    .filter(({ name }) => name.value === '__schema' || name.value === '__type')
  return {
    root: objectFields(scope, type, [operation.selectionSet]),
    introspection:
      introspection.length === 0
        ? null
        : withUsedDefinitions(
            {
              ...operation,
              selectionSet: { kind: Kind.SELECTION_SET, selections: introspection },
            },
            fragments,
          ),
  }
}

function objectFields(
  scope: Compilation,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): FieldShape[] {
  return [...collectFields(scope, type, selectionSets)].flatMap(([key, nodes]) => {
    const [node] = nodes
    return node ? [fieldShape(scope, type, key, node, nodes)] : []
  })
}

function fieldShape(
  scope: Compilation,
  type: GraphQLObjectType,
  key: string,
  node: FieldNode,
  nodes: readonly FieldNode[],
): FieldShape {
  const name = node.name.value
  if (name === '__typename') return { key, kind: 'typename', value: type.name }
  if (name === '__schema' || name === '__type') return { key, kind: 'introspection' }
  const fieldType = type.getFields()[name]?.type
  return (
    (type.name === PATIENT && patientField(scope, key, nodes, fieldType)) ||
    within(scope, key, nodes, fieldType) || { key, kind: 'given' }
  )
}

function patientField(
  scope: Compilation,
  key: string,
  nodes: readonly FieldNode[],
  fieldType: GraphQLOutputType | undefined,
): FieldShape | null {
  const [node] = nodes
  const named = fieldType && getNamedType(fieldType)
  if (node?.name.value === 'records') {
    const inner = within(scope, key, nodes, fieldType)
    const sections = recordSections(scope, nodes, named)
    return { key, kind: 'records', shape: inner?.shape ?? null, sections }
  }
  if (!node || !isObjectType(named)) return null
  if (node.name.value === 'sources') {
    return { key, kind: 'sources', source: plainShape(scope, named, selectionSetsOf(nodes)) }
  }
  if (node.name.value === TIMELINE) {
    return timelineShape(scope, key, { type: named, nodes: [node, ...nodes.slice(1)] })
  }
  const section = scope.model.sections.get(node.name.value)
  if (!section) return null
  const fields = connectionShape(scope, named, nodes)
  const asksConflicts = fields.some(({ kind }) => kind === 'conflicts')
  return {
    key,
    kind: 'section',
    section: section.name,
    recordKey: generatedKey(key),
    retractedKey: asksConflicts && section.hasStates ? retractedKey(key) : null,
    page: pageFor(scope.pages, section, node),
    fields,
    isFiltered: isFiltered(nodes),
    filters: (node.arguments ?? [])
      .filter(({ name }) => name.value !== 'first' && name.value !== 'after')
      .map(({ value }) => value),
  }
}

function recordSections(
  scope: Compilation,
  nodes: readonly FieldNode[],
  record: GraphQLNamedType | undefined,
): RecordsShape['sections'] {
  const types = isAbstractType(record) ? scope.schema.getPossibleTypes(record) : []
  return new Map(
    types.map((type) => {
      const fields = [...collectFields(scope, type, selectionSetsOf(nodes))]
      return [type.name, fields.flatMap(([key, own]) => sourceSection(scope, type, key, own))]
    }),
  )
}

function sourceSection(
  scope: Compilation,
  type: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): SourceSectionShape[] {
  const name = nodes[0]?.name.value ?? ''
  const field = scope.model.sections.has(name) ? type.getFields()[name] : undefined
  const connection = field && getNamedType(field.type)
  if (!isObjectType(connection)) return []
  const fields = connectionShape(scope, connection, nodes)
  return [{ key, section: name, fields, isFiltered: isFiltered(nodes) }]
}

function isFiltered(nodes: readonly FieldNode[]): boolean {
  return nodes.some(({ arguments: given = [] }) => given.some(({ name }) => name.value !== 'first'))
}

function within(
  scope: Compilation,
  key: string,
  nodes: readonly FieldNode[],
  fieldType: GraphQLOutputType | undefined,
): WithinShape | null {
  const named = fieldType && getNamedType(fieldType)
  if (!named || !scope.model.leadsToPatient.has(named.name)) return null
  const types = isAbstractType(named)
    ? scope.schema.getPossibleTypes(named)
    : [named].filter(isObjectType)
  const selectionSets = selectionSetsOf(nodes)
  const shape = new Map(types.map((type) => [type.name, objectFields(scope, type, selectionSets)]))
  return { key, kind: 'within', shape }
}
