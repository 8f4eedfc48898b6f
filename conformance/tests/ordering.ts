import { clinicalTypes } from '../../subgraphs/kit/fhir/sections.ts'
import { identifierKeyOf, sortKeyOf } from '../../subgraphs/kit/position.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { askRecord } from '../subject/ask.ts'
import { toObject, toObjects, toText } from '../subject/json.ts'
import { type Entry, entriesOf } from '../subject/whole-record.ts'
import { failed, PASSED } from '../verdict.ts'
import { comparePositions } from './order.ts'
import { overSections } from './over-sections.ts'

const newestFirst: ConformanceTest = {
  id: 'ordering.newest-first',
  title: 'Sorts every section newest first, entries without a time last, then by key, then by id',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      ({ entries, where }) => {
        const at = entries.findIndex((entry, place) => {
          const next = entries[place + 1]
          return next !== undefined && !isBefore(entry, next)
        })
        if (at < 0) return PASSED
        return failed({
          expected: `entry ${at + 1} of ${where} before entry ${at + 2}`,
          came: 'the other way round',
          mend: 'Sort by time, newest first and null last; then by key; then by id; texts by their bytes.',
        })
      },
      { fit: ({ entries }) => entries.length > 1, lacking: 'No section has two entries.' },
    ),
}

const stable: ConformanceTest = {
  id: 'ordering.stable',
  title: 'Gives the same entries in the same order when asked again',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      async ({ entries, section, record, where }) => {
        const reply = await askRecord(subject, record.patient.nhsNumber, {
          selection: `${section.name}(first: 500) { edges { cursor node { id } } }`,
        })
        const again = entriesOf(toObject(reply.record?.[section.name]))
        const before = entries.slice(0, 500)
        const at = before.findIndex(
          ({ id, cursor }, place) => again[place]?.id !== id || again[place]?.cursor !== cursor,
        )
        if (at < 0 && again.length === before.length) return PASSED
        return failed({
          expected: `${before.length} entries of ${where} with the same ids and cursors as before`,
          came: `${again.length} entries, another one at place ${at < 0 ? before.length + 1 : at + 1}`,
          mend: 'Ids and cursors stay while an entry stays; sort by all three of time, key and id.',
        })
      },
      { fit: ({ entries }) => entries.length > 0, lacking: 'No section has an entry.' },
    ),
}

const cursors: ConformanceTest = {
  id: 'ordering.cursors',
  title: 'Gives each entry the cursor that the contract has for its time, key and id',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      ({ entries, where }) => {
        const at = entries.findIndex((entry) => !isCursorOf(entry))
        if (at < 0) return PASSED
        return failed({
          expected: `of entry ${at + 1} of ${where} base64url of [time, key, id]: its time in UTC with milliseconds or null, its key, its id`,
          came: entries[at]?.position
            ? 'a cursor of other values'
            : 'a text that is no such cursor',
          mend: 'Write cursors as the protocol has them: the gateway merges sources by what stands in them.',
        })
      },
      { fit: ({ entries }) => entries.length > 0, lacking: 'No section has an entry.' },
    ),
}

const keys: ConformanceTest = {
  id: 'ordering.keys',
  title:
    'Derives keys from business identifiers, so that what two sources share stands side by side',
  isAboutRecords: true,
  run: (subject) =>
    overSections(
      subject,
      ({ entries, where }) => {
        const at = entries.findIndex(
          (entry) => entry.position && !isKeyOf(entry, entry.position.key),
        )
        if (at < 0) return PASSED
        return failed({
          expected: `the key of entry ${at + 1} of ${where}: "e" and 22 characters of the digest of its id, or "i" and those of its identifier's, "." and 11 characters of what other recordings of it have to agree in`,
          came: 'another key',
          mend: 'base64url(SHA-256("i|" type "|" system "|" value)) of the official or first identifier with both; without one of "e|" id. What has to agree is docs/decisions/0002: code, substance, value and unit, dose.',
        })
      },
      { fit: ({ entries }) => entries.length > 0, lacking: 'No section has an entry.' },
    ),
}

/** The order that lets the gateway merge the pages of several sources. */
export const ordering: ConformanceGroup = {
  name: 'ordering',
  title: 'Order of entries',
  tests: [newestFirst, stable, cursors, keys],
}

/** True where the one comes before the other; times decide, where they are the same the cursors. */
function isBefore(one: Entry, other: Entry): boolean {
  const [first, second] = [one, other].map(({ timeMs }) => timeMs ?? Number.NEGATIVE_INFINITY)
  if (first !== second) return Number(first) > Number(second)
  if (!one.position || !other.position) return true
  return comparePositions(one.position, other.position) < 0
}

function isCursorOf({ position, timeMs, id }: Entry): boolean {
  if (!position || position.id !== id) return false
  return (position.time === null ? null : new Date(position.time).getTime()) === timeMs
}

function isKeyOf(entry: Entry, key: string): boolean {
  if (!keysOf(entry).includes(identifierKeyOf(key))) return false
  return key.startsWith('e') || /^i[\w-]{22}\.[\w-]{11}$/.test(key)
}

/** The beginning of every key that the contract allows: which identifier is the official one stands in no entry. */
function keysOf({ node, id }: Entry): string[] {
  const identifiers = toObjects(node['identifiers'])
    .map((each) => ({ system: toText(each['system']), value: toText(each['value']) }))
    .filter(({ system, value }) => system !== '' && value !== '')
  if (identifiers.length === 0) return [sortKeyOf(null, id)]
  return identifiers.flatMap((identifier) =>
    clinicalTypes.map((resourceType) => sortKeyOf({ ...identifier, resourceType }, id)),
  )
}
