import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FhirReference } from '../../../../subgraphs/kit/fhir/resource.ts'
import {
  ada,
  at,
  ben,
  bundle,
  medication,
  medicationRequest,
  nhsIdentifier,
  observation,
  patient,
  practitioner,
} from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

/** Author by resource id, as the graph would show it. */
async function authors(): Promise<Record<string, unknown>> {
  const items = await store.items('observations')
  return Object.fromEntries(
    items.map(({ resource_id, item }) => [
      resource_id,
      (item['provenance'] as { author: unknown }[])[0]?.author,
    ]),
  )
}

const npi = { system: 'https://fhir.hl7.org.uk/Id/gmc-number', value: 'C1234567' }

describe.each(['MEMORY', 'TABLES'] as const)('references, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it.each<[string, FhirReference]>([
    ['by relative reference', at('Practitioner/p1')],
    ['by a version of it', at('Practitioner/p1/_history/3')],
    ['by the URL under which it stands in the Bundle', at('https://fhir.example/r4/x/77')],
    ['by a URN', at('urn:uuid:1d8b7a40-0000-4000-8000-000000000001')],
    ['by condition', at(`Practitioner?identifier=${npi.system}|${npi.value}`)],
    [
      'by condition, encoded',
      at(`Practitioner?identifier=${encodeURIComponent(`${npi.system}|${npi.value}`)}`),
    ],
    ['by identifier alone', { type: 'Practitioner', identifier: npi }],
    ['by identifier alone, without a type', { identifier: npi }],
  ])('resolves %s', async (_, performer) => {
    const urn = 'urn:uuid:1d8b7a40-0000-4000-8000-000000000001'
    const isUrn = performer.reference === urn
    await store.load([
      bundle([
        observation('o1', at('Patient/a'), { performer: [performer] }),
        [
          isUrn ? urn : 'https://fhir.example/r4/x/77',
          practitioner('p1', 'Marchbanks', { identifier: [npi] }),
        ],
        patient('a', ada),
      ]),
    ])
    expect(await authors()).toEqual({ o1: 'Robin Marchbanks' })
  })

  it.each([
    'https://other.example/Practitioner/p1',
    'https://fhir.example/r4/x/Practitioner/p1/_history/2',
    'https://fhir.example/Practitioner/p1',
  ])('resolves %s only where it stands', async (url) => {
    await store.load([
      bundle([
        observation('o1', at('Patient/a'), { performer: [{ ...at(url), display: 'Dr Else' }] }),
        ['https://fhir.example/r4/x/Practitioner/p1', practitioner('p1', 'Marchbanks')],
        patient('a', ada),
      ]),
    ])
    expect(await authors()).toEqual({
      o1: url.includes('/r4/x/') ? 'Robin Marchbanks' : 'Dr Else',
    })
  })

  it('resolves a contained resource', async () => {
    await store.load([
      bundle([
        patient('a', ada),
        observation('o1', at('Patient/a'), {
          contained: [practitioner('p', 'Inside')],
          performer: [at('#p')],
        }),
      ]),
    ])
    expect(await authors()).toEqual({ o1: 'Robin Inside' })
  })

  it('keeps the display of what stays unknown', async () => {
    await store.load([
      bundle([
        patient('a', ada),
        observation('o1', at('Patient/a'), {
          performer: [{ reference: 'urn:uuid:unknown', display: 'Sister Tansy' }],
        }),
        observation('o2', at('Patient/a'), {
          performer: [{ reference: 'Practitioner?name=x', display: 'Dr Sorrel' }],
        }),
      ]),
    ])
    expect(await authors()).toEqual({ o1: 'Sister Tansy', o2: 'Dr Sorrel' })
  })

  it('lets a URN mean something in its own Bundle only', async () => {
    const withUrn = (id: string, family: string, subject: string) =>
      bundle([
        ['urn:uuid:1', practitioner(`p-${id}`, family)],
        ['urn:uuid:2', patient(subject, subject === 'a' ? ada : ben)],
        observation(`o-${id}`, at('urn:uuid:2'), { performer: [at('urn:uuid:1')] }),
      ])
    const report = await store.load([
      withUrn('x', 'First', 'a'),
      withUrn('y', 'Second', 'b'),
      bundle([observation('o-z', at('urn:uuid:2'))]),
    ])
    expect(await authors()).toEqual({ 'o-x': 'Robin First', 'o-y': 'Robin Second' })
    const owners = (await store.items('observations')).map((item) => item.nhs_number)
    expect(owners).toEqual([ada, ben])
    expect(report.refusals).toEqual([
      {
        file: 'bundle-2',
        place: 'entry[0]',
        resourceType: 'Observation',
        reason: 'UNKNOWN_PATIENT',
      },
    ])
  })

  it('keeps URNs meaning what they meant when a later Bundle uses them again', async () => {
    await store.load([
      bundle([
        ['urn:uuid:1', practitioner('p1', 'First')],
        patient('a', ada),
        observation('o1', at('Patient/a'), { performer: [at('urn:uuid:1')] }),
      ]),
    ])
    await store.load([bundle([['urn:uuid:1', practitioner('p2', 'Second')]])])
    await store.load([bundle([['urn:uuid:9', practitioner('p1', 'First-Renamed')]])])
    expect(await authors()).toEqual({ o1: 'Robin First-Renamed' })
  })

  it('finds a patient by NHS number alone, written with spaces, and contained', async () => {
    const report = await store.load([
      patient('a', ada),
      observation('o1', { identifier: nhsIdentifier('999 000 0018') }),
      observation('o2', { type: 'Patient', identifier: nhsIdentifier(ada) }),
      observation('o3', at('#x'), { contained: [patient('x', ada)] }),
      observation('o4', { identifier: nhsIdentifier(ben) }),
    ])
    expect((await store.items()).map((item) => item.resource_id)).toEqual(['o1', 'o2', 'o3'])
    expect(report.refusals.map(({ file, reason }) => [file, reason])).toEqual([
      ['bundle-4', 'UNKNOWN_PATIENT'],
    ])
  })

  it('resolves to what an earlier load stored', async () => {
    await store.load([
      patient('a', ada),
      practitioner('p1', 'Earlier', { identifier: [npi] }),
      bundle([['https://fhir.example/r4/z/5', practitioner('p2', 'Elsewhere')]]),
    ])
    await store.load([
      observation('o1', at('Patient/a'), { performer: [at('Practitioner/p1')] }),
      observation('o2', at('Patient/a'), {
        performer: [at(`Practitioner?identifier=${npi.system}|${npi.value}`)],
      }),
      observation(
        'o3',
        { identifier: nhsIdentifier(ada) },
        {
          performer: [at('https://fhir.example/r4/z/5')],
        },
      ),
    ])
    expect(await authors()).toEqual({
      o1: 'Robin Earlier',
      o2: 'Robin Earlier',
      o3: 'Robin Elsewhere',
    })
  })
})

