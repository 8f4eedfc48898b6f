import { elements, text } from '../../fhir/elements.ts'
import type { FhirResource } from '../../fhir/resource.ts'

/**
 * True when two Patients agree in birth date, family name and given name. What is not said is no
 * agreement: twins share all but the given name.
 */
export function isSamePerson(one: FhirResource, other: FhirResource): boolean {
  const born = text(one['birthDate'])
  if (born === null || born !== text(other['birthDate'])) return false
  const [ours, theirs] = [namesOf(one), namesOf(other)]
  return ours.some((name) => theirs.includes(name))
}

/** Family and first given name of each name that has both, however its letters are written. */
function namesOf(patient: FhirResource): string[] {
  return elements(patient['name']).flatMap((name) => {
    const given: unknown = Array.isArray(name['given']) ? name['given'][0] : name['given']
    const parts = [fold(text(name['family'])), fold(text(given))]
    return parts.includes('') ? [] : [parts.join('|')]
  })
}

function fold(name: string | null): string {
  return (name ?? '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}
