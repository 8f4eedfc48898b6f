import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askEntities, askRecord, representationOf } from '../subject/ask.ts'
import { toObject } from '../subject/json.ts'
import { codesOf, describeReply, hasEntities } from '../subject/reply.ts'
import type { Patient, Subject } from '../subject/subject.ts'
import { failed, firstWrong, PASSED, skipped, type Verdict } from '../verdict.ts'

const participant: ConformanceTest = {
  id: 'entities.participant',
  title: 'Says who the participant is',
  async run(subject) {
    const { code, name, kind, participation } = subject.participant
    const reply = await askEntities(subject, [{ __typename: subject.type, code }], {
      selection: `__typename ... on ${subject.type} { code name kind participation
        organisations { odsCode name } complaints { name } subjectAccess { name } service { status } }`,
    })
    const [entity] = entitiesOf(reply)
    const told: Record<string, unknown> = { ...entity }
    const expected = { __typename: subject.type, code, name, kind, participation }
    const wrong = Object.entries(expected).find(([field, value]) => told[field] !== value)?.[0]
    const isWhole = toObject(told['service']) && reply.errors.length === 0
    if (wrong === undefined && isWhole) return PASSED
    const entityIs = entity ? `an entity whose ${wrong ?? 'service'} differs` : 'no entity'
    return failed({
      expected: `the ${subject.type} that the participant's description tells of`,
      came: `${describeReply(reply)}: ${entityIs}`,
      mend: `Resolve the representation { __typename: "${subject.type}", code: "${code}" } to what the description says.`,
    })
  },
}

const record: ConformanceTest = {
  id: 'entities.record',
  title: 'Resolves the record of each patient that it holds',
  isAboutRecords: true,
  async run(subject) {
    const verdicts = await Promise.all(
      subject.patients.map(async (patient) => {
        // As the gateway asks: with the two fields that it compares with its index.
        const reply = await askRecord(subject, patient.nhsNumber, {
          selection: `__typename lcr_lcr_nhsNumber: nhsNumber
            lcr_lcr_demographics: demographics { birthDate name { text given family } }`,
        })
        const told = reply.record
        const isOfPatient =
          told?.['__typename'] === subject.recordType &&
          told['lcr_lcr_nhsNumber'] === patient.nhsNumber
        if (isOfPatient && reply.errors.length === 0) return PASSED
        return failed({
          expected: `the ${subject.recordType} of ${patient.label}, under the number asked for`,
          came: `${describeReply(reply)}, ${told ? 'about something else' : 'without a record'}`,
          mend: 'Give a patient of whom the subgraph holds a record, and resolve the representation by nhsNumber.',
        })
      }),
    )
    return firstWrong(verdicts)
  },
}

const several: ConformanceTest = {
  id: 'entities.several-in-order',
  title: 'Answers several representations in the order in which they were asked for',
  isAboutRecords: true,
  run: (subject) =>
    withPatient(subject, async ({ nhsNumber }) => {
      const own = { __typename: subject.type, code: subject.participant.code }
      const asked = [own, representationOf(subject, nhsNumber), own]
      const reply = await askEntities(subject, asked, {
        selection: '__typename',
        assertion: { nhsNumber },
      })
      const types = entitiesOf(reply).map((entity) => entity?.['__typename'])
      const expected = asked.map(({ __typename }) => __typename)
      if (JSON.stringify(types) === JSON.stringify(expected)) return PASSED
      return failed({
        expected: `${expected.join(', ')}`,
        came: `${describeReply(reply)}: ${types.map((type) => (expected.includes(type) ? type : 'nothing')).join(', ')}`,
        mend: 'Return one entity for each representation, at its place; null where there is none.',
      })
    }),
}

