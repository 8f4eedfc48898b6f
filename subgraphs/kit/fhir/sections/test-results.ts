import type { Concept } from '../../generated/contract.ts'
import { attachments } from '../attachment.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts, wordsConcept } from '../concept.ts'
import { elements, present, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { entryIds, pointsToHidden, references, resolve } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { RESULT_STATUS } from '../result-status.ts'
import { components, referenceRanges, resultKey, resultValue } from '../result-value.ts'
import { statusOf } from '../status-words.ts'
import { choiceStart, dateTime, firstTime, minuteOf } from '../time.ts'
import { isImagingReport } from './imaging-reports.ts'
import { isLegalStatus } from './mental-health.ts'

/**
 * Laboratory Observations, and every DiagnosticReport that is not about imaging. Ordered by when the
 * specimen was taken, else by when the result was released.
 */
export const testResults: SectionMapping = {
  section: 'testResults',
  resourceTypes: ['Observation', 'DiagnosticReport'],
  accepts: (resource) =>
    resource.resourceType === 'DiagnosticReport'
      ? !isImagingReport(resource)
      : isLaboratoryResult(resource),
  toItems: (resource, context) => [
    resource.resourceType === 'DiagnosticReport'
      ? toReport(resource, context)
      : toResult(resource, context),
  ],
}

/** True for an Observation that a laboratory made. */
export function isLaboratoryResult(resource: FhirResource): boolean {
  const codes = elements(resource['category']).flatMap((category) =>
    elements(category['coding']).map((coding) => text(coding['code'])?.toLowerCase()),
  )
  return (
    resource.resourceType === 'Observation' &&
    (codes.includes('laboratory') || codes.includes('lab')) &&
    !isLegalStatus(resource)
  )
}

function toResult(resource: FhirResource, context: MappingContext): MappedItem {
  const parts = components(resource)
  const effectiveAt = choiceStart(resource, 'effective')
  const issuedAt = dateTime(resource['issued'])
  const code = concept(resource['code'])
  const time = firstTime(effectiveAt, issuedAt)
  return careItem(resource, context, {
    section: 'testResults',
    status: statusOf(RESULT_STATUS, resource['status']),
    code,
    alsoCoded: parts.map((part) => part.code),
    time,
    // One specimen, one test, one value: sent twice, or by two sources.
    likeness: ['RESULT', conceptKey(code), resultKey(resource), minuteOf(time)],
    recording: { recordedAt: issuedAt, authors: references(resource['performer']) },
    fields: {
      kind: 'RESULT',
      value: resultValue(resource),
      interpretation: concepts(resource['interpretation']),
      referenceRanges: referenceRanges(resource),
      components: parts,
      specimen: specimenOf(resource, context),
      effectiveAt,
      issuedAt,
      conclusion: null,
      conclusionCodes: [],
      resultIds: entryIds(references(resource['hasMember']), ['Observation'], context),
      method: concept(resource['method']),
      bodySite: concept(resource['bodySite']),
      attachments: [],
    },
  })
}

function toReport(resource: FhirResource, context: MappingContext): MappedItem {
  const effectiveAt = choiceStart(resource, 'effective')
  const issuedAt = dateTime(resource['issued'])
  const code = concept(resource['code'])
  const time = firstTime(effectiveAt, issuedAt)
  const forms = attachments(resource['presentedForm'], context)
  return careItem(resource, context, {
    section: 'testResults',
    status: statusOf(RESULT_STATUS, resource['status']),
    code,
    time,
    likeness: ['REPORT', conceptKey(code), minuteOf(time)],
    recording: {
      recordedAt: issuedAt,
      authors: references(resource['resultsInterpreter'], resource['performer']),
    },
    // The report as it was sent out, where it is words.
    notes: [...annotations(resource['note']), ...present(forms.map((form) => form.text))],
    fields: {
      kind: 'REPORT',
      value: null,
      interpretation: [],
      referenceRanges: [],
      components: [],
      specimen: specimenOf(resource, context),
      effectiveAt,
      issuedAt,
      conclusion: text(resource['conclusion']),
      conclusionCodes: concepts(resource['conclusionCode']),
      resultIds: entryIds(references(resource['result']), ['Observation'], context),
      method: null,
      bodySite: null,
      attachments: forms,
    },
  })
}

function specimenOf(resource: FhirResource, context: MappingContext): Concept | null {
  const [pointer = null] = references(resource['specimen'])
  if (pointsToHidden(pointer, context)) return null
  const specimen = resolve(pointer, context)
  return (specimen ? concept(specimen['type']) : null) ?? wordsConcept(pointer?.display)
}
