import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCursor } from '../../../subgraphs/kit/position.ts'
import { ADA_SENT, askQuery, askSource, record, startSource } from './ask-source.ts'

const ENTRIES = `
  status
  statedNoneKnown { participant }
  notShared
  nodes { id provenance { participant author } }
  places: edges { at: cursor node { id } }
  pageInfo { hasNextPage }`

/** Places in the contract's order: newest first, without a time last, then by key, then by id. */
const A = { time: '2026-03-01T10:00:00.000Z', key: 'eb', id: 'a' }
const B = { time: '2026-02-01T10:00:00.000Z', key: 'ea', id: 'b' }
const C = { time: '2026-02-01T10:00:00.000Z', key: 'ea', id: 'c' }
const D = { time: '2026-02-01T10:00:00.000Z', key: 'eb', id: 'b' }
const E = { time: null, key: 'ea', id: 'e' }
const ALL = [A, B, C, D, E]

/** Entries dated `2025-07-02`, `2025-05` and `2025`, and one that takes the first for a day of UTC. */
const DAY = { time: '2025-07-01T23:00:00.000Z', key: 'eb', id: 'd' }
const MONTH = { time: '2025-04-30T23:00:00.000Z', key: 'eb', id: 'm' }
const YEAR = { time: '2025-01-01T00:00:00.000Z', key: 'eb', id: 'y' }
const UTC_DAY = { time: '2025-07-02T00:00:00.000Z', key: 'eb', id: 'u' }

type Place = (typeof ALL)[number]

const entry = ({ id }: Place) => ({ id, provenance: [{ participant: 'nel', author: 'Dr A' }] })

/** A section with entries at these places, as an honest source sends it. */
function sectionOf(places: readonly Place[], changed: object = {}) {
  return {
    status: places.length > 0 ? 'HAS_ENTRIES' : 'NOTHING_RECORDED',
    statedNoneKnown: [],
    notShared: [],
    nodes: places.map(entry),
    places: places.map((place) => ({ at: toCursor(place), node: { id: place.id } })),
    pageInfo: { hasNextPage: false },
    ...changed,
  }
}

/** Where the schema says that a section is broken; null when it comes through as it was sent. */
async function brokenAt(
  sent: object,
  args = '',
  variables: Record<string, unknown> = {},
): Promise<string | null> {
  const { source, findings } = await startSource(
    record({ ...ADA_SENT, asOf: null, procedures: sent }),
  )
  const query = `query ($representations: [_Any!]!, $after: String, $since: DateTime) {
    _entities(representations: $representations) {
      ... on NelRecord { asOf procedures${args} { ${ENTRIES} } }
    }
  }`
  const { data, errors, calls } = await askQuery(source, query, { variables })
  const outcome = calls[0]?.outcome
  const [finding] = findings
  if (!finding) {
    expect(data).toEqual({ _entities: [{ asOf: null, procedures: sent }] })
    expect({ errors, outcome }).toEqual({ errors: [], outcome: 'ANSWERED' })
    return null
  }
  expect(data).toEqual({ _entities: [{ asOf: null, procedures: null }] })
  expect(errors).toMatchObject([
    { path: ['_entities', 0, 'procedures'], extensions: { code: 'SOURCE_INVALID' } },
  ])
  expect({ ...finding, outcome }).toMatchObject({
    problem: 'NOT_OF_THE_CONTRACT',
    outcome: 'INCOMPLETE',
  })
  return finding.where ?? ''
}

