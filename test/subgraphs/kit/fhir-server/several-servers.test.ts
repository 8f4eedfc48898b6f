import { hash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { createFhirSource } from '../../../../subgraphs/kit/fhir-server/fhir-source.ts'
import {
  readServerBase,
  serverKeyOf,
} from '../../../../subgraphs/kit/fhir-server/http/server-base.ts'
import type { PatientChange, RecordSource } from '../../../../subgraphs/kit/record-source.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, ben, observation, patient } from '../load/resources.ts'
import { createTestSigner, type TestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

/** Known to both hospitals, which describe two different people. */
const CLAIMED = '9990000034'

/** Nobody but the second hospital knows them; there they have the id that Ada has at the first. */
const CARA = '9990000042'

/** All that the first hospital holds of them is never shared; it flags them. */
const DORA = '9990000050'

const SNOMED = 'http://snomed.info/sct'
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

let barts: FhirTestServer
let homerton: FhirTestServer
let signer: TestSigner
let subgraph: TestSubgraph

beforeAll(async () => {
  barts = await startFhirTestServer({ pageSize: 3 })
  homerton = await startFhirTestServer({ pageSize: 3 })
  await barts.put(bartsRecords())
  await homerton.put(homertonRecords())
  signer = await createTestSigner()
  subgraph = await createTestSubgraph({ signer, fhir: both() })
})

afterEach(() => {
  barts.meddle()
  homerton.meddle()
})

afterAll(async () => {
  await subgraph?.close()
  await Promise.all([barts?.close(), homerton?.close()])
})

function both() {
  return [{ baseUrl: barts.baseUrl }, { baseUrl: homerton.baseUrl }]
}

function at(reference: string) {
  return { reference }
}

function allergy(id: string, patientId: string, [code, display]: [string, string]) {
  const coding = [{ system: SNOMED, code, display }]
  return {
    resourceType: 'AllergyIntolerance',
    id,
    patient: at(`Patient/${patientId}`),
    code: { coding },
  }
}

function attendance(id: string, patientId: string, organisation: string, day: string) {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: 'AMB' },
    subject: at(`Patient/${patientId}`),
    period: { start: day, end: day },
    serviceProvider: at(organisation),
  }
}

function hospital(id: string, odsCode: string, name: string) {
  return { resourceType: 'Organization', id, name, identifier: [{ system: ODS, value: odsCode }] }
}

/** Heart rates, some of the same moment at both hospitals. */
function rates(patientId: string, days: readonly number[]) {
  return days.map((day, index) =>
    observation(`${index + 1}`, at(`Patient/${patientId}`), {
      effectiveDateTime: `2026-05-0${day}T08:00:00Z`,
      encounter: at('Encounter/31'),
    }),
  )
}

function resources(list: readonly object[]): FhirResource[] {
  return list.map((one) => ({ resourceType: '', ...one }))
}

function bartsRecords() {
  return resources([
    patient('1', ada),
    patient('2', ben, { name: [{ family: 'Oakes' }], birthDate: '1980-01-01' }),
    patient('3', CLAIMED, { name: [{ family: 'Smith' }], birthDate: '1990-02-03' }),
    hospital('1', 'R1H', 'Barts'),
    allergy('7', '1', ['91936005', 'Allergy to penicillin']),
    attendance('31', '1', 'Organization/1', '2026-04-01'),
    ...rates('1', [1, 2, 3, 5, 8]),
    observation('other', at('Patient/2')),
    patient('4', DORA, { meta: { security: [{ code: 'R' }] } }),
    observation('hidden', at('Patient/4'), {
      code: { coding: [{ system: SNOMED, code: '86406008', display: 'Never shared' }] },
    }),
  ])
}

function homertonRecords() {
  return resources([
    patient('2', ada, { meta: { security: [{ code: 'R' }] } }),
    patient('1', CARA, { name: [{ family: 'Strand' }], birthDate: '1971-01-01' }),
    patient('3', CLAIMED, { name: [{ family: 'Smithson' }], birthDate: '1962-07-08' }),
    hospital('1', 'RQX', 'Homerton'),
    allergy('7', '2', ['91938006', 'Allergy to strawberry']),
    patient('5', DORA, { telecom: [{ system: 'phone', value: '020 7946 0123' }] }),
    allergy('9', '5', ['716186003', 'No known allergy']),
    allergy('8', '1', ['91935009', 'Allergy to peanut']),
    attendance('31', '2', 'Organization/1', '2026-04-02'),
    // Of the other hospital: whatever has the same id here is not meant.
    {
      ...attendance('32', '2', 'Organization/1', '2026-04-03'),
      partOf: at(`${barts.baseUrl}/Encounter/31`),
      serviceProvider: at(`${barts.baseUrl}/Organization/1`),
    },
    ...rates('2', [2, 3, 4, 5]),
  ])
}

