import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { serverKey } from '../../../../subgraphs/kit/load/read/server.ts'
import { SourceError } from '../../../../subgraphs/kit/load/read/source.ts'
import { ada, at, ben, bundle, observation, patient, practitioner } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const north = 'https://north.example/fhir'
const south = 'https://south.example/fhir'

const allergy = (id: string, subject: unknown, words: string, more: object = {}) => ({
  resourceType: 'AllergyIntolerance',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: words },
  patient: subject,
  recordedDate: '2026-01-01',
  ...more,
})
const based = (base: string, ...resources: readonly Record<string, unknown>[]) =>
  bundle(
    resources.map((one) => [`${base}/${one['resourceType']}/${one['id']}`, one]),
    'searchset',
  )
const posted = (...entries: readonly [string | undefined, Record<string, unknown>][]) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: entries.map(([fullUrl, resource]) => ({
    fullUrl,
    resource,
    request: { method: 'POST', url: resource['resourceType'] },
  })),
})

const heart = { code: { text: 'Heart rate' } }

/** Who has which words in a section. */
async function found(section = 'allergies'): Promise<string[]> {
  const items = await store.items(section)
  return items
    .map(({ nhs_number: owner, item }) => {
      const { text } = item['code'] as { text: string }
      const { value } = (item['value'] ?? {}) as { value?: number }
      return [owner === ada ? 'ada' : 'ben', text, value]
        .filter((part) => part !== undefined)
        .join(' ')
    })
    .sort()
}

describe.each(['MEMORY', 'TABLES'] as const)(
  'two servers with the same ids, staged in %s',
  (where) => {
    beforeAll(async () => {
      store = await createTestStore(where)
    })
    beforeEach(() => store.clear())
    afterAll(() => store.close())

    const both = [
      based(north, patient('1', ada), allergy('7', at('Patient/1'), 'Penicillin')),
      based(
        south,
        patient('1', ben, { birthDate: '1957-03-04' }),
        allergy('7', at('Patient/1'), 'Latex'),
      ),
    ]

    it('keep what each sends, in one load or in several, and again', async () => {
      const report = await store.load(both)
      expect(report.refusals).toEqual([])
      expect(await found()).toEqual(['ada Penicillin', 'ben Latex'])
      const again = await store.load([...both].reverse())
      expect(again.counts.map(({ loaded, unchanged }) => [loaded, unchanged])).toEqual([
        [0, 2],
        [0, 2],
      ])
      const shown = await store.shown()
      await store.clear()
      for (const one of both) await store.load([one])
      expect(await store.shown()).toEqual(shown)
    })

    it('keep staff and organisations of one number apart', async () => {
      const part = (base: string, who: string, words: string) =>
        based(
          base,
          patient(who, who === 'a' ? ada : ben),
          practitioner('9', words),
          observation('5', at(`Patient/${who}`), { performer: [at('Practitioner/9')] }),
        )
      await store.load([part(north, 'a', 'Northcote'), part(south, 'b', 'Southwell')])
      const items = await store.items('observations')
      expect(
        items
          .map(({ nhs_number: owner, item }) => [
            owner,
            (item['provenance'] as { author: string }[])[0]?.author,
          ])
          .sort(),
      ).toEqual([
        [ada, 'Robin Northcote'],
        [ben, 'Robin Southwell'],
      ])
    })

    it.each([
      ['names', { source: 'royal-oak' }, { source: 'white-hart' }],
      ['base URLs', { source: north }, { source: `${south}/` }],
    ])('are told apart by the %s that their loads give', async (_, first, second) => {
      await store.load([patient('1', ada), allergy('7', at('Patient/1'), 'Penicillin')], first)
      await store.load([patient('1', ben), allergy('7', at('Patient/1'), 'Latex')], second)
      expect(await found()).toEqual(['ada Penicillin', 'ben Latex'])
      const again = await store.load(
        [patient('1', ada), allergy('7', at('Patient/1'), 'Penicillin')],
        first,
      )
      expect(again.counts.map(({ unchanged }) => unchanged)).toEqual([1, 1])
    })

    it('take a base URL as the source for what its fullUrl says, however it is written', async () => {
      await store.load([based('https://north.example/fhir', patient('1', ada))])
      const report = await store.load(
        [patient('1', ada), allergy('7', at('Patient/1'), 'Penicillin')],
        {
          source: 'HTTP://North.Example:80/fhir/',
        },
      )
      expect(report.counts.map(({ loaded, unchanged }) => [loaded, unchanged])).toEqual([
        [1, 0],
        [0, 1],
      ])
    })

    it.each([
      '',
      'Royal Oak',
      '-oak',
      'a'.repeat(32),
      '0123456789ab',
      'https://',
      'ftp://x.example',
    ])('are not named %j, which no load takes', async (source) => {
      await expect(store.load(both, { source })).rejects.toThrow(SourceError)
      expect(await store.patients()).toEqual([])
    })

    it.each([
      [
        'the endpoint of a message',
        (who: string) => ({
          resourceType: 'MessageHeader',
          source: { endpoint: `https://${who}.example/in` },
        }),
      ],
      [
        'the organisation that sent a message',
        (who: string) => ({
          resourceType: 'MessageHeader',
          sender: {
            identifier: {
              system: 'https://fhir.nhs.uk/Id/ods-organization-code',
              value: `R${who.length}H`,
            },
          },
        }),
      ],
      [
        'the custodian of a document',
        (who: string) => ({
          resourceType: 'Composition',
          subject: at('Patient/1'),
          custodian: {
            identifier: {
              system: 'https://fhir.nhs.uk/Id/ods-organization-code',
              value: `Y${who.length}`,
            },
          },
        }),
      ],
    ])('are told apart by %s', async (_, header) => {
      const message = (who: string, nhsNumber: string, words: string) =>
        bundle(
          [header(who), patient('1', nhsNumber), allergy('7', at('Patient/1'), words)],
          'message',
        )
      const report = await store.load([message('oak', ada, 'Penicillin')])
      expect(report.refusals).toEqual([])
      await store.loadText('other.json', JSON.stringify(message('maple', ben, 'Latex')))
      expect(await found()).toEqual(['ada Penicillin', 'ben Latex'])
    })

    it('remove each their own', async () => {
      await store.load(both)
      const removal = (more: object) => ({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'DELETE', url: 'AllergyIntolerance/7' }, ...more }],
      })
      await store.load([removal({})])
      expect(await found()).toHaveLength(2)
      await store.load([removal({ fullUrl: `${north}/AllergyIntolerance/7` })])
      expect(await found()).toEqual(['ben Latex'])
      await store.load([removal({})], { source: south })
      expect(await found()).toEqual([])
    })
  },
)

