import { getNamedType, isObjectType } from 'graphql'
import type { RoleGroup } from '../../gateway/access/roles.ts'
import {
  demographicsFields,
  hiddenFields,
  maySee,
  type Section,
} from '../../gateway/access/sections.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { toObject, toObjects } from '../subject/json.ts'
import { codesAt, codesOf, describeReply } from '../subject/reply.ts'
import { demographicsSelection } from '../subject/whole-record.ts'
import { failed, PASSED, skipped } from '../verdict.ts'
import { overSections } from './over-sections.ts'
import { refused } from './scopes.ts'

/** A job role of each group that sees any part of a record. */
const READERS: Readonly<Partial<Record<RoleGroup, string>>> = {
  DOCTOR: 'R8000',
  NURSE: 'R8001',
  PHARMACIST: 'R1290',
  ALLIED_HEALTH: 'R8003',
  SOCIAL_CARE: 'R8014',
  CLERICAL: 'R8009',
  CALL_HANDLER: 'R1690',
}

const MEND =
  'Decide by role_code and the table in docs/access.md: null and one FORBIDDEN for what the role does not see, the rest as usual.'

const readers = Object.entries(READERS) as [RoleGroup, string][]

/** Who a group is, in a report. */
function nameOf(group: RoleGroup): string {
  return group.toLowerCase().replace('_', ' ')
}

const sections: ConformanceTest = {
  id: 'roles.sections',
  title: 'Shows each role its sections, and no other',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    const selection = subject.sections.map(({ name }) => `${name} { status }`).join(' ')
    for (const [group, roleCode] of readers) {
      const assertion = { roleCode }
      const reply = await askRecord(subject, patient.nhsNumber, { selection, assertion })
      const wrong = subject.sections.find(({ name }) => {
        const codes = codesAt(reply, ['_entities', 0, name]).join()
        return maySee(group, name as Section)
          ? !reply.record?.[name] || codes !== ''
          : reply.record?.[name] !== null || codes !== 'FORBIDDEN'
      })
      if (!wrong) continue
      const sees = maySee(group, wrong.name as Section)
      return failed({
        expected: `${wrong.name} ${sees ? 'shown to' : 'null and FORBIDDEN for'} the role ${roleCode} (${nameOf(group)})`,
        came: `${describeReply(reply)}; ${wrong.name} is ${reply.record?.[wrong.name] ? 'shown' : 'not shown'}`,
        mend: MEND,
      })
    }
    return PASSED
  },
}

const demographics: ConformanceTest = {
  id: 'roles.demographics',
  title: 'Shows each role its part of demographics',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    const selection = `demographics ${demographicsSelection(subject)}`
    for (const [group, roleCode] of readers) {
      const assertion = { roleCode }
      const reply = await askRecord(subject, patient.nhsNumber, { selection, assertion })
      const shown = toObject(reply.record?.['demographics'])
      const wrong = Object.entries(demographicsFields).find(([field, part]) => {
        const codes = codesAt(reply, ['_entities', 0, 'demographics', field]).join()
        return maySee(group, part)
          ? codes !== ''
          : codes !== 'FORBIDDEN' || (shown && shown[field] !== null)
      })
      if (!wrong && shown) continue
      return failed({
        expected: `demographics as the role ${roleCode} (${nameOf(group)}) may see them`,
        came: `${describeReply(reply)}${wrong ? `; ${wrong[0]} differs` : ''}`,
        mend: MEND,
      })
    }
    return PASSED
  },
}

/** What is withheld of the sections that a role sees. */
const withheld = readers.flatMap(([group, roleCode]) =>
  Object.values(hiddenFields[group] ?? {}).map((one) => ({ ...one, group, roleCode })),
)

const within: ConformanceTest = {
  id: 'roles.within-sections',
  title: 'Shows each role a section without what tells what another one would',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async ({ section: { name, item }, record, where }) => {
        for (const { fields, group, roleCode } of withheld.filter((one) => one.section === name)) {
          const selected = fields.map((field) => {
            const type = getNamedType(item.getFields()[field]?.type)
            return `${field} ${isObjectType(type) ? '{ __typename }' : ''}`
          })
          const reply = await askRecord(subject, record.patient.nhsNumber, {
            selection: `${name} { nodes { id ${selected.join(' ')} } }`,
            assertion: { roleCode },
          })
          const nodes = toObjects(toObject(reply.record?.[name])?.['nodes'])
          const seen = fields.find((field) => nodes.some((node) => (node[field] ?? null) !== null))
          if (seen === undefined && codesOf(reply).includes('FORBIDDEN')) continue
          return failed({
            expected: `${where} with ${fields.join(', ')} withheld from the role ${roleCode} (${nameOf(group)})`,
            came: `${describeReply(reply)}${seen === undefined ? '' : `; ${seen} is shown`}`,
            mend: MEND,
          })
        }
        return PASSED
      },
      {
        fit: ({ section: { name }, entries }) =>
          entries.length > 0 && withheld.some(({ section }) => section === name),
        lacking: 'No patient has an entry of which something is withheld from a role.',
      },
    ),
}

const byCodes: ConformanceTest = {
  id: 'roles.filtered-by-codes',
  title: 'Filters by codes for no role that does not see what a section is about',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    for (const { section, group, roleCode } of withheld) {
      const reply = await askRecord(subject, patient.nhsNumber, {
        selection: `${section}(codes: ["1"]) { status }`,
        assertion: { roleCode },
      })
      if (reply.record?.[section] === null && codesOf(reply).includes('FORBIDDEN')) continue
      return failed({
        expected: `FORBIDDEN for ${section} that the role ${roleCode} (${nameOf(group)}) filters by codes`,
        came: describeReply(reply),
        mend: 'Whether a filter finds something tells what the role does not see.',
      })
    }
    return PASSED
  },
}

const nobody: ConformanceTest = {
  id: 'roles.nobody',
  title: 'Shows no record to a role that takes no part in care, or that nobody knows',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    // Privacy officer, Caldicott guardian, researcher, systems support, and a code that is none.
    for (const roleCode of ['R0001', 'R5105', 'R1860', 'R8015', 'R9999']) {
      const reply = await askRecord(subject, patient.nhsNumber, {
        selection: 'nhsNumber asOf',
        assertion: { roleCode },
      })
      const verdict = refused(reply, `a record with the role ${roleCode}`)
      if (verdict.outcome !== 'PASSED') return verdict
    }
    return PASSED
  },
}

/** What a role may see: the organisation that holds a record decides last. */
export const roles: ConformanceGroup = {
  name: 'roles',
  title: 'Roles',
  tests: [sections, demographics, within, byCodes, nobody],
}
