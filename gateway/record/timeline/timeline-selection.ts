import { type ArgumentNode, type FieldNode, Kind } from 'graphql'
import { connectionSelections, withEntries } from '../connection-selection.ts'
import { argumentOf, pageFor, sourceArguments } from '../generated-pages.ts'
import type { Section } from '../model.ts'
import { timelineKey } from '../names.ts'
import type { RewriteContext } from '../patient-selection.ts'
import { argumentNode, fieldNode } from '../selections.ts'
import { askedOf, sectionsArgument } from './coverage.ts'
import { TIMELINE_PAGING } from './names.ts'
import { sectionSelection } from './section-selection.ts'

/**
 * What a timeline asks of a source: every section that it covers and the reader may see, each for a
 * page from the same place. The others are not even asked for.
 */
export function timelineFields(field: FieldNode, context: RewriteContext): FieldNode[] {
  const { model, visible, pages } = context
  const asked = sectionsArgument(field)
  const since = argumentOf(field, 'since')
  const filters = since ? [argumentNode('since', since)] : []
  const page = sourceArguments(
    { ...field, arguments: filters },
    pageFor(pages, TIMELINE_PAGING, field),
  )
  return askedOf(visible, asked, context).flatMap((name) => {
    const section = model.sections.get(name)
    return section ? [sectionField(field, section, { page, context })] : []
  })
}

function sectionField(
  field: FieldNode,
  section: Section,
  how: { readonly page: readonly ArgumentNode[]; readonly context: RewriteContext },
): FieldNode {
  const { schema, fragments, codingsOf } = how.context
  const asked = field.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] }
  const selectionSet = sectionSelection(asked, section, { schema, fragments })
  // Of every entry at least its place is shown, so that all are looked through.
  const screened = withEntries(selectionSet, codingsOf(section.connectionType))
  return {
    ...fieldNode(
      timelineKey(section.name, (field.alias ?? field.name).value),
      section.name,
      connectionSelections(section, screened, fragments),
    ),
    arguments: how.page,
  }
}
