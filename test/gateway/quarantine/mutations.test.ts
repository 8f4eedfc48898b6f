import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { executeSync, type GraphQLResolveInfo, parse } from 'graphql'
import { expect, it } from 'vitest'
import { checkAnswer } from '../../../gateway/quarantine/check-answer.ts'
import { prepareQuery } from '../../../gateway/quarantine/prepared-query.ts'
import { ADA, ADA_ASKED, ADA_KNOWN, ADA_SENT } from './ask-source.ts'
import { smallContract, smallSubgraph } from './small-contract.ts'

const QUERY = `
query ($representations: [_Any!]!, $more: Boolean!) {
  _entities(representations: $representations) {
    ... on NelRecord { at: asOf ...Sections results { nodes { id value grid notes issuedAt } } }
  }
}
fragment Sections on NelRecord {
  demographics { gender }
  allergies { ...Allergies recorded: nodes { recordedAt @include(if: $more) } }
}
fragment Allergies on AllergyConnection {
  status
  isComplete @skip(if: $more)
  recorded: nodes { id display substance { __typename ... on Drug { strength } ... on Food { name } } }
}`

const maxEntries = 6
const SECTIONS = ['demographics', 'allergies', 'results'] as const

const text = fc.string({ maxLength: 3 })
const moment = fc.constantFrom('2024', '2024-02', '2024-02-29', '2024-02-29T10:00:00.5+01:00')
const orNull = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { freq: 3 })
const list = <Value>(of: fc.Arbitrary<Value>) => fc.array(of, { maxLength: 3 })
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const status = fc.constantFrom('HAS_ENTRIES', 'NONE_KNOWN', 'UNKNOWN')
const substance = fc.oneof(
  fc.record({ __typename: fc.constant('Drug'), strength: orNull(float) }),
  fc.record({ __typename: fc.constant('Food'), name: text }),
)

/** An answer as an honest source could give it. */
const honest = (more: boolean) =>
  fc.record({
    at: orNull(moment),
    demographics: orNull(fc.record({ gender: orNull(text) })),
    allergies: orNull(
      fc.record({
        status,
        ...(!more && { isComplete: fc.boolean() }),
        recorded: list(
          fc.record({
            id: text,
            display: orNull(text),
            substance: orNull(substance),
            ...(more && { recordedAt: orNull(moment) }),
          }),
        ),
      }),
    ),
    results: orNull(
      fc.record({
        nodes: list(
          fc.record({
            id: text,
            value: orNull(float),
            grid: list(orNull(list(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })))),
            notes: orNull(list(orNull(text))),
            issuedAt: moment,
          }),
        ),
      }),
    ),
  })

/** What a dishonest or broken one does to it somewhere. */
const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'drop', 'add', 'repeat'),
  key: fc.oneof(fc.constantFrom('id', 'nodes', '__typename', '__proto__', 'constructor'), text),
  value: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(null, '', 0, 1.5, Number.POSITIVE_INFINITY, 2 ** 31, [], {}, [[]]),
    fc.constantFrom('Drug', 'Food', 'Allergy', 'UNKNOWN', '2023-02-29', 'toString'),
  ),
})

type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

function mutate(record: object, { at, how, key, value: given }: Mutation): void {
  // What was put in once may be changed by the next mutation, and is put in again in another run.
  const value = structuredClone(given)
  const places = placesIn(record)
  const place = places[at % places.length]
  if (!place) return
  const { holder } = place
  if (how === 'replace') holder[place.key] = value
  else if (Array.isArray(holder)) {
    const own = holder[Number(place.key)]
    if (how === 'drop') holder.splice(Number(place.key), 1)
    else if (how === 'add') holder.push(value)
    else holder.push(...Array.from({ length: 5 }, () => structuredClone(own)))
  } else if (how === 'drop') delete holder[place.key]
  else Object.defineProperty(holder, key, { ...OWN, value })
}

/** As JSON.parse makes it, `__proto__` included. */
const OWN = { enumerable: true, writable: true, configurable: true }

function check(raw: object, more: boolean) {
  return checkAnswer(
    { data: { _entities: [{ ...raw, ...ADA_SENT }] }, errors: [], calls: [] },
    {
      source: 'nel',
      query: prepareQuery(
        { text: QUERY },
        { schema: smallContract, maxEntries, participant: 'nel' },
      ),
      variables: { representations: [ADA_ASKED], more },
      representations: [ADA_ASKED],
      identityOf: () => ADA_KNOWN,
      isKnown: () => false,
      groupOf: () => '',
    },
  )
}

/** What GraphQL itself makes of data that came under the keys of the query. */
function executed(data: unknown, more: boolean) {
  return executeSync({
    schema: smallSubgraph,
    document: parse(QUERY),
    rootValue: data,
    variableValues: { representations: [{ nhsNumber: ADA }], more },
    fieldResolver: (
      source: Record<string, unknown>,
      _args,
      _context,
      { path }: GraphQLResolveInfo,
    ) => (Object.hasOwn(source, path.key) ? source[path.key] : new Error('not there')),
    typeResolver: (value: Record<string, unknown>) => String(value['__typename'] ?? 'NelRecord'),
  })
}

const longest = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 0
    : Math.max(Array.isArray(value) ? value.length : 0, ...Object.values(value).map(longest))

const entityOf = (data: Record<string, unknown> | null) =>
  (data as { _entities: [Record<string, unknown> | null] })._entities[0]

it('lets every honest answer through, to the letter', () => {
  fc.assert(
    fc.property(
      fc.boolean().chain((more) => fc.tuple(fc.constant(more), honest(more))),
      ([more, sent]) => {
        const { data, errors, outcomeOf } = check(sent, more)
        const outcome = outcomeOf(undefined)
        expect(entityOf(data)).toEqual(sent)
        expect({ errors, outcome }).toEqual({ errors: [], outcome: 'ANSWERED' })
      },
    ),
    { numRuns: 200 },
  )
})

it('lets nothing through that GraphQL would not give for the query, whatever a source does', () => {
  const cases = fc
    .boolean()
    .chain((more) =>
      fc.tuple(fc.constant(more), honest(more), fc.array(mutation, { minLength: 1, maxLength: 3 })),
    )
  let cuts = 0
  fc.assert(
    fc.property(cases, ([more, sent, mutations]) => {
      const broken = structuredClone(sent)
      for (const one of mutations) mutate(broken, one)
      const { data, errors, outcomeOf } = check(broken, more)
      const outcome = outcomeOf(undefined)
      const entity = entityOf(data)
      expect(executed(data, more)).toEqual({ data })
      expect(longest(data)).toBeLessThanOrEqual(maxEntries)
      expect(outcome).toBe(
        entity === null ? 'FAILED' : errors.length > 0 ? 'INCOMPLETE' : 'ANSWERED',
      )
      // What is missing is told, and only what is missing.
      const cut = SECTIONS.filter((key) => errors.some(({ path }) => path?.[2] === key))
      cuts += errors.length
      for (const key of entity ? SECTIONS : []) {
        const came = Object.hasOwn(broken, key) ? broken[key] : undefined
        if (cut.includes(key)) expect(entity?.[key]).toBeNull()
        else expect(came === null).toBe(entity?.[key] === null)
        if (isDeepStrictEqual(came, sent[key])) expect(entity?.[key]).toEqual(sent[key])
      }
      if (entity === null) expect(errors.map(({ path }) => path)).toEqual([['_entities', 0]])
    }),
    { numRuns: 600 },
  )
  expect(cuts).toBeGreaterThan(100)
})
