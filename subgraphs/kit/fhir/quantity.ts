import type { Quantity, QuantityRange } from '../generated/contract.ts'
import { type Element, element, number, saysSomething, text } from './elements.ts'
import { writtenValue } from './parse-fhir.ts'

/** A FHIR Quantity (also Age, Duration, SimpleQuantity); null where it says nothing. */
export function quantity(source: unknown): Quantity | null {
  const parts = element(source)
  const found: Quantity = {
    ...numberOf(parts),
    comparator: text(parts['comparator']),
    unit: text(parts['unit']),
    code: text(parts['code']),
    system: text(parts['system']),
  }
  return saysSomething(found) ? found : null
}

/** A quantity in words, its digits as written: `5.0 mmol/L`, `<0.1 mg/L`; null without a number. */
export function quantityText(found: Quantity | null): string | null {
  if (found === null || found.writtenValue === null) return null
  const unit = found.unit ?? found.code
  return `${found.comparator ?? ''}${found.writtenValue}${unit === null ? '' : ` ${unit}`}`
}

function numberOf(parts: Element): Pick<Quantity, 'value' | 'writtenValue'> {
  const value = number(parts['value'])
  if (value === null) return decimalIn(parts['value'])
  const written = writtenValue(parts)
  return { value, writtenValue: isPlain(written) ? written : numberText(value) }
}

/** A number sent as text is the number that it reads as; other words are none. */
function decimalIn(source: unknown): Pick<Quantity, 'value' | 'writtenValue'> {
  const words = text(source)
  return isPlain(words)
    ? { value: Number(words), writtenValue: words }
    : { value: null, writtenValue: null }
}

/** Digits that a reader reads as they stand, without an exponent. */
function isPlain(digits: string | null): digits is string {
  return digits !== null && /^-?\d{1,30}(?:\.\d{1,30})?$/.test(digits)
}

/** A number without an exponent: `0.0000001` where JavaScript has `1e-7`. */
function numberText(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e')
  if (exponent === undefined) return mantissa
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.')
  const shift = Number(exponent)
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - whole.length)}${whole}${part}`
    : `${sign}${whole}${part.padEnd(shift, '0')}`
}

/** A FHIR Range; null without a bound. */
export function quantityRange(source: unknown): QuantityRange | null {
  const [low, high] = [quantity(element(source)['low']), quantity(element(source)['high'])]
  return low === null && high === null ? null : { low, high }
}

/** A range in words: `1–2 tablet`, `from 4 mmol/L`; null without a number. */
export function rangeText(range: QuantityRange | null): string | null {
  const [low, high] = [range?.low ?? null, range?.high ?? null]
  const [lowText, highText] = [quantityText(low), quantityText(high)]
  if (low !== null && lowText !== null && highText !== null) {
    const sameUnit = (low.unit ?? low.code) === (high?.unit ?? high?.code)
    return `${sameUnit || low.unit === null ? low.writtenValue : lowText}–${highText}`
  }
  if (lowText !== null) return `from ${lowText}`
  return highText === null ? null : `up to ${highText}`
}

/** The same words with the numbers in them as numbers: what says `5.0 mmol/L` agrees with what says `5 mmol/L`. */
export function withoutTrailingZeros(words: string): string {
  return words.replaceAll(
    /(?<![\d.])(\d+)\.(\d*?)0+(?![\d.])/g,
    (_, whole: string, part: string) => (part === '' ? whole : `${whole}.${part}`),
  )
}

/** A FHIR Ratio in words: `1:128`, `5 mg / 1 mL`; null unless both parts have a number. */
export function ratioText(source: unknown): string | null {
  const above = quantityText(quantity(element(source)['numerator']))
  const below = quantityText(quantity(element(source)['denominator']))
  if (above === null || below === null) return null
  return above.includes(' ') || below.includes(' ') ? `${above} / ${below}` : `${above}:${below}`
}
