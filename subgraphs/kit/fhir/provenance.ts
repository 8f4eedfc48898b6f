import type { Organisation, Provenance } from '../generated/contract.ts'
import { within } from './contained.ts'
import { type Element, element, elements, present, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { isUnderstood } from './modifiers/understood.ts'
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
 * the provider of its encounter, else the participant's own where there is just one. What the resource does not say
 * itself, a Provenance may that names it as its target.
 */
export function provenanceOf(
  resource: FhirResource,
  context: MappingContext,
  recording: Recording,
): Provenance {
  const candidates = [...(recording.organisations ?? []), ...recording.authors]
  const told = statementsOf(resource, context)
  return {
    participant: context.participant.code,
    organisation:
      taggedOrganisation(resource, context) ??
      present(candidates.map((one) => organisationOf(one, context)))[0] ??
      present(told.map(({ organisation }) => organisation))[0] ??
      encounterProvider(resource, context) ??
      soleOrganisation(context),
    author:
      authorOf(recording.authors, context) ?? present(told.map(({ author }) => author))[0] ?? null,
    recordedAt:
      recording.recordedAt ?? present(told.map(({ recordedAt }) => recordedAt))[0] ?? null,
  }
}

/** What each Provenance of a resource says, the earliest first. */
function statementsOf(resource: FhirResource, context: MappingContext) {
  return context
    .provenancesOf(resource)
    .filter((one) => !context.isExcluded(one) && isUnderstood(one))
    .map((one) => {
      const inside = within(one, context)
      const agents = elements(one['agent']).filter(hasWritten)
      const authors = references(...agents.map(({ who }) => who))
      const behind = references(...agents.map(({ onBehalfOf }) => onBehalfOf))
      const organisations = [...behind, ...authors].map((each) => organisationOf(each, inside))
      return {
        author: authorOf(authors, inside),
        organisation: present(organisations)[0] ?? null,
        recordedAt: text(one['recorded']),
      }
    })
}

/** Codes of `provenance-participant-type` and `v3-ParticipationType` of agents that passed on what others wrote. */
const OTHERS =
  /^(?:transmitter|assembler|custodian|informant|witness|legal|inf|cst|wit|trans|sbj)$/i

function hasWritten(agent: Element): boolean {
  const kinds = [agent['type'], ...elements(agent['role'])].map(element)
  const said = kinds.flatMap((kind) => [
    ...elements(kind['coding']).map(({ code }) => text(code)),
    text(kind['text']),
  ])
  return !present(said).some((one) => OTHERS.test(one))
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
