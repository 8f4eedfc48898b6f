import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrateStore } from '../../../../subgraphs/kit/store/migrations.ts'
import { ada, at, ben, bundle, observation, patient, practitioner } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const north = 'https://north.example/fhir'
const south = 'http://south.example:80/r4'
type Resource = Record<string, unknown>
const urlOf = (base: string, one: Resource) => `${base}/${one['resourceType']}/${one['id']}`
const based = (base: string, resources: readonly Resource[]) =>
  bundle(resources.map((one) => [urlOf(base, one), one]))
const posted = (resources: readonly Resource[]) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: resources.map((resource, index) => ({
    fullUrl: `urn:uuid:${index}`,
    resource,
    request: { method: 'POST', url: resource['resourceType'] },
  })),
})

/** Makes a store of what an earlier release held: ids as sent, full URLs beside them. */
async function storeAsBefore(groups: readonly (readonly [string | null, readonly Resource[]])[]) {
  const { db } = store
  const report = await store.load(groups.flatMap(([, resources]) => resources))
  expect(report.refusals).toEqual([])
  for (const [base, resources] of groups) {
    for (const one of base === null ? [] : resources) {
      await sql`
        update resource set full_url = ${urlOf(base ?? '', one)}
        where type = ${one['resourceType']} and id = ${one['id']}`.execute(db)
    }
  }
  await sql`alter table resource drop column may_be_posted`.execute(db)
  await sql`alter table item drop column is_understood, drop column last_time`.execute(db)
  await sql`alter table patient drop column servers`.execute(db)
  await sql`drop function hold_change_order cascade`.execute(db)
  await sql`drop table resource_deletion`.execute(db)
  await sql`delete from kysely_migration where name >= '0007-name-servers'`.execute(db)
}

/** What a store shows and holds, whether or not ids of what was posted are still its own. */
async function held(): Promise<unknown> {
  const { items, patients, relationships } = (await store.shown()) as Record<string, unknown[]>
  const { rows } = await sql`
    select type, id, nhs_number, content::text, is_mapped from resource order by type, id`.execute(
    store.db,
  )
  const { rows: links } = await sql`
    select * from resource_alias order by alias, type, id`.execute(store.db)
  return { items, patients, relationships, rows, links }
}

