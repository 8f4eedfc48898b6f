import type { Clock } from '../clock.ts'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import type { Participant } from '../participant.ts'
import type { RecordSource } from '../record-source.ts'
import type { FhirServerOptions } from './options.ts'

/** A FHIR R4 server as the source of a participant's records: they stay there, nothing is kept. */
export function createFhirSource(_: {
  readonly fhir: FhirServerOptions
  readonly participant: Participant
  readonly lists: ExclusionLists
  readonly clock: Clock | undefined
}): RecordSource {
  throw new Error('not yet')
}
