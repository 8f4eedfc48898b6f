import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { SectionOfField } from '../../access/permissions.ts'
import { keyOfDenied } from '../../record/names.ts'
import { TIMELINE } from '../../record/timeline/names.ts'
import { fragmentsOf } from '../../record/used-definitions.ts'
import { isIncluded, type Variables } from '../../record/values.ts'

/** What of a record was asked for. */
export interface AskedFields {
  /** The sections that are shown, in the order of the request. */
  readonly sections: readonly string[]
  /** The names of the fields that the role was refused. */
  readonly deniedFields: readonly string[]
}

/** An operation of a document. */
export interface OperationOf {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
}

/** An operation twice: as it was asked, and as the rehearsal left it. */
export interface Asked {
  readonly whole: OperationOf
  readonly rehearsed: OperationOf
  readonly variables: Variables
}

/** Which sections fields lead to. */
export interface SectionsOfFields {
  readonly sectionOf: SectionOfField
  /** The sections of a timeline: those that are asked for, and those that the role is refused. */
  timelineOf(field: FieldNode): AskedFields
}

/** What holds sections: it is none itself. */
const HOLDERS: ReadonlySet<string> = new Set(['records', 'demographics'])

/**
 * What an operation asks of a patient. The rehearsal replaces denied fields where they stand, so both
 * are walked side by side.
 *
 * @param key the response key of the patient's field
 */
export function askedFields(
  asked: Asked,
  key: string,
  { sectionOf, timelineOf }: SectionsOfFields,
): AskedFields {
  const { whole, rehearsed, variables } = asked
  const fragments = [fragmentsOf(whole.document), fragmentsOf(rehearsed.document)] as const
  const sections = new Set<string>()
  const deniedFields = new Set<string>()
  const visited = new Set<string>()

  const walk = (place: Place, own: SelectionSetNode, left: SelectionSetNode): void => {
    for (const [index, node] of own.selections.entries()) {
      const rest = left.selections[index]
      if (!rest || !isIncluded(node, whole.operation, variables)) continue
      if (node.kind === Kind.FIELD) field(place, node, rest)
      else within(place, node, rest)
    }
  }
  const field = (place: Place, node: FieldNode, rest: SelectionNode): void => {
    if (rest.kind !== Kind.FIELD) return
    if (place.isRoot && (node.alias ?? node.name).value !== key) return
    const name = node.name.value
    if (keyOfDenied((rest.alias ?? rest.name).value) !== null) {
      deniedFields.add(name)
      return
    }
    const isTimeline = name === TIMELINE && !place.isRoot
    if (isTimeline) {
      const timeline = timelineOf(node)
      for (const section of timeline.sections) sections.add(section)
      for (const denied of timeline.deniedFields) deniedFields.add(denied)
    }
    const isHolder = place.isRoot || HOLDERS.has(name)
    const isNone = place.isInSection || isHolder || isTimeline
    const section = isNone ? null : sectionOf(place.type, name)
    if (section !== null) sections.add(section)
    if (!node.selectionSet || !rest.selectionSet) return
    const isInSection = place.isInSection || !isHolder
    walk({ type: 'Patient', isRoot: false, isInSection }, node.selectionSet, rest.selectionSet)
  }
  const within = (place: Place, node: SelectionNode, rest: SelectionNode): void => {
    if (node.kind === Kind.INLINE_FRAGMENT && rest.kind === Kind.INLINE_FRAGMENT) {
      const type = node.typeCondition?.name.value ?? place.type
      walk({ ...place, type }, node.selectionSet, rest.selectionSet)
    } else if (node.kind === Kind.FRAGMENT_SPREAD) {
      const [own, left] = fragments.map((known) => known.get(node.name.value))
      const visit = `${node.name.value} ${place.isRoot} ${place.isInSection}`
      if (!own || !left || visited.has(visit)) return
      visited.add(visit)
      walk({ ...place, type: typeOf(own) }, own.selectionSet, left.selectionSet)
    }
  }
  const root: Place = { type: 'Query', isRoot: true, isInSection: false }
  walk(root, whole.operation.selectionSet, rehearsed.operation.selectionSet)
  return { sections: [...sections], deniedFields: [...deniedFields] }
}

interface Place {
  /** The type as far as the operation says it: which participant's extension a field can be. */
  readonly type: string
  readonly isRoot: boolean
  /** True inside a section: what stands there is a part of it. */
  readonly isInSection: boolean
}

function typeOf({ typeCondition }: FragmentDefinitionNode): string {
  return typeCondition.name.value
}
