import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ stories: ['ada', 'bernard'] })
})

afterAll(() => system?.close())

interface Entry {
  readonly id: string
  readonly time: string | null
  readonly provenance: readonly { readonly participant: string }[]
}

const participantsOf = (entries: readonly Entry[]) =>
  new Set(entries.flatMap(({ provenance }) => provenance.map(({ participant }) => participant)))

describe('the record of a patient whom several sources know', () => {
  it('holds allergies, medicines and test results of at least three, newest first, with provenance', async () => {
    const { data, errors, extensions } = await system.ask(
      `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
        name { text } birthDate
        allergies { status isComplete nodes { id time substance { display } criticality provenance { participant organisation { odsCode name } } } }
        medications(first: 100) { isComplete nodes { id time medication { display } provenance { participant } } }
        testResults(first: 100) { nodes { id time code { display } value { value unit } issuedAt provenance { participant recordedAt } } pageInfo { endCursor hasNextPage } isComplete missingSources }
        sources { participant { code name } outcome asOf latencyMs }
      } }`,
      { variables: { nhsNumber: ADA } },
    )
    expect(errors).toBeUndefined()
    const { patient } = data
    expect(patient.name.text).toContain('Okafor')
    for (const section of [patient.allergies, patient.medications, patient.testResults]) {
      expect(section.isComplete).toBe(true)
      expect(participantsOf(section.nodes).size).toBeGreaterThanOrEqual(3)
      const times = section.nodes.map(({ time }: Entry) => (time ? new Date(time).getTime() : 0))
      expect(times).toEqual([...times].sort((a, b) => b - a))
    }
    expect(patient.sources).toHaveLength(12)
    expect(extensions.sources).toEqual(
      patient.sources.map((source: { participant: { code: string } }) => ({
        path: ['patient'],
        ...source,
        participant: expect.objectContaining(source.participant),
      })),
    )
    const outcomes = Object.fromEntries(
      patient.sources.map((source: { participant: { code: string }; outcome: string }) => [
        source.participant.code,
        source.outcome,
      ]),
    )
    expect(outcomes).toMatchObject({
      nel: 'ANSWERED',
      sel: 'ANSWERED',
      ncl: 'ANSWERED',
      mkuh: 'ANSWERED',
      hpft: 'NOT_A_CONTRIBUTOR',
      paht: 'NO_RECORD',
    })
  })

  it('can be read page by page: every test result once, in the order of one long page', async () => {
    const whole = await system.ask(
      `{ patient(nhsNumber: "${ADA}") { testResults(first: 500) { nodes { id } pageInfo { hasNextPage } } } }`,
    )
    const all: { id: string }[] = whole.data.patient.testResults.nodes
    expect(whole.data.patient.testResults.pageInfo.hasNextPage).toBe(false)
    expect(all.length).toBeGreaterThanOrEqual(60)
    for (const first of [1, 7, 50]) {
      const paged: { id: string }[] = []
      let after: string | null = null
      do {
        const { data, errors } = await system.ask(
          `query ($after: String, $first: Int) { patient(nhsNumber: "${ADA}") {
            testResults(first: $first, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } } }`,
          { variables: { after, first } },
        )
        expect(errors).toBeUndefined()
        const { nodes, pageInfo } = data.patient.testResults
        expect(nodes.length).toBeLessThanOrEqual(first)
        paged.push(...nodes)
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after !== null)
      expect(paged).toEqual(all)
    }
  })

  it('can be read by source, beside the merged view, with fragments, aliases and directives', async () => {
    const { data, errors } = await system.ask(
      `query Both($full: Boolean!) {
        ada: patient(nhsNumber: "${ADA}") {
          __typename
          ...Merged
          latest: testResults(first: 1) { nodes { __typename id } }
          records { __typename nhsNumber asOf allergies { nodes { ...Item } } ... on NelRecord { medications { nodes { id } } } }
        }
        other: patient(nhsNumber: "9990000026") { nhsNumber allergies @skip(if: $full) { status } }
      }
      fragment Merged on Patient { allergies { ...Page } skipped: medications @include(if: $full) { status } }
      fragment Page on AllergyConnection { nodes { ...Item } status }
      fragment Item on CareItem { id provenance { participant } }`,
      { variables: { full: false } },
    )
    expect(errors).toBeUndefined()
    expect(Object.keys(data.ada)).toEqual(['__typename', 'allergies', 'latest', 'records'])
    const bySource = data.ada.records.flatMap(
      (record: { allergies: { nodes: Entry[] } }) => record.allergies.nodes,
    )
    const merged: Entry[] = data.ada.allergies.nodes
    expect(participantsOf(merged)).toEqual(participantsOf(bySource))
    expect(data.ada.latest.nodes[0].__typename).toBe('TestResult')
    const nel = data.ada.records.find(
      (record: { __typename: string }) => record.__typename === 'NelRecord',
    )
    expect(nel.medications.nodes.length).toBeGreaterThan(0)
  })

  it('shows merged fields to introspection', async () => {
    const { data } = await system.ask('{ __type(name: "Patient") { fields { name } } }')
    const fields = data.__type.fields.map(({ name }: { name: string }) => name)
    expect(fields).toEqual(
      expect.arrayContaining(['allergies', 'referrals', 'sources', 'records', 'name']),
    )
  })
})

describe('a question that cannot be answered', () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      'an NHS number that is none',
      'query ($v: ID!) { patient(nhsNumber: $v) { nhsNumber } }',
      { v: '9990000019' },
    ],
    [
      'too long a page',
      `query ($v: Int) { patient(nhsNumber: "${ADA}") { testResults(first: $v) { status } } }`,
      { v: 501 },
    ],
    [
      'a page of nothing',
      `query ($v: Int) { patient(nhsNumber: "${ADA}") { testResults(first: $v) { status } } }`,
      { v: 0 },
    ],
    [
      'a cursor that is none',
      `query ($v: String) { patient(nhsNumber: "${ADA}") { testResults(after: $v) { status } } }`,
      { v: 'abc' },
    ],
    [
      'a variable of another type',
      'query ($v: ID!) { patient(nhsNumber: $v) { nhsNumber } }',
      { v: { x: '9990000018' } },
    ],
    [
      'a search by one fact alone',
      'query ($v: DateTime!) { findPatients(birthDate: $v) { nhsNumber } }',
      { v: '1957-03-14' },
    ],
  ])('%s: BAD_USER_INPUT, without repeating it', async (_case, query, variables) => {
    const { errors, text } = await system.ask(query, { variables })
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT'])
    expect(text).not.toMatch(/99900000\d\d|1957/)
  })

  it('is refused for an NHS number that nobody knows, as for anybody without a relationship', async () => {
    const { data, errors, extensions } = await system.ask(
      '{ patient(nhsNumber: "9999999999") { nhsNumber allergies { status } } }',
    )
    expect({ data, errors, extensions }).toEqual({
      data: { patient: null },
      errors: [
        {
          message:
            'Your organisation has no legitimate relationship with a patient of this NHS number.',
          path: ['patient'],
          extensions: { code: 'NO_LEGITIMATE_RELATIONSHIP' },
        },
      ],
    })
  })
})
