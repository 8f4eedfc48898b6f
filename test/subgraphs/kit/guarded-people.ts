import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, type GraphQLSchema, parse } from 'graphql'
import { guard, type TypeRules } from '../../../subgraphs/kit/shield.ts'

/** Who asks, as far as the rules of these tests look. */
export interface Context {
  readonly may: string
}

/** A small schema to put rules around. */
export const typeDefs = parse(`
  type Query { open: String closed: String unruled: String people: [Person] failing: String }
  interface Named { name: String }
  type Person implements Named { name: String secret: String address: Address }
  type Address { town: String }
`)
/** Its resolvers. */
export const resolvers = {
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

/** The schema with rules, as a subgraph builds it. */
export function build(rules: Record<string, TypeRules>): GraphQLSchema {
  return guard(buildSubgraphSchema({ typeDefs, resolvers }), rules, () => new Error('refused'))
}

/** Executes a query over it. */
export async function ask(
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

function person(name: string) {
  return { name, secret: `of ${name}`, address: { town: 'London' } }
}
