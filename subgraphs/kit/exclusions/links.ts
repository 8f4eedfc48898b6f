import { contentsOf } from '../fhir/contained.ts'
import { element, elements, text } from '../fhir/elements.ts'
import { reference, references } from '../fhir/reference.ts'
import type { FhirReference, FhirResource } from '../fhir/resource.ts'

/** How exclusion passes between a resource and those that it refers to. */
export interface Links {
  /** When one of these is never shared, the resource goes with it. */
  readonly hangsOn: readonly FhirReference[]
  /** When the resource is never shared, these go with it. */
  readonly holds: readonly FhirReference[]
}

/** Reads the references of an element. */
type Read = (value: unknown) => FhirReference[]

const each: Read = (value) => references(value)

/** The elements by which a resource of any type hangs on another. */
const HANGS_BY: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['activity', activityLinks],
  ['addresses', each],
  ['appointment', each],
  ['authorizingPrescription', each],
  ['basedOn', each],
  ['basis', each],
  ['codeReference', each],
  ['condition', each],
  ['content', filesOf],
  ['context', contextOf],
  ['derivedFrom', each],
  ['diagnosis', mainDiagnoses],
  ['encounter', each],
  ['episodeOfCare', each],
  ['event', (value) => inParts(value, 'detail')],
  ['evidence', (value) => inParts(value, 'detail')],
  // Such as `flag-detail`, which says what an alert is about.
  ['extension', (value) => inParts(value, 'valueReference')],
  ['finding', (value) => inParts(value, 'itemReference')],
  ['focus', each],
  ['hasMember', each],
  ['imagingStudy', each],
  ['ingredient', (value) => inParts(value, 'itemReference')],
  ['medicationReference', each],
  ['parent', each],
  ['partOf', each],
  ['presentedForm', filesOf],
  ['priorPrescription', each],
  ['priorRequest', each],
  ['problem', each],
  ['procedureReference', each],
  ['reasonReference', each],
  ['referralRequest', each],
  ['relatesTo', (value) => [...inParts(value, 'target'), ...inParts(value, 'targetReference')]],
  ['replaces', each],
  ['report', each],
  ['request', each],
  ['result', each],
  ['resultingCondition', each],
  // What a document's sections are about: its words tell it.
  ['section', sectionEntries],
  ['specimen', each],
])

/** The elements that name what is part of a resource of that type. */
const HOLDS_BY: Readonly<Record<string, readonly (readonly [string, Read])[]>> = {
  CarePlan: [
    ['activity', (value) => inParts(value, 'reference')],
    ['goal', each],
  ],
  DiagnosticReport: [
    ['imagingStudy', each],
    ['result', each],
  ],
  DocumentReference: [['relatesTo', (value) => inParts(value, 'target')]],
  Encounter: [
    ['appointment', each],
    ['diagnosis', mainDiagnoses],
  ],
  EpisodeOfCare: [
    ['diagnosis', mainDiagnoses],
    ['referralRequest', each],
  ],
  Observation: [['hasMember', each]],
  Procedure: [['report', each]],
}

/**
 * The links of a resource over which exclusion spreads; what is merely mentioned is not among them.
 * docs/decisions/0007-what-exclusion-spreads-over.md
 */
export function linksOf(resource: FhirResource): Links {
  const all = [resource, ...contentsOf(resource)]
  return { hangsOn: hangsOn(resource), holds: all.flatMap(holdsItself) }
}

function holdsItself(resource: FhirResource): FhirReference[] {
  return (HOLDS_BY[resource.resourceType] ?? []).flatMap(([name, read]) =>
    resource[name] === undefined ? [] : read(resource[name]),
  )
}

/** What a resource, or anything that it contains, goes with when that is never shared. */
export function hangsOn(resource: FhirResource): FhirReference[] {
  return [resource, ...contentsOf(resource)].flatMap(hangsOnItself)
}

function hangsOnItself(resource: FhirResource): FhirReference[] {
  const found: FhirReference[] = []
  for (const name in resource) {
    const read = HANGS_BY.get(name)
    if (read !== undefined) found.push(...read(resource[name]))
  }
  return found
}

/** What an activity of a plan is for. */
function activityLinks(value: unknown): FhirReference[] {
  return elements(value).flatMap(({ detail }) => references(element(detail)['reasonReference']))
}

function sectionEntries(value: unknown): FhirReference[] {
  return elements(value).flatMap((section) => [
    ...references(section['entry'], section['focus']),
    ...sectionEntries(section['section']),
  ])
}

/** What an encounter or episode was for: its only diagnosis, or those ranked first. */
function mainDiagnoses(value: unknown): FhirReference[] {
  const stated = elements(value)
  const main = stated.length === 1 ? stated : stated.filter((one) => one['rank'] === 1)
  return inParts(main, 'condition')
}

/** A reference; of a document, the encounter that it is about and other records of it. */
function contextOf(value: unknown): FhirReference[] {
  const parts = element(value)
  return [...references(value), ...references(parts['encounter'], parts['related'])]
}

/** A document whose file is never shared is not either. */
function filesOf(value: unknown): FhirReference[] {
  return elements(value).flatMap((file) => {
    const url = text(element(file['attachment'] ?? file)['url'])
    return url === null ? [] : [{ reference: url }]
  })
}

function inParts(value: unknown, part: string): FhirReference[] {
  return elements(value).flatMap((one) => {
    const found = one[part]
    return Array.isArray(found) ? references(found) : (reference(found) ?? [])
  })
}
