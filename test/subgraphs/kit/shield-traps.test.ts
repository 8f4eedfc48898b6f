import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import util from 'node:util'
import { composeServices } from '@apollo/composition'
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, graphql, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import * as ours from '../../../subgraphs/kit/shield.ts'
import { allow, deny, guard, rule, type TypeRules } from '../../../subgraphs/kit/shield.ts'
import { ask, build, type Context, resolvers, typeDefs } from './guarded-people.ts'

const mayReadPerson = rule<Context>(
  'mayReadPerson',
  (parent, _args, { may }) => (parent as { name: string }).name === may,
)
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