describe('A section that agrees with itself and with what was asked', () => {
  it.each<[string, object, string?]>([
    ['in the contract’s order', sectionOf(ALL)],
    ['of one entry', sectionOf([E])],
    ['without entries', sectionOf([])],
    [
      'in which none is known',
      sectionOf([], { status: 'NONE_KNOWN', statedNoneKnown: [{ participant: 'nel' }] }),
    ],
    [
      'with entries beside a statement of none',
      sectionOf([A], { statedNoneKnown: [{ participant: 'nel' }] }),
    ],
    ['that goes on', sectionOf([A], { pageInfo: { hasNextPage: true } })],
    ['behind an entry', sectionOf([C, D]), `(after: "${toCursor(B)}")`],
    [
      'behind an entry that is there no more',
      sectionOf([B]),
      `(after: "${toCursor({ ...B, id: 'aa' })}")`,
    ],
    ['behind a group', sectionOf([D]), `(after: "${toCursor({ time: B.time, key: B.key })}")`],
    [
      'from the beginning of a group',
      sectionOf([B, C]),
      `(after: "${toCursor({ ...B, id: '' })}")`,
    ],
    ['from its moment on', sectionOf([A]), '(since: "2026-03-01T11:00:00+01:00")'],
    ['that a day in it may belong to', sectionOf([A, DAY]), '(since: "2025-07-02T22:59:59.999Z")'],
    ['that a month in it may belong to', sectionOf([A, MONTH]), '(since: "2025-05-31T22:59:59Z")'],
    ['that a year in it may belong to', sectionOf([A, YEAR]), '(since: "2025-12-31")'],
    ['of a month', sectionOf([B, C, D]), '(since: "2026-02", until: "2026-03")'],
    ['before a moment, those without a time included', sectionOf([B, E]), '(until: "2026-03-01")'],
    ['that a filter leaves empty', sectionOf([], { status: 'HAS_ENTRIES' }), '(codes: ["1"])'],
    [
      'that ends behind the cursor',
      sectionOf([], { status: 'HAS_ENTRIES' }),
      `(after: "${toCursor(E)}")`,
    ],
    [
      'of which nothing is left in the time',
      sectionOf([], { status: 'HAS_ENTRIES' }),
      '(since: "2027")',
    ],
    ['asked for in a word that no date is', sectionOf([A]), '(since: "yesterday")'],
  ])('comes through: one %s', async (_case, sent, args) => {
    expect(await brokenAt(sent, args)).toBeNull()
  })

  it('comes through as it is when neither places nor states were asked for', async () => {
    const procedures = { nodes: [{ id: 'x' }, { id: 'x' }] }
    const answer = await askSource(
      record({ ...ADA_SENT, procedures }),
      'procedures { nodes { id } }',
    )
    expect(answer.data).toEqual({ _entities: [{ procedures }] })
  })

  it('is no affair of what a participant adds to the contract', async () => {
    const ownProcedures = sectionOf([B, A], { status: 'UNKNOWN' })
    const given = record({ ...ADA_SENT, ownProcedures })
    const { data } = await askSource(given, `ownProcedures { ${ENTRIES} }`)
    expect(data).toEqual({ _entities: [{ ownProcedures }] })
  })
})

