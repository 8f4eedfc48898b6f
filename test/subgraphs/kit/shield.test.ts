import type { GraphQLSchema } from 'graphql'
import { expect, it } from 'vitest'
import { allow, deny, rule, type ShieldRule, untouched } from '../../../subgraphs/kit/shield.ts'
import { ask, build, type Context } from './guarded-people.ts'

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

function resolverOf(schema: GraphQLSchema, type: string, field: string) {
  const definition = schema.getType(type)
  return definition && 'getFields' in definition
    ? (definition.getFields()[field] as { resolve?: unknown }).resolve
    : null
}
