import { type ArgumentNode, type FieldNode, Kind, print, type ValueNode } from 'graphql'
import type { Section } from './model.ts'
import { generatedKey } from './names.ts'
import type { PageArguments } from './pages.ts'
import { nameNode, variableNode } from './selections.ts'

/** The pages that an operation asks for. Fields with the same paging arguments share one. */
export type GeneratedPages = Map<string, PageArguments>

/** The page of a merged field, added to the operation's pages when it is a new one. */
export function pageFor(pages: GeneratedPages, section: Section, field: FieldNode): PageArguments {
  const first = argument(field, 'first')
  const after = argument(field, 'after')
  const key = [section.defaultFirst, ...[first, after].map((node) => node && print(node))].join('|')
  const known = pages.get(key)
  if (known) return known
  const page: PageArguments = {
    section: section.name,
    first,
    after,
    defaultFirst: section.defaultFirst,
    firstVariable: generatedKey(`first_${pages.size}`),
    afterVariable: generatedKey(`after_${pages.size}`),
  }
  pages.set(key, page)
  return page
}

/** The arguments that the sources get: the client's, with the page as variables. */
export function sourceArguments(field: FieldNode, page: PageArguments): ArgumentNode[] {
  const others = (field.arguments ?? []).filter(
    ({ name }) => name.value !== 'first' && name.value !== 'after',
  )
  return [
    toVariable('first', page.firstVariable),
    toVariable('after', page.afterVariable),
    ...others,
  ]
}

function toVariable(argumentName: string, variable: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: nameNode(argumentName), value: variableNode(variable) }
}

function argument(field: FieldNode, name: string): ValueNode | null {
  return field.arguments?.find((one) => one.name.value === name)?.value ?? null
}
