import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ExclusionLists } from '../../../../subgraphs/kit/exclusions/exclusion-lists.ts'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { bringUpToDate } from '../../../../subgraphs/kit/load/exclude/bring-up-to-date.ts'
import { findResources } from '../../../../subgraphs/kit/reading/find-resources.ts'
import { readFeed } from '../../../../subgraphs/kit/reading/read-feed.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, at, ben, bundle, observation, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

const SCT = 'http://snomed.info/sct'
const hiv = { coding: [{ system: SCT, code: '86406008', display: 'Excluded' }] }
const clinic = { coding: [{ system: SCT, code: '788122004' }] }
const hers = at('Patient/a')

const visit = (more: object = {}) => ({
  resourceType: 'Encounter',
  id: 'e',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: hers,
  serviceProvider: {
    type: 'Organization',
    identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'R1H' },
  },
  period: { start: '2026-02-03T10:00:00Z', end: '2026-02-03T10:20:00Z' },
  ...more,
})
const report = (more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  id: 'r',
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] },
  ],
  code: { text: 'Report' },
  subject: hers,
  effectiveDateTime: '2026-02-03',
  ...more,
})
const clinicPlace = { resourceType: 'Location', id: 'l', name: 'Clinic', type: [clinic] }
const onVisit = { encounter: at('Encounter/e') }

