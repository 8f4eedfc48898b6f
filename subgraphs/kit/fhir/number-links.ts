import { element, elements, present, text } from './elements.ts'
import type { MappedPatient, MappingContext } from './mapping.ts'
import { NHS_NUMBER } from './nhs-number.ts'
import { formerNumbersOf, nhsNumberNamed, nhsNumberOf } from './own-number.ts'
import { reference, resolve } from './reference.ts'
import type { FhirResource } from './resource.ts'

/**
 * What a Patient says of numbers that replaced its own or were replaced by it, in whatever form:
 * `replaced-by` and `replaces` links, and numbers marked as old or ended. Nobody whose own number
 * cannot be gone by says anything, and nobody is replaced by themselves.
 */
export function numberLinksOf(
  patient: FhirResource,
  context: MappingContext,
): Pick<MappedPatient, 'supersededBy' | 'supersedes'> {
  const own = nhsNumberOf(patient, context.now)
  if (!('nhsNumber' in own)) return { supersededBy: null, supersedes: [] }
  const others = (type: 'replaced-by' | 'replaces') =>
    elements(patient['link'])
      .filter((link) => link['type'] === type)
      .flatMap((link) => numbersOf(link['other'], type, context))
      .filter((nhsNumber) => nhsNumber !== own.nhsNumber)
  const supersedes = new Set([...others('replaces'), ...formerNumbersOf(patient, context.now)])
  return { supersededBy: others('replaced-by')[0] ?? null, supersedes: [...supersedes].sort() }
}

/** The numbers of the other Patient: as the link states them, else those that the Patient has. */
function numbersOf(
  other: unknown,
  type: 'replaced-by' | 'replaces',
  context: MappingContext,
): string[] {
  const identifier = element(element(other)['identifier'])
  const stated = present([nhsNumberNamed(identifier)])
  if (stated.length > 0) return stated
  // An NHS number that is no statement must not become one by leading to who else bears it.
  const named =
    identifier['system'] === NHS_NUMBER
      ? reference({ reference: text(element(other)['reference']) })
      : reference(other)
  const found = resolve(named, context)
  if (found?.resourceType !== 'Patient') return []
  const borne = nhsNumberOf(found, context.now)
  if ('nhsNumber' in borne) return [borne.nhsNumber]
  return type === 'replaces' ? formerNumbersOf(found, context.now) : []
}
