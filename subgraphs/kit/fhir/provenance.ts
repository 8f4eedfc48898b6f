import type { Organisation, Provenance } from '../generated/contract.ts'
import { within } from './contained.ts'
import { type Element, present } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { organisationOf, soleOrganisation, taggedOrganisation } from './organisations.ts'
import { partyName } from './people.ts'
import { reference, references, resolve, typeOf } from './reference.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/** What a section knows about the recording of an entry. */
export interface Recording {
  /** In the source's own writing. */
  readonly recordedAt: string | null
  /** Who recorded it, the most telling first. */
  readonly authors: readonly FhirReference[]
  /** Organisations that answer for it, the most telling first. */
  readonly organisations?: readonly FhirReference[]
}

/**
 * Where an entry comes from. The organisation: the resource's tag, else one that it refers to, else
 * the provider of its encounter, else the participant's own where there is just one.
 */
export function provenanceOf(
  resource: FhirResource,
  context: MappingContext,
  recording: Recording,
): Provenance {
  const candidates = [...(recording.organisations ?? []), ...recording.authors]
  return {
    participant: context.participant.code,
    organisation:
      taggedOrganisation(resource, context) ??
      present(candidates.map((one) => organisationOf(one, context)))[0] ??
      encounterProvider(resource, context) ??
      soleOrganisation(context),
    author: authorOf(recording.authors, context),
    recordedAt: recording.recordedAt,
  }
}

function authorOf(authors: readonly FhirReference[], context: MappingContext): string | null {
  const people = authors.filter((one) => !isOrganisation(one, context))
  const named = [...people, ...authors].map((one) => partyName(one, context))
  return present(named)[0] ?? null
}

function isOrganisation(source: FhirReference, context: MappingContext): boolean {
  return (resolve(source, context)?.resourceType ?? typeOf(source)) === 'Organization'
}

function encounterProvider(resource: Element, context: MappingContext): Organisation | null {
  const [pointer] = references(resource['encounter'])
  const encounter = resolve(pointer, context)
  if (encounter?.resourceType !== 'Encounter') return null
  const tagged = taggedOrganisation(encounter, context)
  return (
    organisationOf(reference(encounter['serviceProvider']), within(encounter, context)) ?? tagged
  )
}
