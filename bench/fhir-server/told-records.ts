import { stories } from '../../population/stories/stories.ts'
import { bundlesOf } from '../../population/stories/story.ts'
import { NHS_NUMBER } from '../../subgraphs/kit/fhir/nhs-number.ts'
import type { NamedBundle } from '../../subgraphs/kit/load/load-bundles.ts'
import { excludedBundle } from '../../test/conformance/excluded-patient.ts'
import { EXAMPLE, exampleBundle } from '../../test/subgraphs/kit/fhir-server/example-bundle.ts'

/** Two hospitals' systems number alike: one server cannot hold both. */
const OF_SEVERAL_SERVERS = new Set(['uma', 'nadia', 'kwame'])

/** Records, and whose they are. */
export interface Told {
  readonly bundles: readonly NamedBundle[]
  readonly nhsNumbers: readonly string[]
}

/** What one server can hold: the stories, the kit's examples, and somebody of whom nothing is shared. */
export function toldToOne(asOf: Date): Told {
  const told = stories.filter(({ key }) => !OF_SEVERAL_SERVERS.has(key))
  const bundles = told.flatMap((story) => [...bundlesOf(story, asOf)].map(({ bundle }) => bundle))
  return {
    bundles: [...bundles, takenByHapi(exampleBundle), excludedBundle()].map(named),
    nhsNumbers: [...told.map(({ nhsNumber }) => nhsNumber), EXAMPLE],
  }
}

/** What two servers hold: of everybody whom two systems know, each system's part on one of them. */
export function toldToTwo(asOf: Date): readonly [first: Told, second: Told] {
  const told = stories.flatMap(({ nhsNumber, ...story }) => {
    const [first, second, ...others] = [...bundlesOf({ ...story, nhsNumber }, asOf)]
    if (first === undefined || second === undefined || others.length > 0) return []
    return [{ nhsNumber, first: first.bundle, second: second.bundle }]
  })
  const nhsNumbers = told.map(({ nhsNumber }) => nhsNumber)
  return [
    { nhsNumbers, bundles: told.map(({ first }) => first).map(named) },
    { nhsNumbers, bundles: told.map(({ second }) => second).map(named) },
  ]
}

/** Who has more entries of one type than a page holds, and nothing else. */
export const MANY = '9990009996'

/** That person's record. */
export function manyEntries(count: number, asOf: Date): NamedBundle {
  const identifier = [{ system: NHS_NUMBER, value: MANY }]
  const patient = { resourceType: 'Patient', id: 'many', identifier, name: [{ family: 'Many' }] }
  const entries = Array.from({ length: count }, (_, index) => oneOfMany(index, asOf))
  return named(
    { resourceType: 'Bundle', entry: [patient, ...entries].map((resource) => ({ resource })) },
    0,
  )
}

/** One more entry of that person's. */
export function oneOfMany(index: number, asOf: Date) {
  return {
    resourceType: 'Observation',
    id: `one-of-many-${index}`,
    status: 'final',
    category: [{ coding: [{ system: CATEGORY, code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://snomed.info/sct', code: '364075005' }] },
    subject: { reference: 'Patient/many' },
    effectiveDateTime: new Date(asOf.getTime() - index * HOUR_MS).toISOString(),
    valueQuantity: { value: 60 + (index % 40), unit: 'beats/min' },
  }
}

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
const HOUR_MS = 3_600_000

/** Without the one code of an example that R4 does not have: HAPI takes no resource with it. */
function takenByHapi(bundle: object): object {
  return JSON.parse(JSON.stringify(bundle).replaceAll(',"nonsense"', '')) as object
}

function named(bundle: object, index: number): NamedBundle {
  return { name: `${index}`, bundle }
}