const twice: ConformanceTest = {
  id: 'entities.same-twice',
  title: 'Answers the same representation twice with the same record twice',
  isAboutRecords: true,
  run: (subject) =>
    withPatient(subject, async ({ nhsNumber }) => {
      const one = representationOf(subject, nhsNumber)
      const reply = await askEntities(subject, [one, one], {
        selection: `... on ${subject.recordType} { nhsNumber asOf allergies { nodes { id } } }`,
        assertion: { nhsNumber },
      })
      const [first, second, ...more] = entitiesOf(reply)
      const isSame = first && JSON.stringify(first) === JSON.stringify(second)
      if (isSame && more.length === 0) return PASSED
      return failed({
        expected: 'two equal records',
        came: `${describeReply(reply)}: ${isSame ? 'more than two' : 'two that differ'}`,
        mend: 'Resolve every representation by itself, also where two are alike.',
      })
    }),
}

const unknown: ConformanceTest = {
  id: 'entities.unknown-patient',
  title: 'Answers null, and no error, for a patient whom it does not know',
  isAboutRecords: true,
  async run(subject) {
    const { nhsNumber } = subject.unknown
    const reply = await askRecord(subject, nhsNumber, {
      selection: 'nhsNumber demographics { birthDate } allergies { status }',
    })
    const isNull = JSON.stringify(reply.data) === '{"_entities":[null]}'
    if (isNull && reply.errors.length === 0) return PASSED
    return failed({
      expected: 'null, and no error',
      came: `${describeReply(reply)}${reply.record ? ', a record' : ''}`,
      mend: 'An empty record says that the patient is known here and has nothing: answer null for who is not known.',
    })
  },
}

const invalid: ConformanceTest = {
  id: 'entities.invalid-number',
  title: 'Holds no record under what is no NHS number, and keeps well',
  isAboutRecords: true,
  async run(subject) {
    const withWrongCheck = wrongCheckDigit(subject.unknown.nhsNumber)
    const asked = [
      { nhsNumber: withWrongCheck, what: 'a wrong check digit' },
      { nhsNumber: '', what: 'an empty text' },
      { nhsNumber: 999, what: 'a number instead of a text' },
      { nhsNumber: null, what: 'null' },
    ]
    const verdicts = await Promise.all(
      asked.map(async ({ nhsNumber, what }) => {
        const reply = await askEntities(subject, [{ __typename: subject.recordType, nhsNumber }], {
          selection: `... on ${subject.recordType} { nhsNumber }`,
          assertion: { nhsNumber: withWrongCheck },
        })
        if (reply.status !== null && reply.status < 500 && !hasEntities(reply)) return PASSED
        return failed({
          expected: `null or a coded error for ${what}`,
          came: describeReply(reply),
          mend: 'Treat a number that nobody can bear as one that is not known.',
        })
      }),
    )
    return firstWrong(verdicts)
  },
}

const unknownType: ConformanceTest = {
  id: 'entities.unknown-type',
  title: 'Refuses a representation of a type that is not its own',
  async run(subject) {
    const reply = await askEntities(subject, [{ __typename: 'Unheard', id: '1' }], {
      selection: '__typename',
    })
    const isRefused = codesOf(reply).length > 0 && !hasEntities(reply)
    if (isRefused && reply.status !== null && reply.status < 500) return PASSED
    return failed({
      expected: 'a coded error, and no entity',
      came: describeReply(reply),
      mend: 'Answer FORBIDDEN for a __typename that is neither the participant nor its record.',
    })
  },
}

/** Fetches of entities, as the gateway makes them. */
export const entities: ConformanceGroup = {
  name: 'entities',
  title: 'Entity fetches',
  tests: [participant, record, several, twice, unknown, invalid, unknownType],
}

function entitiesOf({ data }: Awaited<ReturnType<typeof askEntities>>) {
  const found = data?.['_entities']
  return Array.isArray(found) ? found.map(toObject) : []
}

function withPatient(
  { patients: [patient] }: Subject,
  run: (patient: Patient) => Promise<Verdict>,
): Promise<Verdict> {
  return patient ? run(patient) : Promise.resolve(skipped('No patient was given: see --patient.'))
}

function wrongCheckDigit(nhsNumber: string): string {
  return `${nhsNumber.slice(0, -1)}${(Number(nhsNumber.slice(-1)) + 1) % 10}`
}