describe.each(['MEMORY', 'TABLES'] as const)('what is posted, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it('is kept apart where two transactions use an id of their own alike, and loads again as it was', async () => {
    const part = (who: string, nhsNumber: string, value: number) =>
      posted(
        [`urn:uuid:${who}-patient`, patient('p1', nhsNumber)],
        [
          `urn:uuid:${who}-result`,
          observation('obs1', at('Patient/p1'), {
            ...heart,
            valueQuantity: { value, unit: '/min' },
          }),
        ],
      )
    const parts = [part('x', ada, 61), part('y', ben, 94)]
    for (const one of parts) expect((await store.load([one])).refusals).toEqual([])
    expect(await found('observations')).toEqual(['ada Heart rate 61', 'ben Heart rate 94'])
    const again = await store.load(parts)
    expect(again.counts.map(({ loaded, unchanged }) => [loaded, unchanged])).toEqual([
      [0, 2],
      [0, 2],
    ])
  })

  it('needs no fullUrl to be told apart by what it says', async () => {
    const part = (nhsNumber: string, value: number) =>
      posted(
        [undefined, patient('p1', nhsNumber)],
        [
          undefined,
          observation('obs1', at('Patient/p1'), {
            ...heart,
            valueQuantity: { value, unit: '/min' },
          }),
        ],
      )
    const report = await store.load([part(ben, 94), part(ada, 61)])
    expect(report.refusals).toEqual([])
    expect(await found('observations')).toEqual(['ada Heart rate 61', 'ben Heart rate 94'])
  })

  it('is refused, not given to one of them, where two people’s say the same in the same words', async () => {
    const part = (nhsNumber: string) =>
      posted(
        [undefined, patient('p1', nhsNumber)],
        [undefined, observation('obs1', at('Patient/p1'), heart)],
      )
    const report = await store.load([part(ben), part(ada)])
    expect(report.refusalCounts).toEqual({ SAME_ID: 2 })
    expect(await found('observations')).toEqual([])
    await store.clear()
    await store.load([part(ben)])
    const second = await store.load([part(ada)])
    expect(second.refusalCounts).toEqual({ SAME_ID: 1 })
    expect(await found('observations')).toEqual(['ben Heart rate 72'])
  })
})

