/** A code of a coding system. */
export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string | undefined
}

const BALP = 'https://profiles.ihe.net/ITI/BALP'
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM'
const RESTFUL = 'http://hl7.org/fhir/restful-interaction'
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'

/** The profiles of Basic Audit Log Patterns that fit what a graph is asked. */
export const PROFILES = {
  query: `${BALP}/StructureDefinition/IHE.BasicAudit.Query`,
  patientQuery: `${BALP}/StructureDefinition/IHE.BasicAudit.PatientQuery`,
}

/** The codes that those profiles fix. */
export const CODES = {
  rest: {
    system: `${TERMINOLOGY}/audit-event-type`,
    code: 'rest',
    display: 'Restful Operation',
  },
  search: { system: RESTFUL, code: 'search', display: 'search' },
  operation: { system: RESTFUL, code: 'operation', display: 'operation' },
  sourceRole: { system: DICOM, code: '110153', display: 'Source Role ID' },
  destinationRole: { system: DICOM, code: '110152', display: 'Destination Role ID' },
  recipient: {
    system: `${TERMINOLOGY}/v3-ParticipationType`,
    code: 'IRCP',
    display: 'information recipient',
  },
  provider: {
    system: `${TERMINOLOGY}/v3-RoleClass`,
    code: 'PROV',
    display: 'healthcare provider',
  },
  applicationServer: {
    system: `${TERMINOLOGY}/security-source-type`,
    code: '4',
    display: 'Application Server',
  },
  person: { system: `${TERMINOLOGY}/audit-entity-type`, code: '1', display: 'Person' },
  systemObject: { system: `${TERMINOLOGY}/audit-entity-type`, code: '2', display: 'System Object' },
  other: { system: `${TERMINOLOGY}/audit-entity-type`, code: '4', display: 'Other' },
  patientRole: { system: `${TERMINOLOGY}/object-role`, code: '1', display: 'Patient' },
  queryRole: { system: `${TERMINOLOGY}/object-role`, code: '24', display: 'Query' },
  requestId: { system: `${BALP}/CodeSystem/BasicAuditEntityType`, code: 'XrequestId' },
} satisfies Readonly<Record<string, Coding>>

/** Systems of codes that come from the event. */
export const SYSTEMS = {
  jobRole: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-SDSJobRoleName',
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  organisation: 'https://fhir.nhs.uk/Id/ods-organization-code',
  purpose: `${TERMINOLOGY}/v3-ActReason`,
  roleProfile: 'https://fhir.nhs.uk/Id/sds-role-profile-id',
  user: 'https://fhir.nhs.uk/Id/sds-user-id',
}

/** What is said in the place of something that must be there and is not known. */
export const UNKNOWN = {
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
      valueCode: 'unknown',
    },
  ],
}
