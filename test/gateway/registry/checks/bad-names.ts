import type { BadPublication } from './bad-publication.ts'
import { also, both, importing, inNelRecord, instead, LINK } from './schema-changes.ts'

/** Schemas that publish what is not the participant’s own. */
export const badNames: readonly BadPublication[] = [
  {
    title: 'a record of a participant that only views',
    check: 'participation',
    participant: 'hpft',
    change: also(
      'type HpftRecord implements CareRecord @key(fields: "nhsNumber") { nhsNumber: ID! } interface CareRecord { nhsNumber: ID! }',
    ),
    message: 'hpft only views and may publish no patient record.',
    where: /^HpftRecord /,
  },
  {
    title: 'a type without the own name',
    check: 'namespace',
    participant: 'nel',
    change: both(inNelRecord('frailty: Frailty'), also('type Frailty { score: Int }')),
    message: 'The type Frailty does not begin with your own name.',
    where: /^Frailty /,
  },
  {
    title: 'a type that only looks like an own one',
    check: 'namespace',
    participant: 'nel',
    change: also('type NelsonScore { score: Int }'),
    message: 'The type NelsonScore does not begin with your own name.',
    where: /^NelsonScore /,
  },
  {
    title: 'a type of another participant',
    check: 'namespace',
    participant: 'nel',
    change: also(
      'extend type SwlRecord @key(fields: "nhsNumber") { nhsNumber: ID! @shareable nelOpinion: String }',
    ),
    message: 'SwlRecord belongs to swl: nobody else defines or extends it.',
    where: /^SwlRecord /,
  },
  {
    title: 'further fields of the patient',
    check: 'namespace',
    participant: 'nel',
    change: also('type Patient @key(fields: "nhsNumber") { nhsNumber: ID! nelScore: Int }'),
    message: 'Patient belongs to index: nobody else defines or extends it.',
    where: /^Patient /,
  },
  {
    title: 'a root field without the own code',
    check: 'namespace',
    participant: 'nel',
    change: instead('type Query {', 'type Query {\n  everybody: [ID!]'),
    message: 'The root field everybody does not begin with your own code.',
    where: /^Query\.everybody /,
  },
  {
    title: 'a root field that the index has',
    check: 'namespace',
    participant: 'nel',
    change: both(instead('type Query {', 'type Query {\n  patient(nhsNumber: ID!): NelRecord')),
    message: 'The root field patient does not begin with your own code.',
    where: /^Query\.patient /,
  },
  {
    title: 'a mutation',
    check: 'namespace',
    participant: 'nel',
    change: also('type Mutation { nelForget: Boolean }'),
    message: 'A participant publishes neither mutations nor subscriptions: the graph only reads.',
    where: /^Mutation /,
  },
  {
    title: "taking another participant's field over",
    check: 'namespace',
    participant: 'nel',
    change: both(
      importing('@override'),
      also('type SwlUniversalCarePlan { title: String! @override(from: "swl") }'),
    ),
    message:
      '@override takes a field away from another subgraph: a participant speaks for itself alone.',
    where: /^SwlUniversalCarePlan\.title /,
  },
  {
    title: 'a directive that reaches into others, by its long name',
    check: 'namespace',
    participant: 'nel',
    change: also('type NelThing { a: Int @federation__external }'),
    message:
      '@external speaks of a field that is answered elsewhere: a participant speaks for itself alone.',
    where: /^NelThing\.a /,
  },
  {
    title: 'a directive that reaches into others, under another name',
    check: 'namespace',
    participant: 'nel',
    change: instead('"@inaccessible"]', '"@inaccessible", { name: "@override", as: "@mine" }]'),
    message: 'The schema gives other names to what it links.',
    where: /^@link /,
  },
  {
    title: 'an object for the interface of all records',
    check: 'namespace',
    participant: 'nel',
    change: both(
      importing('@interfaceObject'),
      also('type NelEverybody @interfaceObject @key(fields: "id") { id: ID! }'),
    ),
    message:
      '@interfaceObject adds fields to the types of everybody who implements the interface: a participant speaks for itself alone.',
    where: /^NelEverybody /,
  },
  {
    title: 'a specification that is not Federation',
    check: 'namespace',
    participant: 'nel',
    change: instead(
      LINK,
      `${LINK} @link(url: "https://nel.example.nhs.uk/audit/v1.0", import: ["@nelAudit"])`,
    ),
    message: 'The schema links a specification other than Federation.',
    where: /^@link /,
  },
  {
    title: 'a newer Federation than the graph’s',
    check: 'namespace',
    participant: 'nel',
    change: instead('federation/v2.7', 'federation/v2.9'),
    message: 'The schema asks for Federation 2.9; the graph speaks 2.0 to 2.7.',
    where: /^@link /,
  },
  {
    title: 'a schema of the first Federation',
    check: 'namespace',
    participant: 'nel',
    change: instead(LINK, ''),
    message: 'The schema is not linked to Federation 2.',
    where: 'schema',
  },
  {
    title: 'an interface that leads back to itself',
    check: 'namespace',
    participant: 'nel',
    change: both(
      inNelRecord('linked: NelLinked'),
      also(`interface NelLinked { id: ID! next: NelLinked }
        type NelLetter implements NelLinked { id: ID! next: NelLinked }`),
    ),
    message: 'The interface NelLinked leads back to itself.',
    where: /^NelLinked /,
  },
  {
    title: 'a record that leads to records',
    check: 'namespace',
    participant: 'nel',
    change: inNelRecord('elsewhere: [CareRecord!]'),
    message:
      'NelRecord.elsewhere leads back to CareRecord: a record within a record is planned again for every participant.',
    where: /^NelRecord\.elsewhere /,
  },
  {
    title: 'a second type of records',
    check: 'namespace',
    participant: 'nel',
    change: (sdl) => {
      const record = /type NelRecord implements[\s\S]*?\n}\n/.exec(sdl)?.[0] ?? ''
      return `${sdl}\n${record.replace('NelRecord', 'NelSecondRecord')}`
    },
    message:
      "NelSecondRecord implements CareRecord: only the contract's own types do, and one of each participant's.",
    where: /^NelSecondRecord /,
  },
]
