/** An element of a FHIR resource in the making: what is undefined or empty is left out of it. */
export type Element = { readonly [name: string]: Value }

type Value =
  | string
  | number
  | boolean
  | undefined
  | Element
  | readonly (Element | string | undefined)[]

/** An element without what is undefined or holds nothing: FHIR knows no empty values. */
export function withoutNothing(element: Element): Element {
  const entries = Object.entries(element).map(([name, value]) => [name, present(value)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function present(value: Value): Value {
  if (value === undefined || value === '') return undefined
  if (isList(value)) {
    const items = value.map(present).filter((item) => item !== undefined)
    return items.length > 0 ? (items as readonly (Element | string)[]) : undefined
  }
  if (typeof value !== 'object') return value
  const element = withoutNothing(value)
  return Object.keys(element).length > 0 ? element : undefined
}

function isList(value: Value): value is readonly (Element | string | undefined)[] {
  return Array.isArray(value)
}

/** Text as FHIR takes it: one space at most between words, none around; undefined when nothing is left. */
export function text(value: string | null | undefined): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: FHIR's strings hold none.
  return value?.replaceAll(/[\s\u0000-\u001f]+/g, ' ').trim() || undefined
}
