import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { createFhirSource } from '../../../../subgraphs/kit/fhir-server/fhir-source.ts'
import type { PatientChange, RecordSource } from '../../../../subgraphs/kit/record-source.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, ben, nhsIdentifier, observation, patient } from '../load/resources.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

let server: FhirTestServer
let source: RecordSource
let aheadMs = 60_000

beforeAll(async () => {
  server = await startFhirTestServer()
  source = createFhirSource({
    fhir: { baseUrl: server.baseUrl },
    participant,
    lists: await loadExclusions(),
    clock: () => new Date(Date.now() + aheadMs),
  })
})

afterAll(async () => {
  await source?.close()
  await server?.close()
})

const url =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus'
const unverified = { extension: [{ url, valueCodeableConcept: { coding: [{ code: '03' }] } }] }

const begin = () => source.begin({ signal: new AbortController().signal, onExcluded: () => {} })

const put = (resources: object[]) => server.put(resources as FhirResource[])

let cursor: string | null = null

async function follow(): Promise<PatientChange[]> {
  const told: PatientChange[] = []
  for (;;) {
    const feed = await begin().readFeed({ after: cursor, first: 10 })
    told.push(...feed.changes)
    cursor = feed.cursor
    aheadMs += 60_000
    if (!feed.hasMore) return told
  }
}

describe('A number that a FHIR server takes back', () => {
  it.each([
    ['marked as old', { use: 'old' }],
    ['no longer verified', unverified],
  ])(
    'is told to the index as nobody’s when it is %s, and nothing is shown of it',
    async (_, more) => {
      await put([
        patient('ada', ada),
        patient('ben', ben),
        observation('rate', { reference: 'Patient/ada' }),
      ])
      const before = (await follow()).filter(({ nhsNumber }) => nhsNumber === ada)
      expect(before.at(-1)).toMatchObject({
        holdsRecord: true,
        demographics: { name: { family: 'Quillfeather' } },
      })
      expect(
        await begin().findResources({ nhsNumber: ada, server: null }, 'Observation'),
      ).toHaveLength(1)

      await put([patient('ada', null, { identifier: [{ ...nhsIdentifier(ada), ...more }] })])
      expect(await follow()).toMatchObject([
        {
          nhsNumber: ada,
          holdsRecord: false,
          demographics: { name: null, birthDate: null, addresses: [] },
          relationships: [],
        },
      ])
      expect(await begin().findResources({ nhsNumber: ada, server: null }, 'Observation')).toEqual(
        [],
      )
    },
  )

  it('is told of who bears it now, and as what it was of who bore it', async () => {
    const third = '9990000034'
    const identifier = [nhsIdentifier(third), { ...nhsIdentifier(ada), use: 'old' }]
    await put([patient('ada', null, { identifier })])
    const told = await follow()
    expect(
      told.map(({ nhsNumber, holdsRecord, supersedes }) => [nhsNumber, holdsRecord, supersedes]),
    ).toEqual([
      [third, true, [ada]],
      [ada, false, []],
    ])
  })
})
