import type { HumanName } from '../generated/contract.ts'
import { concept, concepts } from './concept.ts'
import { within } from './contained.ts'
import { type Element, element, elements, present, text, texts } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { pointsToHidden, reference, resolve, typeOf } from './reference.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/** A FHIR HumanName; null where it says nothing. */
export function humanName(source: unknown): HumanName | null {
  const parts = element(source)
  const prefix = texts(parts['prefix'])
  const given = texts(parts['given'])
  const family = text(parts['family'])
  const suffix = texts(parts['suffix'])
  const written =
    text(parts['text']) ?? [...prefix, ...given, ...present([family]), ...suffix].join(' ')
  if (written === '') return null
  return { text: written, prefix, given, family, use: text(parts['use']) }
}

/** The name to call somebody by: usual, else official, else the first that is not old. */
function preferredName(source: unknown): HumanName | null {
  const names = present(elements(source).map(humanName))
  const current = names.filter((name) => name.use !== 'old' && name.use !== 'maiden')
  return (
    names.find((name) => name.use === 'usual') ??
    names.find((name) => name.use === 'official') ??
    current[0] ??
    names[0] ??
    null
  )
}

/**
 * What the one that a reference means is called: a person with the job where known, a team, an
 * organisation, a place. The reference's own words where the resource is not known. The patient is
 * called `Patient`, so that no name stands where nobody looks for one.
 */
export function partyName(source: FhirReference | null, context: MappingContext): string | null {
  if (pointsToHidden(source, context)) return null
  const found = resolve(source, context)
  if (source && (found?.resourceType ?? typeOf(source)) === 'Patient') return 'Patient'
  return (found ? nameOf(found, context) : null) ?? source?.display ?? null
}

/** What each of the references is called, those without a name left out. */
export function partyNames(sources: readonly FhirReference[], context: MappingContext): string[] {
  return [...new Set(present(sources.map((source) => partyName(source, context))))]
}

function nameOf(resource: FhirResource, context: MappingContext): string | null {
  switch (resource.resourceType) {
    case 'Practitioner':
      return preferredName(resource['name'])?.text ?? null
    case 'PractitionerRole':
      return roleName(resource, context)
    case 'RelatedPerson':
      return withJob(
        preferredName(resource['name'])?.text ?? null,
        concepts(resource['relationship'])[0]?.display ?? null,
      )
    case 'Device':
      return deviceName(resource)
    default:
      return text(resource['name'])
  }
}

function roleName(role: FhirResource, context: MappingContext): string | null {
  const inside = within(role, context)
  const stated = reference(role['practitioner'])
  const who = pointsToHidden(stated, inside) ? null : stated
  const person = resolve(who, inside)
  const name = person ? preferredName(person['name'])?.text : who?.display
  return withJob(name ?? null, concepts(role['code'])[0]?.display ?? null)
}

function withJob(name: string | null, job: string | null): string | null {
  return name !== null && job !== null ? `${name}, ${job}` : (name ?? job)
}

function deviceName(device: Element): string | null {
  const named = elements(device['deviceName']).map((one) => text(one['name']))
  return present(named)[0] ?? concept(device['type'])?.display ?? null
}
