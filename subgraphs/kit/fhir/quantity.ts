import type { Quantity } from '../generated/contract.ts'
import { element, number, text } from './elements.ts'

/** A FHIR Quantity (also Age, Duration, SimpleQuantity); null where it says nothing. */
export function quantity(source: unknown): Quantity | null {
  const parts = element(source)
  const found: Quantity = {
    value: number(parts['value']) ?? decimalIn(parts['value']),
    comparator: text(parts['comparator']),
    unit: text(parts['unit']),
    code: text(parts['code']),
    system: text(parts['system']),
  }
  return Object.values(found).every((part) => part === null) ? null : found
}

/** A quantity in words: `5.4 mmol/L`, `<0.1 mg/L`; null without a number. */
export function quantityText(source: unknown): string | null {
  const found = quantity(source)
  if (!found || found.value === null) return null
  const unit = found.unit ?? found.code
  return `${found.comparator ?? ''}${numberText(found.value)}${unit === null ? '' : ` ${unit}`}`
}

/** A number sent as text is the number that it reads as; other words are none. */
function decimalIn(source: unknown): number | null {
  const words = text(source)
  return words !== null && /^-?\d{1,30}(?:\.\d{1,30})?$/.test(words) ? Number(words) : null
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

/** A FHIR Range in words: `1–2 tablet`, `from 4 mmol/L`; null without a bound. */
export function rangeText(source: unknown): string | null {
  const low = quantity(element(source)['low'])
  const high = quantity(element(source)['high'])
  const lowText = quantityText(low)
  const highText = quantityText(high)
  if (low?.value != null && highText !== null) {
    const sameUnit = (low.unit ?? low.code) === (high?.unit ?? high?.code)
    return `${sameUnit || low.unit === null ? numberText(low.value) : lowText}–${highText}`
  }
  if (lowText !== null) return `from ${lowText}`
  return highText === null ? null : `up to ${highText}`
}

/** A FHIR Ratio in words: `1:128`, `5 mg / 1 mL`; null unless both parts have a number. */
export function ratioText(source: unknown): string | null {
  const above = quantityText(element(source)['numerator'])
  const below = quantityText(element(source)['denominator'])
  if (above === null || below === null) return null
  return above.includes(' ') || below.includes(' ') ? `${above} / ${below}` : `${above}:${below}`
}
