import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, type GraphQLSchema, parse } from 'graphql'
import { expect, it } from 'vitest'
import { allow, deny, guard, rule, type TypeRules } from '../../../subgraphs/kit/shield.ts'

interface Context {
  readonly may: string
}

const typeDefs = parse(`
  type Query { open: String closed: String unruled: String people: [Person] failing: String }
  type Person { name: String secret: String address: Address }
  type Address { town: String }
`)
const resolvers = {
  Query: {
    open: () => 'open',
    closed: () => 'closed',
    unruled: () => 'unruled',
    people: () => [person('ada'), person('ben')],
    failing: () => {
      throw new Error('the database said something private')
    },
  },
}

const mayReadPerson = rule<Context>(
  'mayReadPerson',
  (parent, _args, { may }) => (parent as { name: string }).name === may,
)
const broken = rule<Context>('broken', () => {
  throw new Error('the rule itself failed')
})

it('lets through what a rule lets through, and refuses the rest with the one refusal', async () => {
  const { data, errors } = await ask('{ open closed }', { Query: { open: allow, closed: deny } })

  expect(data).toEqual({ open: 'open', closed: null })
  expect(errors?.map(({ message }) => message)).toEqual(['refused'])
})

it('refuses a field that nobody wrote a rule for', async () => {
  const { data } = await ask('{ open unruled }', { Query: { open: allow } })

  expect(data).toEqual({ open: 'open', unruled: null })
})

it('refuses when the rule itself fails', async () => {
  const { data, errors } = await ask('{ open }', { Query: { open: broken } })

  expect(data).toEqual({ open: null })
  expect(errors?.map(({ message }) => message)).toEqual(['refused'])
})

it('decides anew for every entry of a list', async () => {
  const { data } = await ask(
    '{ people { secret } }',
    { Query: { people: allow }, Person: mayReadPerson },
    { may: 'ben' },
  )

  expect(data).toEqual({ people: [{ secret: null }, { secret: 'of ben' }] })
})

it('does not call a failing resolver a refusal', async () => {
  const { errors } = await ask('{ failing }', { Query: { failing: allow } })

  expect(errors?.map(({ message }) => message)).toEqual(['the database said something private'])
})

it('leaves types without rules as they are, so that their fields cost nothing', async () => {
  const schema = build({ Query: { people: allow }, Person: mayReadPerson })

  expect(resolverOf(schema, 'Person', 'name')).toBeTypeOf('function')
  expect(resolverOf(schema, 'Address', 'town')).toBeUndefined()
})

it('refuses to start with a rule for a type or field that does not exist', () => {
  expect(() => build({ Nobody: allow })).toThrow('Nobody')
  expect(() => build({ Query: { nothing: allow } })).toThrow('nothing')
})

function build(rules: Record<string, TypeRules>): GraphQLSchema {
  return guard(buildSubgraphSchema({ typeDefs, resolvers }), rules, () => new Error('refused'))
}

async function ask(
  query: string,
  rules: Record<string, TypeRules>,
  context: Context = { may: '' },
) {
  const answer = await execute({
    schema: build(rules),
    document: parse(query),
    contextValue: { ...context },
  })
  return { data: JSON.parse(JSON.stringify(answer.data)), errors: answer.errors }
}

function resolverOf(schema: GraphQLSchema, type: string, field: string) {
  const definition = schema.getType(type)
  return definition && 'getFields' in definition
    ? (definition.getFields()[field] as { resolve?: unknown }).resolve
    : null
}

function person(name: string) {
  return { name, secret: `of ${name}`, address: { town: 'London' } }
}