describe.each(['MEMORY', 'TABLES'] as const)(
  'a store of an earlier release, staged in %s',
  (where) => {
    beforeAll(async () => {
      store = await createTestStore(where)
    })
    beforeEach(() => store.clear())
    afterAll(() => store.close())

    const ours: Resource[] = [
      patient('1', ada, { generalPractitioner: [at('Organization/gp')] }),
      {
        resourceType: 'Organization',
        id: 'gp',
        name: 'The Practice',
        identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'F84001' }],
      },
      practitioner('9', 'Northcote'),
      observation('o1', at('Patient/1'), { performer: [at('Practitioner/9')] }),
      observation('o2', at('Patient/1'), { performer: [at('Practitioner/9/_history/2')] }),
      observation('o3', at('Patient/1'), {
        performer: [{ ...at('https://elsewhere.example/Practitioner/9'), display: 'Dr Else' }],
      }),
    ]
    const theirs: Resource[] = [
      patient('2', ben, { name: [{ family: 'Oakes' }] }),
      observation('t1', at('Patient/2')),
    ]

    it('becomes what a new store makes of the same data, and loading it again changes nothing', async () => {
      const data = [based(north, ours), based(south, theirs)]
      await store.load(data)
      const expected = await held()
      await store.clear()
      await storeAsBefore([
        [north, ours],
        [south, theirs],
      ])
      await migrateStore(store.db)
      const again = await store.load(data)
      expect(again.counts.map(({ loaded, refused }) => loaded + refused)).toEqual([0, 0, 0, 0])
      expect(await held()).toEqual(expected)
      const { rows } = await sql<{ target: string }>`
      select distinct target from resource_dependency
      where target ~ '^(Patient|Organization|Practitioner)/' and target !~ '[|]'`.execute(store.db)
      expect(rows).toEqual([])
    })

    it('hides at once what may carry a modifier that is not known, and knows exactly after a load', async () => {
      const modifierExtension = [{ url: 'urn:unknown' }]
      const parts = [
        patient('1', ada),
        observation('o1', at('Patient/1'), { modifierExtension }),
        observation('o2', at('Patient/1'), { modifierExtension: [] }),
        observation('o3', at('Patient/1')),
      ]
      await storeAsBefore([[null, parts]])
      await migrateStore(store.db)
      const hidden = async () => {
        const { rows } = await sql<{ id: string }>`
          select resource_id as id from item where not is_understood order by 1`.execute(store.db)
        return rows.map(({ id }) => id)
      }
      expect(await hidden()).toEqual(['o1', 'o2'])
      await store.load([])
      expect(await hidden()).toEqual(['o1'])
    })

    it('has dates at once by the clocks of London, as a load has them', async () => {
      const dates = ['1850', '1970', '2024-02', '2026-07', '2026-03-29', '2026-10-25', '2026-07-01']
      const moments = ['2026-07-01T00:30:00+01:00', '2026-07-01T09:30:00.5Z']
      const parts = [...dates, ...moments].map((effectiveDateTime, index) =>
        observation(`o${index}`, at('Patient/1'), { effectiveDateTime }),
      )
      const undated = observation('undated', at('Patient/1'), { effectiveDateTime: undefined })
      const times = async () => {
        const { rows } = await sql`
          select id, sort_time, last_time from item order by id`.execute(store.db)
        return rows
      }
      await store.load([bundle([patient('1', ada), undated, ...parts])])
      const expected = await times()
      await store.clear()
      await storeAsBefore([[null, [patient('1', ada), undated, ...parts]]])
      await sql`
        update item set sort_time = (item ->> 'time' || substr('-01-01', length(item ->> 'time') - 3))::timestamp
          at time zone 'UTC'
        where length(item ->> 'time') <= 10`.execute(store.db)
      await migrateStore(store.db)
      expect(await times()).toEqual(expected)
    })

    it('takes back what another server had overwritten', async () => {
      const others = [patient('1', ben), observation('t1', at('Patient/1'))]
      await storeAsBefore([
        [north, ours],
        [south, [others[1] as Resource]],
      ])
      await migrateStore(store.db)
      const report = await store.load([based(north, ours), based(south, others)])
      expect(report.refusals).toEqual([])
      const items = await store.items('observations')
      expect(items.map((item) => item.nhs_number).sort()).toEqual([ada, ada, ada, ben])
    })

    it('keeps what was posted under the id that it had', async () => {
      const parts = [patient('p1', ada), observation('obs1', at('Patient/p1'))]
      await storeAsBefore([[null, parts]])
      await migrateStore(store.db)
      await store.load([])
      const before = await held()
      const again = await store.load([posted(parts)])
      expect(again.counts.map(({ loaded, unchanged }) => [loaded, unchanged])).toEqual([
        [0, 1],
        [0, 1],
      ])
      expect(await held()).toEqual(before)
      await store.load([
        posted([patient('p1', ben), observation('obs1', at('Patient/p1'), { status: 'amended' })]),
      ])
      expect((await store.items()).map((item) => item.nhs_number).sort()).toEqual([ada, ben])
    })

    it('leaves references alone between what has no server', async () => {
      const parts = [patient('p1', ada), observation('obs1', at('Patient/p1'))]
      await storeAsBefore([
        [north, [practitioner('9', 'Northcote')]],
        [
          null,
          [...parts, observation('obs2', at('Patient/p1'), { performer: [at('Practitioner/9')] })],
        ],
      ])
      await migrateStore(store.db)
      await store.load([])
      const authors = (await store.items()).map(({ resource_id, item }) => [
        resource_id,
        (item['provenance'] as { author: unknown }[])[0]?.author,
      ])
      expect(authors).toEqual([
        ['obs1', null],
        ['obs2', 'Robin Northcote'],
      ])
    })
  },
)
