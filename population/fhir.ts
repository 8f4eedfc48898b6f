/** A code of a terminology with the words a clinician reads. */
export type Coding = {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** Codings and, where the source wrote its own, a text. */
export type CodeableConcept = { readonly coding?: readonly Coding[]; readonly text?: string }

/** A reference inside a bundle: a literal one, a conditional one, or an identifier alone. */
export type Reference = {
  readonly reference?: string
  readonly display?: string
  readonly identifier?: { readonly system: string; readonly value: string }
}

/** A business identifier: the pair of system and value is unique in the real world. */
export type Identifier = { readonly system: string; readonly value: string }

/** FHIR's meta: who recorded it and when, and where it says more, the version and the profile. */
type Meta = {
  readonly versionId?: string
  readonly lastUpdated: string
  readonly profile?: readonly string[]
  readonly tag: readonly {
    readonly system: string
    readonly code: string
    readonly display?: string
  }[]
  readonly security?: readonly Coding[]
}

/** One FHIR R4 resource as plain JSON. */
export type Resource = {
  readonly resourceType: string
  readonly id: string
  readonly meta: Meta
  readonly [element: string]: unknown
}

/** One entry of a bundle; transactions say how to store it. */
export type BundleEntry = {
  readonly fullUrl: string
  readonly resource: Resource
  readonly request?: { readonly method: 'PUT'; readonly url: string }
}

/** A FHIR R4 Bundle: of one patient at one participant, or of a participant's directory. */
export type Bundle = {
  readonly resourceType: 'Bundle'
  readonly id: string
  readonly type: 'transaction' | 'collection'
  readonly timestamp: string
  readonly entry: readonly BundleEntry[]
}

export const SNOMED = 'http://snomed.info/sct'
const UCUM = 'http://unitsofmeasure.org'
export const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'
export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'
export const UBRN = 'https://fhir.nhs.uk/Id/UBRN'
export const TREATMENT_FUNCTION =
  'https://fhir.nhs.uk/CodeSystem/NHSDataModelAndDictionary-treatment-function'

/** A SNOMED CT coding; dm+d products are SNOMED too. */
export function snomed(code: string, display: string): Coding {
  return { system: SNOMED, code, display }
}

/** A coding of one of HL7's own code systems, by the last part of its address. */
export function hl7(codeSystem: string, code: string, display: string): Coding {
  return { system: `http://terminology.hl7.org/CodeSystem/${codeSystem}`, code, display }
}

/** A concept of one coding, with the source's own text where it has one. */
export function concept(coding: Coding, text?: string): CodeableConcept {
  return text === undefined ? { coding: [coding] } : { coding: [coding], text }
}

/** A quantity in a UCUM unit: `unit` is what people read, `code` what machines read. */
export function quantity(value: number, unit: string, code: string = unit) {
  return { value, unit, system: UCUM, code }
}

/** The moment as a FHIR instant in UTC, to the second. */
export function instantOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}

/** The calendar day of the moment, in UTC. */
export function dateOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