describe.each(['MEMORY', 'TABLES'] as const)('what arrives later, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  const nameOf = async (id: string) => {
    const items = await store.items('medications')
    return JSON.stringify(items.find((item) => item.resource_id === id)?.item['code'])
  }

  it('completes entries whose medicine, author or practice was missing, and tells the feed', async () => {
    await store.load([
      patient('a', ada),
      patient('b', ben),
      medicationRequest('m1', at('Patient/a'), { ...at('Medication/x'), display: 'a tablet' }),
    ])
    const before = await store.patients()
    expect(await nameOf('m1')).toContain('a tablet')
    const report = await store.load([medication('x', 'Paracetamol 500mg tablets')])
    expect(await nameOf('m1')).toContain('Paracetamol 500mg tablets')
    const after = await store.patients()
    expect(after[0]?.change).toBeGreaterThan(Math.max(...before.map(({ change }) => change)))
    expect(after[1]?.change).toBe(before[1]?.change)
    expect(report.patientsChanged).toBe(1)
  })

  it('shows a changed author everywhere, and takes a removed one away', async () => {
    const named = { ...at('Practitioner/p1'), display: 'Dr P' }
    await store.load([
      patient('a', ada),
      practitioner('p1', 'Before'),
      observation('o1', at('Patient/a'), { performer: [named] }),
    ])
    await store.load([practitioner('p1', 'After')])
    expect(await authors()).toEqual({ o1: 'Robin After' })
    await store.load([
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'DELETE', url: 'Practitioner/p1' } }],
      },
    ])
    expect(await authors()).toEqual({ o1: 'Dr P' })
  })

  it('leaves the change alone of patients whose entries come out the same', async () => {
    await store.load([
      patient('a', ada),
      practitioner('p1', 'Same'),
      observation('o1', at('Patient/a'), { performer: [at('Practitioner/p1')] }),
    ])
    const before = await store.patients()
    await store.load([practitioner('p1', 'Same', { gender: 'female' })])
    expect(await store.patients()).toEqual(before)
  })
})
