import { type ArgumentNode, type FieldNode, print, type ValueNode } from 'graphql'
import { PAGE_LIMIT } from '../../subgraphs/kit/reading/arguments.ts'
import type { Section } from './model.ts'
import { generatedKey } from './names.ts'
import type { PageArguments } from './pages.ts'
import { argumentNode, variableNode } from './selections.ts'

/** The pages that an operation asks for. Fields with the same paging arguments share one. */
export type GeneratedPages = Map<string, PageArguments>

/** What is paged: how many entries a page holds when the client does not say, and at most. */
export type Paging = Pick<Section, 'name' | 'defaultFirst'> & { readonly most?: number }

/** The page of a merged field, added to the operation's pages when it is a new one. */
export function pageFor(pages: GeneratedPages, paging: Paging, field: FieldNode): PageArguments {
  const { defaultFirst, most = PAGE_LIMIT } = paging
  const first = argumentOf(field, 'first')
  const after = argumentOf(field, 'after')
  const key = [defaultFirst, most, ...[first, after].map((node) => node && print(node))].join('|')
  const known = pages.get(key)
  if (known) return known
  const page: PageArguments = {
    first,
    after,
    defaultFirst,
    most,
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
    argumentNode('first', variableNode(page.firstVariable)),
    argumentNode('after', variableNode(page.afterVariable)),
    ...others,
  ]
}

/** What the client gave for an argument; null when it gave nothing. */
export function argumentOf(field: FieldNode, name: string): ValueNode | null {
  return field.arguments?.find((one) => one.name.value === name)?.value ?? null
}
