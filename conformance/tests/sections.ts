import { getNamedType, isObjectType } from 'graphql'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { violationIn } from '../subject/contract-shape.ts'
import { toObject, toObjects } from '../subject/json.ts'
import { codesOf } from '../subject/reply.ts'
import { demographicsSelection } from '../subject/whole-record.ts'
import { failed, firstWrong, PASSED, type Verdict } from '../verdict.ts'
import { overRecords, overSections, type Place } from './over-sections.ts'
import { sharedSections, sharesSection } from './shared-sections.ts'

const readable: ConformanceTest = {
  id: 'sections.readable',
  title: 'Answers every section of a record to a doctor',
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async ({ patient, sections }) => {
      const came = new Set(sections.map(({ section }) => section.name))
      const missing = subject.sections.filter(({ name }) => !came.has(name))
      if (missing.length === 0) return PASSED
      return failed({
        expected: `${subject.sections.length} sections of ${patient.label}`,
        came: `all but ${missing.map(({ name }) => name).join(', ')}`,
        mend: 'A section without entries is an empty list with its status, never null.',
      })
    }),
}

const status: ConformanceTest = {
  id: 'sections.status',
  title: 'Tells entries, a statement that there are none, and nothing recorded apart',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, ({ section, entries, connection, where }) => {
      const statements = toObjects(connection['statedNoneKnown']).length
      const isWhole = connection['isComplete'] === true
      const without = statements > 0 ? 'NONE_KNOWN' : 'NOTHING_RECORDED'
      const absence = isWhole ? without : 'UNKNOWN'
      const isShared = sharesSection(subject, section.name)
      const expected = !isShared ? 'NOT_SHARED' : entries.length > 0 ? 'HAS_ENTRIES' : absence
      const came = connection['status']
      // What was entered in error is shown to nobody who does not ask, and is an entry to nobody.
      if (came === expected) return PASSED
      return failed({
        expected: `${expected} of ${where}: it has ${entries.length} entries and ${statements} statements that there are none`,
        came: STATES.has(came) ? String(came) : 'no status of the contract',
        mend: 'Not recorded is not the same as known to be none: see the words of SectionStatus.',
      })
    }),
}

const STATES = new Set<unknown>([
  'HAS_ENTRIES',
  'NONE_KNOWN',
  'NOTHING_RECORDED',
  'NOT_SHARED',
  'UNKNOWN',
])

const ownPart: ConformanceTest = {
  id: 'sections.complete',
  title: 'Speaks for itself alone: complete unless it says what it does not show, no conflicts',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, ({ section, entries, connection, where }) => {
      const { isComplete, missingSources, notUnderstood, conflicts } = connection
      const hidden = isComplete === true ? [] : [subject.participant.code]
      const isShared = sharesSection(subject, section.name)
      const isRight =
        (isShared || isComplete === false) &&
        entries.every(({ node }) => JSON.stringify(node['possibleDuplicateOf']) === '[]') &&
        JSON.stringify([missingSources, notUnderstood, conflicts]) ===
          JSON.stringify([hidden, isShared ? hidden : [], []])
      if (isRight) return PASSED
      return failed({
        expected: `of ${where} isComplete true, missingSources [] and notUnderstood [] (or false, and the own code in both; where it is not shared in missingSources alone), and conflicts [] and possibleDuplicateOf []`,
        came: 'something else',
        mend: 'Fail a section that cannot be read whole; the gateway alone speaks of several sources.',
      })
    }),
}

const provenance: ConformanceTest = {
  id: 'sections.provenance',
  title: 'Names itself as the source of each entry and statement',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, ({ entries, connection, where }) => {
      const { code } = subject.participant
      const isOwn = (one: unknown) => toObject(one)?.['participant'] === code
      const at = entries.findIndex(({ node }) => {
        const sources = toObjects(node['provenance'])
        return sources.length === 0 || !sources.every(isOwn)
      })
      if (at < 0 && toObjects(connection['statedNoneKnown']).every(isOwn)) return PASSED
      return failed({
        expected: `provenance of ${where} whose participant is ${code}`,
        came:
          at < 0 ? 'a statement of another source' : `entry ${at + 1} without it, or of another`,
        mend: 'Give every entry one provenance or more, each with the own code.',
      })
    }),
}

const ids: ConformanceTest = {
  id: 'sections.ids',
  title: 'Gives every entry an id of its own, that is no NHS number',
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async ({ patient, sections }) => {
      const all = sections.flatMap(({ entries }) => entries.map(({ id }) => id))
      const twice = all.length - new Set(all).size
      const telling = all.filter((id) => id.includes(patient.nhsNumber)).length
      if (twice === 0 && telling === 0) return PASSED
      return failed({
        expected: `${all.length} ids of ${patient.label}, opaque and each once`,
        came: `${twice} that stand for a second entry, ${telling} that hold the NHS number`,
        mend: 'Take ids that are unique over all participants and tell nothing.',
      })
    }),
}

