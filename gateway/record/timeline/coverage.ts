import { GraphQLError, type OperationDefinitionNode, print, type ValueNode, visit } from 'graphql'
import { argumentOf } from '../generated-pages.ts'
import { generatedKey } from '../names.ts'
import { readValue, type Variables } from '../values.ts'
import { timelineSection } from './names.ts'

/** What sections the timelines of an operation are asked for, by the text of their `sections` argument. */
export type GeneratedCoverages = Map<string, Coverage>

/** The sections of a timeline as the client wrote them, and what is made of them. */
export interface Coverage {
  /** The client's argument; null for all sections. */
  readonly asked: ValueNode | null
  /** Those of the sections that the reader may see, in the contract's order. */
  readonly visible: readonly string[]
  /** The variable that includes a section, by its name; empty where the argument holds no variable. */
  readonly variables: ReadonlyMap<string, string>
}

/** The coverage of a timeline, added to the operation's when it is a new one. */
export function coverageFor(
  coverages: GeneratedCoverages,
  visible: readonly string[],
  asked: ValueNode | null,
): Coverage {
  const key = asked ? print(asked) : ''
  const known = coverages.get(key)
  if (known) return known
  const prefix = `section_${coverages.size}_`
  const variables = asked && holdsVariable(asked) ? visible : []
  const coverage: Coverage = {
    asked,
    visible,
    variables: new Map(variables.map((name) => [name, generatedKey(`${prefix}${name}`)])),
  }
  coverages.set(key, coverage)
  return coverage
}

/** The client's `sections` argument of a timeline. */
export const sectionsArgument = (field: Parameters<typeof argumentOf>[0]) =>
  argumentOf(field, 'sections')

/** The sections that a request's timeline is asked for, of these; all of them when it does not say. */
export function askedOf(
  sections: readonly string[],
  asked: ValueNode | null,
  { operation, variables }: { operation: OperationDefinitionNode; variables: Variables },
): readonly string[] {
  const value = asked ? (readValue(asked, operation, variables) ?? null) : null
  if (value === null) return sections
  const names = new Set(Array.isArray(value) ? value : [value])
  return sections.filter((section) => names.has(timelineSection(section)))
}

/**
 * Which sections the request includes, by their variables.
 *
 * @throws GraphQLError BAD_USER_INPUT for a list of none: its answer would read as if nothing were recorded
 */
export function coverageVariables(
  coverage: Coverage,
  request: { operation: OperationDefinitionNode; variables: Variables },
): Record<string, boolean> {
  const { asked, visible } = coverage
  const value = asked && readValue(asked, request.operation, request.variables)
  if (Array.isArray(value) && value.length === 0) {
    throw new GraphQLError(
      'The argument "sections" of "timeline" must name a section, or be left out.',
      {
        nodes: asked,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    )
  }
  const included = new Set(askedOf(visible, asked, request))
  return Object.fromEntries(
    [...coverage.variables].map(([section, variable]) => [variable, included.has(section)]),
  )
}

function holdsVariable(value: ValueNode): boolean {
  const found: string[] = []
  visit(value, { Variable: ({ name }) => void found.push(name.value) })
  return found.length > 0
}
