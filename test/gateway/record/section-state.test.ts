import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { mergeRecords } from '../../../gateway/record/merge.ts'
import { rewriteOperation } from '../../../gateway/record/rewrite.ts'
import type { SourceOutcome } from '../../../gateway/record/sources.ts'
import { toCursor } from '../../../subgraphs/kit/position.ts'
import { publicSchema } from './ask.ts'

type Part = Record<string, unknown> | null

const rewritten = rewriteOperation(
  publicSchema,
  parse(`{ patient(nhsNumber: "p1") {
    allergies { status isComplete missingSources notUnderstood notShared nodes { id provenance { author } } }
    records { nhsNumber } } }`),
)

const empty = { status: 'NOTHING_RECORDED', nodes: [], lcr_edges: [], lcr_pageInfo: {} }
const none = { ...empty, status: 'NONE_KNOWN' }
const node = { id: 'a', provenance: [{ author: 'Dr A' }] }
const full = {
  status: 'HAS_ENTRIES',
  nodes: [node],
  lcr_edges: [{ cursor: toCursor({ time: null, key: 'ea', id: 'a' }), node: {} }],
  lcr_pageInfo: { hasNextPage: false },
}

/** What the patient's allergies say when two sources hold a record. */
function stateOf(
  parts: readonly [Part, Part],
  outcomes: readonly SourceOutcome[],
): Record<string, unknown> {
  const codes = ['nel', 'sel', 'swl']
  const sources = outcomes.map((outcome, index) => ({
    participant: { code: codes[index] ?? '', name: 'N', kind: 'REGIONAL_HIE' as const },
    outcome,
    asOf: null,
    latencyMs: null,
    notShared: [],
  }))
  const records = ['NelRecord', 'SelRecord'].map((__typename, index) => ({
    __typename,
    nhsNumber: `of ${__typename}`,
    lcr_allergies: parts[index],
  }))
  const data = {
    patient: { records: records.map(({ nhsNumber }) => ({ nhsNumber })), lcr_records: records },
  }
  const answer = mergeRecords({
    rewritten,
    data,
    variables: {},
    sources: new Map([['patient', sources]]),
  })
  const { allergies, records: bySource } = (
    answer as { patient: { allergies: Record<string, unknown>; records: object[] } }
  ).patient
  return { ...allergies, bySource: bySource.length }
}

const bothAnswered = ['ANSWERED', 'ANSWERED', 'NO_RECORD'] as const