/** Asks for all pages of the heart rates. */
async function inPages(first: number) {
  const nodes: { id: string; time: string }[] = []
  let after = ''
  for (let page = 0; page < 20; page++) {
    const { record, errors } = await subgraph.askRecord(
      ada,
      `observations(first: ${first}${after}) { nodes { id time } pageInfo { endCursor hasNextPage } }`,
    )
    expect(errors).toBeUndefined()
    nodes.push(...record.observations.nodes)
    expect(record.observations.nodes.length).toBeLessThanOrEqual(first)
    if (!record.observations.pageInfo.hasNextPage) return nodes
    after = `, after: "${record.observations.pageInfo.endCursor}"`
  }
  throw new Error('The pages have no end')
}

function itemIdOf(id: string): string {
  return hash('sha256', `nel|${id}`, 'base64url').slice(0, 22)
}

describe('Two hospitals that both have an AllergyIntolerance/7 of one patient', () => {
  it('are one record in which both allergies stand, each from its own hospital', async () => {
    const { record, errors } = await subgraph.askRecord(
      ada,
      'allergies { status nodes { id code { display } } }',
    )
    expect(errors).toBeUndefined()
    const key = serverKeyOf(readServerBase(homerton.baseUrl))
    expect(record.allergies.status).toBe('HAS_ENTRIES')
    expect(new Map(record.allergies.nodes.map(toPair))).toEqual(
      new Map([
        [itemIdOf('AllergyIntolerance|7'), 'Allergy to penicillin'],
        [itemIdOf(`AllergyIntolerance|${key}|7`), 'Allergy to strawberry'],
      ]),
    )
  })

  it('keep their encounters apart, and a reference to the other hospital means nothing here', async () => {
    const { record } = await subgraph.askRecord(
      ada,
      'encounters { nodes { id period { start } provenance { organisation { odsCode } } } }',
    )
    const found = record.encounters.nodes.map(
      (one: { provenance: { organisation: { odsCode: string } | null }[] }) =>
        one.provenance[0]?.organisation?.odsCode ?? null,
    )
    expect(found).toEqual([null, 'RQX', 'R1H'])
  })

  it('give every heart rate once, in order, whatever the size of a page', async () => {
    const whole = await inPages(500)
    expect(whole).toHaveLength(9)
    expect(new Set(whole.map(({ id }) => id)).size).toBe(9)
    for (const first of [1, 2, 3, 10]) expect(await inPages(first)).toEqual(whole)
  })

  it('make a patient sensitive whom one of them flags', async () => {
    const { record } = await subgraph.askRecord(
      ada,
      'demographics { name { family } telecom { value } }',
    )
    expect(record.demographics).toMatchObject({ name: { family: 'Quillfeather' }, telecom: [] })
  })

  it('heed the flag of one whose whole record is never shared, and what the other states', async () => {
    const { record, errors } = await subgraph.askRecord(
      DORA,
      `demographics { name { family } telecom { value } }
       allergies { status nodes { id } statedNoneKnown { participant } } observations { status nodes { id } }`,
    )
    expect(errors).toBeUndefined()
    expect(record).toEqual({
      demographics: { name: { family: 'Quillfeather' }, telecom: [] },
      allergies: { status: 'NONE_KNOWN', nodes: [], statedNoneKnown: [{ participant: 'nel' }] },
      observations: { status: 'NOTHING_RECORDED', nodes: [] },
    })
  })

  it("never show another patient's entries for the same id", async () => {
    const { record } = await subgraph.askRecord(
      CARA,
      'allergies { nodes { code { display } } } observations { nodes { id } }',
    )
    expect(record.allergies.nodes).toEqual([{ code: { display: 'Allergy to peanut' } }])
    expect(record.observations.nodes).toEqual([])
  })
})

function toPair({ id, code }: { id: string; code: { display: string } }): [string, string] {
  return [id, code.display]
}

describe('A number under which two hospitals know different people', () => {
  it('opens no record: neither name nor birth date agree', async () => {
    const { record, errors } = await subgraph.askRecord(CLAIMED, 'allergies { nodes { id } }')
    expect(record).toBeNull()
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['SEVERAL_PEOPLE'])
  })

  it('has its reason in the code of the error', async () => {
    const source = await openSource(() => new Date())
    const { signal } = new AbortController()
    const reading = source.begin({ signal, onExcluded: () => {} })
    await expect(reading.readPatient({ nhsNumber: CLAIMED, server: null })).rejects.toMatchObject({
      extensions: { code: 'SEVERAL_PEOPLE' },
    })
    await source.close()
  })
})

