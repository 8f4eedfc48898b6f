import type { FhirResource } from '../../../subgraphs/kit/fhir/resource.ts'
import {
  type ElementDefinition,
  r4Elements,
} from '../../subgraphs/kit/fhir/modifiers/r4-definitions.ts'
import { isOwnName } from '../fhir-elements/elements.ts'

/** A part of a resource: what R4 defines it as, and where it stands. */
export interface Part {
  /** `Observation.value[x]: Quantity`, or `Quantity.unit` for what is part of a datatype. */
  readonly path: string
  /** Its names in JSON, places in lists left out. */
  readonly names: readonly string[]
}

/** Datatypes whose parts are looked at by themselves. */
const DATATYPES: ReadonlySet<string> = new Set([
  ...['Quantity', 'Age', 'Duration', 'Range', 'Ratio', 'Period', 'SampledData', 'Annotation'],
  ...['CodeableConcept', 'Coding', 'Reference', 'Identifier', 'Attachment', 'Dosage', 'Timing'],
  ...['HumanName', 'Address', 'ContactPoint'],
])

/** Kinds of Quantity have its parts. */
const QUANTITIES: ReadonlySet<string> = new Set(['Age', 'Duration'])

/** Every part of a resource that R4 defines, each path once. */
export function partsOf(resource: FhirResource): Part[] {
  const parts = new Map<string, Part>()
  walk(resource, { type: resource.resourceType, path: resource.resourceType, names: [] }, parts)
  return [...parts.values()]
}

interface At {
  /** The resource or datatype whose definition holds here. */
  readonly type: string
  readonly path: string
  readonly names: readonly string[]
}

function walk(source: unknown, at: At, parts: Map<string, Part>): void {
  if (Array.isArray(source)) {
    for (const one of source) walk(one, at, parts)
    return
  }
  if (typeof source !== 'object' || source === null) return
  for (const [name, value] of Object.entries(source)) {
    // R4 defines neither the type's name nor what JSON keeps beside a primitive.
    if (/^(?:resourceType$|_)/.test(name) || !isOwnName(name, at.names.length === 0)) continue
    const found = definitionOf(name, at)
    const names = [...at.names, name]
    const path = found?.path ?? `${at.path}.${name}`
    parts.set(`${path} ${names.join('.')}`, { path, names })
    if (found === null) continue
    const { element, code } = found
    const inside = element.contentReference?.slice(1) ?? element.path
    if (DATATYPES.has(code)) {
      const type = QUANTITIES.has(code) ? 'Quantity' : code
      walk(value, { type, path: type, names }, parts)
    } else if (/^(?:BackboneElement|Element|)$/.test(code)) {
      walk(value, { type: at.type, path: inside, names }, parts)
    }
  }
}

/** The definition of a name in JSON, and the datatype that it has there; empty for one defined elsewhere. */
function definitionOf(
  name: string,
  { type, path }: At,
): { element: ElementDefinition; path: string; code: string } | null {
  for (const element of elementsOf(type)) {
    if (element.path === `${path}.${name}`) {
      return { element, path: element.path, code: element.type?.[0]?.code ?? '' }
    }
    if (!element.path.endsWith('[x]')) continue
    const stem = element.path.slice(0, -3)
    const code = element.type?.find(
      (one) =>
        `${stem}${one.code.charAt(0).toUpperCase()}${one.code.slice(1)}` === `${path}.${name}`,
    )?.code
    if (code !== undefined) return { element, path: `${element.path}: ${code}`, code }
  }
  return null
}

const known = new Map<string, readonly ElementDefinition[]>()

function elementsOf(type: string): readonly ElementDefinition[] {
  const elements = known.get(type) ?? r4Elements(type)
  known.set(type, elements)
  return elements
}
