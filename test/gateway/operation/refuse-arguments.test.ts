import { extendSchema, type GraphQLError, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readOperation } from '../../../gateway/operation/read-operation.ts'
import { refuseArguments } from '../../../gateway/operation/refuse-arguments.ts'
import { extendWithMergedRecord } from '../../../gateway/record/public-schema.ts'
import { toCursor } from '../../../subgraphs/kit/position.ts'
import { contractSchema, sectionNames } from '../record/contract-schema.ts'

const contract = contractSchema()
const schema = extendSchema(
  extendWithMergedRecord(contract),
  parse(`extend type SwlRecord {
    notes(since: DateTime, until: DateTime, on: [DateTime!], kinds: [String!], first: Int): String
  }`),
)

/** What is said of an operation: the argument and the text of each error. */
function problemsOf(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source)
  expect(validate(schema, document)).toEqual([])
  const read = readOperation(schema, document, { variables })
  if ('errors' in read) throw read.errors[0]
  return refuseArguments(schema, document, read)
}

const argumentsOf = (errors: readonly GraphQLError[]) =>
  errors.map(({ extensions }) => extensions['argument'])

const inPatient = (selection: string) => `{ patient(nhsNumber: "1") { ${selection} } }`

const UNUSABLE = [
  ['first: 0', 'first'],
  ['first: 501', 'first'],
  ['after: "nonsense"', 'after'],
  ['since: "yesterday"', 'since'],
  ['since: "2026-02-30"', 'since'],
  ['since: "2026-07-01T10:00:00"', 'since'],
  ['since: 2026', 'since'],
  ['until: ""', 'until'],
  ['since: "2026-07", until: "2026-06"', 'until'],
  ['since: "2026-07-01", until: "2026-07-01"', 'until'],
  ['codes: []', 'codes'],
  ['status: []', 'status'],
  ['codes: ["\\u0000"]', 'codes'],
] as const

describe('arguments that no source could use', () => {
  for (const section of sectionNames(contract)) {
    it.each(UNUSABLE)(`are refused by their name: ${section}(%s)`, (given, argument) => {
      const merged = problemsOf(inPatient(`${section}(${given}) { status }`))
      expect(argumentsOf(merged)).toEqual([argument])
      expect(merged[0]?.extensions['code']).toBe('BAD_USER_INPUT')
      expect(merged[0]?.path).toEqual(['patient', section])
      const bySource = `records { ${section}(${given}) { status } }`
      expect(argumentsOf(problemsOf(inPatient(bySource)))).toEqual([argument])
    })
  }

  it.each([
    ['first: 101', 'first'],
    ['after: "x"', 'after'],
    ['sections: []', 'sections'],
    ['since: "tomorrow"', 'since'],
  ])('are refused by their name: timeline(%s)', (given, argument) => {
    expect(argumentsOf(problemsOf(inPatient(`timeline(${given}) { isComplete }`)))).toEqual([
      argument,
    ])
  })

  it.each([
    ['since: "yesterday"', 'since'],
    ['since: "2026", until: "2025"', 'until'],
    ['on: ["2026", "2026-13"]', 'on'],
    ['kinds: []', 'kinds'],
  ])('are refused where a participant adds a field: notes(%s)', (given, argument) => {
    const own = inPatient(`records { ... on SwlRecord { notes(${given}) } }`)
    expect(argumentsOf(problemsOf(own))).toEqual([argument])
  })

  it('are found in variables, fragments, aliases and one type of record, each told of', () => {
    const query = `query ($since: DateTime, $codes: [String!] = []) {
      one: patient(nhsNumber: "1") { a: medications(since: $since) { status } ...Rest }
    }
    fragment Rest on Patient {
      ... on Patient { b: diagnoses(codes: $codes) { status } }
      records { ... on NelRecord { c: allergies(until: $since) { status } } }
    }`
    const found = problemsOf(query, { since: 'yesterday' })
    expect(found.map(({ path, extensions }) => [path, extensions['argument']])).toEqual([
      [['one', 'a'], 'since'],
      [['one', 'b'], 'codes'],
      [['one', 'records', 'c'], 'until'],
    ])
    expect(found.map(({ message }) => message).join()).not.toContain('yesterday')
  })

  it('are none of anybody’s business where @skip and @include leave their field out', () => {
    const query = (directive: string) =>
      inPatient(`medications(codes: []) @${directive} { status }`)
    expect(problemsOf(query('skip(if: true)'))).toEqual([])
    expect(problemsOf(query('include(if: false)'))).toEqual([])
    expect(argumentsOf(problemsOf(query('skip(if: false)')))).toEqual(['codes'])
  })
})

describe('arguments that can be used', () => {
  const cursor = toCursor({ time: null, key: 'e1' })
  it.each([
    `medications(first: 500, after: "${cursor}", since: "2025", until: "2026-07-01T10:00:00+01:00") { status }`,
    'medications(codes: "1", status: ACTIVE) { status }',
    'medications(first: null, after: null, since: null, until: null, codes: null) { status }',
    `timeline(first: 100, after: "${cursor}", sections: ALLERGIES, since: "2026-07") { isComplete }`,
    'records { ... on SwlRecord { notes(since: "2025", until: "2026", on: "2026", first: 1000) } }',
  ])('are left to the sources: %s', (selection) => {
    expect(problemsOf(inPatient(selection))).toEqual([])
  })

  it('are those of variables that nobody gave', () => {
    const query = `query ($since: DateTime, $codes: [String!]) {
      patient(nhsNumber: "1") { medications(since: $since, codes: $codes) { status } } }`
    expect(problemsOf(query)).toEqual([])
  })
})
