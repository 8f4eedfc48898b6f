import { describe, expect, it } from 'vitest'
import { ask, withSourceIds } from './ask.ts'
import { type EntryFacts, plainEntry, sourceOf } from './sample-source.ts'

const time = '2024-05-01T09:00:00.000Z'

/** The merged test results of sources that hold one entry each, or several. */
function results(
  selection: string,
  sources: Partial<Record<'nel' | 'sel' | 'swl', Partial<EntryFacts> | Partial<EntryFacts>[]>>,
): unknown {
  const held = (['nel', 'sel', 'swl'] as const).flatMap((code) => {
    const entries = [sources[code] ?? []]
      .flat()
      .map((facts, index) => plainEntry(`${code}-${index}`, { time, ...facts }))
    return entries.length > 0 ? [sourceOf(code, 'testResults', entries)] : []
  })
  const answer = ask({
    document: `{ patient(nhsNumber: "p1") { testResults { ${selection} } } }`,
    patients: [{ nhsNumber: 'p1', sources: held }],
  })
  expect(answer.errors).toBeUndefined()
  const data = withSourceIds(answer.data)
  return (data as { patient: { testResults: unknown } }).patient.testResults
}

const same = 'one'
const twoRecordings = {
  nel: { identifier: same, recordedAt: '2024-05-02T10:00:00+01:00' },
  sel: { identifier: same, recordedAt: '2024-05-02T09:30:00Z' },
}

describe('the same result in two sources', () => {
  it('is one entry, as the source that recorded it last has it, with the provenance of both', () => {
    expect(results('nodes { id provenance { participant } }', twoRecordings)).toEqual({
      nodes: [{ id: 'sel-0', provenance: [{ participant: 'sel' }, { participant: 'nel' }] }],
    })
  })

  for (const selection of [
    'nodes { id provenance { recordedAt } }',
    'nodes { id p: provenance { r: recordedAt } }',
    'nodes { id } edges { node { provenance { recordedAt } } }',
    'nodes { id } edges { c: cursor n: node { p: provenance { r: recordedAt } } }',
  ]) {
    it(`is the last recorded one where the client selects ${selection}`, () => {
      expect(results(selection, twoRecordings)).toMatchObject({ nodes: [{ id: 'sel-0' }] })
    })
  }

  it("is the first participant's where neither was recorded later", () => {
    const facts = { identifier: same, recordedAt: '2024-05-02' }
    expect(results('nodes { id }', { sel: facts, nel: facts })).toEqual({
      nodes: [{ id: 'nel-0' }],
    })
  })

  it('is the last recorded one by the days of London', () => {
    expect(
      results('nodes { id }', {
        nel: { identifier: same, recordedAt: '2024-07-02' },
        sel: { identifier: same, recordedAt: '2024-07-01T23:30:00Z' },
      }),
    ).toEqual({ nodes: [{ id: 'sel-0' }] })
  })

  it('is the dated one where the other has no date of recording', () => {
    expect(
      results('nodes { id }', {
        nel: { identifier: same, recordedAt: null },
        sel: { identifier: same, recordedAt: '1999' },
      }),
    ).toEqual({ nodes: [{ id: 'sel-0' }] })
  })

  it('is two entries where the moments differ', () => {
    const later = '2024-05-01T09:00:00.001Z'
    expect(
      results('nodes { id }', {
        nel: { identifier: same },
        sel: { identifier: same, time: later },
      }),
    ).toEqual({ nodes: [{ id: 'sel-0' }, { id: 'nel-0' }] })
  })
})

describe('results that cannot be told to be the same', () => {
  it('stay apart and point at each other when a source has the identifier twice', () => {
    const twice = [{ identifier: same }, { identifier: same }]
    expect(
      results('nodes { id possibleDuplicateOf }', { nel: twice, swl: { identifier: same } }),
    ).toEqual({
      nodes: [
        { id: 'nel-0', possibleDuplicateOf: ['nel-1', 'swl-0'] },
        { id: 'nel-1', possibleDuplicateOf: ['nel-0', 'swl-0'] },
        { id: 'swl-0', possibleDuplicateOf: ['nel-0', 'nel-1'] },
      ],
    })
  })

  it('stay apart and point at each other when they only look alike', () => {
    const alike = { likeness: 'potassium' }
    const answer = results('nodes { id possibleDuplicateOf }', {
      nel: alike,
      sel: { likeness: 'sodium' },
      swl: alike,
    }) as { nodes: { id: string; possibleDuplicateOf: string[] }[] }
    expect(
      Object.fromEntries(answer.nodes.map((node) => [node.id, node.possibleDuplicateOf])),
    ).toEqual({ 'nel-0': ['swl-0'], 'sel-0': [], 'swl-0': ['nel-0'] })
  })

  it('do not point at anything for want of a likeness', () => {
    const answer = results('nodes { possibleDuplicateOf }', { nel: {}, sel: {} })
    expect(answer).toEqual({ nodes: [{ possibleDuplicateOf: [] }, { possibleDuplicateOf: [] }] })
  })

  it.each<[string, Partial<EntryFacts>, Partial<EntryFacts>]>([
    ['under different identifiers', { identifier: 'one' }, { identifier: 'two' }],
    ['one of them without an identifier', { identifier: 'one' }, {}],
    ['both without an identifier', {}, {}],
  ])('are not joined for their position and likeness, %s', (_case, nel, sel) => {
    const alike = { likeness: 'alike', recordedAt: '2024-05-02' }
    const answer = results('nodes { id provenance { participant } }', {
      nel: { ...alike, ...nel },
      sel: { ...alike, ...sel },
    }) as { nodes: { id: string; provenance: { participant: string }[] }[] }
    expect(answer.nodes.map(({ id }) => id).sort()).toEqual(['nel-0', 'sel-0'])
    for (const { id, provenance } of answer.nodes) {
      expect(provenance).toEqual([{ participant: id.slice(0, 3) }])
    }
  })
})
