import { afterAll, beforeAll, expect, it } from 'vitest'
import { storyOf } from '../../../../population/stories/stories.ts'
import { bundlesOf } from '../../../../population/stories/story.ts'
import { sections } from '../../../../subgraphs/kit/fhir/sections.ts'
import { loadBundles } from '../../../../subgraphs/kit/load/load-bundles.ts'
import { participant as nel } from '../../../../subgraphs/nel/participant.ts'
import { participant } from '../../../../subgraphs/swl/participant.ts'
import { sectionSelections } from '../../../support/section-selections.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { asOnServer } from './bundle-on-server.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

const NOW = new Date('2026-11-01T09:00:00Z')

/** Known to two holders each, whose entries have ids that differ: one store can hold both. */
const told = ['carys', 'dele', 'halima', 'kwame', 'lucy', 'mohammed', 'nadia', 'rosa'].map(storyOf)

const names = sections.map(({ section }) => section)

let servers: FhirTestServer[] = []
let stored: TestSubgraph
let staying: TestSubgraph

beforeAll(async () => {
  servers = [await startFhirTestServer({ pageSize: 4 }), await startFhirTestServer({ pageSize: 7 })]
  const signer = await createTestSigner()
  const fhir = servers.map(({ baseUrl }) => ({ baseUrl }))
  stored = await createTestSubgraph({ participant, signer })
  staying = await createTestSubgraph({ participant, signer, fhir })
  const bundles = told.flatMap((story) =>
    [...bundlesOf(story, NOW)].map(({ participant: holder, bundle }) => ({
      name: `${story.key} ${holder}`,
      server: servers[story.holders.indexOf(holder)],
      bundle,
    })),
  )
  await loadBundles(stored.db, participant, bundles, { clock: () => NOW })
  for (const { server, bundle } of bundles) await server?.put(asOnServer(bundle))
})

afterAll(async () => {
  await Promise.all([stored?.close(), staying?.close()])
  for (const server of servers) await server.close()
})

/** Ids carry the server's key, and order entries of one moment. */
const OF_THE_SERVER = new Set([
  'id',
  'encounterId',
  'resultIds',
  'studyIds',
  'possibleDuplicateOf',
  'cursor',
  'endCursor',
])

function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !OF_THE_SERVER.has(key))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutIds(each)]))
}

function inAnyOrder(values: readonly unknown[]): string[] {
  return values.map((one) => JSON.stringify(withoutIds(one))).sort()
}

it('is the same record on two FHIR servers as in one PostgreSQL, in all sections', async () => {
  const selection = [...(await sectionSelections())]
    .map(([name, whole]) => `${name}(first: 500) ${whole}`)
    .join('\n')
  let entries = 0
  for (const { nhsNumber } of told) {
    const whole = `demographics { name { text } birthDate generalPractice { odsCode } } ${selection}`
    const one = await stored.askRecord(nhsNumber, whole)
    const other = await staying.askRecord(nhsNumber, whole)
    expect([one.errors, other.errors]).toEqual([undefined, undefined])
    expect(other.record.demographics).toEqual(one.record.demographics)
    for (const name of names) {
      const [expected, found] = [one.record[name], other.record[name]]
      expect(inAnyOrder(found.nodes), name).toEqual(inAnyOrder(expected.nodes))
      expect(found.status).toBe(expected.status)
      expect(inAnyOrder(found.statedNoneKnown)).toEqual(inAnyOrder(expected.statedNoneKnown))
      const times = (nodes: readonly { readonly time: string | null }[]) =>
        nodes.map(({ time }) => time)
      expect(times(found.nodes)).toEqual(times(expected.nodes))
      entries += found.nodes.length
    }
  }
  expect(entries).toBeGreaterThan(20)
})

it("shows Uma's two allergies, which two hospitals' servers both have under the id 7", async () => {
  const uma = storyOf('uma')
  const own = []
  try {
    for (const { bundle } of bundlesOf(uma, NOW)) {
      const server = await startFhirTestServer()
      own.push(server)
      await server.put(asOnServer(bundle))
    }
    const fhir = own.map(({ baseUrl }) => ({ baseUrl }))
    const region = await createTestSubgraph({ participant: nel, fhir })
    const { record, errors } = await region.askRecord(
      uma.nhsNumber,
      `allergies { nodes { code { display } provenance { organisation { odsCode } } } }
       encounters { nodes { id } } diagnoses { nodes { id } }`,
    )
    await region.close()
    expect(errors).toBeUndefined()
    const allergies = record.allergies.nodes.map(
      (one: { code: { display: string }; provenance: { organisation: { odsCode: string } }[] }) => [
        one.code.display,
        one.provenance[0]?.organisation.odsCode,
      ],
    )
    expect(allergies).toEqual([
      ['Allergy to strawberry', 'RQX'],
      ['Allergy to penicillin', 'R1H'],
    ])
    expect(record.encounters.nodes).toHaveLength(2)
    expect(record.diagnoses.nodes).toHaveLength(1)
  } finally {
    for (const server of own) await server.close()
  }
})
