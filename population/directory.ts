import type { Organisation } from '../subgraphs/kit/participant.ts'
import { styleOf } from './chart.ts'
import { type Bundle, instantOf, type Resource } from './fhir.ts'
import { homesOf } from './history/placing.ts'
import { hospitalDirectory } from './hospital-bundle.ts'
import { hospitalSystemsOf } from './hospital-systems.ts'
import { participantOf, practicesNear } from './participants.ts'
import { uuidOf } from './random.ts'
import { organizationResource, practitionerResource, STAFF } from './resources/staff.ts'

/** The directory of each system of a participant, the main one first. */
export function directoriesOf(participant: string, asOf: Date): Bundle[] {
  const hospitals = hospitalSystemsOf(participant)
  return [
    directoryOf(participant, asOf),
    ...hospitals.map((system) => hospitalDirectory(system, { participant, asOf })),
  ]
}

/**
 * Everybody to whom the records of the made-up people refer: the participant's organisations with
 * their staff, and the practices of those who come from elsewhere.
 */
function directoryOf(participant: string, asOf: Date): Bundle {
  const own = participantOf(participant).organisations
  const practices = homesOf(participant).flatMap(practicesNear)
  const organisations = [...new Set([...own, ...practices])]
  const resources = [
    ...organisations.map((organisation) => organizationResource(participant, organisation)),
    ...own.flatMap((organisation) => staffOf(participant, organisation)),
  ]
  return {
    resourceType: 'Bundle',
    id: uuidOf(`directory ${participant}`),
    type: 'collection',
    timestamp: instantOf(asOf),
    entry: resources.map((resource) => ({ fullUrl: fullUrlOf(participant, resource), resource })),
  }
}

/** Of the system that the records are of: one that writes URNs names no address. */
function fullUrlOf(participant: string, { resourceType, id }: Resource): string {
  return styleOf(participant) === 'urn'
    ? `urn:uuid:${id}`
    : `https://fhir.${participant}.example.nhs.uk/R4/${resourceType}/${id}`
}

function staffOf(participant: string, organisation: Organisation) {
  return Array.from({ length: STAFF }, (_, n) => practitionerResource(participant, organisation, n))
}