describe('One of two hospitals', () => {
  it('that is away leaves no record that looks whole', async () => {
    homerton.meddle(() => ({ status: 503, body: {} }))
    const { record, errors } = await subgraph.askRecord(ada, 'allergies { nodes { id } }')
    expect(record).toBeNull()
    expect(errors).toHaveLength(1)
    const { statusCode } = await subgraph.server.inject('/health/ready')
    expect(statusCode).toBe(503)
  })

  it('that cannot give one section fails that section alone', async () => {
    homerton.meddle((seen, answer) =>
      seen.type === 'AllergyIntolerance' ? { status: 500, body: {} } : answer,
    )
    const { record, errors } = await subgraph.askRecord(
      ada,
      'allergies { nodes { id } } appointments { status nodes { id } }',
    )
    expect(errors?.map(({ path }) => path?.at(-1))).toEqual(['allergies'])
    expect(record.appointments).toEqual({ status: 'NOTHING_RECORDED', nodes: [] })
  })
})

describe('Two hospitals as one service', () => {
  it('count the patients of both', async () => {
    const { data } = await subgraph.ask(
      `{ _entities(representations: [{ __typename: "Nel", code: "nel" }]) {
        ... on Nel { service { status patients items } } } }`,
    )
    expect(data._entities[0].service).toEqual({ status: 'UP', patients: 8, items: null })
  })

  it('are refused where both have the same address', async () => {
    const fhir = [
      { baseUrl: barts.baseUrl },
      { baseUrl: `${barts.baseUrl.replace('http:', 'https:')}/` },
    ]
    await expect(createTestSubgraph({ signer, fhir })).rejects.toThrow('must be another')
  })
})

async function openSource(clock: () => Date, fhir = both()): Promise<RecordSource> {
  return createFhirSource({ fhir, participant, lists: await loadExclusions(), clock })
}

describe('The feed of two hospitals', () => {
  it.each([1, 2, 25])(
    'tells each patient once, %d at a time, with the care of both',
    async (first) => {
      const clock = { ms: Date.now() + 60_000 }
      const source = await openSource(() => new Date(clock.ms))
      let cursor: string | null = null
      const follow = async () => {
        const told: PatientChange[] = []
        for (let page = 0; page < 40; page++) {
          const { signal } = new AbortController()
          const reading = source.begin({ signal, onExcluded: () => {} })
          const feed = await reading.readFeed({ after: cursor, first })
          expect(feed.changes.length).toBeLessThanOrEqual(first)
          told.push(...feed.changes)
          cursor = feed.cursor
          if (!feed.hasMore) return told
        }
        throw new Error('The feed has no end')
      }
      try {
        const told = await follow()
        const byNumber = new Map(told.map((one) => [one.nhsNumber, one]))
        expect([...byNumber.keys()].sort()).toEqual([ada, ben, CARA, CLAIMED, DORA].sort())
        const key = serverKeyOf(readServerBase(homerton.baseUrl))
        expect(byNumber.get(ada)).toMatchObject({ isSensitive: true, holdsRecord: true })
        expect(byNumber.get(ada)?.relationships).toMatchObject([
          { odsCode: 'R1H', kind: 'ATTENDANCE', evidence: 'Encounter/31' },
          { odsCode: 'RQX', kind: 'ATTENDANCE', evidence: `Encounter/${key}|31` },
        ])
        expect(byNumber.get(CLAIMED)).toMatchObject({
          demographics: { name: null, birthDate: null },
          relationships: [],
        })
        // What the first rounds told is not told again, but for news of the last hour.
        await follow()
        expect(await follow()).toEqual([])
        await homerton.put(resources([attendance('31', '2', 'Organization/1', '2026-04-02')]))
        clock.ms = Date.now() + 60_000
        expect((await follow()).map(({ nhsNumber }) => nhsNumber)).toEqual([ada])
      } finally {
        await source.close()
      }
    },
  )

  it('goes on where it was when a hospital joins, and tells all of the new one', async () => {
    const clock = { ms: Date.now() + 60_000 }
    const now = () => new Date(clock.ms)
    const alone = await openSource(now, [{ baseUrl: barts.baseUrl }])
    const joined = await openSource(now)
    const follow = async (source: RecordSource, from: string | null) => {
      const told: string[] = []
      let after = from
      for (let page = 0; page < 40; page++) {
        const { signal } = new AbortController()
        const feed = await source.begin({ signal, onExcluded: () => {} }).readFeed({ after })
        told.push(...feed.changes.map(({ nhsNumber }) => nhsNumber))
        after = feed.cursor
        if (!feed.hasMore) return { told, after }
      }
      throw new Error('The feed has no end')
    }
    try {
      const { after } = await follow(alone, null)
      clock.ms += 1000
      const { told, after: of } = await follow(joined, after)
      expect([...new Set(told)].sort()).toEqual([ada, CARA, CLAIMED, DORA].sort())
      // Without the second hospital, what it told would stay: all is told again.
      const { told: again } = await follow(alone, of)
      expect(new Set(again)).toEqual(new Set([ada, ben, CLAIMED, DORA]))
    } finally {
      await Promise.all([alone.close(), joined.close()])
    }
  })
})
