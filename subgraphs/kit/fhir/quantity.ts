import type { Quantity } from '../generated/contract.ts'
import { element, number, text } from './elements.ts'

/** A FHIR Quantity (also Age, Duration, SimpleQuantity); null where it says nothing. */
export function quantity(source: unknown): Quantity | null {
  const parts = element(source)
  const found: Quantity = {
    value: number(parts['value']),
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
  return `${found.comparator ?? ''}${found.value}${unit === null ? '' : ` ${unit}`}`
}

/** A FHIR Range in words: `1–2 tablet`, `from 4 mmol/L`; null without a bound. */
export function rangeText(source: unknown): string | null {
  const low = quantity(element(source)['low'])
  const high = quantity(element(source)['high'])
  const lowText = quantityText(low)
  const highText = quantityText(high)
  if (low?.value != null && highText !== null) {
    const sameUnit = (low.unit ?? low.code) === (high?.unit ?? high?.code)
    return `${sameUnit || low.unit === null ? low.value : lowText}–${highText}`
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
