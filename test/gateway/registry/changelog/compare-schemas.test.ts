import { buildSchema } from 'graphql'
import { expect, it } from 'vitest'
import { compareSchemas } from '../../../../gateway/registry/changelog/compare-schemas.ts'

const BASE = `
  interface Named { name: String }
  type Query { patient(id: ID!, at: String = "now"): Patient search(by: By): [Patient!] }
  type Patient implements Named { name: String ward: Int kind: Kind old: String @deprecated(reason: "No more.") }
  type Bed { number: Int }
  union Found = Patient | Bed
  enum Kind { IN OUT }
  input By { name: String ward: Int }
`

/** What was changed in the schema, and what the changelog says of it. */
const CASES: readonly (readonly [what: string, from: string, to: string, said: string[]])[] = [
  ['a type that came', 'enum Kind', 'type Site { id: ID } enum Kind', ['ADDED Site']],
  ['a type that went', 'type Bed { number: Int }', '', ['!REMOVED Bed', '!REMOVED Found = Bed']],
  ['a field that came', 'ward: Int kind', 'ward: Int bay: Int kind', ['ADDED Patient.bay']],
  ['a field that went', 'ward: Int kind', 'kind', ['!REMOVED Patient.ward']],
  [
    'a field that may be null now',
    '[Patient!]',
    '[Patient]',
    ['!CHANGED Query.search: [Patient!] → [Patient]'],
  ],
  [
    'a field that is never null now',
    'ward: Int kind',
    'ward: Int! kind',
    ['CHANGED Patient.ward: Int → Int!'],
  ],
  [
    'a field that is deprecated now',
    'ward: Int kind',
    'ward: Int @deprecated(reason: "Ask for bed.") kind',
    ['DEPRECATED Patient.ward: Ask for bed.'],
  ],
  [
    'a field that stays after all',
    ' @deprecated(reason: "No more.")',
    '',
    ['NO_LONGER_DEPRECATED Patient.old'],
  ],
  [
    'an argument that may be given',
    '(by: By)',
    '(by: By, first: Int)',
    ['ADDED Query.search(first:)'],
  ],
  [
    'an argument that must be given',
    '(by: By)',
    '(by: By, first: Int!)',
    ['!ADDED Query.search(first:): It has to be given.'],
  ],
  ['an argument that went', '(by: By)', '', ['!REMOVED Query.search(by:)', '!REMOVED By']],
  [
    'an argument of another type',
    'id: ID!',
    'id: Int!',
    ['!CHANGED Query.patient(id:): ID! → Int!'],
  ],
  [
    'another default',
    '"now"',
    '"then"',
    ['CHANGED Query.patient(at:): String = "now" → String = "then"'],
  ],
  ['a value that came', 'IN OUT', 'IN OUT DAY', ['ADDED Kind.DAY']],
  ['a value that went', 'IN OUT', 'IN', ['!REMOVED Kind.OUT']],
  [
    'an input field that must be given',
    'name: String ward: Int }\n',
    'name: String ward: Int site: ID! }\n',
    ['!ADDED By.site: It has to be given.'],
  ],
  ['an interface that went', 'implements Named ', '', ['!REMOVED Patient implements Named']],
  ['another order', 'IN OUT', 'OUT IN', []],
  ['another description', 'enum Kind', '"""Where."""\nenum Kind', []],
]

it.each(CASES)('tells clients of %s', (_what, from, to, said) => {
  expect(BASE).toContain(from)
  // What nothing names any more would be left out of a supergraph as well.
  const after = BASE.replace(from, to)
  const changed = after
    .replace(/\| Bed/, said.includes('!REMOVED Bed') ? '' : '| Bed')
    .replace(/input By [^}]*}/, (by) => (said.includes('!REMOVED By') ? '' : by))
  const changes = compareSchemas(buildSchema(BASE), buildSchema(changed))
  const told = changes.map(
    ({ kind, coordinate, isBreaking, detail }) =>
      `${isBreaking ? '!' : ''}${kind} ${coordinate}${detail === null ? '' : `: ${detail}`}`,
  )
  expect(told.sort()).toEqual([...said].sort())
})
