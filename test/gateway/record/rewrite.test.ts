import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { sourceVariables } from '../../../gateway/record/pages.ts'
import { rewriteOperation } from '../../../gateway/record/rewrite.ts'
import { toCursor } from '../../../subgraphs/kit/position.ts'
import { publicSchema } from './ask.ts'

const rewrite = (text: string, operationName?: string) =>
  rewriteOperation(publicSchema, parse(text), { operationName })

const CODINGS = '{ codings { system code } }'

const lines = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('rewriteOperation', () => {
  it('puts all merged fields of a patient into one selection on the records', () => {
    const { text } = rewrite(`query Q($n: Int) { patient(nhsNumber: "p1") {
      allergies { isComplete } nhsNumber tests: testResults(first: $n, codes: ["1"]) { nodes { id } } } }`)
    expect(lines(text)).toBe(
      lines(`query Q($lcr_first_0: Int, $lcr_after_0: String, $lcr_first_1: Int, $lcr_after_1: String) {
        patient(nhsNumber: "p1") {
          nhsNumber
          lcr_records: records {
            __typename nhsNumber server asOf
            lcr_allergies: allergies(first: $lcr_first_0, after: $lcr_after_0) {
              isComplete lcr_notUnderstood: notUnderstood lcr_notShared: notShared
            }
            lcr_tests: testResults(first: $lcr_first_1, after: $lcr_after_1, codes: ["1"]) {
              nodes { id }
              lcr_edges: edges { cursor }
              lcr_pageInfo: pageInfo { hasNextPage }
              lcr_edges: edges { node {
                code ${CODINGS}
                value { concept ${CODINGS} absentReason ${CODINGS} }
                interpretation ${CODINGS} referenceRanges { type ${CODINGS} appliesTo ${CODINGS} }
                components {
                  code ${CODINGS}
                  value { concept ${CODINGS} absentReason ${CODINGS} }
                  interpretation ${CODINGS} referenceRanges { type ${CODINGS} appliesTo ${CODINGS} }
                }
                specimen ${CODINGS} conclusionCodes ${CODINGS} method ${CODINGS} bodySite ${CODINGS}
              } }
              lcr_notUnderstood: notUnderstood lcr_notShared: notShared
              lcr_edges: edges { node { lcr_provenance: provenance { recordedAt } } }
            }
          }
        }
      }`),
    )
  })

  it('leaves an operation without merged fields as it is', () => {
    const text = '{ patient(nhsNumber: "p1") { nhsNumber name { text } } }'
    expect(lines(rewrite(text).text)).toBe(text)
  })

  it('asks for every coding of entries, by source and through fragments as well', () => {
    const { text } = rewrite(`{ patient(nhsNumber: "p1") { records {
      safetyAlerts { status } ... on NelRecord { mine: safetyAlerts { ...Alerts } } } } }
      fragment Alerts on SafetyAlertConnection { nodes { id } }`)
    expect(lines(text)).toContain('safetyAlerts { status }')
    expect(lines(text)).toMatch(
      /SafetyAlertConnection \{ nodes \{ id \} lcr_edges: edges \{ cursor \} .* node \{ code \{ codings/,
    )
  })

  it('asks for no coding that the role may not see', () => {
    const document = parse('{ patient(nhsNumber: "p1") { encounters { nodes { id } } } }')
    const hidden = new Set(['Encounter.reasons', 'Encounter.diagnoses'])
    const { text } = rewriteOperation(publicSchema, document, {
      reader: { hidden, sees: () => true },
    })
    expect(text).toContain('serviceType')
    expect(text).not.toMatch(/reasons|diagnoses/)
  })

  it('asks no source for a section that a condition leaves out', () => {
    const { text } = rewrite(`query Q($yes: Boolean!) { patient(nhsNumber: "p1") {
      nhsNumber allergies @include(if: $yes) { status } } }`)
    expect(lines(text)).toContain('lcr_records: records @include(if: $yes) { __typename')
  })

  it('leaves each condition where the sections differ in theirs', () => {
    const { text } = rewrite(`query Q($yes: Boolean!) { patient(nhsNumber: "p1") {
      allergies @include(if: $yes) { status } diagnoses { status } } }`)
    expect(lines(text)).toContain(
      'after: $lcr_after_0) @include(if: $yes) { status lcr_notUnderstood: notUnderstood lcr_notShared: notShared }',
    )
    expect(lines(text)).toContain('lcr_records: records { __typename')
  })

  for (const [what, selection, isAsked] of [
    ['the client never selects it', 'nodes { id }', true],
    [
      'the client selects it on a condition',
      'nodes { provenance @skip(if: $yes) { recordedAt } }',
      true,
    ],
    ['the client selects it in nodes', 'nodes { id p: provenance { r: recordedAt } }', false],
    ['the client selects it in edges', 'edges { node { provenance { recordedAt } } }', false],
    ['the client selects it in a fragment', 'nodes { ...I }', false],
    ['the client selects no entries', 'status pageInfo { endCursor }', false],
  ] as const) {
    it(`${isAsked ? 'asks' : 'does not ask'} when an entry was recorded where ${what}`, () => {
      const { text } = rewrite(`query Q($yes: Boolean!) { patient(nhsNumber: "p1") {
        nhsNumber @skip(if: $yes) testResults { ${selection} } spare: testResults { nodes { ...I } } } }
        fragment I on CareItem { provenance { recordedAt } }`)
      expect(text.includes('lcr_provenance')).toBe(isAsked)
    })
  }

  it('makes the same text again, with the same variables for the same arguments', () => {
    const text = `query Q($n: Int) { a: patient(nhsNumber: "1") { testResults(first: $n) { status } }
      b: patient(nhsNumber: "2") { diagnoses(first: $n) { status } procedures { status } } }`
    const once = rewrite(text)
    expect(rewrite(text).text).toBe(once.text)
    expect(once.pages.map(({ firstVariable }) => firstVariable)).toEqual([
      'lcr_first_0',
      'lcr_first_1',
    ])
  })

  it('keeps only what the chosen operation uses', () => {
    const { document, clientVariables } = rewrite(
      `query A { patient(nhsNumber: "1") { ...X } }
       query B($id: ID!, $n: Int, $unused: Int) {
         patient(nhsNumber: $id) { testResults(first: $n) { ...Y } sources { ...Z } } }
       fragment X on Patient { nhsNumber }
       fragment Y on TestResultConnection { status }
       fragment Z on Source { outcome }`,
      'B',
    )
    expect(document.definitions.map((one) => 'name' in one && one.name?.value)).toEqual(['B', 'Y'])
    expect(clientVariables).toEqual(['id'])
  })

  it('knows when no source has to be asked', () => {
    expect(rewrite('{ __schema { queryType { name } } __typename }').isLocal).toBe(true)
    expect(
      rewrite('{ ...Q } fragment Q on Query { __type(name: "Patient") { name } }').isLocal,
    ).toBe(true)
    expect(rewrite('{ __typename patient(nhsNumber: "1") { nhsNumber } }').isLocal).toBe(false)
  })

  for (const [what, text] of Object.entries({
    'a response key': '{ patient(nhsNumber: "1") { lcr_records: records { nhsNumber } } }',
    'a response key within a section':
      '{ patient(nhsNumber: "1") { allergies { lcr_edges: edges { cursor } } } }',
    'a response key within a fragment':
      '{ patient(nhsNumber: "1") { ...F } } fragment F on Patient { lcr_x: nhsNumber }',
    'a variable': 'query Q($lcr_first_0: ID!) { patient(nhsNumber: $lcr_first_0) { nhsNumber } }',
    'a key that no object holds': '{ __proto__: patient(nhsNumber: "1") { nhsNumber } }',
  })) {
    it(`refuses ${what} that the gateway could take for its own`, () => {
      expect(() => rewrite(text)).toThrow(/reserved/)
    })
  }

  it('refuses an operation name that the document does not have', () => {
    expect(() => rewrite('query A { __typename }', 'B')).toThrow(/no such operation/)
    expect(() => rewrite('query A { __typename } query B { __typename }')).toThrow(/several/)
  })
})

describe('sourceVariables', () => {
  const paged = rewrite(`query Q($id: ID!, $n: Int, $from: String) { patient(nhsNumber: $id) {
    testResults(first: $n, after: $from) { status } } }`)
  const whole = rewrite('{ patient(nhsNumber: "1") { allergies { status } diagnoses { status } } }')

  it("asks each source for one entry more than the client's page", () => {
    const from = toCursor({ time: null, key: 'i1' })
    expect(sourceVariables(paged, { id: '1', n: 20, from, extra: true })).toEqual({
      id: '1',
      lcr_first_0: 21,
      lcr_after_0: from,
    })
  })

  it('takes the default of the contract where the client says nothing, or null', () => {
    const expected = { id: '1', lcr_first_0: 51, lcr_after_0: null }
    expect(sourceVariables(paged, { id: '1' })).toEqual(expected)
    expect(sourceVariables(paged, { id: '1', n: null, from: null })).toEqual(expected)
  })

  it('asks for a whole list where the contract has no default', () => {
    expect(sourceVariables(whole, {})).toEqual({
      lcr_first_0: null,
      lcr_after_0: null,
      lcr_first_1: 51,
      lcr_after_1: null,
    })
  })

  it('never asks a source for more than it gives at a time', () => {
    expect(sourceVariables(paged, { id: '1', n: 500 })['lcr_first_0']).toBe(500)
  })

  for (const n of [0, -1, 501, 1.5, '20', true]) {
    it(`refuses ${JSON.stringify(n)} as first`, () => {
      expect(() => sourceVariables(paged, { id: '1', n })).toThrow(
        "Argument 'first' must be a whole number from 1 to 500.",
      )
    })
  }

  for (const from of ['', 'nonsense', '9434765919', 7]) {
    it(`refuses ${JSON.stringify(from)} as after, without repeating it`, () => {
      expect(() => sourceVariables(paged, { id: '1', from })).toThrow(
        "Argument 'after' must be a cursor that this graph gave out.",
      )
    })
  }

  it('gives its refusals the code that clients know', () => {
    try {
      sourceVariables(paged, { id: '1', n: 0 })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
    }
  })
})
