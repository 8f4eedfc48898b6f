import { createHash } from 'node:crypto'
import { buildASTSchema, type GraphQLSchema, getNamedType, isInterfaceType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stories, storyOf } from '../../population/stories/stories.ts'
import { bundlesOf, type Story } from '../../population/stories/story.ts'
import { isExcludedItself } from '../../subgraphs/kit/exclusions/find-codings.ts'
import { linksOf } from '../../subgraphs/kit/exclusions/links.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { spread } from '../../subgraphs/kit/exclusions/spread.ts'
import { mapResource } from '../../subgraphs/kit/fhir/map-resource.ts'
import type { MappedItem, MappingContext } from '../../subgraphs/kit/fhir/mapping.ts'
import type { FhirReference, FhirResource } from '../../subgraphs/kit/fhir/resource.ts'
import { serverInUrl, storedId } from '../../subgraphs/kit/load/read/server.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { recordTypeName } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { startSystem, type TestSystem, TODAY } from '../support/system.ts'
import { wholeSelection } from '../support/whole-selection.ts'

const lists = await loadExclusions()
let system: TestSystem
let contract: GraphQLSchema
let sections: Map<string, string>

beforeAll(async () => {
  contract = buildASTSchema(await readContract(), { assumeValid: true })
  const record = contract.getType('CareRecord')
  if (!isInterfaceType(record)) throw new Error('The contract has no CareRecord')
  sections = new Map(
    Object.values(record.getFields())
      .map((field) => [field.name, getNamedType(field.type).name] as const)
      .filter(([, type]) => type.endsWith('Connection')),
  )
  system = await startSystem({ stories: stories.map(({ key }) => key) })
}, 120_000)

afterAll(() => system?.close())

/** What one holder's bundle says, section by section, without the loader and the store. */
function expectedOf(story: Story, participant: Participant): Map<string, MappedItem[]> {
  const expected = new Map([...sections.keys()].map((name) => [name, [] as MappedItem[]]))
  // Each of a participant's systems has ids of its own.
  for (const { bundle } of bundlesOf(story, TODAY, (code) => code === participant.code)) {
    const entries = bundle.entry as readonly BundleEntry[]
    const server = serverOfBundle(entries)
    const resources = entries.map(({ resource }) => resource)
    const byReference = referencesOf(entries)
    const excluded = excludedOf(resources, byReference)
    for (const resource of resources) {
      if (excluded.has(`${resource.resourceType}/${resource.id}`)) continue
      const context = contextOf(participant, resource, { byReference, excluded, server })
      for (const item of mapResource(resource, context)) {
        if (item.status !== 'ENTERED_IN_ERROR') expected.get(item.section)?.push(item)
      }
    }
  }
  return expected
}

interface BundleEntry {
  readonly fullUrl?: string
  readonly request?: { readonly url: string }
  readonly resource: FhirResource
}

/** The key of the system whose Bundle it is; null where its entries name none. */
function serverOfBundle(entries: readonly BundleEntry[]): string | null {
  const keys = entries.map(
    ({ fullUrl, request }) => serverInUrl(fullUrl) ?? serverInUrl(request?.url),
  )
  return keys.find((key) => key !== null) ?? null
}

/** What a reference may say, and the resource that it means. */
function referencesOf(
  entries: readonly { readonly fullUrl?: string; readonly resource: FhirResource }[],
): Map<string, FhirResource> {
  const byReference = new Map<string, FhirResource>()
  for (const { fullUrl, resource } of entries) {
    if (fullUrl) byReference.set(fullUrl, resource)
    byReference.set(`${resource.resourceType}/${resource.id}`, resource)
    for (const { system: scheme, value } of (resource['identifier'] ?? []) as {
      system: string
      value: string
    }[]) {
      byReference.set(`${resource.resourceType}?identifier=${scheme}|${value}`, resource)
    }
  }
  return byReference
}

/** What of a bundle is never shared. */
function excludedOf(
  resources: readonly FhirResource[],
  byReference: ReadonlyMap<string, FhirResource>,
): Set<string> {
  const keyOf = (resource: FhirResource) => `${resource.resourceType}/${resource.id}`
  const keysOf = (references: readonly FhirReference[]) =>
    references.flatMap(({ reference }) => {
      const found = byReference.get(reference ?? '')
      return found ? [keyOf(found)] : []
    })
  return spread(
    resources.map((resource) => {
      const { hangsOn, holds } = linksOf(resource)
      return {
        key: keyOf(resource),
        isExcluded: isExcludedItself(resource, lists),
        hangsOn: keysOf(hangsOn),
        holds: keysOf(holds),
      }
    }),
  )
}

