import {
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type ValueNode,
  visit,
} from 'graphql'
import { argumentOf } from '../generated-pages.ts'
import { readValue, type Variables } from '../values.ts'
import { TIMELINE, timelineSection } from './names.ts'

/** An operation with the values of its variables. */
interface Request {
  readonly operation: OperationDefinitionNode
  readonly variables: Variables
}

/** The client's `sections` argument of a timeline; null for all sections. */
export function sectionsArgument(field: FieldNode): ValueNode | null {
  return argumentOf(field, 'sections')
}

/** The sections that a request's timeline is asked for, of these; all of them when it does not say. */
export function askedOf(
  sections: readonly string[],
  asked: ValueNode | null,
  { operation, variables }: Request,
): readonly string[] {
  const value = asked ? (readValue(asked, operation, variables) ?? null) : null
  if (value === null) return sections
  const names = new Set(Array.isArray(value) ? value : [value])
  return sections.filter((section) => names.has(timelineSection(section)))
}

/** As long as the document itself is kept. */
const variablesOf = new WeakMap<DocumentNode, readonly string[]>()

/** The variables that say which sections the timelines of a document cover. */
export function sectionVariables(document: DocumentNode): readonly string[] {
  const known = variablesOf.get(document)
  if (known) return known
  const names = new Set<string>()
  visit(document, {
    Field(field) {
      const asked = field.name.value === TIMELINE ? sectionsArgument(field) : null
      if (asked) visit(asked, { Variable: ({ name }) => void names.add(name.value) })
    },
  })
  const all = [...names]
  variablesOf.set(document, all)
  return all
}
