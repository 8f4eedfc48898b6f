import type { FhirResource } from '../../../subgraphs/kit/fhir/resource.ts'
import { examples } from '../../subgraphs/kit/fhir/examples/examples.ts'
import { ada } from '../../subgraphs/kit/fhir/examples/patient.ts'
import {
  type ElementDefinition,
  r4Elements,
} from '../../subgraphs/kit/fhir/modifiers/r4-definitions.ts'
import { shownAs } from './shown-as.ts'

/** Elements that every type and part has; one table tells of them. */
const EVERYWHERE = /^(?:id|meta|implicitRules|language|text|contained|extension|modifierExtension)$/

/** An element, and the fields of the contract that change with it in any example. */
export interface TriedElement {
  readonly path: string
  readonly fields: readonly string[]
}

const resources: readonly FhirResource[] = [ada, ...examples.map(([, resource]) => resource)]

/** The FHIR types that entries and patients are made of, in order. */
export const mappedTypes = [...new Set(resources.map((one) => one.resourceType))].sort()

/** Every element of a mapped type by R4's definition, tried in all examples of the type. */
export function tried(type: string): TriedElement[] {
  const own = resources.filter((one) => one.resourceType === type)
  const defined = elementsOf(type)
  const many = new Set(defined.filter(({ max }) => max === '*').map(({ path }) => path))
  return defined.map((element) => {
    const fields = own.flatMap((example) => shownAs(element, example, (path) => many.has(path)))
    return { path: element.path, fields: [...new Set(fields)].sort() }
  })
}

/** Every element of a type that has a line in the table. */
export function elementsOf(type: string): ElementDefinition[] {
  return r4Elements(type).filter(isItsOwn).flatMap(withParts)
}

/** FHIR's `id` of a part, and the like. An Identifier's `id`, or a report's `text`, are no exception. */
function isItsOwn({ path }: ElementDefinition): boolean {
  const name = path.split('.').at(-1) ?? path
  return isOwnName(name, path.split('.').length === 2)
}

/** The same of a name, in a resource itself or in a part of one. */
export function isOwnName(name: string, isRoot: boolean): boolean {
  return !EVERYWHERE.test(name) || (!isRoot && /^(?:text|language)$/.test(name))
}

/** A dosage's and a timing's own elements behind it: there a part of the dose could be lost. */
function withParts(element: ElementDefinition): ElementDefinition[] {
  const { path, type = [] } = element
  const [only] = type
  if (type.length !== 1 || !/^(?:Dosage|Timing)$/.test(only?.code ?? '')) return [element]
  const parts = r4Elements(only?.code ?? '')
    .map((part) => ({ ...part, path: part.path.replace(/^\w+/, path) }))
    .filter(isItsOwn)
  return [element, ...parts.flatMap(withParts)]
}
