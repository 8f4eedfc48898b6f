import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import util from 'node:util'
import { composeServices } from '@apollo/composition'
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, type GraphQLSchema, graphql, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import * as ours from '../../../subgraphs/kit/shield.ts'
import {
  allow,
  deny,
  guard,
  rule,
  type ShieldRule,
  type TypeRules,
  untouched,
} from '../../../subgraphs/kit/shield.ts'

interface Context {
  readonly may: string
}

const typeDefs = parse(`
  type Query { open: String closed: String unruled: String people: [Person] failing: String }
  interface Named { name: String }
  type Person implements Named { name: String secret: String address: Address }
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

it('guards single fields of a type and leaves the others as they are, where told to', async () => {
  const rules = { Query: { people: allow }, Person: { secret: deny, '*': untouched } }
  const { data, errors } = await ask('{ people { name secret } }', rules)

  expect(data.people[0]).toEqual({ name: 'ada', secret: null })
  expect(errors?.map(({ message }) => message)).toEqual(['refused', 'refused'])
  expect(resolverOf(build(rules), 'Person', 'name')).toBeUndefined()
})

it('decides on such single fields as on any other: by entry, later, and never when the rule fails', async () => {
  const isAda = rule<Context>(
    'isAda',
    async (parent) => (parent as { name: string }).name === 'ada',
  )
  const single = (secret: ShieldRule) => ({
    Query: { people: allow },
    Person: { secret, '*': untouched },
  })

  const seen = async (secret: ShieldRule) =>
    (await ask('{ people { secret } }', single(secret), { may: 'ben' })).data.people
  expect(await seen(mayReadPerson)).toEqual([{ secret: null }, { secret: 'of ben' }])
  expect(await seen(isAda)).toEqual([{ secret: 'of ada' }, { secret: null }])
  expect(await seen(broken)).toEqual([{ secret: null }, { secret: null }])
})

it('refuses to start with a rule for a type or field that does not exist', () => {
  expect(() => build({ Nobody: allow })).toThrow('Nobody')
  expect(() => build({ Query: { nothing: allow } })).toThrow('nothing')
})

/** As its own documentation has it: rules of a tree, wrapped around a schema. */
const raw = createRequire(import.meta.url)('graphql-shield') as typeof import('graphql-shield')
const { applyMiddleware } = createRequire(import.meta.url)(
  'graphql-middleware',
) as typeof import('graphql-middleware')

describe('A trap of graphql-shield that this wrapper keeps shut:', () => {
  it('rules of an interface are ignored', async () => {
    const shield = raw.shield({ Query: raw.allow, Named: raw.deny }, { fallbackRule: raw.allow })
    expect(await askRaw('{ people { name } }', shield)).toMatchObject({
      data: { people: [{ name: 'ada' }, { name: 'ben' }] },
    })

    expect(() => build({ Query: { people: allow }, Named: deny })).toThrow('Named')
  })

  it('the opposite of a rule that fails is granted', async () => {
    const fails = raw.rule()(() => {
      throw new Error('the rule itself failed')
    })
    const shield = raw.shield({ Query: { open: raw.not(fails) } }, { fallbackRule: raw.deny })
    expect(await askRaw('{ open }', shield)).toEqual({ data: { open: 'open' } })

    expect(Object.keys(ours)).not.toContain('not')
    const isNot = rule<Context>('isNot', () => !failing())
    expect((await ask('{ open }', { Query: { open: isNot } })).data).toEqual({ open: null })
  })

  it("a cached verdict on a list's first entry stands for all of them", async () => {
    const isBen = raw.rule({ cache: 'contextual' })((parent) => parent.name === 'ada')
    const shield = raw.shield({ Query: raw.allow, Person: isBen }, { fallbackRule: raw.deny })
    expect(await askRaw('{ people { secret } }', shield)).toMatchObject({
      data: { people: [{ secret: 'of ada' }, { secret: 'of ben' }] },
    })

    const { data } = await ask(
      '{ people { secret } }',
      { Query: { people: allow }, Person: mayReadPerson },
      { may: 'ada' },
    )
    expect(data).toEqual({ people: [{ secret: 'of ada' }, { secret: null }] })
  })

  it("a resolver's own error is told as a refusal", async () => {
    const shield = raw.shield({ Query: raw.allow }, { fallbackRule: raw.deny })
    const { errors } = await askRaw('{ failing }', shield)
    expect(errors?.map(({ message }) => message)).toEqual(['Not Authorised!'])

    const ownErrors = (await ask('{ failing }', { Query: { failing: allow } })).errors
    expect(ownErrors?.map(({ message }) => message)).toEqual([
      'the database said something private',
    ])
  })

  it("rules around a gateway's own schema protect nothing: they belong where the resolvers are", async () => {
    const around = await askGateway({ subgraph: {}, gateway: { Query: { closed: deny } } })
    expect(around.data).toEqual({ closed: 'closed' })

    const { data, errors } = await askGateway({ subgraph: { Query: { '*': allow, closed: deny } } })
    expect(data).toEqual({ closed: null })
    expect(errors?.length).toBe(1)
  })

  it('its ES modules do not load on Node 23 and later', async () => {
    const [major = 0] = process.versions.node.split('.').map(Number)
    expect(await loadsAsModule('graphql-shield')).toBe(major < 23)

    expect(util).toHaveProperty('isUndefined')
    expect((await ask('{ open }', { Query: { open: allow } })).data).toEqual({ open: 'open' })
  })
})

function failing(): boolean {
  throw new Error('the rule itself failed')
}

async function askRaw(source: string, shield: ReturnType<typeof raw.shield>) {
  const schema = applyMiddleware(buildSubgraphSchema({ typeDefs, resolvers }), shield as never)
  const answer = await graphql({ schema, source, contextValue: {} })
  return JSON.parse(JSON.stringify(answer)) as typeof answer
}

/** `{ closed }` through a gateway of one subgraph, with rules in the one or around the other. */
async function askGateway(rules: {
  readonly subgraph: Record<string, TypeRules>
  readonly gateway?: Record<string, TypeRules>
}) {
  const schema = build(rules.subgraph)
  const composed = composeServices([{ name: 'only', typeDefs, url: 'http://only.invalid' }])
  const source: GraphQLDataSource = {
    process: async ({ request }) =>
      graphql({ schema, source: request.query ?? '', contextValue: {} }) as never,
  }
  const gateway = new ApolloGateway({
    supergraphSdl: composed.supergraphSdl ?? '',
    buildService: () => source,
  })
  const { executor } = await gateway.load({ apollo: {} } as never)
  const document = parse('{ closed }')
  const answer = await executor({
    document,
    request: {},
    queryHash: print(document),
    schema: guard(gateway.schema as GraphQLSchema, rules.gateway ?? {}, () => new Error('refused')),
    context: {},
    metrics: {},
    logger: console,
  } as never)
  await gateway.stop()
  return JSON.parse(JSON.stringify(answer)) as typeof answer
}

/** Whether this Node loads a package as an ES module. */
function loadsAsModule(name: string): Promise<boolean> {
  const script = ['--input-type=module', '--eval', `await import('${name}')`]
  return new Promise((resolve) => {
    execFile(process.execPath, script, { cwd: import.meta.dirname }, (error) => resolve(!error))
  })
}

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
