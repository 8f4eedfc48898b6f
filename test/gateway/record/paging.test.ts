import fc from 'fast-check'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { rewriteOperation } from '../../../gateway/record/rewrite.ts'
import { askRewritten, publicSchema, withSourceIds } from './ask.ts'
import { inOrder } from './federated.ts'
import { mergedList } from './merged-list.ts'
import { plainEntry, type SampleSource, sourceOf } from './sample-source.ts'

const pageQuery = rewriteOperation(
  publicSchema,
  parse(`query Page($first: Int, $after: String) { patient(nhsNumber: "p1") {
    testResults(first: $first, after: $after) {
      edges { cursor } nodes { id provenance { author } } pageInfo { endCursor hasNextPage } } } }`),
)

interface Page {
  readonly edges: readonly { readonly cursor: string }[]
  readonly nodes: readonly { readonly id: string; readonly provenance: readonly object[] }[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

function askPage(sources: readonly SampleSource[], first: number, after: string | null): Page {
  const patients = [{ nhsNumber: 'p1', sources }]
  const { data, errors } = askRewritten(pageQuery, { first, after }, patients)
  expect(errors).toBeUndefined()
  return (withSourceIds(data) as { patient: { testResults: Page } }).patient.testResults
}

/** The whole list, page by page; stops with an error where paging does not come to an end. */
function pageToTheEnd(sources: readonly SampleSource[], first: number): Page['nodes'] {
  const nodes: Page['nodes'][number][] = []
  for (let after: string | null = null, asked = 0; asked < 2000; asked++) {
    const page = askPage(sources, first, after)
    expect(page.nodes.length).toBeLessThanOrEqual(first)
    nodes.push(...page.nodes)
    if (!page.pageInfo.hasNextPage) return nodes
    expect(page.pageInfo.endCursor).not.toBe(after)
    after = page.pageInfo.endCursor
  }
  throw new Error('Paging does not come to an end')
}

function expectedNodes(sources: readonly SampleSource[]) {
  const lists = sources.map(({ sections }) => sections.get('testResults') ?? [])
  return mergedList(lists).map(({ item }) => ({
    id: item['id'],
    provenance: (item['provenance'] as { author: string }[]).map(({ author }) => ({ author })),
  }))
}

const facts = fc.record({
  time: fc.constantFrom(null, '2024-05-01T09:00:00.000Z', '2024-05-02T09:00:00.000Z'),
  identifier: fc.option(fc.constantFrom('one', 'two', 'three'), { nil: undefined, freq: 4 }),
  recordedAt: fc.constantFrom(null, '2024-05-03', '2024-05-04T10:00:00+01:00'),
})

/** Sources whose entries tie in time and share identifiers, also within one source. */
const someSources = fc
  .array(fc.array(facts, { maxLength: 9 }), { minLength: 3, maxLength: 3 })
  .map((lists) =>
    lists.map((list, place) => {
      const code = (['nel', 'sel', 'swl'] as const)[place] ?? 'nel'
      const entries = list.map((one, index) => plainEntry(`${code}-${index}`, one))
      return sourceOf(code, 'testResults', inOrder(entries))
    }),
  )

describe('paging over sources', () => {
  it('gives every entry once, in order, whatever the size of the pages', () => {
    fc.assert(
      fc.property(someSources, fc.integer({ min: 1, max: 9 }), (sources, first) => {
        expect(pageToTheEnd(sources, first)).toEqual(expectedNodes(sources))
      }),
      { numRuns: 120 },
    )
  })

  it('goes on behind any entry, at its own cursor', () => {
    fc.assert(
      fc.property(someSources, fc.integer({ min: 1, max: 9 }), (sources, first) => {
        const whole = askPage(sources, 500, null)
        for (const [index, { cursor }] of whole.edges.entries()) {
          const expected = expectedNodes(sources).slice(index + 1, index + 1 + first)
          expect(askPage(sources, first, cursor).nodes).toEqual(expected)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('loses nothing when a source gives fewer entries than it was asked for', () => {
    const limits = fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(someSources, limits, fc.integer({ min: 1, max: 9 }), (all, most, first) => {
        const sources = all.map((one, index) => ({ ...one, most: most[index] ?? 2 }))
        expect(pageToTheEnd(sources, first)).toEqual(expectedNodes(sources))
      }),
      { numRuns: 60 },
    )
  })

  it('does not join what a source holds twice, even when its second comes on a later page', () => {
    const time = '2024-05-01T09:00:00.000Z'
    const twice = ['nel-1', 'nel-2'].map((id) => plainEntry(id, { time, identifier: 'one' }))
    const once = [plainEntry('sel-1', { time, identifier: 'one' })]
    const sources = [sourceOf('nel', 'testResults', twice), sourceOf('sel', 'testResults', once)]
    expect(pageToTheEnd(sources, 1).map(({ id }) => id)).toEqual(['nel-1', 'nel-2', 'sel-1'])
  })

  it('is exact at the largest page, where no source can be asked for one more', () => {
    const entries = (code: 'nel' | 'sel') =>
      Array.from({ length: 900 }, (_, index) =>
        plainEntry(`${code}-${String(index).padStart(4, '0')}`, {
          time: new Date(Date.UTC(2024, 0, 1) - Math.floor(index / 4) * 1000).toISOString(),
          identifier: `${Math.floor(index / 2)} ${index % 6 < 2 ? 'same' : index % 2}`,
        }),
      )
    const sources = (['nel', 'sel'] as const).map((code) =>
      sourceOf(code, 'testResults', inOrder(entries(code))),
    )
    expect(pageToTheEnd(sources, 500)).toEqual(expectedNodes(sources))
  })
})
