import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Position, toCursor } from '../../../../subgraphs/kit/position.ts'
import { NO_TIME } from '../../../../subgraphs/kit/store/tables.ts'
import { putItems, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const ADA = '9990000018'

interface TestEntry {
  readonly id: string
  /** ISO 8601, or null. */
  readonly time: string | null
  /** The last moment that its time may mean. */
  readonly lastTime: string | null
  readonly key: string
  readonly codes: string[]
  readonly status: string
  readonly isRestricted: boolean
}

let subgraph: TestSubgraph

beforeAll(async () => {
  subgraph = await createTestSubgraph()
  await putPatient(subgraph.db, ADA)
})

afterAll(() => subgraph.close())

/** Few moments and keys, so that ties in time, and in time and key, are common. */
const entries = fc.uniqueArray(
  fc
    .record({
      id: fc.stringMatching(/^[A-Za-z0-9~-]{1,6}$/),
      time: fc.constantFrom(
        null,
        '2020-01-01T00:00:00.000Z',
        '2020-01-01T00:00:00.001Z',
        '1900-01-01T00:00:00.000Z',
      ),
      isYear: fc.boolean(),
      key: fc.constantFrom('eA', 'eB', 'ia', 'iA', 'i-'),
      codes: fc.subarray(['1', '2']),
      status: fc.constantFrom('ACTIVE', 'ACTIVE', 'RESOLVED', 'ENTERED_IN_ERROR'),
      isRestricted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .map(({ isYear, ...entry }) => ({
      ...entry,
      lastTime: isYear ? toEndOfYear(entry.time) : entry.time,
    })),
  { selector: (entry) => entry.id, maxLength: 25 },
)

const filters = fc.constantFrom<[string, (entry: TestEntry) => boolean]>(
  ['', ({ status }) => status !== 'ENTERED_IN_ERROR'],
  ['codes: ["2"]', ({ status, codes }) => status !== 'ENTERED_IN_ERROR' && codes.includes('2')],
  ['status: [ACTIVE, ENTERED_IN_ERROR]', ({ status }) => status !== 'RESOLVED'],
  [
    'since: "2020"',
    ({ status, time }) => status !== 'ENTERED_IN_ERROR' && time !== null && time >= '2020',
  ],
  [
    'since: "1900-07-01"',
    ({ status, lastTime }) => status !== 'ENTERED_IN_ERROR' && (lastTime ?? '') >= '1900-07-01',
  ],
  [
    'until: "2020-01-01T00:00:00.001Z"',
    ({ status, time }) =>
      status !== 'ENTERED_IN_ERROR' && (time ?? '') < '2020-01-01T00:00:00.001Z',
  ],
)

it('gives every entry once and in order, whatever the page size, the ties and the filter', async () => {
  await fc.assert(
    fc.asyncProperty(
      entries,
      fc.integer({ min: 1, max: 9 }),
      filters,
      async (given, first, filter) => {
        await store(given)
        const [args, isWanted] = filter
        const expected = inOrder(given.filter((entry) => !entry.isRestricted && isWanted(entry)))

        const pages = await readPages(first, args)

        expect(pages.flat()).toEqual(expected.map(({ id }) => id))
        expect(pages.length).toBe(Math.max(1, Math.ceil(expected.length / first)))
      },
    ),
    { numRuns: 50 },
  )
})

it('continues behind an entry, behind a group and before a group, whether or not they exist', async () => {
  await fc.assert(
    fc.asyncProperty(
      entries,
      fc.constantFrom(null, '2020-01-01T00:00:00.000Z', '2021-06-01T00:00:00.000Z'),
      fc.constantFrom('eA', 'eAA', 'ia', 'z'),
      fc.constantFrom(undefined, '', 'M', '~'),
      async (given, time, key, id) => {
        await store(given)
        const position: Position = { time, key, ...(id === undefined ? {} : { id }) }
        const shown = given.filter(
          (entry) => !entry.isRestricted && entry.status !== 'ENTERED_IN_ERROR',
        )
        const expected = inOrder(shown).filter((entry) => isBehind(entry, position))

        const { record } = await subgraph.askRecord(
          ADA,
          `allergies(after: "${toCursor(position)}") { nodes { id } }`,
        )

        expect(record.allergies.nodes).toEqual(expected.map((entry) => ({ id: entry.id })))
      },
    ),
    { numRuns: 50 },
  )
})

function toEndOfYear(time: string | null): string | null {
  return time && `${time.slice(0, 4)}-12-31T23:59:59.999Z`
}

async function store(given: readonly TestEntry[]): Promise<void> {
  await subgraph.db.deleteFrom('item').execute()
  const items = given.map((entry) => ({
    id: entry.id,
    sort_time: entry.time === null ? NO_TIME : new Date(entry.time),
    last_time: entry.lastTime === null ? NO_TIME : new Date(entry.lastTime),
    sort_key: entry.key,
    codes: entry.codes,
    status: entry.status,
    is_restricted: entry.isRestricted,
  }))
  // The document keeps the patient held: one with all entries restricted would not be.
  await putItems(subgraph.db, ADA, [...items, { id: 'elsewhere', section: 'documents' }])
}

async function readPages(first: number, args: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let after = ''; ; ) {
    const { record } = await subgraph.askRecord(
      ADA,
      `allergies(first: ${first} ${args} ${after}) {
        edges { cursor node { id } } pageInfo { endCursor hasNextPage }
      }`,
    )
    const { edges, pageInfo } = record.allergies
    pages.push(edges.map((edge: { node: { id: string } }) => edge.node.id))
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null)
    if (!pageInfo.hasNextPage) return pages
    after = `after: "${pageInfo.endCursor}"`
  }
}

function inOrder(given: readonly TestEntry[]): TestEntry[] {
  return [...given].sort((a, b) => compare(a, b))
}

function isBehind(entry: TestEntry, { time, key, id }: Position): boolean {
  if (id !== undefined) return compare(entry, { time, key, id }) > 0
  return compare(entry, { time, key, id: entry.id }) > 0
}

/** Newest first, undated last, then by key and id as code units. */
function compare(
  a: { time: string | null; key: string; id: string },
  b: { time: string | null; key: string; id: string },
): number {
  const byTime = units(b.time ?? '', a.time ?? '')
  return byTime || units(a.key, b.key) || units(a.id, b.id)
}

function units(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
