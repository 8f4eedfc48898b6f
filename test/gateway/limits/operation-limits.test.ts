import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GraphQLSchema, getIntrospectionQuery, parse, validate } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApolloExecutor } from '../../../gateway/federation/apollo-executor.ts'
import { createOperationLimits } from '../../../gateway/limits/operation-limits.ts'
import { createMeasure } from '../../../gateway/limits/operation-size.ts'
import { readOperation } from '../../../gateway/operation/read-operation.ts'
import { extendWithMergedRecord } from '../../../gateway/record/public-schema.ts'
import { projectRoot } from '../../../project-root.ts'
import { wholeSelection } from '../../support/whole-selection.ts'

let schema: GraphQLSchema
let refuseTooMuch: ReturnType<typeof createOperationLimits>
let measure: ReturnType<typeof createMeasure>

beforeAll(async () => {
  const supergraphSdl = await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8')
  const executor = await createApolloExecutor({
    supergraphSdl,
    sourceFor: ({ name }) => ({
      name,
      ask: () => Promise.reject(new Error('Nobody is asked here')),
      close: async () => {},
    }),
  })
  schema = extendWithMergedRecord(executor.schema)
  refuseTooMuch = createOperationLimits(schema)
  measure = createMeasure(schema)
})

function read(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query)
  expect(validate(schema, document)).toEqual([])
  const operation = readOperation(schema, document, { variables })
  if ('errors' in operation) throw operation.errors[0]
  return { document, ...operation }
}

function refusalOf(query: string, variables?: Record<string, unknown>) {
  const { document, ...operation } = read(query, variables)
  const error = refuseTooMuch(document, operation)
  return error && { message: error.message, ...error.extensions }
}

const sizeOf = (query: string) => {
  const { document, operation } = read(query)
  return measure(document, operation)
}

const patient = (selection: string) => `{ patient(nhsNumber: "9990000018") ${selection} }`
const times = (count: number, of: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => of(n)).join(' ')

describe('the size of an operation', () => {
  it('counts fields, aliases, depth and entries', () => {
    const { pagesOfVariable, ...size } = sizeOf(
      patient('{ nhsNumber a: testResults(first: 7) { nodes { id } } allergies { status } }'),
    )
    expect(size).toEqual({ rootFields: 1, fields: 7, aliases: 1, depth: 4, entries: 57 })
    expect(pagesOfVariable.size).toBe(0)
  })

  it('counts a fragment as often as it is spread', () => {
    const { fields, aliases, depth, entries } = sizeOf(
      `${patient('{ ...Two }')} fragment Two on Patient { ...One b: testResults(first: 1) { nodes { ...Id } } ...One }
       fragment One on Patient { ...Page } fragment Page on Patient { a: testResults(first: 10) { nodes { ...Id } } }
       fragment Id on TestResult { id }`,
    )
    expect({ fields, aliases, depth, entries }).toEqual({
      fields: 10,
      aliases: 3,
      depth: 4,
      entries: 21,
    })
  })
})

describe('an operation may', () => {
  it('read the whole record of a patient, with half as much beside it', () => {
    const whole = wholeSelection(schema, 'Patient')
    expect(refusalOf(patient(whole))).toBeNull()
    const { fields, depth } = sizeOf(patient(whole))
    expect(fields).toBeLessThan(10_000 / 2)
    expect(depth).toBeLessThan(25 / 2)
  })

  it('read every section of a whole record at its longest page, merged and by source at once', () => {
    const names = ['allergies', 'medications', 'immunisations', 'diagnoses', 'testResults']
    const sections = names.map((name) => `${name}(first: 500) { nodes { id } }`).join(' ')
    expect(refusalOf(patient(`{ ${sections} records { ${sections} } }`))).toBeNull()
  })

  it('read the schema', () => {
    expect(refusalOf(getIntrospectionQuery({ inputValueDeprecation: true }))).toBeNull()
  })

  it('be about ten patients with the usual pages of all sections', () => {
    const query = `{ ${times(10, (n) => `p${n}: patient(nhsNumber: "9990000018") ${wholeSelection(schema, 'Patient')}`)} }`
    const size = measure(parse(query), read(query).operation)
    expect(size.entries).toBeLessThan(20_000)
  })
})

