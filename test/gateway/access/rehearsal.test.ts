import { buildSchema, type GraphQLError, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { showDenials } from '../../../gateway/access/denials.ts'
import { createRehearsal } from '../../../gateway/access/rehearsal.ts'
import type { RoleGroup } from '../../../gateway/access/roles.ts'

const schema = buildSchema(`
  type Query { patient(nhsNumber: ID!): Patient me: String! somethingNew: String }
  type Mutation { decideObjection(id: ID!): String claimEmergencyAccess(nhsNumber: ID!): String }
  type Patient {
    nhsNumber: ID! name: String addresses: [String!] records: [CareRecord!]! mother: Patient
    allergies(first: Int, codes: [String!]): Connection
    mentalHealth: Connection
    encounters(codes: [String!]): Encounters
    timeline: Timeline
  }
  interface CareRecord { nhsNumber: ID! allergies: Connection mentalHealth: Connection }
  type NelRecord implements CareRecord {
    nhsNumber: ID! allergies: Connection mentalHealth: Connection universalCarePlan: String
  }
  type SelRecord implements CareRecord { nhsNumber: ID! allergies: Connection mentalHealth: Connection }
  type Connection { nodes: [Item!]! status: String! }
  type Encounters { nodes: [Encounter!]! }
  type Timeline { edges: [Edge!]! }
  type Edge { node: Noted! }
  interface Noted { notes: [String!] }
  type Item implements Noted { id: ID! notes: [String!]! }
  type Encounter implements Noted { id: ID! notes: [String!] reasons: [String!] diagnoses: [String!] }
`)

const rehearse = createRehearsal(schema, { 'NelRecord.universalCarePlan': 'carePlans' })

async function rehearsed(query: string, group: RoleGroup, operationName?: string) {
  const { document } = await rehearse(parse(query), operationName, group)
  return print(document).replaceAll(/\s+/g, ' ').trim()
}

describe('what a role may not see is cut before anything is planned', () => {
  it.each<[string, RoleGroup, string, string]>([
    [
      'a merged section',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { allergies { status } mentalHealth { status } } }',
      '{ patient(nhsNumber: "1") { allergies { status } lcrdenied_mentalHealth: __typename } }',
    ],
    [
      'an alias',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { allergies: mentalHealth { status } } }',
      '{ patient(nhsNumber: "1") { lcrdenied_allergies: __typename } }',
    ],
    [
      'a section of the sources, asked on the interface',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { records { mentalHealth { status } } } }',
      '{ patient(nhsNumber: "1") { records { lcrdenied_mentalHealth: __typename } } }',
    ],
    [
      'a field of one type of entry, where entries of several types can stand one by one',
      'CLERICAL',
      '{ patient(nhsNumber: "1") { timeline { edges { node { ... on Encounter { id reasons } ... on Item { id } } } } } }',
      '{ patient(nhsNumber: "1") { timeline { edges { node { ... on Encounter { id lcrdenied_reasons: __typename } ... on Item { id } } } } } }',
    ],
    [
      'a section of one source, in an inline fragment on its type',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { records { ... on SelRecord { m: mentalHealth { status } } } } }',
      '{ patient(nhsNumber: "1") { records { ... on SelRecord { lcrdenied_m: __typename } } } }',
    ],
    [
      'a section in named fragments, one within the other',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { ...A } } fragment A on Patient { ...B } fragment B on Patient { mentalHealth { status } }',
      '{ patient(nhsNumber: "1") { ...A } } fragment A on Patient { ...B } fragment B on Patient { lcrdenied_mentalHealth: __typename }',
    ],
    [
      'a section that a variable could include: the condition stays with the place',
      'PHARMACIST',
      'query ($with: Boolean!, $n: ID!) { patient(nhsNumber: $n) { mentalHealth @include(if: $with) { status } } }',
      'query ($with: Boolean!, $n: ID!) { patient(nhsNumber: $n) { lcrdenied_mentalHealth: __typename @include(if: $with) } }',
    ],
    [
      'a section of the second of two patients',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { name } b: patient(nhsNumber: "2") { mentalHealth { status } } }',
      '{ patient(nhsNumber: "1") { name } b: patient(nhsNumber: "2") { lcrdenied_mentalHealth: __typename } }',
    ],
    [
      'a field of a patient that stands in no table',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { mother { name } } }',
      '{ patient(nhsNumber: "1") { lcrdenied_mother: __typename } }',
    ],
    [
      'demographics beyond identity',
      'PHARMACIST',
      '{ patient(nhsNumber: "1") { name addresses } }',
      '{ patient(nhsNumber: "1") { name lcrdenied_addresses: __typename } }',
    ],
    [
      'fields within a section that clerical staff see without its content',
      'CLERICAL',
      '{ patient(nhsNumber: "1") { encounters { nodes { id reasons ... on Noted { notes } } } } }',
      '{ patient(nhsNumber: "1") { encounters { nodes { id lcrdenied_reasons: __typename ... on Noted { lcrdenied_notes: __typename } } } } }',
    ],
    [
      'a section that is filtered by the codes that one may not see',
      'CLERICAL',
      'query ($codes: [String!]) { patient(nhsNumber: "1") { encounters(codes: $codes) { nodes { id } } } }',
      'query ($codes: [String!]) { patient(nhsNumber: "1") { lcrdenied_encounters: __typename } }',
    ],
    [
      'all of a patient',
      'PRIVACY_OFFICER',
      '{ me patient(nhsNumber: "1") { nhsNumber } }',
      '{ me lcrdenied_patient: __typename }',
    ],
    [
      'what is beyond the contract, unless its section is the role’s',
      'SOCIAL_CARE',
      '{ patient(nhsNumber: "1") { records { ... on NelRecord { universalCarePlan } } } }',
      '{ patient(nhsNumber: "1") { records { ... on NelRecord { universalCarePlan } } } }',
    ],
    [
      'a root field that nobody has thought about, even for doctors',
      'DOCTOR',
      '{ me somethingNew }',
      '{ me lcrdenied_somethingNew: __typename }',
    ],
    [
      'a mutation',
      'DOCTOR',
      'mutation { claimEmergencyAccess(nhsNumber: "1") decideObjection(id: "1") }',
      'mutation { claimEmergencyAccess(nhsNumber: "1") lcrdenied_decideObjection: __typename }',
    ],
  ])('%s', async (_what, group, query, expected) => {
    expect(await rehearsed(query, group)).toBe(expected)
  })

  it('and nothing else: who sees everything keeps the very document', async () => {
    const document = parse(
      '{ me patient(nhsNumber: "1") { addresses mentalHealth { status } records { nhsNumber mentalHealth { nodes { id notes } } } } __schema { types { name } } }',
    )
    expect(await rehearse(document, undefined, 'DOCTOR')).toEqual({ document, signature: '' })
  })

  it('only in the operation that is run', async () => {
    const query =
      'query A { patient(nhsNumber: "1") { mentalHealth { status } } } query B { patient(nhsNumber: "1") { allergies { status } } }'
    expect(await rehearsed(query, 'PHARMACIST', 'B')).not.toContain('lcrdenied')
    expect(await rehearsed(query, 'PHARMACIST', 'A')).toContain('lcrdenied_mentalHealth')
  })

  it('and a question about the schema stays what it was', async () => {
    const query =
      '{ __schema { types { name } } patient(nhsNumber: "1") { mentalHealth { status } } }'
    expect(await rehearsed(query, 'PHARMACIST')).toBe(
      '{ __schema { types { name } } patient(nhsNumber: "1") { lcrdenied_mentalHealth: __typename } }',
    )
  })

  it('refuses an alias that looks like the place of a denied field', async () => {
    await expect(
      rehearse(parse('{ patient(nhsNumber: "1") { lcrdenied_x: name } }'), undefined, 'DOCTOR'),
    ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
  })

  it('fails, and so refuses, when the operation cannot be run at all', async () => {
    await expect(rehearse(parse('{ me }'), 'Another', 'DOCTOR')).rejects.toThrow()
  })
})

describe('what was cut is shown', () => {
  it('as null in its place, with one error at the first of its places', () => {
    const { data, errors } = showDenials({
      first: 1,
      lcrdenied_mentalHealth: 'Patient',
      encounters: {
        nodes: [{ lcrdenied_reasons: 'Encounter' }, { lcrdenied_reasons: 'Encounter' }],
      },
      last: null,
    })
    expect(JSON.stringify(data)).toBe(
      '{"first":1,"mentalHealth":null,"encounters":{"nodes":[{"reasons":null},{"reasons":null}]},"last":null}',
    )
    expect(errors.map(({ path, extensions }: GraphQLError) => [path, extensions['code']])).toEqual([
      [['mentalHealth'], 'FIELD_NOT_PERMITTED'],
      [['encounters', 'nodes', 0, 'reasons'], 'FIELD_NOT_PERMITTED'],
    ])
  })
})
