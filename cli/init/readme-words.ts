import type { Participation } from '../../subgraphs/kit/generated/contract.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import type { Wanted } from './plan-files.ts'

const ROLES: Readonly<Record<Participation, string>> = {
  FULL: 'its staff view the records of others, and it contributes its own',
  VIEW_ONLY: 'its staff view the records of others; it publishes none',
  CONTRIBUTE_ONLY: 'it contributes its own records; its staff do not view',
}

const LOAD = `**2. Load the examples**, from a second terminal, and then data of your own: FHIR R4 bundles, single resources or NDJSON,
files or whole folders. It may be done again at any time: what is the same changes nothing.

\`\`\`
npm run load examples/
\`\`\`

Ada Okafor (9990000018) is known to other participants of the demo as well, so her record here is merged with theirs. Of Una
Example (9990000239) all that is known may never be shared: nobody is shown anything.`

const FHIR = `**2. Your FHIR server.** The records stay in the FHIR R4 server of \`FHIR_BASE_URL\` and are asked for as they are needed: one
search for each resource type, by the patient's NHS number. \`.env\` holds its address and, where it asks for one, the client.
Give the test a made-up patient whom it knows: \`npm run conformance -- --patient 9990000018\`.`

const NONE = `**2. There is nothing to load.** A participant that only views publishes who it is, and no record.`

/** What a README says that depends on the participant. */
export function readmeWords({ description, fhirBaseUrl }: Wanted) {
  const isFhir = fhirBaseUrl !== undefined
  return {
    role: ROLES[description.participation],
    data: isContributor(description) ? (isFhir ? FHIR : LOAD) : NONE,
    orFhir: isFhir ? ' or `FHIR_BASE_URL`' : '',
  }
}
