import { readdirSync, readFileSync } from 'node:fs'
import { type Coding, concept, type Planted, type PlantedType, plant } from './planted.ts'

const LISTS = new URL('../../subgraphs/kit/exclusions/lists/', import.meta.url)
const TREATMENT_FUNCTION =
  'https://fhir.nhs.uk/CodeSystem/NHSDataModelAndDictionary-treatment-function'

const systems: Readonly<Record<string, string>> = {
  snomed: 'http://snomed.info/sct',
  service: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  'treatment-function': TREATMENT_FUNCTION,
}

/** The rows of the short list, read without the code that is tested. */
const rows = readdirSync(LISTS).flatMap((file) =>
  readFileSync(new URL(file, LISTS), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [kind: string, code: string]),
)

/** Every code and service of the short list; no display of theirs may be seen anywhere. */
export const excludedCodings: readonly Coding[] = rows.flatMap(([kind, code]) => {
  const system = systems[kind]
  return system ? [{ system, code, display: `Excluded display ${code}` }] : []
})

/** The same without a system, with blanks, as an expression, and under another name of the system. */
export const oddCodings: readonly Coding[] = [
  { code: '86406008', display: 'Excluded display without a system' },
  { system: 'http://snomed.info/sct', code: ' 15628003 ', display: 'Excluded display in blanks' },
  {
    system: 'http://snomed.info/sct',
    code: '243796009:246090004=76272004',
    display: 'Excluded display in an expression',
  },
  {
    system: 'urn:oid:2.16.840.1.113883.6.96',
    code: '63487001',
    display: 'Excluded display of an OID',
  },
]

/** Every label of the short list. */
export const excludedLabels = rows.flatMap(([kind, label]) => {
  const [name, code] = label.split('#')
  return kind === 'label'
    ? [
        {
          system: `http://terminology.hl7.org/CodeSystem/${name}`,
          code,
          display: 'Excluded display',
        },
      ]
    : []
})

/** The service that anchors of links belong to. */
const genitourinary: Coding = {
  system: TREATMENT_FUNCTION,
  code: '360',
  display: 'Excluded display 360',
}

/** Elements by which a resource goes with an excluded one: of which type, and to which anchor. */
export const hanging: readonly (readonly [PlantedType, string, (anchor: Anchor) => object])[] = [
  ...(
    ['Condition', 'Observation', 'DiagnosticReport', 'Procedure', 'MedicationRequest'] as const
  ).map((type) => [type, 'encounter', at('encounter', 'Encounter')] as const),
  ...(
    ['AllergyIntolerance', 'Immunization', 'ImagingStudy', 'CarePlan', 'Flag', 'Task'] as const
  ).map((type) => [type, 'encounter', at('encounter', 'Encounter')] as const),
  ['ServiceRequest', 'encounter', at('encounter', 'Encounter')],
  ['DeviceRequest', 'encounter', at('encounter', 'Encounter')],
  ['MedicationStatement', 'context', at('context', 'Encounter')],
  [
    'DocumentReference',
    'context.encounter',
    (to) => ({ context: { encounter: [to('Encounter')] } }),
  ],
  ['DocumentReference', 'context.related', (to) => ({ context: { related: [to('Procedure')] } })],
  [
    'DocumentReference',
    'relatesTo',
    (to) => ({ relatesTo: [{ target: to('DocumentReference') }] }),
  ],
  ['DocumentReference', 'file', () => ({ content: [{ attachment: { url: 'Binary/excluded' } }] })],
  ['Encounter', 'partOf', at('partOf', 'Encounter')],
  ['Encounter', 'episodeOfCare', many('episodeOfCare', 'EpisodeOfCare')],
  ['Encounter', 'appointment', many('appointment', 'Appointment')],
  ['Encounter', 'basedOn', many('basedOn', 'ServiceRequest')],
  ['Encounter', 'reasonReference', many('reasonReference', 'Condition')],
  ['Encounter', 'diagnosis', (to) => ({ diagnosis: [{ condition: to('Condition') }] })],
  ['Encounter', 'place', (to) => ({ location: [{ location: to('Location') }] })],
  ['Encounter', 'provider', at('serviceProvider', 'Organization')],
  ['Encounter', 'clinician', (to) => ({ participant: [{ individual: to('PractitionerRole') }] })],
  ['EpisodeOfCare', 'referral', many('referralRequest', 'ServiceRequest')],
  ['Appointment', 'basedOn', many('basedOn', 'ServiceRequest')],
  ['Appointment', 'reasonReference', many('reasonReference', 'Condition')],
  ['Task', 'focus', at('focus', 'ServiceRequest')],
  ['Task', 'partOf', many('partOf', 'Task')],
  ['Task', 'basedOn', many('basedOn', 'CarePlan')],
  ['DeviceRequest', 'reasonReference', many('reasonReference', 'Condition')],
  ['ServiceRequest', 'performer', many('performer', 'HealthcareService')],
  ['ServiceRequest', 'replaces', many('replaces', 'ServiceRequest')],
  ['CarePlan', 'addresses', many('addresses', 'Condition')],
  ['CarePlan', 'partOf', many('partOf', 'CarePlan')],
  ['MedicationRequest', 'reasonReference', many('reasonReference', 'Condition')],
  [
    'MedicationRequest',
    'medicine',
    (to) => ({
      medicationCodeableConcept: undefined,
      medicationReference: to('Medication'),
    }),
  ],
  ['MedicationStatement', 'basedOn', many('basedOn', 'MedicationRequest')],
  ['MedicationStatement', 'derivedFrom', many('derivedFrom', 'Observation')],
  ['Observation', 'basedOn', many('basedOn', 'ServiceRequest')],
  ['Observation', 'hasMember', many('hasMember', 'Observation')],
  ['Observation', 'derivedFrom', many('derivedFrom', 'Observation')],
  ['Observation', 'specimen', at('specimen', 'Specimen')],
  ['Observation', 'laboratory', many('performer', 'Organization')],
  ['DiagnosticReport', 'result', many('result', 'Observation')],
  ['DiagnosticReport', 'imagingStudy', many('imagingStudy', 'ImagingStudy')],
  ['ImagingStudy', 'reasonReference', many('reasonReference', 'Condition')],
  ['Procedure', 'reasonReference', many('reasonReference', 'Condition')],
  ['Procedure', 'report', many('report', 'DiagnosticReport')],
  ['Condition', 'evidence', (to) => ({ evidence: [{ detail: [to('Observation')] }] })],
  [
    'Flag',
    'detail',
    (to) => ({
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
          valueReference: to('Condition'),
        },
      ],
    }),
  ],
]

