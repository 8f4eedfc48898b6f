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
import { placesOf } from './over-sections.ts'
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

const within: ConformanceTest = {
  id: 'roles.within-sections',
  title:
    'Shows a receptionist encounters and referrals without what they are about, and filters none by codes',
  isAboutRecords: true,
  async run(subject) {
    const places = await placesOf(subject)
    const assertion = { roleCode: READERS.CLERICAL ?? '' }
    let isTried = false
    for (const { section: name, fields } of Object.values(hiddenFields.CLERICAL ?? {})) {
      const place = places.find(
        ({ section, entries }) => section.name === name && entries.length > 0,
      )
      const [patient] = place ? [place.record.patient] : subject.patients
      if (!patient) continue
      const filtered = await askRecord(subject, patient.nhsNumber, {
        selection: `${name}(codes: ["1"]) { status }`,
        assertion,
      })
      if (filtered.record?.[name] !== null || !codesOf(filtered).includes('FORBIDDEN')) {
        return failed({
          expected: `FORBIDDEN for ${name} that are filtered by codes`,
          came: describeReply(filtered),
          mend: 'Whether a filter finds something tells what the role does not see.',
        })
      }
      if (!place) continue
      isTried = true
      const objects = { reasons: 1, diagnoses: 1, code: 1 }
      const selected = fields.map((field) => (field in objects ? `${field} { code }` : field))
      const reply = await askRecord(subject, patient.nhsNumber, {
        selection: `${name} { nodes { id ${selected.join(' ')} } }`,
        assertion,
      })
      const nodes = toObjects(toObject(reply.record?.[name])?.['nodes'])
      const seen = fields.find((field) => nodes.some((node) => (node[field] ?? null) !== null))
      if (seen === undefined && codesOf(reply).includes('FORBIDDEN')) continue
      return failed({
        expected: `${name} of ${patient.label} with ${fields.join(', ')} withheld from a receptionist`,
        came: `${describeReply(reply)}${seen === undefined ? '' : `; ${seen} is shown`}`,
        mend: MEND,
      })
    }
    return isTried ? PASSED : skipped('No patient has an encounter or a referral.')
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
  tests: [sections, demographics, within, nobody],
}
