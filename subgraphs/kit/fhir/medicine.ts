import type { Concept } from '../generated/contract.ts'
import { concept, wordsConcept } from './concept.ts'
import { within } from './contained.ts'
import { type Element, elements, present } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { ratioText } from './quantity.ts'
import { pointsToHidden, reference, resolve } from './reference.ts'
import type { FhirResource } from './resource.ts'

/** The medicine that a request or statement is about; null where nothing names it. */
export function medicineOf(resource: FhirResource, context: MappingContext): Concept | null {
  return (
    concept(resource['medicationCodeableConcept']) ??
    productOf(resource['medicationReference'], context)
  )
}

/** What a reference to a Medication means: its code, else its ingredients, else the reference's words. */
function productOf(source: unknown, context: MappingContext): Concept | null {
  const pointer = reference(source)
  if (pointsToHidden(pointer, context)) return null
  const product = resolve(pointer, context)
  return (
    (product ? concept(product['code']) : null) ??
    wordsConcept(pointer?.display) ??
    (product ? madeOf(product, within(product, context)) : null)
  )
}

/**
 * A medicine by what it is made of: `Amoxicillin 500 mg / 1 tablet + Clavulanic acid 125 mg / 1 tablet,
 * Tablet`. Its codes are the ingredients', and none of them is the product's own.
 */
function madeOf(product: FhirResource, context: MappingContext): Concept | null {
  const all = elements(product['ingredient'])
  const active = all.filter((one) => one['isActive'] !== false)
  const found = present((active.length > 0 ? active : all).map((one) => ingredientOf(one, context)))
  if (found.length === 0) return null
  const form = concept(product['form'])?.display
  const names = found.map(({ name }) => name).join(' + ')
  const words = present([names, form]).join(', ')
  const codings = found.flatMap(({ substance }) => substance.codings)
  return { display: words, code: null, system: null, text: words, codings }
}

function ingredientOf(ingredient: Element, context: MappingContext) {
  const pointer = reference(ingredient['itemReference'])
  if (pointsToHidden(pointer, context)) return null
  const item = resolve(pointer, context)
  const substance =
    concept(ingredient['itemCodeableConcept']) ??
    (item ? concept(item['code']) : null) ??
    wordsConcept(pointer?.display)
  if (substance?.display == null) return null
  const strength = ratioText(ingredient['strength'])
  return { substance, name: present([substance.display, strength]).join(' ') }
}
