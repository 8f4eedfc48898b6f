import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, instantOf, type Resource } from '../fhir.ts'

const MINUTE_MS = 60_000

/** An appointment of twenty minutes; `status` is booked, fulfilled, cancelled or noshow. */
export function addAppointment(
  chart: Chart,
  recording: Recording,
  given: { service: Coding; start: Date; status: string; description: string },
): Resource {
  return chart.add('Appointment', recording, {
    identifier: [chart.identifier('appointment')],
    status: given.status,
    serviceType: [concept(given.service)],
    specialty: [concept(given.service)],
    description: given.description,
    start: instantOf(given.start),
    end: instantOf(new Date(given.start.getTime() + 20 * MINUTE_MS)),
    created: instantOf(recording.at),
    participant: [
      { actor: chart.subject, status: 'accepted' },
      { actor: chart.staff(recording.by, 1), status: 'accepted' },
      { actor: { display: recording.by.name }, status: 'accepted' },
    ],
  })
}
