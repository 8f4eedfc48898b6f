import { buildSchema, extendSchema, type GraphQLSchema, parse } from 'graphql'

/** The API schema of a small supergraph: one source, with every kind of type that a contract can have. */
export const smallContract: GraphQLSchema = buildSchema(`
scalar DateTime
type Query { nel: Nel }

interface CareRecord {
  nhsNumber: ID!
  asOf: DateTime
  demographics: Demographics
  procedures(
    first: Int = 50, after: String, since: DateTime, until: DateTime, codes: [String!], status: [String!]
  ): ProcedureConnection
}
type Demographics { name: HumanName birthDate: DateTime gender: String }
type HumanName { text: String! family: String given: [String!]! }

type NelRecord implements CareRecord {
  nhsNumber: ID!
  asOf: DateTime
  demographics: Demographics
  allergies(first: Int): AllergyConnection
  results(first: Int, after: String): ResultConnection
  procedures(
    first: Int = 50, after: String, since: DateTime, until: DateTime, codes: [String!], status: [String!]
  ): ProcedureConnection
  ownProcedures(after: String): ProcedureConnection
}

type ProcedureConnection {
  nodes: [Procedure!]!
  edges: [ProcedureEdge!]!
  pageInfo: PageInfo!
  status: SectionStatus!
  statedNoneKnown: [Provenance!]!
  notShared: [ID!]!
}
type ProcedureEdge { cursor: String! node: Procedure! }
type PageInfo { endCursor: String hasNextPage: Boolean! }
enum SectionStatus { HAS_ENTRIES NONE_KNOWN NOTHING_RECORDED NOT_SHARED UNKNOWN }
type Procedure { id: ID! provenance: [Provenance!]! }
type Provenance { participant: ID! author: String }

type AllergyConnection { nodes: [Allergy!]! status: Status! isComplete: Boolean! }
enum Status { HAS_ENTRIES NONE_KNOWN UNKNOWN }
type Allergy { id: ID! display: String status: Status recordedAt: DateTime substance: Substance }
interface Substance { code: ID! }
type Drug implements Substance { code: ID! strength: Float }
type Food implements Substance { code: ID! name: String! }

type ResultConnection { nodes: [Result!]! status: Status! }
type Result { id: ID! value: Float grid: [[Int!]]! notes: [String] issuedAt: DateTime! }

type Nel { code: ID! service: Service organisations: [Organisation!]! }
type Service { status: Status! }
type Organisation { odsCode: ID! }
`)

/** The same as the source itself has it, with the door to its entities. */
export const smallSubgraph: GraphQLSchema = extendSchema(
  smallContract,
  parse(`
scalar _Any
union _Entity = NelRecord | Nel
extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
`),
)
