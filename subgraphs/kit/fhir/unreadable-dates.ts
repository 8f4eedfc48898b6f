import { isElement, text } from './elements.ts'
import type { FhirResource } from './resource.ts'
import { dateTime } from './time.ts'

/**
 * Names that FHIR R4 gives to dates, moments and nothing else in the types that are read; a test holds
 * them against its definitions.
 */
export const dateElements: ReadonlySet<string> = new Set([
  ...[
    'abatementDateTime',
    'authored',
    'authoredOn',
    'birthDate',
    'bornDate',
    'collectedDateTime',
    'created',
    'creation',
  ],
  ...[
    'date',
    'dateAsserted',
    'dateTime',
    'deceasedDate',
    'deceasedDateTime',
    'detected',
    'dueDate',
    'effectiveDateTime',
  ],
  ...['effectiveInstant', 'end', 'event', 'expirationDate', 'issued', 'lastModified'],
  ...['lastOccurrence', 'lastUpdated', 'manufactureDate', 'occurredDateTime', 'occurrenceDateTime'],
  ...['onset', 'onsetDateTime', 'performedDateTime', 'presentationDate', 'publicationDate'],
  ...[
    'receivedTime',
    'recorded',
    'recordedDate',
    'recordedOn',
    'start',
    'startDate',
    'started',
    'statusDate',
  ],
  ...[
    'time',
    'timeDateTime',
    'timingDate',
    'timingDateTime',
    'valueDate',
    'valueDateTime',
    'valueInstant',
    'verificationDate',
    'whenHandedOver',
    'whenPrepared',
  ],
])

/** A date that is none of FHIR's, and the name of its element. */
export interface UnreadableDate {
  readonly element: string
  readonly written: string
}

/** What stands for nobody's care, or is an entry of its own. */
const ASIDE: ReadonlySet<string> = new Set(['meta', 'text', 'contained'])

/**
 * The dates of a resource that are none of FHIR's, such as `12/03/2024` or the 30th of February: no moment
 * is made of them, and nothing is ordered by them.
 */
export function unreadableDates(resource: FhirResource): readonly UnreadableDate[] {
  const before = known.get(resource)
  if (before !== undefined) return before
  const parts = Object.entries(resource).filter(([name]) => !ASIDE.has(name))
  const found = parts.flatMap(([name, value]) => datesIn(name, value, 0))
  known.set(resource, found)
  return found
}

/** A resource is asked about for each entry that it makes, and once more for the report of its load. */
const known = new WeakMap<FhirResource, readonly UnreadableDate[]>()

/** Deeper nesting than any resource has is left alone. */
const MAX_DEPTH = 64

function datesIn(name: string, value: unknown, depth: number): UnreadableDate[] {
  if (depth > MAX_DEPTH) return []
  if (Array.isArray(value)) return value.flatMap((one) => datesIn(name, one, depth + 1))
  if (isElement(value)) {
    return Object.entries(value).flatMap(([part, inner]) => datesIn(part, inner, depth + 1))
  }
  const written = dateElements.has(name) ? text(value) : null
  return written === null || dateTime(written) !== null ? [] : [{ element: name, written }]
}
