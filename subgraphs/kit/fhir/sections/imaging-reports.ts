import type { Concept } from '../../generated/contract.ts'
import { attachments } from '../attachment.ts'
import { careItem } from '../care-item.ts'
import { codingConcept, concept, conceptKey, concepts, wordsConcept } from '../concept.ts'
import { within } from '../contained.ts'
import { elements, integer, list, present, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { reasonsOf } from '../reasons.ts'
import { entryIds, references, resolve } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { RESULT_STATUS } from '../result-status.ts'
import type { SectionFields } from '../section-item.ts'
import { statusOf } from '../status-words.ts'
import { choiceStart, dateTime, dayOf, firstTime } from '../time.ts'

/**
 * HL7 v2-0074 services that make images, `imaging` of FHIR's observation categories, LOINC's class
 * of radiology, and SNOMED CT: imaging, radiology, imaging and radiology report, plain radiography,
 * CT, MRI, ultrasound, nuclear medicine.
 */
const IMAGING = new Set([
  ...['RAD', 'RUS', 'CT', 'NMR', 'NMS', 'RX', 'XRC', 'CUS', 'OUS', 'VUS', 'IMG', 'MRI'],
  ...['imaging', 'LP29684-5'],
  ...['363679005', '394914008', '4201000179104', '371527006', '168537006', '77477000'],
  ...['113091000', '16310003', '394649004'],
])

/**
 * ImagingStudy, and DiagnosticReports about imaging. Ordered by when the examination was made, else
 * by when the report was released.
 */
export const imagingReports: SectionMapping = {
  section: 'imagingReports',
  resourceTypes: ['DiagnosticReport', 'ImagingStudy'],
  accepts: (resource) => resource.resourceType === 'ImagingStudy' || isImagingReport(resource),
  toItems: (resource, context) => [
    resource.resourceType === 'ImagingStudy'
      ? toStudy(resource, context)
      : toReport(resource, context),
  ],
}

/** True for a DiagnosticReport of an imaging service, or one that refers to images. */
export function isImagingReport(resource: FhirResource): boolean {
  if (resource.resourceType !== 'DiagnosticReport') return false
  if (list(resource['imagingStudy']).length > 0) return true
  return concepts(resource['category']).some((category) =>
    category.codings.some((coding) => coding.code !== null && IMAGING.has(coding.code)),
  )
}

function toReport(resource: FhirResource, context: MappingContext): MappedItem {
  const pointers = references(resource['imagingStudy'])
  const studies = present(pointers.map((one) => resolve(one, context)))
  const issuedAt = dateTime(resource['issued'])
  const performedAt = firstTime(
    choiceStart(resource, 'effective'),
    ...studies.map((study) => study['started']),
  )
  const forms = attachments(resource['presentedForm'], context)
  return imagingItem(resource, context, {
    code: concept(resource['code']),
    time: firstTime(performedAt, issuedAt),
    recordedAt: issuedAt,
    authors: references(resource['resultsInterpreter'], resource['performer']),
    fields: {
      kind: 'REPORT',
      modalities: different(studies.flatMap(modalitiesOf)),
      bodySites: different(studies.flatMap(bodySitesOf)),
      performedAt,
      issuedAt,
      conclusion: text(resource['conclusion']),
      conclusionCodes: concepts(resource['conclusionCode']),
      reportText: present(forms.map((form) => form.text)).join('\n\n') || null,
      attachments: forms,
      description: null,
      reasons: different(studies.flatMap((study) => reasonsOf(study, within(study, context)))),
      seriesCount: null,
      instanceCount: null,
      studyIds: entryIds(pointers, ['ImagingStudy'], context),
    },
  })
}

function toStudy(resource: FhirResource, context: MappingContext): MappedItem {
  const modalities = different(modalitiesOf(resource))
  const description = text(resource['description'])
  const performedAt = firstTime(
    resource['started'],
    ...elements(resource['series']).map((series) => series['started']),
  )
  return imagingItem(resource, context, {
    code:
      concepts(resource['procedureCode'])[0] ?? wordsConcept(description) ?? modalities[0] ?? null,
    time: performedAt,
    recordedAt: null,
    authors: references(resource['interpreter'], resource['referrer']),
    fields: {
      kind: 'STUDY',
      modalities,
      bodySites: different(bodySitesOf(resource)),
      performedAt,
      issuedAt: null,
      conclusion: null,
      conclusionCodes: [],
      reportText: null,
      attachments: [],
      description,
      reasons: reasonsOf(resource, context),
      seriesCount: integer(resource['numberOfSeries']),
      instanceCount: integer(resource['numberOfInstances']),
      studyIds: [],
    },
  })
}

interface Imaging {
  readonly code: Concept | null
  readonly time: string | null
  readonly recordedAt: string | null
  readonly authors: ReturnType<typeof references>
  readonly fields: SectionFields<'imagingReports'>
}

function imagingItem(resource: FhirResource, context: MappingContext, found: Imaging): MappedItem {
  return careItem(resource, context, {
    section: 'imagingReports',
    status: statusOf(RESULT_STATUS, resource['status']),
    code: found.code,
    alsoCoded: concepts(resource['procedureCode']),
    time: found.time,
    // The same examination on the same day; a report and its study stay two things.
    likeness: [found.fields.kind, conceptKey(found.code), dayOf(found.time)],
    recording: { recordedAt: found.recordedAt, authors: found.authors },
    fields: found.fields,
  })
}

function modalitiesOf(study: FhirResource): Concept[] {
  return present([
    ...list(study['modality']).map(codingConcept),
    ...elements(study['series']).map((series) => codingConcept(series['modality'])),
  ])
}

function bodySitesOf(study: FhirResource): Concept[] {
  return present(elements(study['series']).map((series) => codingConcept(series['bodySite'])))
}

function different(sources: readonly Concept[]): Concept[] {
  const byKey = new Map(sources.map((one) => [conceptKey(one), one]))
  return [...byKey.values()]
}
