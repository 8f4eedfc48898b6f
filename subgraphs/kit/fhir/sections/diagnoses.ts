import type { DiagnosisStatus, DiagnosisVerificationStatus } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { type Element, elements, saysSomething, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { isNoneKnownList, type NoneKnown, noneKnownItem, saysNoneKnown } from '../none-known.ts'
import { quantity, quantityRange, quantityText, rangeText } from '../quantity.ts'
import { entryIds, references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import type { SectionFields } from '../section-item.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, dayOf, firstTime, period } from '../time.ts'

const SECTION = 'diagnoses'

const CLINICAL = statusWords<DiagnosisStatus>({
  active: 'ACTIVE',
  recurrence: 'RECURRENCE',
  relapse: 'RELAPSE',
  inactive: 'INACTIVE',
  remission: 'REMISSION',
  resolved: 'RESOLVED',
})

const VERIFICATION = statusWords<DiagnosisVerificationStatus>({
  unconfirmed: 'UNCONFIRMED',
  provisional: 'PROVISIONAL',
  differential: 'DIFFERENTIAL',
  confirmed: 'CONFIRMED',
  refuted: 'REFUTED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

const PAST = new Set<DiagnosisStatus>(['INACTIVE', 'REMISSION', 'RESOLVED'])

const NONE_KNOWN: NoneKnown = {
  snomed: new Set(['160245001']),
  ips: new Set(['no-known-problems']),
  lists: new Set(['717711000000103', '11450-4']),
  words: new Set([
    ...['problem', 'problems', 'diagnosis', 'diagnoses', 'condition', 'conditions'],
    ...['disability', 'disabilities', 'issue', 'issues'],
  ]),
}

/** Condition, and Lists that say there are none. Ordered by onset, else by when it was recorded. */
export const diagnoses: SectionMapping = {
  section: SECTION,
  resourceTypes: ['Condition', 'List'],
  accepts: (resource) =>
    resource.resourceType === 'Condition' || isNoneKnownList(resource, NONE_KNOWN),
  toItems: (resource, context) => [
    resource.resourceType === 'List'
      ? noneKnownItem(resource, context, {
          section: SECTION,
          status: 'ACTIVE',
          fields: fieldsOf({}, context),
        })
      : toDiagnosis(resource, context),
  ],
}

function toDiagnosis(resource: FhirResource, context: MappingContext): MappedItem {
  const code = concept(resource['code'])
  const verification = statusOf(VERIFICATION, resource['verificationStatus'])
  const status =
    verification === 'ENTERED_IN_ERROR'
      ? verification
      : statusOf(CLINICAL, resource['clinicalStatus'])
  const recordedAt = dateTime(resource['recordedDate'])
  const time = firstTime(onsetOf(resource), recordedAt, abatementOf(resource))
  return careItem(resource, context, {
    section: SECTION,
    status,
    code,
    time,
    // A present problem is one problem wherever it is listed; past episodes are told apart by day.
    likeness: [conceptKey(code), PAST.has(status) ? dayOf(time) : 'present'],
    recording: {
      recordedAt,
      authors: references(resource['recorder'], resource['asserter']),
    },
    isNoneKnown:
      saysNoneKnown(code, NONE_KNOWN) &&
      verification !== 'REFUTED' &&
      (status === 'ACTIVE' || status === 'UNKNOWN'),
    fields: fieldsOf(resource, context),
  })
}

function fieldsOf(resource: Element, context: MappingContext): SectionFields<'diagnoses'> {
  return {
    verificationStatus: statusOf(VERIFICATION, resource['verificationStatus']),
    categories: concepts(resource['category']),
    severity: concept(resource['severity']),
    bodySites: concepts(resource['bodySite']),
    onset: onsetOf(resource),
    onsetText: inWords(resource, 'onset'),
    abatement: abatementOf(resource),
    abatementText: inWords(resource, 'abatement'),
    encounterId: entryIds(references(resource['encounter']), ['Encounter'], context)[0] ?? null,
    stages: elements(resource['stage'])
      .map((one) => ({ summary: concept(one['summary']), type: concept(one['type']) }))
      .filter(saysSomething),
  }
}

function onsetOf(resource: Element): string | null {
  return firstTime(resource['onsetDateTime'], period(resource['onsetPeriod'])?.start)
}

function abatementOf(resource: Element): string | null {
  const stretch = period(resource['abatementPeriod'])
  return firstTime(resource['abatementDateTime'], stretch?.end, stretch?.start)
}

function inWords(resource: Element, name: 'onset' | 'abatement'): string | null {
  return (
    text(resource[`${name}String`]) ??
    quantityText(quantity(resource[`${name}Age`])) ??
    rangeText(quantityRange(resource[`${name}Range`]))
  )
}