describe('A section is not believed that', () => {
  it.each<[string, object, string]>([
    ['is in another order', sectionOf([B, A]), 'ProcedureConnection.edges'],
    ['has an entry without a time first', sectionOf([E, A]), 'ProcedureConnection.edges'],
    ['is out of order within a moment', sectionOf([D, B]), 'ProcedureConnection.edges'],
    ['is out of order within a key', sectionOf([C, B]), 'ProcedureConnection.edges'],
    ['has an entry twice', sectionOf([A, A, B]), 'ProcedureConnection.edges'],
    [
      'has a place that cannot be read',
      { ...sectionOf([A]), places: [{ at: 'x', node: { id: 'a' } }] },
      'ProcedureEdge.cursor',
    ],
    [
      'has a place without an id',
      {
        ...sectionOf([A]),
        places: [{ at: toCursor({ time: null, key: 'ea' }), node: { id: 'a' } }],
      },
      'ProcedureEdge.cursor',
    ],
    [
      'has an entry at another’s place',
      { ...sectionOf([A, B]), nodes: [entry(B), entry(A)] },
      'Procedure.id',
    ],
    [
      'has another entry on an edge',
      { ...sectionOf([A]), places: [{ at: toCursor(A), node: { id: 'b' } }] },
      'Procedure.id',
    ],
    [
      'has more entries than places',
      { ...sectionOf([A]), nodes: [entry(A), entry(B)] },
      'ProcedureConnection.nodes',
    ],
    [
      'has fewer entries than places',
      { ...sectionOf([A, B]), nodes: [entry(A)] },
      'ProcedureConnection.nodes',
    ],
    [
      'has entries and says that it has none',
      sectionOf([A], { status: 'NOTHING_RECORDED' }),
      'ProcedureConnection.status',
    ],
    [
      'has entries and says that none are known',
      sectionOf([A], { status: 'NONE_KNOWN', statedNoneKnown: [{ participant: 'nel' }] }),
      'ProcedureConnection.status',
    ],
    [
      'has no entries and says that it has some',
      sectionOf([], { status: 'HAS_ENTRIES' }),
      'ProcedureConnection.status',
    ],
    [
      'says that none are known, and nobody said so',
      sectionOf([], { status: 'NONE_KNOWN' }),
      'ProcedureConnection.status',
    ],
    [
      'says that nothing is recorded beside a statement of none',
      sectionOf([], { statedNoneKnown: [{ participant: 'nel' }] }),
      'ProcedureConnection.status',
    ],
    [
      'shares nothing, and says that nothing is recorded',
      sectionOf([], { notShared: ['nel'] }),
      'ProcedureConnection.status',
    ],
    [
      'says that it shares nothing, and not who',
      sectionOf([], { status: 'NOT_SHARED' }),
      'ProcedureConnection.status',
    ],
    [
      'shares nothing, and states that there is none',
      sectionOf([], {
        status: 'NOT_SHARED',
        notShared: ['nel'],
        statedNoneKnown: [{ participant: 'nel' }],
      }),
      'ProcedureConnection.notShared',
    ],
    [
      'goes on behind nothing',
      sectionOf([], { pageInfo: { hasNextPage: true } }),
      'ProcedureConnection.pageInfo',
    ],
    [
      'speaks for another participant',
      {
        ...sectionOf([A]),
        nodes: [{ id: 'a', provenance: [{ participant: 'sel', author: null }] }],
      },
      'Provenance.participant',
    ],
    [
      'states for another participant that there is none',
      sectionOf([], { status: 'NONE_KNOWN', statedNoneKnown: [{ participant: 'sel' }] }),
      'Provenance.participant',
    ],
  ])('%s', async (_case, sent, where) => {
    expect(await brokenAt(sent)).toBe(where)
  })

  it.each<[string, object, string]>([
    ['begins at the cursor', sectionOf([B, C]), `(after: "${toCursor(B)}")`],
    ['begins anew on every page', sectionOf(ALL), `(after: "${toCursor(B)}")`],
    [
      'begins amid a group that is over',
      sectionOf([C, D]),
      `(after: "${toCursor({ time: B.time, key: B.key })}")`,
    ],
    ['goes further back than asked', sectionOf([A, B]), '(since: "2026-02-01T10:01:00Z")'],
    ['goes a day further back', sectionOf([A, DAY]), '(since: "2025-07-03")'],
    ['goes a month further back', sectionOf([A, MONTH]), '(since: "2025-06")'],
    ['goes a year further back', sectionOf([A, YEAR]), '(since: "2026")'],
    [
      'takes a day of UTC for one of London',
      sectionOf([UTC_DAY]),
      '(since: "2025-07-02T12:00:00Z")',
    ],
    ['takes no time for a late one', sectionOf([A, E]), '(since: "1900")'],
    ['takes `until` for inclusive', sectionOf([A]), '(until: "2026-03-01T10:00:00Z")'],
  ])('%s', async (_case, sent, args) => {
    expect(await brokenAt(sent, args)).toBe('ProcedureConnection.edges')
  })

  it('is not what the variables of its request ask for', async () => {
    const args = '(after: $after, since: $since)'
    const after = toCursor(B)
    expect(await brokenAt(sectionOf([C]), args, { after, since: '2026' })).toBeNull()
    expect(await brokenAt(sectionOf([B]), args, { after })).toBe('ProcedureConnection.edges')
    expect(await brokenAt(sectionOf([C]), args, { since: '2026-03' })).toBe(
      'ProcedureConnection.edges',
    )
    expect(await brokenAt(sectionOf([A, B, C]), args, { after: null })).toBeNull()
  })
})

it('Any mixture of places but the right one is found out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(ALL, { minLength: 2 }), async (places) => {
      const isSorted = places.every(
        (place, at) => at === 0 || ALL.indexOf(place) > ALL.indexOf(places[at - 1] ?? E),
      )
      expect((await brokenAt(sectionOf(places))) === null).toBe(isSorted)
    }),
    { numRuns: 60 },
  )
})
