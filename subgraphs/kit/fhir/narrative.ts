import type { Concept } from '../generated/contract.ts'
import { wordsConcept } from './concept.ts'
import { type Element, element, isElement, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { pointsToHidden, reference } from './reference.ts'

/**
 * The words of a resource's narrative as a concept, for an entry that nothing else names. Null where the
 * source says that it is empty, and where it may tell of something that is never shared.
 */
export function narrativeConcept(resource: Element, context: MappingContext): Concept | null {
  return wordsConcept(narrativeOf(resource, context))
}

/** What the narrative says beyond the resource's elements, as its source says; null for any other. */
export function addedNarrative(resource: Element, context: MappingContext): string | null {
  const status = text(element(resource['text'])['status'])
  return status === 'additional' ? narrativeOf(resource, context) : null
}

function narrativeOf(resource: Element, context: MappingContext): string | null {
  const { status, div } = element(resource['text'])
  if (status === 'empty' || typeof div !== 'string') return null
  const words = wordsOf(div)
  return words === null || mentionsHidden(resource, context) ? null : words
}

/** A narrative repeats in its own words what the resource refers to. */
function mentionsHidden(source: unknown, context: MappingContext): boolean {
  if (Array.isArray(source)) return source.some((one) => mentionsHidden(one, context))
  if (!isElement(source)) return false
  if (pointsToHidden(reference(source), context)) return true
  return Object.values(source).some((one) => mentionsHidden(one, context))
}

/** The words of XHTML, a line for each that it shows; null where it shows none. */
export function wordsOf(xhtml: string): string | null {
  const lines = decoded(withoutTags(xhtml.replace(/\s+/g, ' ')))
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
  return text(lines.filter((line) => line !== '').join('\n'))
}

/** Elements that show nothing of what they hold, or show it as struck out: what holds no more is not said. */
const SILENT: ReadonlySet<string> = new Set([
  ...['style', 'script', 'head', 'title'],
  ...['del', 's', 'strike'],
])

/** Elements whose end, or for `br` whose place, ends a line. */
const LINES = /^(?:br|p|div|li|tr|h\d|dt|dd|caption|table|ul|ol|blockquote|pre)$/

/** In one pass, whatever is left open: a narrative can be as long as a resource. */
function withoutTags(xhtml: string): string {
  const parts: string[] = []
  let at = 0
  for (let open = xhtml.indexOf('<'); open >= 0; open = xhtml.indexOf('<', at)) {
    parts.push(xhtml.slice(at, open))
    const isComment = xhtml.startsWith('<!--', open)
    const close = xhtml.indexOf(isComment ? '-->' : '>', open)
    // What never ends shows nothing.
    if (close < 0) return parts.join('')
    at = close + (isComment ? 3 : 1)
    if (isComment) continue
    const [, slash, name = ''] =
      /^<(\/?)\s*([a-z][\w:-]*)/i.exec(xhtml.slice(open, open + 40)) ?? []
    const tag = name.toLowerCase()
    if (slash === '' && SILENT.has(tag) && xhtml[close - 1] !== '/') {
      const end = xhtml.indexOf(`</${tag}`, at)
      if (end < 0) return parts.join('')
      at = end
    }
    parts.push(partingOf(tag, slash === '/'))
  }
  return parts.join('') + xhtml.slice(at)
}

/** What a tag puts between the words before and behind it. */
function partingOf(tag: string, isEnd: boolean): string {
  if (LINES.test(tag) && (isEnd || tag === 'br')) return '\n'
  return tag === 'td' || tag === 'th' ? ' ' : ''
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  nbsp: ' ',
  quot: '"',
}

/** Once: what was written as `&amp;lt;` is `&lt;`. */
function decoded(plain: string): string {
  return plain.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, ten, sixteen, name) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole
    const point = typeof ten === 'string' ? Number(ten) : Number.parseInt(String(sixteen), 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
