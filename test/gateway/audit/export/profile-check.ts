/** What a FHIR R4 AuditEvent of IHE's Basic Audit Log Patterns must hold, written down rule by rule. */

interface Coding {
  readonly system?: string
  readonly code?: string
}

interface Agent {
  readonly type?: { readonly coding?: readonly Coding[] }
  readonly who?: object
  readonly requestor?: boolean
  readonly network?: object
  readonly media?: object
}

interface Entity {
  readonly type?: Coding
  readonly role?: Coding
  readonly what?: { readonly type?: string; readonly identifier?: { readonly value?: string } }
  readonly name?: string
  readonly query?: string
  readonly lifecycle?: object
  readonly detail?: readonly { readonly type?: string; readonly valueString?: string }[]
}

export interface AuditEvent {
  readonly resourceType?: string
  readonly id?: string
  readonly meta?: { readonly profile?: readonly string[] }
  readonly type?: Coding
  readonly subtype?: readonly Coding[]
  readonly action?: string
  readonly recorded?: string
  readonly outcome?: string
  readonly outcomeDesc?: string
  readonly agent?: readonly Agent[]
  readonly source?: { readonly observer?: object; readonly type?: readonly Coding[] }
  readonly entity?: readonly Entity[]
}

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM'
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
const ENTITY = 'http://terminology.hl7.org/CodeSystem/audit-entity-type'
const ROLE = 'http://terminology.hl7.org/CodeSystem/object-role'
const BALP = 'https://profiles.ihe.net/ITI/BALP'

const is = (coding: Coding | undefined, system: string, code: string) =>
  coding?.system === system && coding.code === code

const agentsOf = (event: AuditEvent, system: string, code: string) =>
  (event.agent ?? []).filter(({ type }) => type?.coding?.some((coding) => is(coding, system, code)))

const entitiesOf = (event: AuditEvent, system: string, code: string) =>
  (event.entity ?? []).filter(({ type }) => is(type, system, code))

type Rule = readonly [rule: string, holds: (event: AuditEvent) => boolean]

/** FHIR R4 itself. */
const resource: readonly Rule[] = [
  ['is an AuditEvent', ({ resourceType }) => resourceType === 'AuditEvent'],
  ['id', ({ id = '' }) => /^[A-Za-z0-9\-.]{1,64}$/.test(id)],
  ['type 1..1', ({ type }) => Boolean(type?.code)],
  ['recorded 1..1, an instant', ({ recorded = '' }) => /^\d{4}-.+T.+\.\d{3}Z$/.test(recorded)],
  ['outcome', ({ outcome = '' }) => ['0', '4', '8', '12'].includes(outcome)],
  ['action', ({ action = '' }) => ['C', 'R', 'U', 'D', 'E'].includes(action)],
  ['agent 1..*', ({ agent = [] }) => agent.length > 0],
  [
    'agent.requestor 1..1',
    ({ agent = [] }) => agent.every((a) => typeof a.requestor === 'boolean'),
  ],
  ['source.observer 1..1', ({ source }) => Boolean(source?.observer)],
  ['entity: a name or a query', ({ entity = [] }) => entity.every((e) => !(e.name && e.query))],
  [
    'entity.detail: a type and a value',
    ({ entity = [] }) =>
      entity.every(({ detail = [] }) => detail.every((d) => d.type && d.valueString)),
  ],
  ['nothing is null or empty', (event) => !/:null|""|\{\}|\[\]/.test(JSON.stringify(event))],
]

/** IHE.BasicAudit.Query, but for its name and what makes it a success: refusals have the same shape. */
const queryShape: readonly Rule[] = [
  [
    'type rest',
    ({ type }) => is(type, 'http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest'),
  ],
  ['subtype 1..*', ({ subtype = [] }) => subtype.length > 0],
  ['action E', ({ action }) => action === 'E'],
  ['agent 2..*', ({ agent = [] }) => agent.length >= 2],
  ...[
    ['client', '110153'],
    ['server', '110152'],
  ].flatMap(([name, code = '']): Rule[] => [
    [`agent[${name}] 1..1`, (event) => agentsOf(event, DICOM, code).length === 1],
    [
      `agent[${name}].who 1..1, network 1..1, media 0..0`,
      (event) => agentsOf(event, DICOM, code).every((a) => a.who && a.network && !a.media),
    ],
  ]),
  ['agent[user] 0..1', (event) => agentsOf(event, PARTICIPATION, 'IRCP').length <= 1],
  [
    'agent[user].who 1..1, requestor true, media 0..0, network 0..0',
    (event) =>
      agentsOf(event, PARTICIPATION, 'IRCP').every(
        (a) => a.who && a.requestor === true && !a.media && !a.network,
      ),
  ],
  ['source', ({ source }) => (source?.type ?? []).length > 0],
  [
    'entity[transaction] 0..1, what.identifier.value 1..1',
    (event) => {
      const found = entitiesOf(event, `${BALP}/CodeSystem/BasicAuditEntityType`, 'XrequestId')
      return found.length <= 1 && found.every(({ what }) => Boolean(what?.identifier?.value))
    },
  ],
  ['entity[query] 1..1', (event) => entitiesOf(event, ENTITY, '2').length === 1],
  [
    'entity[query]: role Query, query 1..1, what, lifecycle and detail 0..0',
    (event) =>
      entitiesOf(event, ENTITY, '2').every(
        (e) => is(e.role, ROLE, '24') && e.query && !e.what && !e.lifecycle && !e.detail,
      ),
  ],
]

const success: readonly Rule[] = [
  ['outcome 0', ({ outcome }) => outcome === '0'],
  [
    'subtype search',
    ({ subtype = [] }) =>
      subtype.some((s) => is(s, 'http://hl7.org/fhir/restful-interaction', 'search')),
  ],
]

/** IHE.BasicAudit.PatientQuery: a Query with the patient. */
const patientSlice: readonly Rule[] = [
  ['entity[patient] 1..1', (event) => entitiesOf(event, ENTITY, '1').length === 1],
  [
    'entity[patient]: role Patient, what a reference to a Patient',
    (event) =>
      entitiesOf(event, ENTITY, '1').every(
        (e) =>
          is(e.role, ROLE, '1') && e.what?.type === 'Patient' && Boolean(e.what.identifier?.value),
      ),
  ],
]

const byProfile: Readonly<Record<string, readonly Rule[]>> = {
  [`${BALP}/StructureDefinition/IHE.BasicAudit.Query`]: success,
  [`${BALP}/StructureDefinition/IHE.BasicAudit.PatientQuery`]: [...success, ...patientSlice],
}

/** The rules that an exported event breaks: FHIR's, the shape's, and those of the profiles that it claims. */
export function brokenRules(event: AuditEvent): string[] {
  const profiles = event.meta?.profile ?? []
  const claimed = profiles.flatMap((profile) => byProfile[profile] ?? [UNKNOWN_PROFILE])
  return [...resource, ...queryShape, ...claimed]
    .filter(([, holds]) => !holds(event))
    .map(([rule]) => rule)
}

const UNKNOWN_PROFILE: Rule = ['a known profile', () => false]
