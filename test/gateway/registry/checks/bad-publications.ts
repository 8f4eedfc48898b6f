import type { CheckName } from '../../../../gateway/registry/checks/check.ts'

/** A publication that one check refuses. */
export interface BadPublication {
  /** What is wrong with it, to end a sentence that begins with 'refuses'. */
  readonly title: string
  /** The check that says so. */
  readonly check: CheckName
  /** Whose: `nel` contributes, `swl` publishes more than the contract, `hpft` only views. */
  readonly participant: 'nel' | 'swl' | 'hpft'
  /** What is wrong in the schema, made of the good one. */
  readonly change: (sdl: string) => string
  /** What the check says, to the letter. */
  readonly message: string
  /** Where it says so. */
  readonly where: string | RegExp | null
}

/** Puts something else in a text; the text must have it. */
function instead(from: string, to: string): (sdl: string) => string {
  return (sdl) => {
    if (!sdl.includes(from)) throw new Error(`The schema has no '${from}'`)
    return sdl.replace(from, () => to)
  }
}

/** Puts something behind all that is there. */
function also(more: string): (sdl: string) => string {
  return (sdl) => `${sdl}\n${more}\n`
}

const NEL_RECORD = 'type NelRecord implements CareRecord @key(fields: "nhsNumber") {'

const inNelRecord = (field: string) => instead(NEL_RECORD, `${NEL_RECORD}\n  ${field}`)

const AS_OF = `"When anything in this source's record of the patient last changed."\n  asOf: DateTime`

