import { type Kysely, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { ODS } from '../../population/fhir.ts'
import { generatePopulation } from '../../population/generate-population.ts'
import { participantOf } from '../../population/participants.ts'
import { storyOf } from '../../population/stories/stories.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { createDatabase } from '../support/postgres.ts'

const asOf = new Date('2026-11-22T09:00:00Z')

describe('the demo population in a store', () => {
  it.each([
    ['nel', 'URNs'],
    ['swl', 'relative references'],
    ['hct', 'conditional references'],
  ])('is taken in by %s, which writes %s, and finds all staff', async (code) => {
    const database = await createDatabase()
    const db = connect<ParticipantDatabase>(database.url, 2)
    try {
      await migrateStore(db)
      const population = generatePopulation({ seed: 1, patients: 150, asOf, participants: [code] })
      const bundles = [...population].map(({ bundle }, index) => ({ name: `${index}`, bundle }))
      const report = await loadBundles(db, participantOf(code), bundles)
      expect(report.refusalCounts).toEqual({})
      const lookups = await staffLookups(db)
      expect(lookups.length).toBeGreaterThan(5)
      expect(lookups.filter(({ is_known: isKnown }) => !isKnown)).toEqual([])
      const { rows: nameless } = await sql`
        select distinct section from item, json_array_elements(item.item -> 'provenance') as source
        where source -> 'organisation' ->> 'name' is null`.execute(db)
      expect(nameless).toEqual([])
    } finally {
      await db.destroy()
      await database.drop()
    }
  })
})

describe('Two hospitals of one participant that number alike', () => {
  it("keep each its own: both of Uma's allergies with the id 7 are there, and one person", async () => {
    const database = await createDatabase()
    const db = connect<ParticipantDatabase>(database.url, 2)
    try {
      await migrateStore(db)
      const { nhsNumber } = storyOf('uma')
      const population = generatePopulation({ seed: 1, patients: 150, asOf, participants: ['nel'] })
      const bundles = [...population].map(({ bundle }, index) => ({ name: `${index}`, bundle }))
      const report = await loadBundles(db, participantOf('nel'), bundles)
      expect(report.refusalCounts).toEqual({})
      const { rows } = await sql<{ display: string }>`
        select item -> 'code' ->> 'display' as display from item
        where section = 'allergies' and nhs_number = ${nhsNumber} order by display`.execute(db)
      expect(rows.map(({ display }) => display)).toEqual([
        'Allergy to penicillin',
        'Allergy to strawberry',
      ])
      const wanted = bundles.flatMap(({ bundle }) => bundle.entry.map(({ fullUrl }) => fullUrl))
      const { rows: resources } = await sql<{ count: string }>`
        select count(*) from resource`.execute(db)
      expect(Number(resources[0]?.count)).toBe(new Set(wanted).size)
    } finally {
      await db.destroy()
      await database.drop()
    }
  })
})

/** Every organisation and member of staff that the loader looked for. */
async function staffLookups(db: Kysely<ParticipantDatabase>) {
  const { rows } = await sql<{ target: string; is_known: boolean }>`
    select distinct target, exists (
      select from resource where type || '/' || id = target
    ) as is_known
    from resource_dependency
    where target ~ '^(Organization|Practitioner)/' or starts_with(target, ${`?${ODS}`})`.execute(db)
  return rows
}
