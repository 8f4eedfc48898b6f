import { isDeepStrictEqual } from 'node:util'
import { linksOf } from '../../../subgraphs/kit/exclusions/links.ts'
import { mapPatient } from '../../../subgraphs/kit/fhir/map-patient.ts'
import { mapResource } from '../../../subgraphs/kit/fhir/map-resource.ts'
import type { MappingContext } from '../../../subgraphs/kit/fhir/mapping.ts'
import { nhsNumbersIn } from '../../../subgraphs/kit/fhir/own-number.ts'
import { relationshipsOf } from '../../../subgraphs/kit/fhir/relationships.ts'
import type { FhirResource } from '../../../subgraphs/kit/fhir/resource.ts'
import { patientLookup } from '../../../subgraphs/kit/load/resolve/patient-of.ts'
import { contextOf, NOW } from '../../subgraphs/kit/fhir/mapping-context.ts'
import type { ElementDefinition } from '../../subgraphs/kit/fhir/modifiers/r4-definitions.ts'
import { samplesOf } from './samples.ts'

type Parts = Record<string, unknown>

const context: MappingContext = contextOf()

/**
 * The contract's fields that change when an element of an example is left out, or has another value:
 * tried, not declared. Empty where nothing changes.
 */
export function shownAs(
  element: ElementDefinition,
  example: FhirResource,
  repeats: (path: string) => boolean,
): string[] {
  const changes = (one: FhirResource) => changesIn(element, one, repeats)
  const fields = changes(example)
  // What is shown where something else is missing.
  return fields.length > 0 ? fields : changes(bare(example))
}

/** Decides which section an example belongs to, and whether it is shown. */
const KEPT =
  /^(?:resourceType|id|meta|identifier|status|intent|code|category|type|subject|patient|for|clinicalStatus|verificationStatus|vaccineCode|medication.*)$/

function bare(example: FhirResource): FhirResource {
  const kept = Object.entries(example).filter(([key]) => KEPT.test(key))
  return Object.fromEntries(kept) as unknown as FhirResource
}

function changesIn(
  element: ElementDefinition,
  example: FhirResource,
  repeats: (path: string) => boolean,
): string[] {
  const names = element.path.split('.').slice(1)
  const within = madeIn(example, names.slice(0, -1), repeats)
  const last = names.at(-1) ?? ''
  const without = changed(within, names, (parent) => dropped(parent, last))
  const others = samplesOf(element).map(([key, value]) =>
    changed(within, names, (parent) => ({ ...dropped(parent, last), [key]: value })),
  )
  const empty = changed(within, names, (parent) => parent)
  const seen = [empty, without, ...others].map((one) => mapped(one, context))
  const fields = seen.flatMap((one) => differences(seen[0], one))
  return [...new Set(fields)].sort()
}

/** Tells the contract's fields that change when a part is left out of an example, wherever it stands in lists. */
export function partsLeftOutOf(
  example: FhirResource,
  around: MappingContext,
): (names: readonly string[]) => string[] {
  const whole = mapped(example, around)
  return (names) => {
    const without = leftOut(example, names) as FhirResource
    return [...new Set(differences(whole, mapped(without, around)))].sort()
  }
}

function leftOut(source: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(source)) return source.map((one) => leftOut(one, [name, ...rest]))
  if (!isParts(source) || source[name] === undefined) return source
  const { [name]: part, ...others } = source
  return rest.length === 0 ? others : { ...others, [name]: leftOut(part, rest) }
}

/** An example with everything made that the element is part of. */
function madeIn(
  example: FhirResource,
  path: readonly string[],
  repeats: (path: string) => boolean,
): FhirResource {
  return path.reduce((made, name, index) => {
    const above = path.slice(0, index)
    const isMany = repeats([example.resourceType, ...above, name].join('.'))
    const fill = (parent: Parts) => ({ ...parent, [name]: parent[name] ?? (isMany ? [{}] : {}) })
    return changed(made, [...above, name], fill)
  }, example)
}

/** An example with its element's parent changed. */
function changed(
  source: FhirResource,
  names: readonly string[],
  change: (parent: Parts) => Parts,
): FhirResource {
  return changeWithin(source as Parts, names.slice(0, -1), change) as unknown as FhirResource
}

function changeWithin(
  parent: Parts,
  path: readonly string[],
  change: (parent: Parts) => Parts,
): Parts {
  const [name, ...rest] = path
  if (name === undefined) return change(parent)
  const value = parent[name]
  if (!Array.isArray(value))
    return { ...parent, [name]: changeWithin(value as Parts, rest, change) }
  const [first, ...others] = value
  return { ...parent, [name]: [changeWithin(first as Parts, rest, change), ...others] }
}

function dropped(parent: Parts, name: string): Parts {
  const start = name.replace('[x]', '')
  const isIt = (key: string) => (name === start ? key === name : key.startsWith(start))
  return Object.fromEntries(Object.entries(parent).filter(([key]) => !isIt(key)))
}

function mapped(resource: FhirResource, context: MappingContext): unknown {
  const isPatient = resource.resourceType === 'Patient'
  return {
    ...(isPatient ? { patient: mapPatient(resource, context) } : {}),
    entries: mapResource(resource, context),
    ...(isPatient ? { record: nhsNumbersIn(resource) } : { record: patientLookup(resource, NOW) }),
    relationships: relationshipsOf(resource, context),
    exclusion: linksOf(resource),
  }
}

/** Follow from other fields, and say nothing by themselves. */
const DERIVED = /^(?:likeness|sortKey|sortTime|lastTime|possibleDuplicateOf)$/

function differences(one: unknown, other: unknown, path: readonly string[] = []): string[] {
  if (isDeepStrictEqual(one, other)) return []
  const keys = [...new Set([...keysOf(one), ...keysOf(other)])].filter((key) => !DERIVED.test(key))
  if (!isParts(one) || !isParts(other)) return [named(path)]
  return keys.flatMap((key) => differences(one[key], other[key], [...path, key]))
}

function keysOf(value: unknown): string[] {
  return isParts(value) ? Object.keys(value) : []
}

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null
}

/** Begins what is no field. */
export const DECIDES = 'decides '

const DECIDED: Readonly<Record<string, string>> = {
  relationships: `${DECIDES}care relationships`,
  exclusion: `${DECIDES}what is excluded with it`,
  record: `${DECIDES}whose record it is in`,
  isUnderstood: `${DECIDES}whether it is understood`,
  isRestricted: `${DECIDES}whether it is restricted`,
  isSensitive: `${DECIDES}whether the patient is sensitive`,
  isDisputed: `${DECIDES}whether it is understood`,
  isNoneKnown: `${DECIDES}whether none are known`,
  section: `${DECIDES}the section`,
  codes: `${DECIDES}by which codes it is found`,
}

/** A field by its name in the contract, two levels deep: places in lists and our own wrapping left out. */
function named(path: readonly string[]): string {
  const names = path.filter((name) => !/^\d+$/.test(name))
  const own = names.filter((name) => !/^(?:entries|item|patient|demographics)$/.test(name))
  if (own.length === 0) return `${DECIDES}whether there is an entry`
  const decided = DECIDED[own[0] ?? '']
  if (decided !== undefined) return decided
  return own.slice(0, 2).join('.')
}
