import fc from 'fast-check'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { rewriteOperation } from '../../../gateway/record/rewrite.ts'
import { loadExclusions } from '../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { apiSchema, ask, askRewritten, publicSchema, withSourceIds } from './ask.ts'
import { sectionNames } from './contract-schema.ts'
import { inOrder } from './federated.ts'
import { mergedTimeline } from './reference-timeline.ts'
import { type EntryFacts, plainEntry, type SampleSource, storedEntry } from './sample-source.ts'

const SECTIONS = ['allergies', 'testResults', 'documents'] as const
const CODES = ['nel', 'sel', 'swl'] as const

const pageQuery =
  parse(`query Page($first: Int, $after: String, $sections: [TimelineSection!]) { patient(nhsNumber: "p1") {
    timeline(first: $first, after: $after, sections: $sections) {
      edges { cursor } nodes { __typename id provenance { author } }
      pageInfo { endCursor hasNextPage } } } }`)
/** Lists that entries of a section always have. */
const listsOf = new Map<string, object>([
  ['allergies', { reactions: [] }],
  ['testResults', {}],
  ['documents', { categories: [] }],
])

interface Page {
  readonly edges: readonly { readonly cursor: string }[]
  readonly nodes: readonly { readonly id: string; readonly provenance: readonly object[] }[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

interface Asked {
  readonly first: number
  readonly after?: string | null
  readonly sections?: readonly string[]
}

function askPage(sources: readonly SampleSource[], asked: Asked): Page {
  const { data, errors } = ask({
    document: pageQuery,
    variables: { ...asked },
    patients: [{ nhsNumber: 'p1', sources }],
  })
  expect(errors).toBeUndefined()
  return (withSourceIds(data) as { patient: { timeline: Page } }).patient.timeline
}

/** The whole timeline, page by page; stops with an error where paging does not come to an end. */
function pageToTheEnd(sources: readonly SampleSource[], first: number): string[] {
  const ids: string[] = []
  for (let after: string | null = null, asked = 0; asked < 500; asked++) {
    const page = askPage(sources, { first, after })
    expect(page.nodes.length).toBeLessThanOrEqual(first)
    ids.push(...page.nodes.map(describeNode))
    if (!page.pageInfo.hasNextPage) return ids
    expect(page.pageInfo.endCursor).not.toBe(after)
    after = page.pageInfo.endCursor
  }
  throw new Error('Paging does not come to an end')
}

const describeNode = (node: { id: unknown; provenance: unknown }) =>
  `${String(node.id)} ${JSON.stringify((node.provenance as { author: string }[]).map(({ author }) => author))}`

const wholeList = (sources: readonly SampleSource[], sections: readonly string[] = SECTIONS) =>
  mergedTimeline(sources, sections).map(({ item }) =>
    describeNode({ id: item['id'], provenance: item['provenance'] }),
  )

/** A source that holds these entries; its sections follow each other. */
function sourceOf(
  code: SampleSource['code'],
  entries: readonly (EntryFacts & { readonly section: string })[],
  most?: number,
): SampleSource {
  const sections = SECTIONS.map((section) => {
    const own = entries.flatMap(({ section: of, ...facts }, index) => {
      if (of !== section) return []
      const entry = plainEntry(`${code}-${section}-${index}`, facts)
      return [{ ...entry, item: { ...listsOf.get(section), ...entry.item } }]
    })
    return [section, inOrder(own)] as const
  })
  return {
    code,
    asOf: null,
    sections: new Map(sections),
    statesNone: new Set(),
    fails: new Set(),
    ...(most !== undefined && { most }),
  }
}

const facts = fc.record({
  section: fc.constantFrom(...SECTIONS),
  time: fc.constantFrom(null, '2024-05-01T09:00:00.000Z', '2024-05-02T09:00:00.000Z'),
  identifier: fc.option(fc.constantFrom('one', 'two'), { nil: undefined, freq: 3 }),
  recordedAt: fc.constantFrom(null, '2024-05-03', '2024-05-04T10:00:00+01:00'),
})
const someFacts = fc.array(fc.array(facts, { maxLength: 10 }), { minLength: 3, maxLength: 3 })

/** Sources whose entries tie in time and share identifiers, within a section and over sections. */
const someSources = someFacts.map((lists) =>
  CODES.map((code, place) => sourceOf(code, lists[place] ?? [])),
)

describe('the timeline', () => {
  it('gives every entry of every section once, in order, whatever the size of the pages', () => {
    fc.assert(
      fc.property(someSources, fc.integer({ min: 1, max: 9 }), (sources, first) => {
        expect(pageToTheEnd(sources, first)).toEqual(wholeList(sources))
      }),
      { numRuns: 60 },
    )
  })

  it('goes on behind any entry, at its own cursor', () => {
    fc.assert(
      fc.property(someSources, fc.integer({ min: 1, max: 9 }), (sources, first) => {
        const { edges } = askPage(sources, { first: 100 })
        for (const [index, { cursor }] of edges.entries()) {
          const { nodes } = askPage(sources, { first, after: cursor })
          expect(nodes.map(describeNode)).toEqual(
            wholeList(sources)
              .slice(index + 1)
              .slice(0, first),
          )
        }
      }),
      { numRuns: 12 },
    )
  })

  it('loses nothing when a source gives fewer entries than it was asked for', () => {
    const limits = fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(someFacts, limits, fc.integer({ min: 1, max: 9 }), (lists, most, first) => {
        const sources = CODES.map((code, place) => sourceOf(code, lists[place] ?? [], most[place]))
        expect(pageToTheEnd(sources, first)).toEqual(wholeList(sources))
      }),
      { numRuns: 40 },
    )
  })

  it('is the sections that are asked for, and no other', () => {
    fc.assert(
      fc.property(someSources, fc.subarray([...SECTIONS], { minLength: 1 }), (sources, wanted) => {
        const names = {
          allergies: 'ALLERGIES',
          testResults: 'TEST_RESULTS',
          documents: 'DOCUMENTS',
        }
        const { nodes } = askPage(sources, {
          first: 100,
          sections: wanted.map((section) => names[section]),
        })
        expect(nodes.map(describeNode)).toEqual(wholeList(sources, wanted))
      }),
      { numRuns: 20 },
    )
  })

  it('keeps one record that a source lists in two sections on one page, and loses neither', () => {
    const time = '2024-05-01T09:00:00.000Z'
    const source = sourceOf('nel', [
      { section: 'allergies', time: '2024-05-02T09:00:00.000Z' },
      { section: 'testResults', time },
      { section: 'allergies', time: '2024-04-02T09:00:00.000Z' },
    ])
    const [twice] = source.sections.get('testResults') ?? []
    if (!twice) throw new Error('There is no result')
    const both = new Map(source.sections).set('documents', [
      { ...twice, item: { ...listsOf.get('documents'), ...twice.item } },
    ])
    for (const first of [2, 3, 4]) {
      const sources = [{ ...source, sections: both }]
      expect(pageToTheEnd(sources, first)).toHaveLength(4)
    }
  })
})

const identifier = 'one'
const time = '2024-05-01T09:00:00.000Z'

/** The timeline of sources that hold entries of these sections. */
function timelineOf(
  selection: string,
  held: Partial<Record<SampleSource['code'], readonly (EntryFacts & { section: string })[]>>,
  more: { readonly args?: string; readonly fails?: string } = {},
) {
  const sources = CODES.flatMap((code) => {
    const own = held[code]
    if (!own) return []
    const fails = new Set(code === 'sel' && more.fails ? [more.fails] : [])
    return [{ ...sourceOf(code, own), fails }]
  })
  const { data } = ask({
    document: `{ patient(nhsNumber: "p1") { timeline${more.args ?? ''} { ${selection} } } }`,
    patients: [{ nhsNumber: 'p1', sources }],
  })
  const shown = withSourceIds(data) as { patient: { timeline: Record<string, unknown> } }
  return shown.patient.timeline
}

describe('an entry of the timeline', () => {
  it('is one where two sources record one business identifier in one section', () => {
    expect(
      timelineOf('nodes { id provenance { participant } }', {
        nel: [{ section: 'testResults', time, identifier, recordedAt: '2024-05-02' }],
        sel: [{ section: 'testResults', time, identifier, recordedAt: '2024-05-03' }],
      }),
    ).toEqual({
      nodes: [
        { id: 'sel-testResults-0', provenance: [{ participant: 'sel' }, { participant: 'nel' }] },
      ],
    })
  })

  it('stays apart from one of another section, and each points at the other', () => {
    expect(
      timelineOf('nodes { id possibleDuplicateOf }', {
        nel: [{ section: 'testResults', time, identifier }],
        sel: [{ section: 'documents', time, identifier }],
      }),
    ).toEqual({
      nodes: [
        { id: 'nel-testResults-0', possibleDuplicateOf: ['sel-documents-0'] },
        { id: 'sel-documents-0', possibleDuplicateOf: ['nel-testResults-0'] },
      ],
    })
  })

  it('does not look like one of another section', () => {
    const likeness = 'alike'
    const { nodes } = timelineOf('nodes { possibleDuplicateOf }', {
      nel: [
        { section: 'testResults', time, likeness },
        { section: 'documents', time, likeness },
      ],
      sel: [{ section: 'documents', time, likeness }],
    })
    expect(
      (nodes as { possibleDuplicateOf: string[] }[]).map((one) => one.possibleDuplicateOf),
    ).toEqual(expect.arrayContaining([[], ['nel-documents-1'], ['sel-documents-0']]))
  })

  it('is not there when it was recorded by mistake', () => {
    expect(
      timelineOf('nodes { id }', {
        nel: [{ section: 'testResults', time, status: 'ENTERED_IN_ERROR' }],
      }),
    ).toEqual({ nodes: [] })
  })

  it('is empty where the client selects nothing of its type', () => {
    expect(
      timelineOf('nodes { ... on Document { id } } edges { node { ... on TestResult { id } } }', {
        nel: [
          { section: 'testResults', time },
          { section: 'documents', time: null },
        ],
      }),
    ).toEqual({
      nodes: [{}, { id: 'nel-documents-1' }],
      edges: [{ node: { id: 'nel-testResults-0' } }, { node: {} }],
    })
  })
})

describe('what a timeline says of itself', () => {
  const held = {
    nel: [{ section: 'documents', time }],
    sel: [{ section: 'documents', time: null }],
  }
  const selection = 'sections isComplete missingSources nodes { id }'

  it('names the sections that it covers, and those whose source is missing', () => {
    const sections = '(sections: [DOCUMENTS, ALLERGIES])'
    expect(timelineOf(selection, held, { args: sections })).toEqual({
      sections: ['ALLERGIES', 'DOCUMENTS'],
      isComplete: true,
      missingSources: [],
      nodes: [{ id: 'nel-documents-0' }, { id: 'sel-documents-0' }],
    })
    // The documents of a source whose allergies are missing are right all the same.
    expect(timelineOf(selection, held, { args: sections, fails: 'allergies' })).toEqual({
      sections: ['ALLERGIES', 'DOCUMENTS'],
      isComplete: false,
      missingSources: ['sel'],
      nodes: [{ id: 'nel-documents-0' }, { id: 'sel-documents-0' }],
    })
    expect(
      timelineOf(selection, held, { args: '(sections: DOCUMENTS)', fails: 'allergies' }),
    ).toEqual(expect.objectContaining({ isComplete: true }))
  })

  it.each([
    ['(first: 0)', "Argument 'first' must be a whole number from 1 to 100."],
    ['(first: 101)', "Argument 'first' must be a whole number from 1 to 100."],
    ['(after: "x")', "Argument 'after' must be a cursor that this graph gave out."],
  ])('refuses %s, with a word on what to mend', (args, message) => {
    expect(() => timelineOf('sections', held, { args })).toThrow(message)
  })

  it('keeps its own limit beside a section with the same arguments', () => {
    const rewritten = rewriteOperation(
      publicSchema,
      parse(`query Q($first: Int) { patient(nhsNumber: "p1") {
        timeline(first: $first) { isComplete } documents(first: $first) { isComplete } } }`),
    )
    const sources = [sourceOf('nel', held.nel)]
    const of = (first: number) => () =>
      askRewritten(rewritten, { first }, [{ nhsNumber: 'p1', sources }])
    expect(of(100)).not.toThrow()
    expect(of(101)).toThrow('from 1 to 100')
  })
})

describe('a reader who may not see every section', () => {
  const reader = { hidden: new Set<string>(), sees: (section: string) => section === 'documents' }
  const rewritten = (args: string, variables: { readonly some?: readonly string[] }) =>
    rewriteOperation(
      publicSchema,
      parse(`query Q($some: [TimelineSection!]) { patient(nhsNumber: "p1") {
        it: timeline${args} { sections nodes { id ... on Allergy { criticality } } } } }`),
      { reader, variables },
    )
  const sources = [
    sourceOf('nel', [
      { section: 'documents', time },
      { section: 'allergies', time },
    ]),
  ]
  const answer = (args: string, some?: readonly string[]) => {
    const variables = some ? { some } : {}
    const patients = [{ nhsNumber: 'p1', sources }]
    return askRewritten(rewritten(args, variables), variables, patients).data
  }

  it('gets the entries of the others, and a mark that not all were permitted', () => {
    const permitted = { sections: ['DOCUMENTS'], nodes: [{ id: 'nel-documents-0' }] }
    expect(answer('')).toEqual({ patient: { it: permitted, lcr_partly_it: true } })
    expect(answer('(sections: $some)', ['DOCUMENTS', 'ALLERGIES'])).toEqual({
      patient: { it: permitted, lcr_partly_it: true },
    })
    expect(answer('(sections: $some)', ['DOCUMENTS'])).toEqual({ patient: { it: permitted } })
  })

  it('gets a mark alone when no other section was asked for', () => {
    expect(answer('(sections: [ALLERGIES])')).toEqual({ patient: { lcrdenied_it: null } })
  })

  it.each([
    ['', {}],
    ['(sections: [ALLERGIES, DOCUMENTS])', {}],
    ['(sections: $some)', {}],
    ['(sections: $some)', { some: ['DOCUMENTS', 'ALLERGIES'] }],
  ])('asks no source for what may not be seen: timeline%s', (args, variables) => {
    const { text } = rewritten(args, variables)
    expect(text).toContain('documents(')
    for (const section of sectionNames(apiSchema)) {
      if (section !== 'documents') expect(text).not.toContain(`${section}(`)
    }
  })
})

describe('what is never shared', () => {
  it('is not in the timeline, nor what was joined with it, whatever the client selects', async () => {
    const lists = await loadExclusions()
    const [code = ''] = lists.snomed
    const status = 'ACTIVE'
    const secret = storedEntry(apiSchema, 'allergies', 'nel-allergies-0', {
      time,
      identifier,
      status,
    })
    const codings = [{ system: 'http://snomed.info/sct', code }]
    const open = storedEntry(apiSchema, 'allergies', 'sel-allergies-0', { time: null, status })
    const sources = [{ ...secret, item: { ...secret.item, substance: { codings } } }, open].map(
      (entry) => ({
        ...sourceOf(entry.id.startsWith('nel') ? 'nel' : 'sel', []),
        sections: new Map(SECTIONS.map((name) => [name, name === 'allergies' ? [entry] : []])),
      }),
    )
    for (const selection of [
      'edges { cursor }',
      'nodes { ... on Document { id } }',
      'nodes { id }',
    ]) {
      const { data } = ask({
        document: `{ patient(nhsNumber: "p1") { timeline(sections: ALLERGIES) { ${selection} } } }`,
        patients: [{ nhsNumber: 'p1', sources }],
        lists,
      })
      const [list] = Object.values((data as { patient: { timeline: object } }).patient.timeline)
      expect(list).toHaveLength(1)
      expect(JSON.stringify(data)).not.toContain('nel-allergies')
    }
  })
})