for (const where of ['MEMORY', 'TABLES'] as const) {
  describe(`what is never shared, ${where === 'MEMORY' ? 'in small loads' : 'in large ones'}`, () => {
    let store: TestStore

    beforeAll(async () => {
      store = await createTestStore(where)
    })
    beforeEach(() => store.clear())
    afterAll(() => store.close())

    /** Where a code may be corrected: without a server it would pass for another resource. */
    const source = 'ward'

    /** Loads one Bundle after the other. */
    async function load(...loads: (readonly object[])[]) {
      for (const entries of loads) {
        const { refusalCounts } = await store.load([bundle(entries)], { source })
        expect(refusalCounts).toEqual({})
      }
    }

    const idOf = (item: { resource_id: string }) => item.resource_id.replace(`${source}|`, '')

    /** `Type/id` of what is shown. */
    async function shown(): Promise<string[]> {
      const items = await store.items()
      const open = items.filter((item) => !item.is_restricted)
      return [...new Set(open.map((item) => `${item.resource_type}/${idOf(item)}`))].sort()
    }

    it.each([
      [
        'an encounter after what hangs on it',
        [observation('o', hers, onVisit)],
        [visit({ serviceType: clinic })],
      ],
      [
        'a report after its result',
        [observation('o', hers)],
        [report({ code: hiv, result: [at('Observation/o')] })],
      ],
      [
        'a result after its report',
        [report({ result: [at('Observation/o')] })],
        [observation('o', hers, { code: hiv })],
      ],
      [
        'a place after the visit to it',
        [visit({ location: [{ location: at('Location/l') }] }), observation('o', hers, onVisit)],
        [clinicPlace],
      ],
    ])('is hidden whatever comes first: %s', async (_what, first, second) => {
      const others = [observation('stays', hers)]
      for (const loads of [
        [[patient('a', ada), ...others, ...first], second],
        [[patient('a', ada), ...others, ...second], first],
        [[...second, ...first, ...others, patient('a', ada)]],
      ]) {
        await store.clear()
        await load(...loads)
        expect(await shown()).toEqual(['Observation/stays'])
      }
    })

    it('is shown again, with all that hangs on it, when it is corrected or taken back', async () => {
      const everything = ['Encounter/e', 'Observation/o', 'Observation/stays']
      const record = [
        patient('a', ada),
        observation('o', hers, onVisit),
        observation('stays', hers),
      ]
      await load([...record, visit({ serviceType: clinic })])
      expect(await shown()).toEqual(['Observation/stays'])
      await load([visit()])
      expect(await shown()).toEqual(everything)
      await load([visit({ serviceType: clinic })])
      expect(await shown()).toEqual(['Observation/stays'])
      const removal = { request: { method: 'DELETE', url: 'Encounter/e' } }
      await store.load([{ resourceType: 'Bundle', type: 'transaction', entry: [removal] }], {
        source,
      })
      expect(await shown()).toEqual(['Observation/o', 'Observation/stays'])
    })

    it('follows its place out of the list and back', async () => {
      const where = { location: [{ location: at('Location/l') }] }
      await load([patient('a', ada), visit(where), observation('o', hers, onVisit), clinicPlace])
      expect(await shown()).toEqual([])
      await load([{ ...clinicPlace, type: [] }])
      expect(await shown()).toEqual(['Encounter/e', 'Observation/o'])
      await load([clinicPlace])
      expect(await shown()).toEqual([])
    })

    it('does not move to the next patient with what is corrected', async () => {
      await load([patient('a', ada), patient('b', ben), observation('o', hers, { code: hiv })])
      await load([
        observation('o', at('Patient/b'), { code: hiv }),
        observation('p', at('Patient/b')),
      ])
      expect(await shown()).toEqual(['Observation/p'])
      await load([observation('o', at('Patient/b'))])
      expect(await shown()).toEqual(['Observation/o', 'Observation/p'])
    })

    it('goes with its record when the patient’s number is corrected, into one with others', async () => {
      const part = (id: string, more: Record<string, unknown> = {}) =>
        observation(id, at('Patient/b'), more)
      await load(
        [patient('a', ada), observation('o', hers, onVisit), visit({ serviceType: clinic })],
        [patient('b', ben), part('stays'), part('linked', { derivedFrom: [at('Observation/o')] })],
        [patient('a', ben)],
      )
      expect(await shown()).toEqual(['Observation/stays'])
      await load([visit()])
      const all = ['Encounter/e', 'Observation/linked', 'Observation/o', 'Observation/stays']
      expect(await shown()).toEqual(all)
    })

    it('gives no relationship, and takes one back that it gave', async () => {
      const relationships = () => store.db.selectFrom('care_relationship').select('kind').execute()
      await load([patient('a', ada), observation('stays', hers), visit()])
      expect(await relationships()).toEqual([{ kind: 'ATTENDANCE' }])
      await load([visit({ reasonCode: [hiv] })])
      expect(await relationships()).toEqual([])
      await load([visit()])
      expect(await relationships()).toEqual([{ kind: 'ATTENDANCE' }])
    })

    it('does not move the date of the record when nothing can be seen of it', async () => {
      const clockAt = (time: string) => ({ clock: () => new Date(time) })
      await store.load(
        [bundle([patient('a', ada), observation('stays', hers)])],
        clockAt('2026-01-01'),
      )
      const dates = async () => (await store.patients()).map(({ as_of }) => as_of.toISOString())
      const before = await dates()
      const secret = observation('o', hers, { code: hiv, ...onVisit })
      await store.load([bundle([secret])], clockAt('2026-02-01'))
      await store.load([bundle([visit({ serviceType: clinic })])], clockAt('2026-02-02'))
      await store.load([bundle([{ ...secret, status: 'amended' }])], clockAt('2026-02-03'))
      const removal = { request: { method: 'DELETE', url: 'Observation/o' } }
      const bundleOf = { resourceType: 'Bundle', type: 'transaction', entry: [removal] }
      const removed = await store.load([bundleOf], clockAt('2026-02-04'))
      expect(await dates()).toEqual(before)
      expect(removed.patientsChanged).toBe(0)
      await store.load([bundle([observation('new', hers)])], clockAt('2026-02-05'))
      expect(await dates()).not.toEqual(before)
    })

    it('makes nobody known who has nothing else, and is told in the feed', async () => {
      const holds = async () => {
        const { changes } = await readFeed(store.db, { contributes: true })
        return changes.map(({ nhsNumber, holdsRecord }) => [nhsNumber, holdsRecord])
      }
      await load([patient('a', ada), observation('o', hers, { code: hiv })])
      expect(await holds()).toEqual([[ada, false]])
      const { cursor } = await readFeed(store.db, { contributes: true })
      await load([observation('o', hers)])
      const after = await readFeed(store.db, { contributes: true, after: cursor })
      expect(after.changes.map(({ holdsRecord }) => holdsRecord)).toEqual([true])
    })

    it('is not given to extensions, nor the words of a reference to it', async () => {
      const plan = {
        resourceType: 'CarePlan',
        status: 'active',
        intent: 'plan',
        subject: hers,
        period: { start: '2026-01-01' },
      }
      const goals = [
        { reference: 'Goal/g', display: 'Excluded' },
        { reference: 'Goal/h', display: 'Walk' },
      ]
      await load([
        patient('a', ada),
        { ...plan, id: 'one', category: [hiv] },
        { ...plan, id: 'two', goal: goals },
        { resourceType: 'Goal', id: 'g', subject: hers, description: hiv },
        { resourceType: 'Goal', id: 'h', subject: hers, description: { text: 'Walk' } },
      ])
      const wanted = { nhsNumber: ada, server: null, type: 'CarePlan' }
      const found = await findResources(store.db, wanted, await loadExclusions())
      expect(found.map((one) => [one.id, one['goal']])).toEqual([['two', [goals[1]]]])
      expect(JSON.stringify(await store.items('carePlans').then(([, two]) => two))).not.toContain(
        'Excluded',
      )
    })

    it('comes out the same in any order of any number of loads', async () => {
      const record: readonly (readonly [string, (isExcluded: boolean) => object])[] = [
        ['Encounter/e', (x) => visit(x ? { serviceType: clinic } : {})],
        [
          'Observation/o',
          (x) => observation('o', hers, { ...onVisit, ...(x ? { code: hiv } : {}) }),
        ],
        ['Observation/p', (x) => observation('p', hers, x ? { code: hiv } : {})],
        [
          'DiagnosticReport/r',
          (x) =>
            report({
              result: [at('Observation/o'), at('Observation/p')],
              ...(x ? { code: hiv } : {}),
            }),
        ],
        ['Location/l', (x) => ({ ...clinicPlace, type: x ? [clinic] : [] })],
        [
          'Observation/q',
          (x) =>
            observation('q', hers, {
              derivedFrom: [at('Observation/p')],
              ...(x ? { code: hiv } : {}),
            }),
        ],
        [
          'Encounter/f',
          (x) =>
            visit({
              id: 'f',
              location: [{ location: at('Location/l') }],
              ...(x ? { reasonCode: [hiv] } : {}),
            }),
        ],
      ]
      const links: readonly (readonly [from: string, to: string])[] = [
        ['Encounter/e', 'Observation/o'],
        ['Observation/o', 'DiagnosticReport/r'],
        ['Observation/p', 'DiagnosticReport/r'],
        ['DiagnosticReport/r', 'Observation/o'],
        ['DiagnosticReport/r', 'Observation/p'],
        ['Observation/p', 'Observation/q'],
        ['Location/l', 'Encounter/f'],
      ]
      const planOf = fc.record({
        // Each state of each resource, in any order; the last one stands.
        states: fc.array(
          fc.record({
            which: fc.nat(record.length - 1),
            isExcluded: fc.boolean(),
            load: fc.nat(3),
          }),
          { minLength: 1, maxLength: 16 },
        ),
      })
      await fc.assert(
        fc.asyncProperty(planOf, async ({ states }) => {
          await store.clear()
          await load([patient('a', ada)])
          const last = new Map<string, boolean>()
          for (const turn of [0, 1, 2, 3]) {
            const part = states.filter((state) => state.load === turn)
            const entries = part.flatMap(({ which, isExcluded }) => {
              const [key, make] = record[which] ?? []
              if (key === undefined || make === undefined) return []
              last.set(key, isExcluded)
              return [make(isExcluded)]
            })
            if (entries.length > 0) await load(entries)
          }
          const excluded = new Set([...last].filter(([, x]) => x).map(([key]) => key))
          for (let size = -1; size < excluded.size; ) {
            size = excluded.size
            for (const [from, to] of links) {
              if (last.has(from) && last.has(to) && excluded.has(from)) excluded.add(to)
            }
          }
          const open = [...last.keys()].filter((key) => !excluded.has(key) && key !== 'Location/l')
          expect(await shown()).toEqual(open.sort())
        }),
        { numRuns: 25 },
      )
    })
  })
}

