import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { type Asking, askRecord } from '../subject/ask.ts'
import type { Json } from '../subject/json.ts'
import { describeReply } from '../subject/reply.ts'
import { failed, PASSED, skipped } from '../verdict.ts'

const GRAPHQL = 'Serve GraphQL as the specification (October 2021) has it: most servers do.'

/** A test that asks the first patient's record in some way, and knows what must come of its keys. */
function operationTest(given: {
  readonly id: string
  readonly title: string
  readonly asking: Asking & { readonly selection: string }
  /** The keys that the record has. */
  readonly keys: readonly string[]
  readonly isRight?: (record: Json) => boolean
}): ConformanceTest {
  const { id, title, asking, keys, isRight = () => true } = given
  return {
    id,
    title,
    isAboutRecords: true,
    async run(subject) {
      const [patient] = subject.patients
      if (!patient) return skipped('No patient was given: see --patient.')
      const { recordType } = subject
      const reply = await askRecord(subject, patient.nhsNumber, {
        ...asking,
        fragments: (asking.fragments ?? '').replaceAll('RECORD', recordType),
        selection: asking.selection.replaceAll('RECORD', recordType),
      })
      const came = Object.keys(reply.record ?? {}).sort()
      const isSame = JSON.stringify(came) === JSON.stringify([...keys].sort())
      if (isSame && reply.errors.length === 0 && reply.record && isRight(reply.record)) {
        return PASSED
      }
      const what = isSame ? 'with other values' : `with ${came.length} of the record's keys`
      return failed({
        expected: `a record with ${keys.join(', ')}, and no error`,
        came: `${describeReply(reply)}, ${what}`,
        mend: GRAPHQL,
      })
    },
  }
}

/** What the planner and front ends write their operations with. */
export const operations: ConformanceGroup = {
  name: 'operations',
  title: 'Operations',
  tests: [
    operationTest({
      id: 'operations.aliases',
      title: 'Keeps apart two uses of one section under aliases',
      asking: {
        selection:
          'one: allergies(first: 1) { nodes { id } } all: allergies { nodes { id } } again: asOf asOf',
      },
      keys: ['one', 'all', 'again', 'asOf'],
      isRight: ({ again, asOf, one }) => again === asOf && JSON.stringify(one).length < 1000,
    }),
    operationTest({
      id: 'operations.fragments',
      title: 'Puts fragments together, on the record type and on its interface, named and inline',
      asking: {
        selection: '...Own ... on CareRecord { asOf } ... { demographics { ...Name } }',
        fragments: `fragment Own on RECORD { nhsNumber demographics { birthDate } }
          fragment Name on Demographics { name { family } }`,
      },
      keys: ['nhsNumber', 'asOf', 'demographics'],
      isRight: ({ demographics }) =>
        demographics === null ||
        JSON.stringify(Object.keys(Object(demographics)).sort()) === '["birthDate","name"]',
    }),
    operationTest({
      id: 'operations.variables',
      title: 'Takes arguments from variables, their defaults included',
      asking: {
        declares: '$first: Int = 1, $since: DateTime, $codes: [String!], $status: [AllergyStatus!]',
        variables: { since: '1900', status: ['ACTIVE', 'INACTIVE'] },
        selection: `allergies(first: $first, since: $since, codes: $codes, status: $status) {
          nodes { status } }`,
      },
      keys: ['allergies'],
    }),
    operationTest({
      id: 'operations.include-and-skip',
      title: 'Leaves out what @include and @skip leave out',
      asking: {
        declares: '$yes: Boolean!, $no: Boolean!',
        variables: { yes: true, no: false },
        selection: `nhsNumber @include(if: $yes) asOf @include(if: $no) demographics @skip(if: $yes) { birthDate }
          ... @skip(if: $no) { allergies { status } } ...Left @include(if: $no)`,
        fragments: 'fragment Left on RECORD { diagnoses { status } }',
      },
      keys: ['nhsNumber', 'allergies'],
    }),
    operationTest({
      id: 'operations.typename',
      title: 'Names the type of everything that it is asked for',
      asking: {
        selection: '__typename allergies { __typename pageInfo { __typename } }',
      },
      keys: ['__typename', 'allergies'],
      isRight: ({ allergies }) =>
        JSON.stringify(allergies) ===
        '{"__typename":"AllergyConnection","pageInfo":{"__typename":"PageInfo"}}',
    }),
    operationTest({
      id: 'operations.whole-record',
      title: 'Answers every section of a record in one operation',
      asking: { selection: `nhsNumber ${everySection()}` },
      keys: ['nhsNumber', ...sectionNames()],
      isRight: (record) => sectionNames().every((name) => record[name] !== null),
    }),
  ],
}

function sectionNames(): string[] {
  return [
    'allergies',
    'medications',
    'immunisations',
    'diagnoses',
    'testResults',
    'imagingReports',
    'observations',
    'procedures',
    'appointments',
    'encounters',
    'documents',
    'carePlans',
    'socialCare',
    'mentalHealth',
    'safetyAlerts',
    'referrals',
  ]
}

function everySection(): string {
  return sectionNames()
    .map((name) => `${name} { nodes { id status: __typename } status isComplete }`)
    .join(' ')
}