describe('an operation is refused, and told which limit and how much is allowed, that has', () => {
  it.each([
    ['21 root fields', `{ ${times(21, (n) => `a${n}: me { name }`)} }`, 'rootFields', 20],
    [
      'more aliases than a screen needs',
      patient(`{ ${times(201, (n) => `a${n}: nhsNumber`)} }`),
      'aliases',
      200,
    ],
    [
      'aliases multiplied by fragments',
      `${patient(`{ ${times(6, () => '...A')} }`)} fragment A on Patient { ${times(40, (n) => `a${n}: nhsNumber`)} }`,
      'aliases',
      200,
    ],
    [
      'long pages under many aliases',
      patient(`{ ${times(41, (n) => `a${n}: testResults(first: 500) { nodes { id } }`)} }`),
      'entries',
      20_000,
    ],
    [
      'long timelines, which ask for a page of every section',
      patient(`{ ${times(13, (n) => `a${n}: timeline(first: 100) { nodes { __typename } }`)} }`),
      'entries',
      20_000,
    ],
    [
      'the same in ten patients',
      `{ ${times(10, (n) => `p${n}: patient(nhsNumber: "1") { ...P }`)} }
       fragment P on Patient { ${times(5, (n) => `a${n}: testResults(first: 500) { nodes { id } }`)} }`,
      'entries',
      20_000,
    ],
    [
      'fields multiplied by fragments without any alias',
      `{ ${times(10, (n) => `p${n}: patient(nhsNumber: "1") { ...F0 }`)} }
       ${times(12, (n) => `fragment F${n} on Patient { nhsNumber ${n < 11 ? `...F${n + 1} ...F${n + 1}` : ''} }`)}`,
      'fields',
      10_000,
    ],
  ])('%s', (_case, query, limit, allowed) => {
    const refusal = refusalOf(query)
    expect(refusal).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit, allowed })
    expect(refusal?.message).toContain(`At most ${allowed} `)
  })

  it('the length of its pages in a variable, given or by default', () => {
    const query = `query ($first: Int = 500) ${patient(
      `{ ${times(41, (n) => `a${n}: testResults(first: $first) { nodes { id } }`)} }`,
    )}`
    expect(refusalOf(query)).toMatchObject({ limit: 'entries' })
    expect(refusalOf(query, { first: 500 })).toMatchObject({ limit: 'entries' })
    expect(refusalOf(query, { first: 20 })).toBeNull()
  })

  it('negative pages that would make room for long ones', () => {
    const query = patient(
      `{ none: testResults(first: -2000000) { status } ${times(41, (n) => `a${n}: testResults(first: 500) { status }`)} }`,
    )
    expect(refusalOf(query)).toMatchObject({ limit: 'entries' })
  })

  it('levels upon levels', () => {
    const deep = `{ __schema { types { ${'fields { type { '.repeat(13)} name ${'} }'.repeat(13)} } } }`
    const document = parse(deep)
    const operation = readOperation(schema, document, {})
    if ('errors' in operation) throw operation.errors[0]
    expect(refuseTooMuch(document, operation)?.extensions).toMatchObject({ limit: 'depth' })
  })
})

describe('fragments that double at every step', () => {
  it('are measured without being walked', () => {
    const query = `${patient('{ ...F0 }')} ${times(
      400,
      (n) =>
        `fragment F${n} on Patient { nhsNumber ${n < 399 ? `...F${n + 1} ...F${n + 1}` : ''} }`,
    )}`
    expect(refusalOf(query)).toMatchObject({ limit: 'fields' })
  })
})