describe('lists that change', () => {
  let store: TestStore

  beforeAll(async () => {
    store = await createTestStore()
  })
  afterAll(() => store.close())

  const shown = async () =>
    (await store.items()).filter((one) => !one.is_restricted).map((one) => one.resource_id)
  const withCodes = async (...codes: string[]): Promise<ExclusionLists> => {
    const lists = await loadExclusions()
    return { ...lists, snomed: new Set([...lists.snomed, ...codes]), digest: codes.join() }
  }
  const start = (exclusions: ExclusionLists) => bringUpToDate(store.db, { participant, exclusions })

  it('judge what is stored again before the subgraph serves: hidden, and shown again', async () => {
    const heartRate = '364075005'
    await store.load([
      bundle([
        patient('a', ada),
        visit(),
        report({ encounter: at('Encounter/e') }),
        observation('o', hers, onVisit),
      ]),
    ])
    expect((await shown()).sort()).toEqual(['e', 'o', 'r'])
    await start(await withCodes(heartRate))
    expect(await shown()).toEqual(['e', 'r'])
    await start(await withCodes())
    expect((await shown()).sort()).toEqual(['e', 'o', 'r'])
  })

  it('finish what a load has left that was cut short', async () => {
    const lists = await withCodes()
    await start(lists)
    await sql`update resource set is_mapped = false, exclusion = null`.execute(store.db)
    await sql`update item set status = 'UNKNOWN' where resource_id = 'o'`.execute(store.db)
    await start(lists)
    const [found] = (await store.items()).filter((one) => one.resource_id === 'o')
    expect(found?.item['status']).toBe('FINAL')
    const left = await store.db
      .selectFrom('resource')
      .select('id')
      .where('is_mapped', '=', false)
      .execute()
    expect(left).toEqual([])
  })

  it('are those of the loader too: a store that others judged is judged anew', async () => {
    await start(await withCodes('364075005'))
    expect(await shown()).not.toContain('o')
    await store.load([bundle([observation('n', hers)])])
    expect((await shown()).sort()).toEqual(['e', 'n', 'o', 'r'])
  })
})
