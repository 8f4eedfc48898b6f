import { combinePatients } from '../../fhir/combine-patients.ts'
import type { MappedRelationship, ServerPatient } from '../../fhir/mapping.ts'
import { versionOf } from '../../load/read/identity.ts'
import { serverName } from '../../load/read/server.ts'
import { mapBatch } from '../../load/write/map-batch.ts'
import { FhirServerError } from '../fhir-server-error.ts'
import type { ServerResource } from '../http/search-page.ts'
import type { Gathered } from './gathering.ts'
import { mappingPartsOf, type ViewParts } from './view.ts'

/** A patient as all Patient resources under their number describe them. */
export interface ReadPatient extends ServerPatient {
  readonly relationships: readonly MappedRelationship[]
  readonly resources: readonly ServerResource[]
}

/**
 * Reads who the patients are, by NHS number: of several Patient resources the last updated one
 * speaks, but a single one that is S-flagged makes the patient sensitive.
 *
 * @throws NOT_MAPPABLE when one cannot be understood
 */
export async function readPatients(parts: ViewParts): Promise<Map<string, ReadPatient>> {
  const found = [...(await parts.gathering.patients())].sort(byLastUpdate)
  const results = await mapBatch(
    found.map(({ nhsNumber, resource }) => ({
      type: 'Patient',
      id: resource.id,
      resource,
      nhsNumber,
      isRefusedPatient: () => false,
    })),
    mappingPartsOf(parts),
  )
  const patients = new Map<string, ReadPatient>()
  found.forEach(({ nhsNumber, resource }, index) => {
    const result = results[index]
    if (result === undefined || 'refusal' in result || result.patient === null) {
      throw new FhirServerError('NOT_MAPPABLE')
    }
    const before = patients.get(nhsNumber)
    patients.set(nhsNumber, {
      ...(before ? combinePatients(before, [result.patient]) : result.patient),
      server: serverName(parts.serverKey),
      relationships: [...(before?.relationships ?? []), ...result.relationships],
      resources: [...(before?.resources ?? []), resource],
    })
  })
  return patients
}

/** When it was last said who a patient is, in milliseconds since 1970; 0 where the server does not say. */
export function saidAt({ resources }: ReadPatient): number {
  return newestUpdate(resources)?.getTime() ?? 0
}

/** When a resource last changed; null where the server does not say. */
export function lastUpdateOf(resource: ServerResource): Date | null {
  return versionOf(resource, {}).lastUpdated
}

/** The newest of these changes; null where none says when it was. */
export function newestUpdate(resources: readonly ServerResource[]): Date | null {
  const times = resources.flatMap((one) => lastUpdateOf(one)?.getTime() ?? [])
  return times.length === 0 ? null : new Date(times.reduce((a, b) => Math.max(a, b)))
}

function byLastUpdate({ resource: one }: Gathered, { resource: other }: Gathered): number {
  const [time, otherTime] = [lastUpdateOf(one), lastUpdateOf(other)]
  const difference = (otherTime?.getTime() ?? 0) - (time?.getTime() ?? 0)
  return difference || (one.id < other.id ? -1 : 1)
}