const nodesAndEdges: ConformanceTest = {
  id: 'sections.nodes-and-edges',
  title: 'Lists the same entries under nodes and edges',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, ({ connection, where }) => {
      const nodes = toObjects(connection['nodes']).map(({ id }) => id)
      const edges = toObjects(connection['edges']).map(({ node }) => toObject(node)?.['id'])
      if (JSON.stringify(nodes) === JSON.stringify(edges)) return PASSED
      return failed({
        expected: `the same entries of ${where} in the same order`,
        came: `${nodes.length} nodes and ${edges.length} edges that differ`,
        mend: 'Make both lists of one page.',
      })
    }),
}

const values: ConformanceTest = {
  id: 'sections.values',
  title:
    'Gives every value in the type that the contract has for it, and null only where it may be',
  isAboutRecords: true,
  async run(subject) {
    const demographics = await overRecords(subject, async ({ record, patient }) => {
      const type = subject.schema.getType(subject.recordType)
      const fields = isObjectType(type) ? type.getFields() : {}
      const wrong = ['nhsNumber', 'asOf', 'demographics'].flatMap((name) => {
        const field = fields[name]
        return (
          (field && violationIn(field.type, record[name], `${subject.recordType}.${name}`)) ?? []
        )
      })
      return wrong[0] === undefined ? PASSED : ofWrongType(wrong[0], patient.label)
    })
    if (demographics.outcome !== 'PASSED') return demographics
    return overSections(subject, judgeValues)
  },
}

function judgeValues({ section, entries, connection, where }: Place): Verdict {
  const verdicts = entries.map(({ node }) => {
    const wrong = violationIn(section.item, node, section.item.name)
    return wrong === null ? PASSED : ofWrongType(wrong, where)
  })
  const fields = section.connection.getFields()
  const parts = [
    'pageInfo',
    'status',
    'statedNoneKnown',
    'isComplete',
    'missingSources',
    'notUnderstood',
    'notShared',
    'conflicts',
  ]
  const wrong = parts.flatMap((name) => {
    const field = fields[name]
    return (
      (field && violationIn(field.type, connection[name], `${section.connection.name}.${name}`)) ??
      []
    )
  })
  return firstWrong([...verdicts, wrong[0] === undefined ? PASSED : ofWrongType(wrong[0], where)])
}

function ofWrongType(field: string, where: string): Verdict {
  return failed({
    expected: `${field} as the contract has it`,
    came: `in ${where} a value of another type, an unknown word, or null where none may be`,
    mend: 'The gateway does not show a section with such a value: dates in ISO 8601, numbers as numbers, the words of the enum alone.',
  })
}

const codings: ConformanceTest = {
  id: 'sections.every-field',
  title: 'Answers each field of demographics and entries without an error',
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async ({ patient }) => {
      const whole = subject.sections.map(({ name, item }) => {
        const fields = Object.values(item.getFields())
        const leaves = fields.filter(({ type }) => !isObjectType(getNamedType(type)))
        return `${name}(first: 5) { nodes { ${leaves.map((field) => field.name).join(' ')} } }`
      })
      const reply = await askRecord(subject, patient.nhsNumber, {
        selection: `demographics ${demographicsSelection(subject)} ${asAliases(whole)}`,
      })
      if (reply.errors.length === 0 && reply.record) return PASSED
      const fields = new Set(reply.errors.map(({ path }) => fieldOf(path)))
      return failed({
        expected: 'no errors',
        came: `${codesOf(reply).slice(0, 3).join(', ') || 'no record'} at ${[...fields].slice(0, 3).join(', ')}`,
        mend: 'Each field of the contract resolves to a value, or to null where the source has none.',
      })
    }),
}

/** Entries of different sections have fields of one name and different types: each under its section. */
function asAliases(selections: readonly string[]): string {
  return selections.join(' ')
}

function fieldOf(path: unknown): string {
  const names = Array.isArray(path) ? path.filter((part) => /^[A-Za-z]+$/.test(String(part))) : []
  return names.slice(0, 4).join('.') || 'the whole'
}

/** What a section says, and in which shape. */
export const sectionGroup: ConformanceGroup = {
  name: 'sections',
  title: 'Sections: empty, unknown, and their values',
  tests: [
    readable,
    status,
    sharedSections,
    ownPart,
    provenance,
    ids,
    nodesAndEdges,
    values,
    codings,
  ],
}
