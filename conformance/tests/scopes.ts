import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { ask, askEntities, representationOf } from '../subject/ask.ts'
import { codesOf, describeReply, type Reply } from '../subject/reply.ts'
import type { Assertion } from '../subject/sign.ts'
import { failed, PASSED, skipped, type Verdict } from '../verdict.ts'

const MEND = 'Decide by requested_scope and patient.nhs_number alone, before anything is read.'

const serviceForAll: ConformanceTest = {
  id: 'scopes.service',
  title: 'Opens _service to an assertion of each scope',
  async run(subject) {
    const scopes: Assertion[] = [
      { scope: 'participant.read' },
      { scope: 'feed.read' },
      { nhsNumber: subject.unknown.nhsNumber },
    ]
    for (const assertion of scopes) {
      const reply = await ask(subject, '{ _service { sdl } }', assertion)
      if (reply.data && reply.errors.length === 0) continue
      return failed({
        expected: `_service with the scope ${assertion.scope ?? 'patient/*.read'}`,
        came: describeReply(reply),
        mend: 'Let _service through for every genuine assertion.',
      })
    }
    return PASSED
  },
}

const otherPatient: ConformanceTest = {
  id: 'scopes.other-patient',
  title: 'Opens no record but that of the one patient of the assertion',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    const reply = await askEntities(subject, [representationOf(subject, patient.nhsNumber)], {
      selection: `... on ${subject.recordType} { nhsNumber }`,
      assertion: { nhsNumber: subject.unknown.nhsNumber },
    })
    return refused(reply, 'a record with an assertion for another patient')
  },
}

const oneOfSeveral: ConformanceTest = {
  id: 'scopes.one-of-several',
  title: 'Refuses all of several representations when one is for another patient',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    const numbers = [patient.nhsNumber, subject.unknown.nhsNumber]
    const asked = numbers.map((nhsNumber) => representationOf(subject, nhsNumber))
    const reply = await askEntities(subject, asked, {
      selection: `... on ${subject.recordType} { nhsNumber }`,
      assertion: { nhsNumber: patient.nhsNumber },
    })
    return refused(reply, 'records of two patients with an assertion for one')
  },
}

const recordWithout: ConformanceTest = {
  id: 'scopes.record',
  title: 'Opens a record to patient/*.read alone',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    for (const scope of ['participant.read', 'feed.read'] as const) {
      const reply = await askEntities(subject, [representationOf(subject, patient.nhsNumber)], {
        selection: `... on ${subject.recordType} { nhsNumber }`,
        assertion: { scope },
      })
      const verdict = refused(reply, `a record with ${scope}`)
      if (verdict.outcome !== 'PASSED') return verdict
    }
    return PASSED
  },
}

const participantWithout: ConformanceTest = {
  id: 'scopes.participant',
  title: 'Opens the participant to patient/*.read and participant.read, not to feed.read',
  async run(subject) {
    const representations = [{ __typename: subject.type, code: subject.participant.code }]
    const asking = { selection: `... on ${subject.type} { code }` }
    const { nhsNumber } = subject.unknown
    const care = await askEntities(subject, representations, {
      ...asking,
      assertion: { nhsNumber },
    })
    if (!care.data || care.errors.length > 0) {
      return failed({
        expected: 'the participant with patient/*.read',
        came: describeReply(care),
        mend: 'The gateway fetches the participant beside a record, with one assertion.',
      })
    }
    const assertion = { scope: 'feed.read' } as const
    const reply = await askEntities(subject, representations, { ...asking, assertion })
    return refused(reply, 'the participant with feed.read')
  },
}

const feedWithout: ConformanceTest = {
  id: 'scopes.feed',
  title: 'Opens the feed to feed.read alone',
  async run(subject) {
    const query = `{ ${subject.feed}(first: 1) { changes { nhsNumber } } }`
    const assertions = [
      { scope: 'participant.read' },
      { nhsNumber: subject.unknown.nhsNumber },
    ] as const
    for (const assertion of assertions) {
      const verdict = refused(await ask(subject, query, assertion), 'the feed with another scope')
      if (verdict.outcome !== 'PASSED') return verdict
    }
    return PASSED
  },
}

/** What an assertion opens. */
export const scopes: ConformanceGroup = {
  name: 'scopes',
  title: 'Scopes',
  tests: [
    serviceForAll,
    otherPatient,
    oneOfSeveral,
    recordWithout,
    participantWithout,
    feedWithout,
  ],
}

/**
 * Passed by an answer that is FORBIDDEN and nothing that was asked for.
 *
 * @param what was asked for, with what
 */
export function refused(reply: Reply, what: string): Verdict {
  const held = Object.values(reply.data ?? {}).some((value) => value !== null)
  if (!held && codesOf(reply).includes('FORBIDDEN')) return PASSED
  return failed({
    expected: `FORBIDDEN and no data for ${what}`,
    came: describeReply(reply),
    mend: MEND,
  })
}
