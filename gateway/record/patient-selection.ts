import {
  type DirectiveNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { retractedField } from './conflicts/conflict-selection.ts'
import { asksConflicts, connectionSelections } from './connection-selection.ts'
import { type GeneratedPages, pageFor, sourceArguments } from './generated-pages.ts'
import type { RecordModel, Section } from './model.ts'
import { generatedKey, RECORDS_KEY } from './names.ts'
import { fieldNode, selectionsOf } from './selections.ts'
import { TIMELINE } from './timeline/names.ts'
import { timelineFields } from './timeline/timeline-selection.ts'
import type { Fragments } from './used-definitions.ts'
import type { Variables } from './values.ts'

/** What a patient's selection is rewritten with. */
export interface RewriteContext {
  readonly model: RecordModel
  readonly fragments: Fragments
  readonly pages: GeneratedPages
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  /** The values of those variables that say which sections a timeline covers. */
  readonly variables: Variables
  /** The sections that the reader may see, in the contract's order. */
  readonly visible: readonly string[]
  /** What the screen looks through of every entry of a connection's type. */
  codingsOf(connectionType: string): readonly SelectionNode[]
}

/** What the index knows of a record by itself. */
const STUB_FIELDS = selectionsOf('{ __typename nhsNumber server }')

/** What a source is asked beside its sections. */
const SOURCE_FIELDS = selectionsOf('{ __typename nhsNumber server asOf }')

/**
 * One selection of a patient for the supergraph: the merged fields and the list of sources become
 * one selection on the records, all else stays. The same key everywhere lets the selections of
 * several fragments merge by themselves. A client's own `records` needs it too: it tells which
 * record is whose, whatever the client selects.
 */
export function rewritePatientSelection(
  node: SelectionSetNode,
  context: RewriteContext,
): SelectionSetNode {
  const selections: SelectionNode[] = []
  let causes: FieldNode[] = []
  const flush = () => {
    if (causes.length > 0) selections.push(recordsField(causes, context))
    causes = []
  }
  for (const selection of node.selections) {
    // A fragment may select more of a section: what stands before it must stay before it.
    if (selection.kind !== Kind.FIELD) flush()
    else if (isOfRecords(selection, context)) causes.push(selection)
    if (!isMerged(selection, context)) selections.push(selection)
  }
  flush()
  return { ...node, selections }
}

function recordsField(causes: readonly FieldNode[], context: RewriteContext): FieldNode {
  const shared = sharedDirectives(causes)
  const fields = causes.flatMap((cause) => {
    const directives = shared.length > 0 ? [] : (cause.directives ?? [])
    return mergedFields(cause, context).map((field) => ({ ...field, directives }))
  })
  // For a client's own `records` alone no source is asked a second time.
  const about = causes.some((cause) => isMerged(cause, context)) ? SOURCE_FIELDS : STUB_FIELDS
  return fieldNode(RECORDS_KEY, 'records', [...about, ...fields], shared)
}

function isOfRecords(field: FieldNode, context: RewriteContext): boolean {
  return field.name.value === 'records' || isMerged(field, context)
}

function isMerged(selection: SelectionNode, { model }: RewriteContext): boolean {
  if (selection.kind !== Kind.FIELD) return false
  const { value } = selection.name
  return value === 'sources' || value === TIMELINE || model.sections.has(value)
}

/** What a merged field asks of a source. */
function mergedFields(cause: FieldNode, context: RewriteContext): FieldNode[] {
  if (cause.name.value === TIMELINE) return timelineFields(cause, context)
  const section = context.model.sections.get(cause.name.value)
  return section ? sectionFields(cause, section, context) : []
}

function sectionFields(field: FieldNode, section: Section, context: RewriteContext): FieldNode[] {
  const { selectionSet } = field
  if (!selectionSet) return []
  const { fragments, pages } = context
  const own = {
    ...fieldNode(
      generatedKey((field.alias ?? field.name).value),
      field.name.value,
      connectionSelections(section, selectionSet, fragments),
    ),
    arguments: sourceArguments(field, pageFor(pages, section, field)),
  }
  const retracted =
    section.hasStates && asksConflicts(selectionSet, fragments)
      ? [retractedField(field, context.codingsOf(section.connectionType))]
      : []
  return [own, ...retracted]
}

/** The conditions of all fields, where they are the same: then no source need be asked in vain. */
function sharedDirectives(fields: readonly FieldNode[]): readonly DirectiveNode[] {
  const [first, ...rest] = fields.map(({ directives = [] }) => directives.map(print).join(' '))
  return rest.every((one) => one === first) ? (fields[0]?.directives ?? []) : []
}
