import {
  entryWithoutLocation,
  provenanceWithoutLocation,
  withoutLocation,
} from '../../subgraphs/kit/reading/without-location.ts'
import {
  placesOf as placesNamedIn,
  withoutPlaces,
} from '../../subgraphs/kit/reading/without-places.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { type Json, toObject, toObjects } from '../subject/json.ts'
import { describeReply, type Reply } from '../subject/reply.ts'
import type { Assertion } from '../subject/sign.ts'
import type { Subject } from '../subject/subject.ts'
import {
  connectionSelection,
  demographicsSelection,
  entriesOf,
  type WholeRecord,
} from '../subject/whole-record.ts'
import { failed, firstWrong, PASSED, type Verdict } from '../verdict.ts'
import { overRecords } from './over-sections.ts'

/** To a role that may not see where a sensitive patient is. */
const WITHOUT: Assertion = { isSensitive: true }
const WITH_B1611: Assertion = { isSensitive: true, activityCodes: ['B1611'] }

const MEND =
  'Withhold field by field what subgraphs/kit/reading/without-location.ts lists, whenever the assertion says is_sensitive or the own record does.'

const demographics: ConformanceTest = {
  id: 'sensitive.demographics',
  title:
    "Withholds a sensitive patient's addresses, telephones and practice, whichever source set the flag",
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async ({ patient }) => {
      const reply = await askDemographics(subject, patient.nhsNumber, WITHOUT)
      const shown = toObject(reply.record?.['demographics'])
      if (reply.record && (!shown || isSame(shown, withoutLocation(shown)))) return PASSED
      const plain = withoutLocation(shown ?? {}) as Json
      const field = Object.keys(plain).find((name) => !isSame(shown?.[name], plain[name]))
      return failed({
        expected: `demographics of ${patient.label} without location`,
        came: shown ? `${field} is shown` : describeReply(reply),
        mend: MEND,
      })
    }),
}

const entries: ConformanceTest = {
  id: 'sensitive.entries',
  title: "Withholds places, staff and practices in a sensitive patient's entries",
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async (record) =>
      overSectionsOf(subject, record, (node, section) => {
        const plain = entryWithoutLocation(section, node) as Json
        const field = Object.keys(plain).find((name) => !isSame(node[name], plain[name]))
        return field === undefined ? null : { what: `${field} is shown`, mend: MEND }
      }),
    ),
}

const words: ConformanceTest = {
  id: 'sensitive.words',
  title: 'Leaves the addresses, telephones and practice of a sensitive patient out of free text',
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async (record) => {
      const { patient } = record
      const whole = await askDemographics(subject, patient.nhsNumber, WITH_B1611)
      const places = placesNamedIn(toObject(whole.record?.['demographics']) ?? {})
      return overSectionsOf(subject, record, (node) =>
        isSame(node, withoutPlaces(node, places))
          ? null
          : {
              what: 'a text that names a place of the demographics',
              mend: 'Replace what the own demographics name (addresses, telephones, the practice) wherever it stands in words.',
            },
      )
    }),
}

const withActivity: ConformanceTest = {
  id: 'sensitive.b1611',
  title: 'Shows everything to a role with activity B1611',
  isAboutRecords: true,
  run: (subject) =>
    overRecords(subject, async ({ patient }) => {
      const [flagged, plain] = await Promise.all(
        [WITH_B1611, { activityCodes: ['B1611'] }].map((assertion) =>
          askDemographics(subject, patient.nhsNumber, assertion),
        ),
      )
      if (flagged?.record && isSame(flagged.record, plain?.record)) return PASSED
      return failed({
        expected: `demographics of ${patient.label} whole`,
        came: flagged?.record ? 'demographics that differ' : 'no record',
        mend: 'With B1611 among activity_codes nothing is withheld.',
      })
    }),
}

/** S-flagged patients: nothing may say where they are. */
export const sensitive: ConformanceGroup = {
  name: 'sensitive',
  title: 'Sensitive patients',
  tests: [demographics, entries, words, withActivity],
}

function askDemographics(subject: Subject, nhsNumber: string, assertion: Assertion) {
  const selection = `demographics ${demographicsSelection(subject)}`
  return askRecord(subject, nhsNumber, { selection, assertion })
}

/** Judges each entry and statement as it is shown to a role that may not locate the patient. */
async function overSectionsOf(
  subject: Subject,
  { patient, sections }: WholeRecord,
  judge: (node: Json, section: string) => { readonly what: string; readonly mend: string } | null,
): Promise<Verdict> {
  const filled = sections.filter(
    ({ entries, connection }) =>
      entries.length > 0 || toObjects(connection['statedNoneKnown']).length > 0,
  )
  for (const { section } of filled) {
    const reply = await askRecord(subject, patient.nhsNumber, {
      selection: `${section.name}(first: 100) ${connectionSelection(section)}`,
      assertion: WITHOUT,
    })
    const connection = toObject(reply.record?.[section.name])
    if (!connection) return unanswered(section.name, reply)
    const statements = toObjects(connection['statedNoneKnown']).map((one) =>
      isSame(one, provenanceWithoutLocation(one))
        ? null
        : { what: 'statedNoneKnown names who cares for the patient', mend: MEND },
    )
    const found = [
      ...entriesOf(connection).map(({ node }) => judge(node, section.name)),
      ...statements,
    ].flatMap((one) => one ?? [])
    const verdict = firstWrong(
      found.map(({ what, mend }) =>
        failed({
          expected: `${section.name} of ${patient.label} without location`,
          came: what,
          mend,
        }),
      ),
    )
    if (verdict.outcome === 'FAILED') return verdict
  }
  return PASSED
}

function unanswered(section: string, reply: Reply): Verdict {
  return failed({
    expected: `${section}, for a patient whom another source has flagged`,
    came: describeReply(reply),
    mend: 'A flag withholds fields; the rest of the record is answered.',
  })
}

/** By value; keys may stand in any order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, byKey) === JSON.stringify(other, byKey)
}

function byKey(_key: string, value: unknown): unknown {
  const object = toObject(value)
  return object ? Object.fromEntries(Object.entries(object).sort()) : value
}
