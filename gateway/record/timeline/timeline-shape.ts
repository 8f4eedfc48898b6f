import { type FieldNode, type GraphQLObjectType, isObjectType, type ValueNode } from 'graphql'
import type { SelectionScope } from '../collect-fields.ts'
import {
  type ConnectionField,
  connectionShape,
  type PartField,
  partShape,
  selectedFields,
} from '../connection-shape.ts'
import { type GeneratedPages, pageFor } from '../generated-pages.ts'
import type { RecordModel } from '../model.ts'
import { timelineKey } from '../names.ts'
import type { PageArguments } from '../pages.ts'
import { sectionsArgument } from './coverage.ts'
import { TIMELINE_PAGING } from './names.ts'
import { sectionSelection } from './section-selection.ts'

/** A timeline as one request wants it. */
export interface TimelineShape {
  readonly key: string
  readonly kind: 'timeline'
  readonly page: PageArguments
  /** The client's `sections` argument. */
  readonly asked: ValueNode | null
  /** What is asked of every section that the reader may see. */
  readonly parts: readonly TimelinePart[]
  readonly fields: readonly TimelineField[]
}

/** One section of a timeline. */
export interface TimelinePart {
  /** The contract's name for it. */
  readonly section: string
  readonly recordKey: string
  /** The entries as the client selected them, under the keys of the timeline's own fields. */
  readonly fields: readonly ConnectionField[]
}

/** A field of a timeline, in the client's order. */
export type TimelineField =
  | { readonly key: string; readonly kind: 'typename'; readonly value: string }
  | { readonly key: string; readonly kind: 'nodes' | 'sections' | 'isComplete' | 'missingSources' }
  | { readonly key: string; readonly kind: 'pageInfo'; readonly fields: readonly PartField[] }
  | { readonly key: string; readonly kind: 'edges'; readonly fields: readonly EdgeField[] }

/** A field of an edge of a timeline. */
export type EdgeField =
  | { readonly key: string; readonly kind: 'typename'; readonly value: string }
  | { readonly key: string; readonly kind: 'cursor' | 'node' }

interface Scope extends SelectionScope {
  readonly model: RecordModel
  readonly pages: GeneratedPages
  readonly visible: readonly string[]
}

/** The shape of a timeline that the nodes of one response key select. */
export function timelineShape(
  scope: Scope,
  key: string,
  {
    type,
    nodes,
  }: { readonly type: GraphQLObjectType; readonly nodes: readonly [FieldNode, ...FieldNode[]] },
): TimelineShape {
  const [node] = nodes
  return {
    key,
    kind: 'timeline',
    page: pageFor(scope.pages, TIMELINE_PAGING, node),
    asked: sectionsArgument(node),
    parts: scope.visible.flatMap((name) => timelinePart(scope, name, { key, nodes })),
    fields: selectedFields(scope, type, nodes).map((field) => timelineField(scope, type, field)),
  }
}

function timelinePart(
  scope: Scope,
  name: string,
  { key, nodes }: { readonly key: string; readonly nodes: readonly FieldNode[] },
): TimelinePart[] {
  const section = scope.model.sections.get(name)
  const type = section && scope.schema.getType(section.connectionType)
  if (!section || !isObjectType(type)) return []
  const own = nodes.map((node) => ({
    ...node,
    ...(node.selectionSet && { selectionSet: sectionSelection(node.selectionSet, section, scope) }),
  }))
  return [
    { section: name, recordKey: timelineKey(name, key), fields: connectionShape(scope, type, own) },
  ]
}

type Selected = ReturnType<typeof selectedFields>[number]

function timelineField(scope: Scope, type: GraphQLObjectType, field: Selected): TimelineField {
  const { key, name, nodes } = field
  switch (name) {
    case '__typename':
      return { key, kind: 'typename', value: type.name }
    case 'nodes':
    case 'sections':
    case 'isComplete':
    case 'missingSources':
      return { key, kind: name }
    case 'pageInfo':
      return { key, kind: name, fields: partShape(scope, field.type, nodes) }
    case 'edges':
      return {
        key,
        kind: name,
        fields: selectedFields(scope, field.type, nodes).map((one) => edgeField(field.type, one)),
      }
    default:
      throw new Error(`A timeline has no field ${name} that could be merged`)
  }
}

function edgeField(type: GraphQLObjectType, { key, name }: Selected): EdgeField {
  if (name === '__typename') return { key, kind: 'typename', value: type.name }
  return { key, kind: name === 'cursor' ? 'cursor' : 'node' }
}