function contextOf(
  participant: Participant,
  resource: FhirResource,
  {
    byReference,
    excluded,
    server,
  }: {
    readonly byReference: ReadonlyMap<string, FhirResource>
    readonly excluded: ReadonlySet<string>
    readonly server: string | null
  },
): MappingContext {
  const contained = (resource['contained'] ?? []) as FhirResource[]
  return {
    participant,
    now: TODAY,
    itemId: (type, id) =>
      createHash('sha256')
        .update(`${participant.code}|${type}|${storedId(server, id)}`)
        .digest('base64url')
        .slice(0, 22),
    provenancesOf: () => [],
    isExcluded: (one) => excluded.has(`${one.resourceType}/${one.id}`),
    resolve: (reference: FhirReference | undefined) => {
      const { system: scheme = '', value = '' } = reference?.identifier ?? {}
      const target = reference?.reference ?? `${reference?.type}?identifier=${scheme}|${value}`
      if (target.startsWith('#')) return contained.find(({ id }) => `#${id}` === target) ?? null
      return byReference.get(target) ?? null
    },
  }
}

const queries = new Map<string, string>()

/** Every field of every section of one participant's record. */
function queryOf(participant: Participant): string {
  const known = queries.get(participant.code)
  if (known) return known
  const fields = [...sections].map(
    ([name, type]) => `${name}(first: 500) ${wholeSelection(contract, type)}`,
  )
  const query = `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
    nhsNumber records { __typename ... on ${recordTypeName(participant.code)} { nhsNumber ${fields.join(' ')} } } } }`
  queries.set(participant.code, query)
  return query
}

interface Section {
  readonly nodes: readonly { readonly id: string }[]
  readonly statedNoneKnown: readonly object[]
}

/** Whose objection closes the record to everybody. */
const CLOSED = ['george', 'ian']

/** Sees every section, and where sensitive patients are. */
const READER = 'nurse-s-flag.ncl'

const open = stories.filter(({ key }) => !CLOSED.includes(key))

describe.each(open.map((story) => [story.key, story] as const))(
  'the story of %s',
  (_key, story) => {
    it.each(story.holders)(
      'comes out of %s as it went in, every field of every section',
      async (code) => {
        const participant = system.participants.find((one) => one.code === code)
        if (!participant) throw new Error(`There is no participant ${code}`)
        const expected = expectedOf(story, participant)
        const { data, errors } = await system.ask(queryOf(participant), {
          as: READER,
          variables: { nhsNumber: story.nhsNumber },
        })
        expect(errors).toBeUndefined()
        expect(data.patient.nhsNumber).toBe(story.nhsNumber)
        const [record, ...others] = data.patient.records.filter(
          ({ __typename }: { __typename: string }) => __typename === recordTypeName(code),
        ) as Record<string, Section>[]
        expect(others).toEqual([])
        for (const [name, items] of expected) {
          const entries = items.filter(({ isNoneKnown }) => !isNoneKnown)
          const byId = new Map(entries.map(({ id, item }) => [id, item]))
          const came = record?.[name]
          expect(came?.nodes.map(({ id }) => id).sort(), name).toEqual([...byId.keys()].sort())
          for (const node of came?.nodes ?? [])
            expect(node, `${name} ${node.id}`).toEqual(byId.get(node.id))
          expect(came?.statedNoneKnown.length, name).toBe(items.length - entries.length)
        }
      },
    )

    it('has every entry of its holders in the merged record', async () => {
      const fields = [...sections.keys()].map(
        (name) => `${name}(first: 500) { nodes { id provenance { participant } } isComplete }`,
      )
      const { data, errors } = await system.ask(
        `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) { ${fields.join(' ')} } }`,
        { as: READER, variables: { nhsNumber: story.nhsNumber } },
      )
      expect(errors).toBeUndefined()
      for (const name of sections.keys()) {
        const contributed = story.holders.flatMap((code) => {
          const participant = system.participants.find((one) => one.code === code)
          const items = participant ? expectedOf(story, participant).get(name) : []
          return (items ?? []).filter(({ isNoneKnown }) => !isNoneKnown).map(() => code)
        })
        const came = data.patient[name].nodes.flatMap(
          ({ provenance }: { provenance: { participant: string }[] }) =>
            provenance.map(({ participant }) => participant),
        )
        expect(data.patient[name].isComplete).toBe(true)
        expect(came.sort(), name).toEqual(contributed.sort())
      }
    })
  },
)

it.each(CLOSED)('the story of %s comes out of nobody', async (key) => {
  const story = storyOf(key)
  for (const code of story.holders) {
    const participant = system.participants.find((one) => one.code === code)
    if (!participant) throw new Error(`There is no participant ${code}`)
    const { nhsNumber } = story
    const answer = await system.ask(queryOf(participant), { as: READER, variables: { nhsNumber } })
    expect(answer.data).toEqual({ patient: null })
    expect(answer.errors).toMatchObject([{ extensions: { code: 'OBJECTION_IN_FORCE' } }])
  }
})
