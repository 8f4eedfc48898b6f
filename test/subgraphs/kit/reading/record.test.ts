import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sectionsOf } from '../../../../subgraphs/kit/resolvers/sections.ts'
import { readContract } from '../../../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import { NO_TIME } from '../../../../subgraphs/kit/store/tables.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { putItem, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const ADA = '9990000018'

let subgraph: TestSubgraph
const statements: string[] = []

beforeAll(async () => {
  subgraph = await createTestSubgraph({ onStatement: (sql) => statements.push(sql) })
})

/** Asks until the operation is compiled: its answer must be the one that was interpreted. */
async function askRecord(nhsNumber: string, selection: string) {
  const interpreted = await subgraph.askRecord(nhsNumber, selection)
  await subgraph.askRecord(nhsNumber, selection)
  expect(await subgraph.askRecord(nhsNumber, selection)).toEqual(interpreted)
  return interpreted
}

beforeEach(async () => {
  await subgraph.db.deleteFrom('item').execute()
  await subgraph.db.deleteFrom('patient').execute()
  await putPatient(subgraph.db, ADA)
  statements.length = 0
})

afterAll(() => subgraph.close())

describe('One request', () => {
  it('takes one SQL statement for the patient and all sixteen sections, filters and pages', async () => {
    const sdl = parse(participantSdl(participant, await readContract()))
    const sections = sectionsOf(sdl, 'NelRecord').map(({ name }) => name)
    expect(sections.length).toBe(16)
    const whole = sections.map((name) => `${name} { status nodes { id } }`).join(' ')
    const pages = sections.map(
      (name) => `${name}Page: ${name}(first: 7, since: "2020", codes: ["1"]) { nodes { id } }`,
    )

    for (const _ of ['interpreted', 'compiled', 'compiled again']) {
      statements.length = 0
      const { record } = await subgraph.askRecord(
        ADA,
        `nhsNumber asOf demographics { birthDate } ${whole} ...Pages`,
        { fragments: `fragment Pages on CareRecord { ... on NelRecord { ${pages.join(' ')} } }` },
      )
      expect(record.referrals).toEqual({ status: 'NOTHING_RECORDED', nodes: [] })
      expect(record.referralsPage).toEqual({ nodes: [] })
      expect(statements.length).toBe(1)
    }
  })

  it('reads nothing that @skip and @include leave out', async () => {
    const { record } = await subgraph.askRecord(
      ADA,
      'asOf allergies @skip(if: true) { status } medications @include(if: false) { status }',
    )

    expect(record).toEqual({ asOf: '2026-01-02T03:04:05.000Z' })
    expect(statements.length).toBe(1)
  })

  it('answers null for a patient who is not held', async () => {
    await subgraph.db.deleteFrom('patient').execute()
    const { record, errors } = await askRecord(ADA, 'asOf allergies { status }')

    expect([record, errors]).toEqual([null, undefined])
  })

  it('shows nothing that gives the location of a sensitive patient', async () => {
    await putPatient(subgraph.db, ADA, { is_sensitive: true })
    const { record } = await askRecord(
      ADA,
      `demographics {
        name { text } addresses { text } telecom { value } generalPractice { name }
        contacts { telecom { value } }
      }`,
    )

    expect(record.demographics).toEqual({
      name: { text: 'Ada Example' },
      addresses: [],
      telecom: [],
      generalPractice: null,
      contacts: [{ telecom: [] }],
    })
  })

  it('refuses to be asked for more than anybody needs', async () => {
    const aliases = Array.from(
      { length: 201 },
      (_, n) => `a${n}: allergies(first: ${n + 1}) { status }`,
    )
    const { errors } = await subgraph.askRecord(ADA, aliases.join(' '))

    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT'])
  })
})

describe('A section says', () => {
  const status =
    'allergies { status statedNoneKnown { participant } nodes { id } isComplete missingSources }'
  const whole = { isComplete: true, missingSources: [] }
  const noneKnown = { is_none_known: true }
  const stated = [{ participant: 'test' }]

  it('NOTHING_RECORDED where there is neither an entry nor a statement', async () => {
    expect((await askRecord(ADA, status)).record.allergies).toEqual({
      status: 'NOTHING_RECORDED',
      statedNoneKnown: [],
      nodes: [],
      ...whole,
    })
  })

  it('NONE_KNOWN where the patient is stated to have none', async () => {
    await putItem(subgraph.db, ADA, 'none', noneKnown)

    expect((await askRecord(ADA, status)).record.allergies).toEqual({
      status: 'NONE_KNOWN',
      statedNoneKnown: stated,
      nodes: [],
      ...whole,
    })
  })

  it.each(['ENTERED_IN_ERROR', 'INACTIVE', 'RESOLVED'])(
    'NOTHING_RECORDED where such a statement is %s',
    async (withdrawn) => {
      await putItem(subgraph.db, ADA, 'none', { ...noneKnown, status: withdrawn })

      const { record } = await askRecord(ADA, status)
      expect(record.allergies).toMatchObject({ status: 'NOTHING_RECORDED', statedNoneKnown: [] })
    },
  )

  it('HAS_ENTRIES beside a statement that there are none, and still shows the statement', async () => {
    await putItem(subgraph.db, ADA, 'none', noneKnown)
    await putItem(subgraph.db, ADA, 'a', { status: 'RESOLVED' })

    expect((await askRecord(ADA, status)).record.allergies).toEqual({
      status: 'HAS_ENTRIES',
      statedNoneKnown: stated,
      nodes: [{ id: 'a' }],
      ...whole,
    })
  })

  it('HAS_ENTRIES even if a filter or page shows none of them', async () => {
    await putItem(subgraph.db, ADA, 'a')

    const { record } = await askRecord(
      ADA,
      'allergies(since: "2030") { status nodes { id } pageInfo { endCursor hasNextPage } }',
    )
    expect(record.allergies).toEqual({
      status: 'HAS_ENTRIES',
      nodes: [],
      pageInfo: { endCursor: null, hasNextPage: false },
    })
  })

  it('nothing of entries made in error, unless asked for them', async () => {
    await putItem(subgraph.db, ADA, 'a', { status: 'ENTERED_IN_ERROR' })

    const { record } = await askRecord(
      ADA,
      `allergies { status nodes { id } }
       errors: allergies(status: [ENTERED_IN_ERROR]) { status nodes { id } }`,
    )
    expect(record.allergies).toEqual({ status: 'NOTHING_RECORDED', nodes: [] })
    expect(record.errors).toEqual({ status: 'HAS_ENTRIES', nodes: [{ id: 'a' }] })
  })

  it('nothing of entries that may never be shared: not in nodes, pages, status or statements', async () => {
    await putItem(subgraph.db, ADA, 'a', { is_restricted: true })
    await putItem(subgraph.db, ADA, 'none', { ...noneKnown, is_restricted: true })
    await putItem(subgraph.db, ADA, 'm', { section: 'medications', status: 'ACTIVE' })

    const { record } = await askRecord(
      ADA,
      `${status} everything: allergies(first: 1, status: [ACTIVE]) { nodes { id } pageInfo { hasNextPage } }`,
    )
    expect(record.allergies).toEqual({
      status: 'NOTHING_RECORDED',
      statedNoneKnown: [],
      nodes: [],
      ...whole,
    })
    expect(record.everything).toEqual({ nodes: [], pageInfo: { hasNextPage: false } })
  })

  it('nothing at all of a patient of whom all that is held may never be shared', async () => {
    await putItem(subgraph.db, ADA, 'a', { is_restricted: true })

    const { record } = await askRecord(ADA, `asOf ${status}`)
    expect(record).toBeNull()
  })
})

describe('Filters', () => {
  beforeEach(async () => {
    const years = [2018, 2019, 2020, 2021]
    for (const year of years) {
      await putItem(subgraph.db, ADA, `y${year}`, {
        sort_time: new Date(`${year}-01-01T00:00:00.000Z`),
        codes: ['all', String(year)],
        status: year === 2018 ? 'RESOLVED' : 'ACTIVE',
      })
    }
    await putItem(subgraph.db, ADA, 'undated', { sort_time: NO_TIME })
  })

  it.each([
    [
      'everything, newest first and undated last',
      '',
      ['y2021', 'y2020', 'y2019', 'y2018', 'undated'],
    ],
    ['from a moment on, itself included', '(since: "2020")', ['y2021', 'y2020']],
    ['before a moment, itself excluded', '(until: "2020")', ['y2019', 'y2018', 'undated']],
    ['between two', '(since: "2019-01", until: "2020-01-01T00:00:00+01:00")', ['y2019']],
    ['any of some codes', '(codes: ["2019", "2021", "none"])', ['y2021', 'y2019']],
    ['a state', '(status: [RESOLVED])', ['y2018']],
    [
      'all of it together',
      '(codes: ["all"], status: [ACTIVE], since: "2019", first: 2)',
      ['y2021', 'y2020'],
    ],
  ])('give %s', async (_what, args, ids) => {
    const { record } = await askRecord(ADA, `allergies${args} { nodes { id } }`)

    expect(record.allergies.nodes.map(({ id }: { id: string }) => id)).toEqual(ids)
  })

  it.each([
    ['first: 0', 'first'],
    ['first: 501', 'first'],
    ['first: -1', 'first'],
    ['after: "nonsense"', 'after'],
    ['after: ""', 'after'],
    [`after: "${cursor(['2020-01-01', 'e'])}"`, 'after'],
    [`after: "${cursor([null, 'e\0'])}"`, 'after'],
    [`after: "${cursor([null, '\ud800', 'x'])}"`, 'after'],
    ['since: "yesterday"', 'since'],
    ['since: "2020-02-30"', 'since'],
    ['since: "2020-01-01T10:00"', 'since'],
    ['since: "0000"', 'since'],
    ['until: 2020', 'until'],
    ['codes: []', 'codes'],
    ['codes: ["\\u0000"]', 'codes'],
    ['status: []', 'status'],
  ])('are refused by name of the argument: %s', async (args, argument) => {
    const { record, errors, status } = await askRecord(
      ADA,
      `allergies(${args}) { nodes { id } } medications { status }`,
    )

    expect(status).toBe(200)
    expect(record).toEqual({ allergies: null, medications: { status: 'NOTHING_RECORDED' } })
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['_entities', 0, 'allergies'], { code: 'BAD_USER_INPUT', argument }],
    ])
  })

  it('give the whole list of allergies and safety alerts, and fifty of anything else', async () => {
    for (let n = 0; n < 60; n++) {
      await putItem(subgraph.db, ADA, `a${n}`)
      await putItem(subgraph.db, ADA, `d${n}`, { section: 'documents', status: 'CURRENT' })
    }

    const { record } = await askRecord(
      ADA,
      'allergies { nodes { id } pageInfo { hasNextPage } } documents { nodes { id } pageInfo { hasNextPage } }',
    )
    expect(record.allergies.nodes.length).toBe(65)
    expect(record.allergies.pageInfo.hasNextPage).toBe(false)
    expect(record.documents.nodes.length).toBe(50)
    expect(record.documents.pageInfo.hasNextPage).toBe(true)
  })
})

function cursor(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}
