import type {
  AllergyCategory,
  AllergyCriticality,
  AllergyReaction,
  AllergyStatus,
  AllergyType,
  AllergyVerificationStatus,
  Concept,
  ReactionSeverity,
} from '../../generated/contract.ts'
import {
  type Denial,
  denialOf,
  deniedRisk,
  exposureRiskOf,
  NO_ALLERGIES,
  sortsDenied,
} from '../allergy-denials.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { type Element, element, elements, extension, present, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { narrativeConcept } from '../narrative.ts'
import { isNoneKnownList, noneKnownItem } from '../none-known.ts'
import { quantity, quantityRange, quantityText, rangeText } from '../quantity.ts'
import { references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import type { SectionFields } from '../section-item.ts'
import { knownStatus, statusOf, statusWords } from '../status-words.ts'
import { dateTime, firstTime, period } from '../time.ts'

/** UK Core's, and CareConnect's and GP Connect's before it. */
const ENDED = /\/Extension-(?:UKCore|CareConnect(?:-GPC)?)-AllergyIntoleranceEnd(?:-\d+)?$/

const SECTION = 'allergies'

const CLINICAL = statusWords<AllergyStatus>({
  active: 'ACTIVE',
  inactive: 'INACTIVE',
  resolved: 'RESOLVED',
})

const VERIFICATION = statusWords<AllergyVerificationStatus>({
  unconfirmed: 'UNCONFIRMED',
  presumed: 'UNCONFIRMED',
  confirmed: 'CONFIRMED',
  refuted: 'REFUTED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

const TYPES = statusWords<AllergyType>({ allergy: 'ALLERGY', intolerance: 'INTOLERANCE' })

const CATEGORIES = statusWords<AllergyCategory>({
  food: 'FOOD',
  medication: 'MEDICATION',
  environment: 'ENVIRONMENT',
  biologic: 'BIOLOGIC',
})

const CRITICALITY = statusWords<AllergyCriticality>({
  low: 'LOW',
  high: 'HIGH',
  'unable-to-assess': 'UNABLE_TO_ASSESS',
})

const SEVERITY = statusWords<ReactionSeverity>({
  mild: 'MILD',
  moderate: 'MODERATE',
  severe: 'SEVERE',
})

/** AllergyIntolerance, and Lists that say there are none. Ordered by onset, else by when it was recorded. */
export const allergies: SectionMapping = {
  section: SECTION,
  resourceTypes: ['AllergyIntolerance', 'List'],
  accepts: (resource) =>
    resource.resourceType === 'AllergyIntolerance' || isNoneKnownList(resource, NO_ALLERGIES),
  toItems: (resource, context) => [
    resource.resourceType === 'List'
      ? noneKnownItem(resource, context, {
          section: SECTION,
          status: 'ACTIVE',
          fields: fieldsOf({}, null, null),
        })
      : toAllergy(resource, context),
  ],
}

function toAllergy(resource: FhirResource, context: MappingContext): MappedItem {
  const reactions = elements(resource['reaction'])
  const risk = exposureRiskOf(resource)
  const named = concept(risk?.substance)
  const code = concept(resource['code']) ?? named
  const denial = denialOf(code, risk)
  // Some sources name the substance only where they describe a reaction to it.
  const substance =
    code ??
    present(reactions.map((one) => concept(one['substance'])))[0] ??
    narrativeConcept(resource, context)
  const verification = statusOf(VERIFICATION, resource['verificationStatus'])
  const status =
    verification === 'ENTERED_IN_ERROR'
      ? verification
      : statusFor(denial, statusOf(CLINICAL, resource['clinicalStatus']))
  const recordedAt = dateTime(resource['recordedDate'])
  return careItem(resource, context, {
    section: SECTION,
    status,
    code: risk && code !== null && code === named ? deniedRisk(risk) : substance,
    alsoCoded: reactions.map((one) => concept(one['substance'])),
    time: firstTime(
      resource['onsetDateTime'],
      period(resource['onsetPeriod'])?.start,
      recordedAt,
      resource['lastOccurrence'],
    ),
    // The same substance is the same allergy, whenever and by whomever it was noted.
    likeness: [conceptKey(substance)],
    recording: {
      recordedAt,
      authors: references(resource['recorder'], resource['asserter']),
    },
    isNoneKnown:
      denial === 'ALL' &&
      verification !== 'REFUTED' &&
      (status === 'ACTIVE' || status === 'UNKNOWN'),
    fields: fieldsOf(resource, substance, denial),
  })
}

/** The state of what denies an allergy, so that nobody takes it for one. */
function statusFor(denial: Denial | null, stated: AllergyStatus): AllergyStatus {
  if (denial === 'NO_INFORMATION') return 'UNKNOWN'
  return denial === 'PART' && (stated === 'ACTIVE' || stated === 'UNKNOWN')
    ? 'NO_KNOWN_RISK'
    : stated
}

function fieldsOf(
  resource: Element,
  substance: Concept | null,
  denial: Denial | null,
): SectionFields<'allergies'> {
  const stated = categoriesOf(resource['category'])
  const end = endOf(resource)
  return {
    substance,
    isDenial: denial === 'ALL' || denial === 'PART',
    verificationStatus: statusOf(VERIFICATION, resource['verificationStatus']),
    type: knownStatus(TYPES, resource['type']),
    categories: stated.length > 0 ? stated : sortsDenied(substance?.codings ?? []),
    criticality: knownStatus(CRITICALITY, resource['criticality']),
    onset: firstTime(resource['onsetDateTime'], period(resource['onsetPeriod'])?.start),
    onsetText:
      text(resource['onsetString']) ??
      quantityText(quantity(resource['onsetAge'])) ??
      rangeText(quantityRange(resource['onsetRange'])),
    lastOccurrence: dateTime(resource['lastOccurrence']),
    reactions: elements(resource['reaction']).map(toReaction),
    endedAt: dateTime(extension(end, 'endDate', 'valueDateTime')),
    endReason: text(extension(end, 'reasonEnded', 'valueString')),
  }
}

/** UK Core has it at the clinical status, GP Connect at the resource. */
function endOf(resource: Element): Element {
  const places = [
    element(resource['clinicalStatus']),
    element(resource['_clinicalStatus']),
    resource,
  ]
  const all = places.flatMap((place) => elements(place['extension']))
  return element(all.find((one) => ENDED.test(text(one['url']) ?? '')))
}

function toReaction(reaction: Element): AllergyReaction {
  return {
    substance: concept(reaction['substance']),
    manifestations: concepts(reaction['manifestation']),
    severity: knownStatus(SEVERITY, reaction['severity']),
    onset: dateTime(reaction['onset']),
    description: text(reaction['description']),
    exposureRoute: concept(reaction['exposureRoute']),
    notes: annotations(reaction['note']),
  }
}

function categoriesOf(source: unknown): AllergyCategory[] {
  const words = Array.isArray(source) ? source : []
  return present([...new Set(words.map((one) => knownStatus(CATEGORIES, one)))])
}