describe('what a section says', () => {
  it('has entries when any source has', () => {
    expect(stateOf([full, none], bothAnswered)).toMatchObject({
      status: 'HAS_ENTRIES',
      isComplete: true,
    })
  })

  it('says that none are known when a source states so and no source has any', () => {
    expect(stateOf([empty, none], bothAnswered)['status']).toBe('NONE_KNOWN')
  })

  it('says that nothing is recorded only when every source answered', () => {
    expect(stateOf([empty, empty], bothAnswered)).toMatchObject({
      status: 'NOTHING_RECORDED',
      isComplete: true,
      missingSources: [],
    })
  })

  for (const outcome of ['TIMED_OUT', 'FAILED', 'NOT_ASKED'] as const) {
    it(`concludes nothing when a source is ${outcome}, even from a statement of another`, () => {
      expect(stateOf([none, null], ['ANSWERED', outcome, 'NO_RECORD'])).toMatchObject({
        status: 'UNKNOWN',
        isComplete: false,
        missingSources: ['sel'],
      })
    })
  }

  it('misses a source that failed before the index could name it a holder', () => {
    expect(stateOf([empty, empty], ['ANSWERED', 'ANSWERED', 'FAILED'])).toMatchObject({
      status: 'UNKNOWN',
      missingSources: ['swl'],
    })
  })

  it('misses a source that answered, but not for this section', () => {
    expect(stateOf([full, null], bothAnswered)).toMatchObject({
      status: 'HAS_ENTRIES',
      isComplete: false,
      missingSources: ['sel'],
      nodes: [node],
    })
  })

  it('is not complete where a source holds something that it does not show, and concludes nothing', () => {
    const hidden = { ...empty, status: 'UNKNOWN', lcr_notUnderstood: ['sel'] }
    expect(stateOf([none, hidden], bothAnswered)).toMatchObject({
      status: 'UNKNOWN',
      isComplete: false,
      missingSources: ['sel'],
      notUnderstood: ['sel'],
    })
    const partly = { ...full, lcr_notUnderstood: ['sel'] }
    expect(stateOf([empty, partly], bothAnswered)).toMatchObject({
      status: 'HAS_ENTRIES',
      isComplete: false,
      notUnderstood: ['sel'],
    })
  })

  it('concludes nothing from what a source shares of nobody', () => {
    const kept = { ...empty, status: 'NOT_SHARED', lcr_notShared: ['sel'] }
    const state = { isComplete: false, missingSources: ['sel'], notShared: ['sel'] }
    expect(stateOf([empty, kept], bothAnswered)).toMatchObject({ ...state, status: 'NOT_SHARED' })
    expect(stateOf([none, kept], bothAnswered)).toMatchObject({ ...state, status: 'NOT_SHARED' })
    expect(stateOf([full, kept], bothAnswered)).toMatchObject({ ...state, status: 'HAS_ENTRIES' })
    expect(stateOf([null, kept], bothAnswered)).toMatchObject({
      status: 'UNKNOWN',
      missingSources: ['nel', 'sel'],
      notShared: ['sel'],
    })
  })

  it('is complete beside participants that publish no records', () => {
    expect(
      stateOf([empty, empty], ['ANSWERED', 'ANSWERED', 'NOT_A_CONTRIBUTOR'])['isComplete'],
    ).toBe(true)
  })

  it('keeps a quarantined record out of the merged view and out of the view by source', () => {
    expect(stateOf([empty, full], ['ANSWERED', 'QUARANTINED', 'NO_RECORD'])).toEqual({
      status: 'UNKNOWN',
      isComplete: false,
      missingSources: ['sel'],
      notUnderstood: [],
      notShared: [],
      nodes: [],
      bySource: 1,
    })
  })
})

describe('a source whose answer is not of the form that was asked for', () => {
  const malformed: Record<string, Part> = {
    'an entry is null': { ...full, nodes: [null] },
    'an entry has no provenance': { ...full, nodes: [{ id: 'a', provenance: null }] },
    'there are fewer entries than places': { ...full, nodes: [] },
    'a place cannot be read': { ...full, lcr_edges: [{ cursor: 'nonsense', node: {} }] },
    'a place is at no time that could be ordered': {
      ...full,
      lcr_edges: [{ cursor: toCursor({ time: 'yesterday', key: 'ea', id: 'a' }), node: {} }],
    },
    'a place names no entry': {
      ...full,
      lcr_edges: [{ cursor: toCursor({ time: null, key: 'ea' }), node: {} }],
    },
    'there are no places': { ...full, lcr_edges: null },
    'nobody can say whether there is more': { ...full, lcr_pageInfo: null },
    'more is promised behind nothing': { ...empty, lcr_pageInfo: { hasNextPage: true } },
    'the state is missing': { ...full, status: null },
  }
  for (const [what, part] of Object.entries(malformed)) {
    it(`costs that source's section and no more: ${what}`, () => {
      expect(stateOf([full, part], bothAnswered)).toEqual({
        status: 'HAS_ENTRIES',
        isComplete: false,
        missingSources: ['sel'],
        notUnderstood: [],
        notShared: [],
        nodes: [node],
        bySource: 2,
      })
    })
  }
})

describe('mergeRecords', () => {
  it('gives no answer about a patient whose sources are not told', () => {
    const data = { patient: { records: [], lcr_records: [] } }
    expect(() => mergeRecords({ rewritten, data, variables: {}, sources: new Map() })).toThrow(
      /No sources/,
    )
  })

  it('has nothing to say where the federated answer has no data', () => {
    expect(mergeRecords({ rewritten, data: null, variables: {}, sources: new Map() })).toBeNull()
  })

  it('passes entries on by reference where nothing in them has to change', () => {
    expect((stateOf([full, empty], bothAnswered)['nodes'] as object[])[0]).toBe(node)
  })
})
