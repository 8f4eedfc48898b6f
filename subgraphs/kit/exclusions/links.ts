import { element, elements, list, text } from '../fhir/elements.ts'
import { reference, references } from '../fhir/reference.ts'
import type { FhirReference, FhirResource } from '../fhir/resource.ts'

/** How exclusion passes between a resource and those that it refers to. */
export interface Links {
  /** When one of these is never shared, the resource goes with it. */
  readonly hangsOn: readonly FhirReference[]
  /** When the resource is never shared, these go with it. */
  readonly holds: readonly FhirReference[]
}

/** The elements by which a resource of any type hangs on another. */
const HANGS_BY = [
  'addresses',
  'appointment',
  'basedOn',
  'codeReference',
  'context',
  'derivedFrom',
  'encounter',
  'episodeOfCare',
  'focus',
  'hasMember',
  'imagingStudy',
  'medicationReference',
  'parent',
  'partOf',
  'priorPrescription',
  'priorRequest',
  'procedureReference',
  'reasonReference',
  'referralRequest',
  'replaces',
  'report',
  'request',
  'result',
  'specimen',
] as const

/** The elements that name what is part of a resource of that type. */
const HOLDS_BY: Readonly<Record<string, readonly string[]>> = {
  DiagnosticReport: ['result', 'imagingStudy'],
  Observation: ['hasMember'],
  Procedure: ['report'],
  Encounter: ['appointment'],
  EpisodeOfCare: ['referralRequest'],
  CarePlan: ['goal'],
}

/**
 * The links of a resource over which exclusion spreads; what is merely mentioned is not among them.
 * docs/decisions/0007-what-exclusion-spreads-over.md
 */
export function linksOf(resource: FhirResource): Links {
  const main = mainDiagnoses(resource)
  const related = inParts(resource['relatesTo'], 'target')
  return {
    hangsOn: [
      ...HANGS_BY.flatMap((name) =>
        resource[name] === undefined ? [] : references(resource[name]),
      ),
      ...main,
      ...related,
      ...contextOf(resource),
      ...inParts(resource['evidence'], 'detail'),
      ...inParts(resource['ingredient'], 'itemReference'),
      ...filesOf(resource),
      ...inExtensions(resource),
    ],
    holds: [
      ...(HOLDS_BY[resource.resourceType] ?? []).flatMap((name) => references(resource[name])),
      ...(resource.resourceType === 'CarePlan' ? inParts(resource['activity'], 'reference') : []),
      ...main,
      ...related,
    ],
  }
}

/** What an encounter or episode was for: its only diagnosis, or those ranked first. */
function mainDiagnoses(resource: FhirResource): FhirReference[] {
  const stated = elements(resource['diagnosis'])
  const main = stated.length === 1 ? stated : stated.filter((one) => one['rank'] === 1)
  return main.flatMap((one) => references(one['condition']))
}

/** Of a document: the encounter that it is about, and other records of it. */
function contextOf(resource: FhirResource): FhirReference[] {
  const { context } = resource
  if (context === undefined || Array.isArray(context)) return []
  return references(element(context)['encounter'], element(context)['related'])
}

/** A document whose file is never shared is not either. */
function filesOf(resource: FhirResource): FhirReference[] {
  const files = [
    ...elements(resource['content']).map((one) => one['attachment']),
    ...list(resource['presentedForm']),
  ]
  return files.flatMap((file) => {
    const url = text(element(file)['url'])
    return url === null ? [] : [{ reference: url }]
  })
}

/** Such as `flag-detail`, which says what an alert is about. */
function inExtensions(resource: FhirResource): FhirReference[] {
  return elements(resource['extension']).flatMap((one) => reference(one['valueReference']) ?? [])
}

function inParts(source: unknown, part: string): FhirReference[] {
  return elements(source).flatMap((one) => references(one[part]))
}
