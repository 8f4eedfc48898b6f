import { type Element, element, elements } from './elements.ts'
import type { FhirResource } from './resource.ts'
import { dateTime, toInstant, toLastInstant } from './time.ts'

/**
 * The last moment, up to now, at which something of a Patient began or was over, by its period; null
 * where nothing has.
 */
export function lastTurnOf(patient: FhirResource, now: Date): Date | null {
  const parts = [
    ...['identifier', 'name', 'address', 'telecom', 'contact'].map((part) => patient[part]),
    elements(patient['generalPractitioner']).map((one) => element(one['identifier'])),
    elements(patient['contact']).flatMap((one) => elements(one['telecom'])),
  ]
  const turns = parts
    .flatMap((part) => elements(part).flatMap(turnsOf))
    .filter((turn) => turn <= now.getTime())
  return turns.length === 0 ? null : new Date(turns.reduce((one, other) => Math.max(one, other)))
}

function turnsOf(part: Element): number[] {
  const { start, end } = element(part['period'])
  const beginning = toInstant(dateTime(start))?.getTime()
  const ending = toLastInstant(dateTime(end))?.getTime()
  return [beginning, ending === undefined ? undefined : ending + 1].filter(
    (turn) => turn !== undefined,
  )
}
