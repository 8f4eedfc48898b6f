import type { Element } from './elements.ts'

/** Holds a decimal as it was written; not seen by whoever lists an element's parts or writes it as JSON. */
const WRITTEN = Symbol('value as written')

/** The name under which it passes through JSON.parse: no FHIR element has a space in its name. */
const PASSING = 'value as written'

/** A number under the key `value`. In a string its quotes would be escaped, and it is no key then. */
const VALUE = /"value"\s*:\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g

/**
 * Reads FHIR's JSON, and keeps of an element's `value` the digits that a number loses: `5.0` is not `5` to a
 * laboratory, and no more does JavaScript have the last digits of a long one.
 *
 * @throws SyntaxError for what is no JSON
 */
export function parseFhir(json: string): unknown {
  let isLossy = false
  const marked = json.replaceAll(VALUE, (whole, digits: string) => {
    if (String(Number(digits)) === digits) return whole
    isLossy = true
    return `${whole},"${PASSING}":"${digits}"`
  })
  return isLossy ? JSON.parse(marked, keepWritten) : JSON.parse(json)
}

/** The digits of an element's `value` as they were written; null where they are those of the number. */
export function writtenValue(source: Element): string | null {
  const written = (source as { readonly [WRITTEN]?: unknown })[WRITTEN]
  return typeof written === 'string' && Number(written) === source['value'] ? written : null
}

function keepWritten(this: Record<string | symbol, unknown>, key: string, value: unknown): unknown {
  if (key !== PASSING) return value
  this[WRITTEN] = value
  return undefined
}
