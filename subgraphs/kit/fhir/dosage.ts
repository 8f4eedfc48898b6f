import type { Dosage } from '../generated/contract.ts'
import { concept, concepts } from './concept.ts'
import { type Element, element, elements, flag, isElement, present, text } from './elements.ts'
import { quantity, rangeText } from './quantity.ts'
import { timingText } from './timing.ts'

/** FHIR Dosages, in their order. */
export function dosages(source: unknown): Dosage[] {
  return elements(source).map(toDosage).filter(saysSomething)
}

/** How to take a medicine in the source's own words, each dosage's in turn; never made up from parts. */
export function dosageText(source: readonly Dosage[]): string | null {
  const words = present(source.map((one) => one.text ?? one.patientInstruction))
  return words.length === 0 ? null : words.join('; ')
}

function toDosage(source: Element): Dosage {
  const asNeededFor = concept(source['asNeededCodeableConcept'])
  const amounts = elements(source['doseAndRate'])
  const advice = concepts(source['additionalInstruction']).map((one) => one.display)
  return {
    // A range of doses has no place of its own in the contract; its words must not be lost.
    text:
      text(source['text']) ?? present(amounts.map((one) => rangeText(one['doseRange'])))[0] ?? null,
    timing: timingText(source['timing']),
    asNeeded: asNeededFor ? true : flag(source['asNeededBoolean']),
    asNeededFor,
    route: concept(source['route']),
    site: concept(source['site']),
    method: concept(source['method']),
    dose: quantity(element(amounts.find((one) => isElement(one['doseQuantity'])))['doseQuantity']),
    patientInstruction: text(source['patientInstruction']) ?? (present(advice).join('; ') || null),
  }
}

function saysSomething(dosage: Dosage): boolean {
  return Object.values(dosage).some((part) => part !== null)
}
