import { hasMember } from '../../subgraphs/kit/exclusions/find-codings.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { toObject, toObjects } from '../subject/json.ts'
import { describeReply } from '../subject/reply.ts'
import { failed, PASSED, skipped } from '../verdict.ts'
import { overSections } from './over-sections.ts'

const MEND =
  'Judge by code, service, label and link while taking records in, and once more while sending: docs/exclusions.md.'

const codes: ConformanceTest = {
  id: 'exclusions.codes',
  title: 'Sends no code of what is never shared, in any coding of any entry',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, ({ entries, where }) => {
      const at = entries.findIndex(({ node }) => hasMember(node, subject.lists))
      if (at < 0) return PASSED
      return failed({
        expected: `no entry of ${where} with a code of the lists in subgraphs/kit/exclusions/lists`,
        came: `one in entry ${at + 1}`,
        mend: MEND,
      })
    }),
}

const filtered: ConformanceTest = {
  id: 'exclusions.filters',
  title: 'Finds nothing by such a code, and nothing that was entered in error with one',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, async ({ section, record, where }) => {
      const all = [...subject.lists.snomed, ...subject.lists.loinc].slice(0, 1000)
      const reply = await askRecord(subject, record.patient.nhsNumber, {
        selection: `plain: ${section.name}(codes: $codes) { nodes { id } }
          error: ${section.name}(codes: $codes, status: [ENTERED_IN_ERROR]) { nodes { id } }`,
        declares: '$codes: [String!]',
        variables: { codes: all },
      })
      const found = ['plain', 'error'].flatMap((key) =>
        toObjects(toObject(reply.record?.[key])?.['nodes']),
      )
      if (found.length === 0 && reply.record && reply.errors.length === 0) return PASSED
      return failed({
        expected: `no entry of ${where} when filtered by the codes of what is never shared`,
        came: `${describeReply(reply)}, ${found.length} entries`,
        mend: 'Leave out what is excluded before filtering: what a filter finds is told.',
      })
    }),
}

const wholly: ConformanceTest = {
  id: 'exclusions.whole-record',
  title: 'Answers for a patient of whom all may never be shared as for one who is not known',
  isAboutRecords: true,
  async run(subject) {
    const { excluded, unknown } = subject
    if (!excluded) return skipped('No such patient was given: see --excluded.')
    const selection = `nhsNumber asOf demographics { birthDate }
      ${subject.sections.map(({ name }) => `${name} { nodes { id } status }`).join(' ')}`
    const [one, other] = await Promise.all(
      [excluded, unknown].map(({ nhsNumber }) => askRecord(subject, nhsNumber, { selection })),
    )
    if (!one || !other) return PASSED
    if (!one.record && one.text === other.text && one.status === other.status) return PASSED
    return failed({
      expected: 'the same answer as for an unknown patient, byte for byte: null, and no error',
      came: `${describeReply(one)}${one.record ? ', a record' : ', no record'}`,
      mend: 'An empty record tells that there is something: resolve it to null.',
    })
  },
}

/** What is legally never shared. */
export const exclusions: ConformanceGroup = {
  name: 'exclusions',
  title: 'Never shared',
  tests: [codes, filtered, wholly],
}
