import type { MentalHealthStatus } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey } from '../concept.ts'
import { type Element, elements, text } from '../elements.ts'
import type { MappedItem, MappingContext } from '../mapping.ts'
import { organisationOf } from '../organisations.ts'
import { reference, referencesIn } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dayOf, firstTime, period } from '../time.ts'

/** UK Core's extension of an Encounter, and CareConnect's before it. */
const LEGAL_STATUS = /\/Extension-(?:UKCore|CareConnect)-LegalStatus(?:-\d+)?$/

/** That an encounter is over does not tell whether the status that it began or ended with is. */
const STATUS = statusWords<MentalHealthStatus>({
  planned: 'PLANNED',
  arrived: 'ACTIVE',
  triaged: 'ACTIVE',
  'in-progress': 'ACTIVE',
  onleave: 'ACTIVE',
  cancelled: 'CANCELLED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

/** True for an Encounter that says under which legal status the patient came or went. */
export function hasLegalStatus(resource: FhirResource): boolean {
  return resource.resourceType === 'Encounter' && statementsIn(resource).length > 0
}

/** The legal statuses that an Encounter states: at admission, at discharge. */
export function encounterLegalStatuses(
  encounter: FhirResource,
  context: MappingContext,
): MappedItem[] {
  return statementsIn(encounter).map((statement, index) =>
    toLegalStatus({ ...encounter, ...own(encounter, index) }, context, statement),
  )
}

/** Apart from the encounter, which is an entry of its own. */
function own(encounter: FhirResource, index: number) {
  const id = `${text(encounter.id) ?? ''}.legal-status-${index + 1}`
  return { id, identifier: [], text: null }
}

function toLegalStatus(
  encounter: FhirResource,
  context: MappingContext,
  statement: Element,
): MappedItem {
  const legalStatus = concept(partOf(statement, 'legalStatusClassification'))
  const moment = concept(partOf(statement, 'legalStatusContext'))
  const isOfDischarge = moment?.code === 'discharge'
  const stretch = period(encounter['period'])
  const time = isOfDischarge
    ? firstTime(stretch?.end, stretch?.start)
    : firstTime(stretch?.start, stretch?.end)
  const provider = reference(encounter['serviceProvider'])
  return careItem(encounter, context, {
    section: 'mentalHealth',
    status: statusOf(STATUS, encounter['status']),
    code: legalStatus ?? moment,
    alsoCoded: [moment],
    time,
    likeness: ['LEGAL_STATUS', conceptKey(legalStatus), dayOf(time)],
    recording: {
      recordedAt: null,
      authors: referencesIn(encounter['participant'], 'individual'),
      organisations: provider ? [provider] : [],
    },
    notes: [],
    fields: {
      kind: 'LEGAL_STATUS',
      // How long the status lasts is not said.
      period: time === null ? null : { start: time, end: null },
      organisation: organisationOf(provider, context),
      team: null,
      worker: null,
      legalStatus,
      attachments: [],
      description: moment?.display ?? null,
    },
  })
}

function statementsIn(encounter: FhirResource): Element[] {
  return elements(encounter['extension']).filter(
    (one) => LEGAL_STATUS.test(text(one['url']) ?? '') && elements(one['extension']).length > 0,
  )
}

function partOf(statement: Element, url: string): unknown {
  return elements(statement['extension']).find((one) => one['url'] === url)?.[
    'valueCodeableConcept'
  ]
}
