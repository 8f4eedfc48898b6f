import fc from 'fast-check'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'

type Container = Record<string, unknown> | unknown[]

/** One change to a resource: which place, and what to put there. */
interface Damage {
  readonly place: number
  readonly kind: 'replace' | 'remove' | 'wrap' | 'repeat'
  readonly junk: unknown
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    '\u0000',
    '\ud800',
    [],
    {},
    [[]],
    [null],
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 40,
    -1,
    1e308,
    'constructor',
    '__proto__',
    '#',
    '#urea',
    'Patient/ada',
    '2024-02-30',
    '0001-01-01',
    '9999-12-31T23:59:59-14:00',
    'x'.repeat(20_000),
    { coding: 'text' },
    { coding: [null, 7, { code: 7 }, { code: 'loose' }] },
    { reference: 'Practitioner/okafor', display: 9 },
    { value: '5', unit: 4 },
    { start: 5, end: '2024' },
  ),
  fc.string(),
  fc.double(),
  fc.object({ maxDepth: 3 }),
)

const damage: fc.Arbitrary<Damage> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'wrap', 'repeat'),
  junk,
})

/** One of the resources, spoilt in up to twelve places at any depth; its type is kept. */
export function mangled(sources: readonly FhirResource[]): fc.Arbitrary<FhirResource> {
  return fc
    .tuple(fc.constantFrom(...sources), fc.array(damage, { minLength: 1, maxLength: 12 }))
    .map(([source, damages]) => {
      const spoilt = structuredClone(source) as Record<string, unknown>
      for (const one of damages) spoil(spoilt, one)
      return { ...spoilt, resourceType: source.resourceType }
    })
}

/** The resource, spoilt in one place in turn: every place of it, with every wrong shape. */
export function* spoiltOnce(source: FhirResource): Generator<FhirResource> {
  const shapes = [Number.NaN, 2 ** 40, 'word', true, null, {}, [], [{}], { coding: 5 }]
  const count = placesIn(source as Record<string, unknown>).length
  for (let place = 0; place < count; place++) {
    for (const shape of shapes) {
      const spoilt = structuredClone(source) as Record<string, unknown>
      spoil(spoilt, { place, kind: 'replace', junk: shape })
      yield { ...spoilt, resourceType: source.resourceType }
    }
  }
}

function spoil(root: Record<string, unknown>, damaged: Damage): void {
  const places = placesIn(root)
  const place = places[damaged.place % Math.max(places.length, 1)]
  if (!place) return
  const holder = place.holder as Record<string | number, unknown>
  const found = holder[place.key]
  // Copies, because junk put into itself would be a circle, which no JSON can be.
  const rubbish = structuredClone(damaged.junk)
  if (damaged.kind === 'remove') delete holder[place.key]
  else if (damaged.kind === 'wrap') holder[place.key] = [found]
  else if (damaged.kind === 'repeat') holder[place.key] = [found, rubbish, structuredClone(found)]
  else holder[place.key] = rubbish
}

function placesIn(source: Container): { holder: Container; key: string }[] {
  return Object.entries(source).flatMap(([key, value]) => [
    { holder: source, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value as Container) : []),
  ])
}
