import { codingConcept, concept } from './concept.ts'
import { type Element, elements, isElement, number, present, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { partyName } from './people.ts'
import { quantity, quantityRange, quantityText, rangeText, ratioText } from './quantity.ts'
import { subjectOf } from './reasons.ts'
import { pointsToHidden, reference, typeOf } from './reference.ts'
import type { FhirReference } from './resource.ts'
import { period, periodText } from './time.ts'
import { timingText } from './timing.ts'

/** Deeper nesting than any form has is not told, and that is said. */
const MAX_DEPTH = 12
const DEEPER = '(more, nested deeper: see the source)'

/** Elements that every type and part has, and that say nothing by themselves. */
const TECHNICAL: ReadonlySet<string> = new Set([
  ...['resourceType', 'id', 'meta', 'implicitRules', 'language', 'text', 'contained'],
  ...['extension', 'modifierExtension', 'linkId', 'definition'],
])

/**
 * All that a resource or a part says, a line for each element under its FHIR name: `Relationship: mother`. What a
 * reference means is named as elsewhere, what is never shared is not.
 *
 * @param leftOut elements that are told otherwise
 */
export function linesOf(
  source: Element,
  context: MappingContext,
  leftOut: ReadonlySet<string> = new Set(),
): string[] {
  const own = Object.entries(source).filter(([name]) => !TECHNICAL.has(name) && !leftOut.has(name))
  return own.flatMap(([name, value]) => linesOfElement(labelOf(name), value, { context, depth: 0 }))
}

/** The answers of a form, each behind its question, those of a group below its name. */
export function answersOf(items: unknown, context: MappingContext, depth = 0): string[] {
  if (depth > MAX_DEPTH) return elements(items).length > 0 ? [DEEPER] : []
  return elements(items).flatMap((item) => {
    const question = text(item['text']) ?? text(item['linkId']) ?? '?'
    const answers = elements(item['answer'])
    const said = present(
      answers.map((one) => {
        const [, value] = Object.entries(one).find(([name]) => name.startsWith('value')) ?? []
        return wordsOf(value, context)
      }),
    )
    const inside = [item['item'], ...answers.map((one) => one['item'])].flatMap((one) =>
      answersOf(one, context, depth + 1),
    )
    if (said.length === 0 && inside.length === 0) return []
    const asked = /[?:]$/.test(question) ? question : `${question}:`
    return [`${asked} ${said.join('; ')}`.trimEnd(), ...indented(inside)]
  })
}

interface Place {
  readonly context: MappingContext
  readonly depth: number
}

function linesOfElement(label: string, source: unknown, place: Place): string[] {
  const values = (Array.isArray(source) ? source : [source]).filter((one) => one !== null)
  const words = values.map((one) => wordsOf(one, place.context))
  const told = present(words)
  const parts = values.filter((one, index) => words[index] === null && isElement(one)) as Element[]
  return [
    ...(told.length > 0 ? [`${label}: ${told.join('; ')}`] : []),
    ...parts.flatMap((one) => linesOfPart(label, one, place)),
  ]
}

function linesOfPart(label: string, source: Element, { context, depth }: Place): string[] {
  if (datatypeOf(source) !== null) return []
  if (depth > MAX_DEPTH) return [DEEPER]
  const inside = Object.entries(source)
    .filter(([name]) => !TECHNICAL.has(name))
    .flatMap(([name, value]) => linesOfElement(labelOf(name), value, { context, depth: depth + 1 }))
  return inside.length === 0 ? [] : [`${label}:`, ...indented(inside)]
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}

/** A value of one of FHIR's datatypes in words; null for a part with elements of its own, and for no words. */
function wordsOf(value: unknown, context: MappingContext): string | null {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return number(value) === null ? null : String(value)
  if (!isElement(value)) return text(value)
  return datatypeOf(value)?.wordsOf(value, context) ?? null
}

interface Datatype {
  /** All elements that it may have. */
  readonly parts: ReadonlySet<string>
  wordsOf(value: Element, context: MappingContext): string | null
}

/** The datatypes of R4 that clinical statements are made of, told apart by their parts. */
const DATATYPES: readonly Datatype[] = [
  { parts: new Set(['coding', 'text']), wordsOf: (value) => concept(value)?.display ?? null },
  {
    parts: new Set(['value', 'comparator', 'unit', 'system', 'code']),
    wordsOf: (value) => quantityText(quantity(value)) ?? codingConcept(value)?.display ?? null,
  },
  {
    parts: new Set(['system', 'version', 'code', 'display', 'userSelected']),
    wordsOf: (value) => codingConcept(value)?.display ?? null,
  },
  {
    parts: new Set(['reference', 'type', 'identifier', 'display']),
    wordsOf: (value, context) => {
      const pointer = reference(value)
      return (
        subjectOf(pointer, context)?.display ??
        partyName(pointer, context) ??
        unknown(pointer, context)
      )
    },
  },
  { parts: new Set(['low', 'high']), wordsOf: (value) => rangeText(quantityRange(value)) },
  { parts: new Set(['numerator', 'denominator']), wordsOf: ratioText },
  { parts: new Set(['start', 'end']), wordsOf: stretchText },
  { parts: new Set(['event', 'repeat', 'code']), wordsOf: timingText },
  {
    parts: new Set(['authorString', 'authorReference', 'time', 'text']),
    wordsOf: (value) => text(value['text']),
  },
  {
    parts: new Set(['use', 'type', 'system', 'value', 'period', 'assigner']),
    wordsOf: (value) => text(value['value']),
  },
  {
    parts: new Set(['contentType', 'title', 'url', 'data', 'size', 'hash', 'creation']),
    wordsOf: (value) => text(value['title']) ?? text(value['url']) ?? text(value['contentType']),
  },
]

/** What has no words here is said to be somewhere; what is hidden is not. */
function unknown(pointer: FhirReference | null, context: MappingContext): string | null {
  const type = pointer === null ? null : typeOf(pointer)
  if (type === null || type === 'Patient' || pointsToHidden(pointer, context)) return null
  return `${type} (see the source)`
}

function datatypeOf(value: Element): Datatype | null {
  const names = Object.keys(value).filter((name) => !/^(?:_|id$|extension$|language$)/.test(name))
  return DATATYPES.find(({ parts }) => names.every((name) => parts.has(name))) ?? null
}

function stretchText(source: Element): string | null {
  const found = period(source)
  return found?.start && found.end ? `${found.start} – ${found.end}` : periodText(found)
}

/** The datatype of a choice, at the end of its name. */
const CHOICE =
  /(?<=[a-z])(?:Boolean|DateTime|Date|String|CodeableConcept|Quantity|Reference|Period|Range|Ratio|Age|Integer|Decimal|Coding|Uri|Time|Timing|Attachment)$/

/** An element's FHIR name as words: `riskAssessment` is `Risk assessment`, `onsetAge` is `Onset`. */
function labelOf(name: string): string {
  const words = name
    .replace(CHOICE, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