describe.each(['MEMORY', 'TABLES'] as const)(
  'references between servers, staged in %s',
  (where) => {
    beforeAll(async () => {
      store = await createTestStore(where)
    })
    beforeEach(() => store.clear())
    afterAll(() => store.close())

    it.each([
      ['another server', 'https://elsewhere.example/fhir/Patient/1', 'UNKNOWN_PATIENT'],
      ['another path of the same host', 'https://north.example/test/Patient/1', 'UNKNOWN_PATIENT'],
      ['another port', 'https://north.example:8443/fhir/Patient/1/_history/2', 'UNKNOWN_PATIENT'],
      ['its own server', `${north}/Patient/1`, null],
      ['a version on its own server', `${north}/Patient/1/_history/4`, null],
      ['its own server, otherwise written', 'http://NORTH.example:80/fhir/Patient/1', null],
      [
        'what the store writes for another server',
        `Patient/${serverKey(south)}|1`,
        'UNKNOWN_PATIENT',
      ],
      ['an escaped path', 'Patient/1', null],
    ])('mean %s, and nothing else', async (_, reference, reason) => {
      const text = JSON.stringify(
        bundle([
          [`${north}/Patient/1`, patient('1', ada)],
          [`${south}/Patient/1`, patient('1', ben)],
          [`${north}/AllergyIntolerance/7`, allergy('7', at(reference), 'Penicillin')],
        ]),
      )
      // As some write their JSON, and as it may be written as well.
      const report = await store.loadText('x.json', text.replaceAll('/', '\\/'))
      expect(report.refusals.map((one) => one.reason)).toEqual(reason === null ? [] : [reason])
      expect(await found()).toEqual(reason === null ? ['ada Penicillin'] : [])
    })

    it('find the one entry of the Bundle where URLs are left out', async () => {
      await store.load([
        bundle([
          allergy('7', at('Patient/1/_history/3'), 'Penicillin'),
          [`${north}/Patient/1`, patient('1', ada)],
        ]),
        bundle([allergy('8', at('Patient/1'), 'Latex'), [`${south}/Patient/1`, patient('1', ben)]]),
      ])
      expect(await found()).toEqual(['ada Penicillin', 'ben Latex'])
    })

    it('find nobody where two entries of a Bundle could be meant', async () => {
      const report = await store.load([
        bundle([
          allergy('7', at('Patient/1'), 'Penicillin'),
          [`${north}/Patient/1`, patient('1', ada)],
          [`${south}/Patient/1`, patient('1', ben)],
        ]),
      ])
      expect(report.refusalCounts).toEqual({ UNKNOWN_PATIENT: 1 })
    })

    it('come out the same in any order of entries and files', async () => {
      const entries: readonly unknown[] = [
        [`${north}/Patient/1`, patient('1', ada)],
        [`${south}/Patient/1`, patient('1', ben)],
        [`${north}/AllergyIntolerance/7`, allergy('7', at('Patient/1'), 'Penicillin')],
        [`${south}/AllergyIntolerance/7`, allergy('7', at('Patient/1'), 'Latex')],
        [`${south}/AllergyIntolerance/8`, allergy('8', at(`${north}/Patient/1`), 'Strawberry')],
        [
          `${north}/Observation/3`,
          observation('3', at('Patient/1'), { performer: [at('Practitioner/5')] }),
        ],
        ['urn:uuid:5', practitioner('5', 'Marchbanks')],
        allergy('9', at('Patient/1'), 'Whose'),
      ]
      await store.load([bundle(entries)])
      const expected = await store.shown()
      expect(await found()).toEqual(['ada Penicillin', 'ada Strawberry', 'ben Latex'])
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...entries], { minLength: entries.length }),
          async (some) => {
            await store.clear()
            await store.load([bundle(some)])
            expect(await store.shown()).toEqual(expected)
          },
        ),
        { numRuns: 12 },
      )
    })
  },
)
