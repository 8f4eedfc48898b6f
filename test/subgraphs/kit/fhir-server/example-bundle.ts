import { isClinical } from '../../../../subgraphs/kit/fhir/map-resource.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { detained } from '../fhir/examples/encounter.ts'
import { examples } from '../fhir/examples/examples.ts'
import { ada } from '../fhir/examples/patient.ts'
import { supporting } from '../fhir/examples/supporting.ts'
import { patient } from '../fhir/examples/tagged.ts'

/** Whose record the examples are here. */
export const EXAMPLE = '9998887887'

const OF_A_PATIENT = new Set(['Goal', 'Specimen'])

/** What is forbidden, and, in every section, what is not understood. */
const withModifiers: readonly FhirResource[] = [
  ...examples.map(([, resource]) => ({
    ...resource,
    id: `not-understood-${resource.id}`,
    modifierExtension: [{ url: 'https://example.org/not-what-it-seems', valueBoolean: true }],
  })),
  ...['MedicationRequest', 'ServiceRequest'].map((resourceType) => ({
    resourceType,
    id: 'forbidden',
    status: 'active',
    intent: 'order',
    doNotPerform: true,
    subject: patient,
  })),
]

/** A rich resource for everything that the contract knows, and all that they refer to, as one record. */
export const exampleBundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { ...ada, identifier: [numbered()] },
    ...[...supporting, { resourceType: 'Observation', id: 'elsewhere' }].map(owned),
    ...examples.map(([, resource]) => resource),
    ...withModifiers,
    detained,
  ].map((resource) => ({ fullUrl: `${resource.resourceType}/${resource.id}`, resource })),
}

/** With spaces, as it is often written. */
function numbered() {
  return { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '999 888 7887' }
}

/** What belongs to a patient says so. */
function owned(resource: FhirResource): FhirResource {
  const { resourceType } = resource
  return isClinical(resourceType) || OF_A_PATIENT.has(resourceType)
    ? { ...resource, subject: patient }
    : resource
}
