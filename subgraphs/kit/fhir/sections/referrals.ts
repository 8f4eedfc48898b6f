import type { Organisation } from '../../generated/contract.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { present, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { isProhibited, prohibitionStatus } from '../modifiers/prohibited.ts'
import { organisationOf } from '../organisations.ts'
import { partyName } from '../people.ts'
import { reasonsOf } from '../reasons.ts'
import { reference, references } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { REQUEST_STATUS, statusOf } from '../status-words.ts'
import { choiceStart, dateTime, dayOf, firstTime } from '../time.ts'
import { timingText } from '../timing.ts'

/** ServiceRequest. Ordered by when it was made, else by when it is to happen. */
export const referrals: SectionMapping = {
  section: 'referrals',
  resourceTypes: ['ServiceRequest'],
  accepts: (resource) => resource.resourceType === 'ServiceRequest',
  toItems: (resource, context) => [toReferral(resource, context)],
}

function toReferral(resource: FhirResource, context: MappingContext): MappedItem {
  const code = concept(resource['code'])
  const details = concepts(resource['orderDetail'])
  const categories = concepts(resource['category'])
  const authoredAt = dateTime(resource['authoredOn'])
  const occursAt = choiceStart(resource, 'occurrence')
  const time = firstTime(authoredAt, occursAt)
  const requester = reference(resource['requester'])
  const performers = references(resource['performer'])
  const isForbidden = isProhibited(resource)
  const status = statusOf(REQUEST_STATUS, resource['status'])
  const asked = code ?? categories[0] ?? null
  return careItem(resource, context, {
    section: 'referrals',
    status: isForbidden ? prohibitionStatus(status) : status,
    code: asked,
    alsoCoded: details,
    time,
    // One thing asked for on one day.
    likeness: [conceptKey(asked), dayOf(time), ...(isForbidden ? ['prohibited'] : [])],
    recording: { recordedAt: authoredAt, authors: present([requester]) },
    notes: [...annotations(resource['note']), ...present(details.map((detail) => detail.display))],
    fields: {
      isProhibited: isForbidden,
      intent: text(resource['intent']),
      categories,
      priority: text(resource['priority']),
      specialties: present([concept(resource['performerType'])]),
      requester: partyName(requester, context),
      recipients: present(performers.map((one) => recipientOf(one, context))),
      reasons: reasonsOf(resource, context),
      authoredAt,
      occursAt,
      scheduled: timingText(resource['occurrenceTiming']),
      description: text(resource['patientInstruction']),
    },
  })
}

// Somebody is asked, even where it cannot be told for which organisation.
function recipientOf(performer: FhirReference, context: MappingContext): Organisation | null {
  const name = partyName(performer, context)
  const unplaced = name === null ? null : { odsCode: null, name, kind: null }
  return organisationOf(performer, context) ?? unplaced
}
