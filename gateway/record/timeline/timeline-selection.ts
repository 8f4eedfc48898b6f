import { type ArgumentNode, type DirectiveNode, type FieldNode, Kind } from 'graphql'
import { connectionSelections, withEntries } from '../connection-selection.ts'
import { argumentOf, pageFor, sourceArguments } from '../generated-pages.ts'
import type { Section } from '../model.ts'
import { timelineKey } from '../names.ts'
import type { RewriteContext } from '../patient-selection.ts'
import { fieldNode, nameNode, variableNode } from '../selections.ts'
import { askedOf, type Coverage, coverageFor, sectionsArgument } from './coverage.ts'
import { TIMELINE_PAGING } from './names.ts'
import { sectionSelection } from './section-selection.ts'

/**
 * What a timeline asks of a source: every section that it covers and the reader may see, each for a
 * page from the same place. The others are not even asked for.
 */
export function timelineFields(field: FieldNode, context: RewriteContext): FieldNode[] {
  const { model, visible, coverages, pages } = context
  const coverage = coverageFor(coverages, visible, sectionsArgument(field))
  const since = argumentOf(field, 'since')
  const page = sourceArguments(
    {
      ...field,
      arguments: since ? [{ kind: Kind.ARGUMENT, name: nameNode('since'), value: since }] : [],
    },
    pageFor(pages, TIMELINE_PAGING, field),
  )
  return candidates(coverage, context).flatMap((name) => {
    const section = model.sections.get(name)
    return section ? [sectionField(field, section, { page, coverage, context })] : []
  })
}

/** The sections that some values of the variables include. */
function candidates(coverage: Coverage, { operation }: RewriteContext): readonly string[] {
  if (coverage.variables.size > 0) return coverage.visible
  return askedOf(coverage.visible, coverage.asked, { operation, variables: {} })
}

function sectionField(
  field: FieldNode,
  section: Section,
  how: {
    readonly page: readonly ArgumentNode[]
    readonly coverage: Coverage
    readonly context: RewriteContext
  },
): FieldNode {
  const { schema, fragments, codingsOf } = how.context
  const asked = field.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] }
  const selectionSet = sectionSelection(asked, section, { schema, fragments })
  const key = timelineKey(section.name, (field.alias ?? field.name).value)
  const variable = how.coverage.variables.get(section.name)
  return {
    // Of every entry at least its place is shown, so that all are looked through.
    ...fieldNode(
      key,
      section.name,
      connectionSelections(
        section,
        withEntries(selectionSet, codingsOf(section.connectionType)),
        fragments,
      ),
      [...(variable === undefined ? [] : [include(variable)])],
    ),
    arguments: how.page,
  }
}

function include(variable: string): DirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: nameNode('include'),
    arguments: [{ kind: Kind.ARGUMENT, name: nameNode('if'), value: variableNode(variable) }],
  }
}
