import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkOperations } from '../../../../gateway/registry/checks/schema/keeps-operations.ts'
import { checkManifest } from '../../../../gateway/registry/operations/check-manifest.ts'
import { findUses } from '../../../../gateway/registry/operations/find-uses.ts'
import { operationsInUse } from '../../../../gateway/registry/operations/operations-in-use.ts'
import { readManifest } from '../../../../gateway/registry/operations/read-manifest.ts'

const schema = buildSchema(`
  interface Item { code: String }
  type Allergy implements Item { code: String criticality: String }
  type Query { patient(nhsNumber: ID!): Patient items: [Item!] }
  type Patient { name: String allergies(first: Int): [Allergy!] }
`)

const check = (...bodies: string[]) =>
  checkManifest(
    schema,
    bodies.map((body, place) => ({ id: `id-${place}`, body })),
  )

describe('A manifest is read', () => {
  const body = 'query A { items { code } }'

  it('as Apollo and as graphql-codegen write it', () => {
    const apollo = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'a1', name: 'A', type: 'query', body }],
    }
    expect(readManifest(apollo)).toEqual([{ id: 'a1', body }])
    expect(readManifest({ a1: body })).toEqual([{ id: 'a1', body }])
  })

  it.each([
    ['no JSON object', 'text'],
    ['another version', { format: 'apollo-persisted-query-manifest', version: 2, operations: [] }],
    ['no text', { a1: { body } }],
    ['an empty text', { a1: '' }],
  ])('and refused with what it must be: %s', (_what, given) => {
    expect(readManifest(given)).toMatchObject({ problem: /"apollo-persisted-query-manifest"/ })
  })
})

describe('A manifest without any operation', () => {
  it.each([[{}], [{ format: 'apollo-persisted-query-manifest', version: 1, operations: [] }]])(
    'is refused: with --replace it would retire everything: %j',
    (given) => {
      expect(readManifest(given)).toMatchObject({ problem: /holds no operation/ })
    },
  )
})

describe('An operation of a manifest', () => {
  it('is known by its text without values: others in their place make no other operation', () => {
    const one = check('query A { patient(nhsNumber: "9990000018") { name } }')
    const other = check('query A {\n  patient(nhsNumber: "9990000026") { name }\n}')
    expect(one.operations).toHaveLength(1)
    expect(one.operations[0]?.text).not.toContain('999')
    expect(other.operations[0]?.digest).toBe(one.operations[0]?.digest)
  })

  it.each([
    [
      'an unknown field, by its operation and line',
      'query A {\n  items {\n    dose\n  }\n}',
      {
        operation: 'A',
        line: 3,
        message: 'Cannot query field "dose" on type "Item". Did you mean "code"?',
      },
    ],
    [
      'what does not parse, by what the manifest calls it',
      'query A {\n  items {',
      { operation: 'id-0', line: 2, message: 'Syntax Error: Expected Name, found <EOF>.' },
    ],
    [
      'two operations in one',
      'query A { items { code } } query B { items { code } }',
      { operation: 'A', line: null, message: ONE() },
    ],
    [
      'an operation without a name',
      '{ items { code } }',
      { operation: 'id-0', line: null, message: ONE() },
    ],
    [
      'a wrong value, without repeating it',
      'query A { patient(nhsNumber: 1.5) { name } }',
      { operation: 'A', line: 1, message: expect.not.stringContaining('1.5') },
    ],
  ])('is refused for %s', (_what, body, problem) => {
    const { operations, problems } = check(body)
    expect(operations).toEqual([])
    expect(problems).toEqual([problem])
  })
})

function ONE(): string {
  return 'It must hold one query or mutation, with a name, and the fragments it uses.'
}

describe('Who asks for something of the schema', () => {
  const texts = [
    'query A { patient(nhsNumber: "") { ...P } } fragment P on Patient { allergies(first: 0) { code } }',
    'query B { items { code } }',
    'query C { patient(nhsNumber: "") { name } }',
  ]

  it.each([
    ['Patient.allergies', [true, false, false]],
    ['Patient.allergies(first:)', [true, false, false]],
    ['Query.patient(nhsNumber:)', [true, false, true]],
    ['Patient', [true, false, true]],
    ['Item.code', [false, true, false]],
    // Asked of the interface, it is asked of each type that has it.
    ['Allergy.code', [true, true, false]],
    ['Patient.dose', null],
    ['Nobody', null],
    ['Allergy implements Item', null],
  ])('is told by %s', (coordinate, uses) => {
    expect(findUses(schema, coordinate, texts)).toEqual(uses)
  })
})

describe('A registered operation', () => {
  const [operation] = check('query Ward { patient(nhsNumber: "") { name } }').operations
  if (!operation) throw new Error('There is no operation')
  const registered = { ...operation, team: 'ward-app', registeredAt: new Date() }
  const next = buildSchema(
    'type Query { patient(nhsNumber: ID!): Patient } type Patient { id: ID }',
  )

  it('may not break, used or not, and is named with its team', () => {
    const inUse = operationsInUse([], [registered])
    const { findings } = checkOperations({ now: schema, next }, inUse)
    expect(findings).toEqual([
      {
        where: 'Patient.name',
        message:
          'Operations that are in use would be refused with \'Cannot query field "name" on type "Patient".\': Ward of team ward-app, registered, not used yet.',
        mend: 'Keep it until team ward-app no longer asks for it: mark it @deprecated now and remove it in a later publication.',
      },
    ])
  })

  it('counts once with its uses and all its teams', () => {
    const { digest, text, name } = operation
    const lastUsed = '2026-11-02T10:15:00.000Z'
    const used = { digest, text, name, clients: ['ward 2.1'], times: 3, lastUsed }
    const other = { ...registered, team: 'bed-app' }
    expect(operationsInUse([used], [registered, other])).toEqual([
      { ...used, teams: ['ward-app', 'bed-app'] },
    ])
  })
})