/** Elements by which an excluded resource takes another along. */
export const holding: readonly (readonly [PlantedType, PlantedType, (to: object) => object])[] = [
  ['DiagnosticReport', 'Observation', (to) => ({ result: [to] })],
  ['DiagnosticReport', 'ImagingStudy', (to) => ({ imagingStudy: [to] })],
  ['Observation', 'Observation', (to) => ({ hasMember: [to] })],
  ['Encounter', 'Appointment', (to) => ({ appointment: [to] })],
  ['Encounter', 'Condition', (to) => ({ diagnosis: [{ condition: to }] })],
  ['EpisodeOfCare', 'ServiceRequest', (to) => ({ referralRequest: [to] })],
  ['CarePlan', 'ServiceRequest', (to) => ({ activity: [{ reference: to }] })],
  ['Procedure', 'DiagnosticReport', (to) => ({ report: [to] })],
  ['DocumentReference', 'DocumentReference', (to) => ({ relatesTo: [{ target: to }] })],
]

/** Refers to the excluded resource of a type. */
export type Anchor = (type: string) => object

export const anchor: Anchor = (type) => ({
  reference: `${type}/excluded`,
  display: 'Excluded display of a reference',
})

function at(element: string, type: string) {
  return (to: Anchor) => ({ [element]: to(type) })
}

function many(element: string, type: string) {
  return (to: Anchor) => ({ [element]: [to(type)] })
}

/** What links lead to: one excluded resource of every type that may be one. */
export function anchorsOf(given: {
  readonly nhsNumber: string
  readonly words: (what: string) => string
}): Planted[] {
  const excluded = concept(excludedCodings[0] as Coding)
  const service = concept(genitourinary)
  const own = (type: PlantedType, changes: object) =>
    plant(
      type,
      { id: 'excluded', words: given.words(`anchor ${type}`), nhsNumber: given.nhsNumber },
      changes,
    )
  const subject = {
    identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: given.nhsNumber },
  }
  const name = given.words('anchor of a service')
  return [
    own('Encounter', { serviceType: service }),
    own('EpisodeOfCare', { type: [service] }),
    own('Appointment', { serviceType: [service] }),
    own('ServiceRequest', { code: excluded }),
    own('Condition', { code: excluded }),
    own('Observation', { code: excluded }),
    own('Procedure', { code: excluded }),
    own('DiagnosticReport', { code: excluded }),
    own('ImagingStudy', { procedureCode: [excluded] }),
    own('DocumentReference', { type: excluded }),
    own('CarePlan', { category: [excluded] }),
    own('Task', { code: excluded }),
    own('MedicationRequest', { reasonCode: [excluded] }),
    { resourceType: 'Location', id: 'excluded', name, type: [service] },
    { resourceType: 'Organization', id: 'excluded', name, type: [service] },
    {
      resourceType: 'HealthcareService',
      id: 'excluded',
      name,
      location: [{ reference: 'Location/excluded' }],
    },
    {
      resourceType: 'PractitionerRole',
      id: 'excluded',
      specialty: [service],
      code: [{ text: name }],
    },
    { resourceType: 'Medication', id: 'excluded', code: excluded },
    { resourceType: 'Specimen', id: 'excluded', subject, type: excluded },
    {
      resourceType: 'Binary',
      id: 'excluded',
      contentType: 'text/plain',
      data: Buffer.from(name).toString('base64'),
      meta: { security: [excludedLabels[0]] },
    },
  ]
}
