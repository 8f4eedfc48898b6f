import { expect } from 'vitest'
import { isExcludedItself } from '../../../../subgraphs/kit/exclusions/find-codings.ts'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { mapResource } from '../../../../subgraphs/kit/fhir/map-resource.ts'
import type { MappingContext } from '../../../../subgraphs/kit/fhir/mapping.ts'
import type { FhirReference, FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { defineParticipant } from '../../../../subgraphs/kit/participant.ts'
import { supporting } from './examples/supporting.ts'

const lists = await loadExclusions()

/** The moment at which these tests map. */
export const NOW = new Date('2026-06-15T12:00:00.000Z')

/** A region with several organisations, so that none of them is taken for granted. */
export const region = defineParticipant({
  code: 'nel',
  name: 'North East London',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: { name: 'PALS' },
  subjectAccess: { name: 'Records' },
  organisations: [
    { odsCode: 'R1H', name: 'Barts Health NHS Trust', kind: 'ACUTE_TRUST' },
    { odsCode: 'RWK', name: 'East London NHS Foundation Trust', kind: 'MENTAL_HEALTH_TRUST' },
    { odsCode: 'F84001', name: 'The Limehouse Practice', kind: 'GP_PRACTICE' },
    { odsCode: '505', name: 'Tower Hamlets Council', kind: 'SOCIAL_CARE' },
  ],
})

/** A trust that is one organisation. */
export const trust = defineParticipant({
  ...region,
  code: 'mkuh',
  name: 'Milton Keynes University Hospital',
  kind: 'TRUST',
  organisations: [
    { odsCode: 'RD8', name: 'Milton Keynes University Hospital', kind: 'ACUTE_TRUST' },
  ],
})

/** A mapping context over known resources, found by `Type/id`. */
export function contextOf(
  options: { participant?: typeof region; resources?: readonly FhirResource[] } = {},
): MappingContext {
  const participant = options.participant ?? region
  const known = new Map(
    [...supporting, ...(options.resources ?? [])].map((one) => [
      `${one.resourceType}/${one.id}`,
      one,
    ]),
  )
  return {
    participant,
    now: NOW,
    resolve: (reference: FhirReference | undefined) =>
      known.get(reference?.reference ?? '') ?? null,
    itemId: (resourceType, resourceId) => `${participant.code}:${resourceType}/${resourceId}`,
    isExcluded: (resource) => isExcludedItself(resource, lists),
    provenancesOf: ({ resourceType, id }) =>
      [...known.values()].filter(
        (one) =>
          one.resourceType === 'Provenance' &&
          JSON.stringify(one['target']).includes(`"${resourceType}/${id}"`),
      ),
  }
}

/** The concept that a single SNOMED CT coding with a display becomes. */
export function snomed(code: string, display: string, text: string | null = null) {
  return coded('http://snomed.info/sct', code, display, text)
}

/** The concept that a single coding with a display becomes. */
export function coded(system: string, code: string, display: string, text: string | null = null) {
  return { display: text ?? display, code, system, text, codings: [{ system, code, display }] }
}

/** The concept that words without a code become. */
export function words(text: string) {
  return { display: text, code: null, system: null, text, codings: [] }
}

/** The one entry that a resource makes, in the region unless another context is given. */
export function onlyItem(resource: FhirResource, context: MappingContext = contextOf()) {
  const items = mapResource(resource, context)
  const [found] = items
  if (!found || items.length > 1) throw new Error(`${items.length} entries instead of one`)
  return { ...found, item: { ...found.item } as Record<string, unknown> }
}

/** What every entry of these tests has, the section's own fields apart. */
export function itemShape(parts: object): object {
  return {
    identifiers: [],
    likeness: expect.stringMatching(/^[\w-]{22}$/),
    possibleDuplicateOf: [],
    notes: [],
    ...parts,
  }
}

/** Provenance at Barts Health, known by its tag. */
export function atBarts(author: string | null, recordedAt: string | null) {
  return [
    {
      participant: 'nel',
      organisation: { odsCode: 'R1H', name: 'Barts Health NHS Trust', kind: 'ACUTE_TRUST' },
      author,
      recordedAt,
    },
  ]
}
