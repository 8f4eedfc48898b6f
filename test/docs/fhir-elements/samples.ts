import { supporting } from '../../subgraphs/kit/fhir/examples/supporting.ts'
import type { ElementDefinition } from '../../subgraphs/kit/fhir/modifiers/r4-definitions.ts'

const concept = {
  coding: [{ system: 'http://snomed.info/sct', code: '271807003', display: 'Sample finding' }],
  text: 'Sample words',
}
const quantity = {
  value: 7.5,
  unit: 'sample',
  system: 'http://unitsofmeasure.org',
  code: '{sample}',
}
const day = '2023-02-03'
const moment = '2023-02-03T04:05:06+00:00'
const period = { start: day, end: '2023-03-04' }
const address = 'https://example.org/sample'

const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [true, false],
  string: ['Sample words'],
  markdown: ['Sample words'],
  code: ['sample', 'entered-in-error', 'plan'],
  integer: [7],
  unsignedInt: [7],
  positiveInt: [7],
  decimal: [7.5],
  date: [day],
  dateTime: [moment],
  instant: [moment],
  time: ['04:05:06'],
  uri: [address],
  url: [address],
  canonical: [address],
  base64Binary: ['U2FtcGxl'],
  CodeableConcept: [concept],
  Coding: [concept.coding[0]],
  Quantity: [quantity],
  Age: [{ value: 41, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' }],
  Duration: [{ value: 9, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' }],
  Period: [period],
  Range: [{ low: quantity, high: { ...quantity, value: 8.5 } }],
  Ratio: [{ numerator: quantity, denominator: quantity }],
  SampledData: [{ origin: quantity, period: 1, dimensions: 1, data: '1 2' }],
  Annotation: [{ text: 'Sample words' }],
  Identifier: [{ system: address, value: 'sample' }],
  Attachment: [{ contentType: 'text/plain', title: 'Sample', data: 'U2FtcGxl' }],
  Timing: [{ repeat: { frequency: 5, period: 2, periodUnit: 'd' } }],
  Dosage: [{ text: 'Sample words' }],
  HumanName: [{ family: 'Sample', given: ['Words'] }],
  Address: [{ line: ['7 Sample Street'], postalCode: 'E1 7XX' }],
  ContactPoint: [{ system: 'phone', value: '0207 946 0000' }],
  BackboneElement: [{}],
  Element: [{}],
}

/** Values to try an element with, each under the name that it has in JSON. */
export function samplesOf({ path, max, type = [] }: ElementDefinition): [string, unknown][] {
  const name = path.split('.').at(-1) ?? path
  return type.flatMap(({ code, targetProfile = [] }) => {
    const values = code === 'Reference' ? referencesTo(targetProfile) : (SAMPLES[code] ?? [])
    const key = name.replace('[x]', code.charAt(0).toUpperCase() + code.slice(1))
    return values.map((value): [string, unknown] => [key, max === '*' ? [value] : value])
  })
}

/** To one that is known of every type that the element may refer to, and to one that has words alone. */
function referencesTo(profiles: readonly string[]): object[] {
  const types = profiles.map((profile) => profile.split('/').at(-1))
  const known = supporting.filter(({ resourceType }) => types.includes(resourceType))
  return [
    ...known.map(({ resourceType, id }) => ({ reference: `${resourceType}/${id}` })),
    { display: 'Sample words' },
  ]
}