/** Removes a field of an object type, with its description and arguments. */
function without(type: string, field: string): (sdl: string) => string {
  return (sdl) => {
    const from = sdl.indexOf(`type ${type} `)
    const head = sdl.slice(0, from)
    const end = sdl.indexOf('\n}\n', from)
    const body = sdl.slice(from, end)
    const cut = body.replace(
      new RegExp(`\\n(  "[^\\n]*"|  """[^"]*""")\\n  ${field}(\\(\\n[\\s\\S]*?\\n  \\))?:[^\\n]*`),
      '',
    )
    if (from < 0 || cut === body) throw new Error(`The schema has no ${type}.${field}`)
    return head + cut + sdl.slice(end)
  }
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@inaccessible"])'

const importing = (name: string) => instead('"@inaccessible"]', `"@inaccessible", "${name}"]`)

const both =
  (...changes: readonly ((sdl: string) => string)[]) =>
  (sdl: string) =>
    changes.reduce((text, change) => change(text), sdl)

/** Bad schemas: each is refused by the check that stands with it. */
export const badSchemas: readonly BadPublication[] = [
  {
    title: 'a schema with a missing bracket',
    check: 'parses',
    participant: 'nel',
    change: (sdl) => sdl.trimEnd().slice(0, -1),
    message: 'The schema is no GraphQL: Expected Name, found <EOF>.',
    where: /^line \d+, column \d+$/,
  },
  {
    title: 'a field without a type',
    check: 'parses',
    participant: 'nel',
    change: instead('  asOf: DateTime\n', '  asOf\n'),
    message: 'The schema is no GraphQL: Expected ":", found a description.',
    where: /^line \d+, column 3$/,
  },
  {
    title: 'an operation beside the types',
    check: 'parses',
    participant: 'nel',
    change: (sdl) => `query Mine { me { name } }\n${sdl}`,
    message: 'A schema defines types and nothing else: an operation or a fragment begins here.',
    where: 'line 1, column 1',
  },
  {
    title: 'a schema without end',
    check: 'parses',
    participant: 'nel',
    change: also('enum NelMany { A }\n'.repeat(25_000)),
    message: 'The schema is longer than 120000 words and signs.',
    where: null,
  },
  {
    title: 'a record without one of the sections',
    check: 'implements-contract',
    participant: 'nel',
    change: without('NelRecord', 'safetyAlerts'),
    message: "NelRecord lacks the field 'safetyAlerts: SafetyAlertConnection'.",
    where: /^NelRecord \(line \d+, column 1\)$/,
  },
  {
    title: 'a section without one of its arguments',
    check: 'implements-contract',
    participant: 'nel',
    change: (sdl) =>
      sdl.replace(
        /(type NelRecord[\s\S]*?allergies\([\s\S]*?)\n {4}"Only entries at or after this moment."\n {4}since: DateTime/,
        '$1',
      ),
    message: "NelRecord.allergies lacks the argument 'since: DateTime'.",
    where: /^NelRecord\.allergies \(line \d+, column 3\)$/,
  },
  {
    title: 'a section that gives another number of entries when nobody says how many',
    check: 'implements-contract',
    participant: 'nel',
    change: (sdl) => sdl.replace(/(type NelRecord[\s\S]*?)first: Int = 50/, '$1first: Int = 10'),
    message:
      "The argument 'first' of NelRecord.medications must be 'first: Int = 50', not 'first: Int = 10'.",
    where: /^NelRecord\.medications \(line \d+, column 5\)$/,
  },
  {
    title: 'a section that may not be null',
    check: 'implements-contract',
    participant: 'nel',
    change: (sdl) => sdl.replace(/(type NelRecord[\s\S]*?\): AllergyConnection)\n/, '$1!\n'),
    message: "NelRecord.allergies must be 'AllergyConnection', not 'AllergyConnection!'.",
    where: /^NelRecord\.allergies /,
  },
  {
    title: 'an added field that may not be null',
    check: 'implements-contract',
    participant: 'nel',
    change: inNelRecord('frailtyScore: Int!'),
    message:
      "NelRecord.frailtyScore is added as 'Int!': if it failed once, everything else of NelRecord would be lost with it.",
    where: /^NelRecord\.frailtyScore /,
  },
  {
    title: 'an added field on a shared type',
    check: 'implements-contract',
    participant: 'nel',
    change: instead(
      'type Allergy implements CareItem @shareable {',
      'type Allergy implements CareItem @shareable {\n  nelNote: String',
    ),
    message: 'Allergy.nelNote is not in the contract: shared types are the same in every subgraph.',
    where: /^Allergy\.nelNote /,
  },
  {
    title: 'a state that the contract does not know',
    check: 'implements-contract',
    participant: 'nel',
    change: instead('enum AllergyStatus {', 'enum AllergyStatus {\n  DOUBTFUL'),
    message: 'AllergyStatus has the value DOUBTFUL, which the contract does not know.',
    where: /^AllergyStatus /,
  },
  {
    title: 'a record that is found by another key',
    check: 'implements-contract',
    participant: 'nel',
    change: instead(NEL_RECORD, NEL_RECORD.replace('nhsNumber', 'asOf')),
    message: 'NelRecord lacks the directive \'@key(fields: "nhsNumber")\'.',
    where: /^NelRecord /,
  },
  {
    title: 'a record that hides a section from everybody',
    check: 'implements-contract',
    participant: 'nel',
    change: instead(AS_OF, `${AS_OF} @inaccessible`),
    message: "NelRecord.asOf carries the directive '@inaccessible', which it may not.",
    where: /^NelRecord\.asOf /,
  },
  {
    title: 'a record that others might answer as well',
    check: 'implements-contract',
    participant: 'nel',
    change: instead(AS_OF, `${AS_OF} @shareable`),
    message: "NelRecord.asOf carries the directive '@shareable', which it may not.",
    where: /^NelRecord\.asOf /,
  },
  {
    title: 'a feed that everybody can see',
    check: 'implements-contract',
    participant: 'nel',
    change: instead('PatientFeed! @inaccessible', 'PatientFeed!'),
    message: "Query.nelFeed lacks the directive '@inaccessible'.",
    where: /^Query\.nelFeed /,
  },
  {
    title: 'a schema without who the participant is',
    check: 'implements-contract',
    participant: 'hpft',
    change: (sdl) => sdl.replace(/"[^"]*"\ntype Hpft implements[\s\S]*?\n}\n/, ''),
    message: 'The type Hpft is missing.',
    where: null,
  },
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
  {
    title: 'a field of a type that nobody has',
    check: 'composes',
    participant: 'nel',
    change: inNelRecord('frailty: NelFrailty'),
    message: 'nel: Unknown type NelFrailty.',
    where: 'NelFrailty',
  },
  {
    title: 'a shared field of another type than everybody else’s',
    check: 'composes',
    participant: 'nel',
    change: (sdl) => sdl.replace(/(type Organisation [\s\S]*?\n {2}name: )String/, '$1Int'),
    message:
      'Type of field "Organisation.name" is incompatible across subgraphs: it has type "String" in subgraphs "hpft", "index" and "swl" but type "Int" in subgraph "nel".',
    where: 'Organisation.name',
  },
  {
    title: 'a key of a field that is not there',
    check: 'composes',
    participant: 'nel',
    change: also('type NelClinic @key(fields: "number") { id: ID! }'),
    message:
      'nel: On type "NelClinic", for @key(fields: "number"): Cannot query field "number" on type "NelClinic" (the field should either be added to this subgraph or, if it should not be resolved by this subgraph, you need to add it to this subgraph with @external).',
    where: 'NelClinic',
  },
  {
    title: 'a type defined twice',
    check: 'composes',
    participant: 'nel',
    change: also('type NelClinic { id: ID! }\ntype NelClinic { name: String }'),
    message: 'nel: There can be only one type named "NelClinic".',
    where: 'NelClinic',
  },
  {
    title: 'the end of a field that front ends ask for',
    check: 'keeps-operations',
    participant: 'swl',
    change: without('SwlUniversalCarePlan', 'summary'),
    message:
      'Operations that are in use would be refused with \'Cannot query field "summary" on type "SwlUniversalCarePlan".\': CarePlans of ambulance-app, ed-viewer, used 1240 times and last on 2026-11-02.',
    where: 'SwlUniversalCarePlan.summary',
  },
  {
    title: 'another name for a field that front ends ask for',
    check: 'keeps-operations',
    participant: 'swl',
    change: instead(
      '  universalCarePlan: SwlUniversalCarePlan',
      '  carePlan: SwlUniversalCarePlan',
    ),
    message:
      'Operations that are in use would be refused with \'Cannot query field "universalCarePlan" on type "SwlRecord".\': CarePlans of ambulance-app, ed-viewer, used 1240 times and last on 2026-11-02.',
    where: 'SwlRecord.universalCarePlan',
  },
]

/** The operations that were used before the bad publications. */
export const usedBefore = [
  {
    digest: 'c'.repeat(64),
    text: `query CarePlans($nhsNumber: ID!) {
  patient(nhsNumber: $nhsNumber) {
    allergies(codes: [], status: []) { nodes { id } }
    records { ... on SwlRecord { universalCarePlan { title summary } } }
  }
}`,
    name: 'CarePlans',
    clients: ['ambulance-app', 'ed-viewer'],
    times: 1240,
    lastUsed: '2026-11-02T10:15:00.000Z',
  },
] as const
