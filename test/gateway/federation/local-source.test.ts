import { buildSchema, GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createLocalSource, type LocalOptions } from '../../../gateway/federation/local-source.ts'
import type { CallContext } from '../../../gateway/federation/types.ts'

const schema = buildSchema(
  'type Query { plain: String row: String refusal: String argument: String }',
)
const context = {
  plain: () => 'read',
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

const FAILURE = { code: 'INDEX_UNAVAILABLE', text: 'The patient index could not answer.' }

function ask(
  field: keyof typeof context,
  {
    failure = FAILURE,
    isAskedEarly = true,
    permitted = Promise.resolve(),
  }: Partial<LocalOptions & Pick<CallContext, 'permitted'>> = {},
) {
  const fieldOf = schema.getQueryType()?.getFields()[field]
  if (fieldOf) fieldOf.resolve = context[field]
  const source = createLocalSource('index', schema, { failure, isAskedEarly })
  const call = { local: null, permitted } as unknown as CallContext
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
  const { errors } = await ask('row', {
    failure: { code: 'GOVERNANCE_UNAVAILABLE', text: 'Not now.' },
  })
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

describe('Before its calls are permitted', () => {
  const permitted = Promise.reject(new Error('Nothing was committed'))
  permitted.catch(() => {})

  it('answers what is only read here', async () => {
    expect((await ask('plain', { permitted })).data).toEqual({ plain: 'read' })
  })

  it('runs nothing else', async () => {
    let runs = 0
    context.plain = () => {
      runs += 1
      return 'changed'
    }
    const asked = ask('plain', { isAskedEarly: false, permitted })
    await expect(asked).rejects.toThrow('Nothing was committed')
    expect(runs).toBe(0)
  })
})
