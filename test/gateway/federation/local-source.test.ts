import { buildSchema, GraphQLError } from 'graphql'
import { expect, it } from 'vitest'
import { createLocalSource } from '../../../gateway/federation/local-source.ts'
import type { CallContext } from '../../../gateway/federation/types.ts'

const schema = buildSchema('type Query { row: String refusal: String argument: String }')
const context = {
  row() {
    throw Object.assign(new Error('duplicate key (nhs_number)=(9990000018)'), { code: '23505' })
  },
  refusal() {
    throw new GraphQLError('Not there.', {
      extensions: { code: 'NOT_THERE', http: { status: 404 } },
    })
  },
  argument() {
    throw new GraphQLError("Argument 'day' must be a day.", {
      extensions: { code: 'BAD_USER_INPUT', argument: 'day', given: 'Friday' },
    })
  },
}

function ask(field: keyof typeof context, failure?: { code: string; text: string }) {
  const fieldOf = schema.getQueryType()?.getFields()[field]
  if (fieldOf) fieldOf.resolve = context[field]
  const source = createLocalSource('index', schema, failure)
  const call = { local: null } as unknown as CallContext
  return source.ask({ query: `{ ${field} }`, variables: {}, call, path: [] })
}

it('says nothing of what broke inside, a database least of all', async () => {
  const { data, errors } = await ask('row')
  expect(data).toEqual({ row: null })
  expect(errors).toEqual([
    {
      message: 'The patient index could not answer.',
      path: ['row'],
      extensions: { code: 'INDEX_UNAVAILABLE' },
    },
  ])
})

it("tells which of the gateway's own subgraphs could not answer", async () => {
  const { errors } = await ask('row', { code: 'GOVERNANCE_UNAVAILABLE', text: 'Not now.' })
  expect(errors).toEqual([
    { message: 'Not now.', path: ['row'], extensions: { code: 'GOVERNANCE_UNAVAILABLE' } },
  ])
})

it('passes on a refusal with its code, and the argument that it is about', async () => {
  expect((await ask('refusal')).errors).toEqual([
    { message: 'Not there.', path: ['refusal'], extensions: { code: 'NOT_THERE' } },
  ])
  expect((await ask('argument')).errors).toEqual([
    {
      message: "Argument 'day' must be a day.",
      path: ['argument'],
      extensions: { code: 'BAD_USER_INPUT', argument: 'day' },
    },
  ])
})
