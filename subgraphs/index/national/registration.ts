import { type Element, element, elements, extension } from '../../kit/fhir/elements.ts'
import type { FhirResource } from '../../kit/fhir/resource.ts'
import { dateTime, dayOf, period, toInstant } from '../../kit/fhir/time.ts'
import { dayInLondon } from '../../kit/london.ts'

/** Somebody who left the practices of England, for Scotland or the armed forces for example. */
const REMOVAL = 'https://fhir.nhs.uk/StructureDefinition/Extension-PDS-RemovalFromRegistration'

/** The entry of `generalPractitioner` that holds now, and since when. */
export interface CurrentPractice {
  readonly practice: Element
  readonly startsAt: Date | null
}

/**
 * The practice where somebody is registered now. The service also tells of a practice that somebody
 * has left, so only one whose period holds today counts, both its days included. Null where there is
 * none, where there are several, and after a removal that no newer registration has followed.
 */
export function currentPractice(patient: FhirResource, now: Date): CurrentPractice | null {
  const today = dayInLondon(now)
  const current = elements(patient['generalPractitioner']).filter((one) =>
    holdsOn(today, element(one['identifier'])['period']),
  )
  const [practice, another] = current
  if (practice === undefined || another !== undefined) return null
  const start = period(element(practice['identifier'])['period'])?.start ?? null
  if (isRemoved(patient, { today, since: dayOf(start) })) return null
  return { practice, startsAt: toInstant(start) }
}

/** A period that cannot be read holds on no day. */
function holdsOn(today: string, source: unknown): boolean {
  if (source === undefined) return true
  const written = element(source)
  const [start, end] = [dateTime(written['start']), dateTime(written['end'])]
  if (start === null && written['start'] !== undefined) return false
  if (end === null && written['end'] !== undefined) return false
  const [from, to] = [dayOf(start), dayOf(end)]
  return (
    (from === null || from <= today.slice(0, from.length)) &&
    (to === null || to >= today.slice(0, to.length))
  )
}

function isRemoved(
  patient: FhirResource,
  { today, since }: { readonly today: string; readonly since: string | null },
): boolean {
  const removals = elements(patient['extension']).filter((one) => one['url'] === REMOVAL)
  return removals.some((removal) => {
    const time = extension(removal, 'effectiveTime', 'valuePeriod')
    if (!holdsOn(today, time)) return false
    const removedOn = dayOf(period(time)?.start ?? null)
    return removedOn === null || since === null || removedOn >= since.slice(0, removedOn.length)
  })
}
