import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccess } from '../../../gateway/access/evidence.ts'
import { migrateGovernance } from '../../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../../gateway/governance/store/tables.ts'
import { createLocate } from '../../../subgraphs/index/locate.ts'
import { migrateIndex } from '../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'

const PATIENT = '9990000018'
const CALLER = { userId: '555000000001', odsCode: 'RJZ' }
/** PostgreSQL looks at five plans for given values before it believes in one for all. */
const REQUESTS = 8

let database: TestDatabase
let db: Kysely<IndexDatabase>

beforeAll(async () => {
  database = await createDatabase()
  // One connection: its statements are those of the test.
  db = connect<IndexDatabase>(database.url, 1)
  await migrateIndex(db)
  await migrateGovernance(db.withTables<GovernanceDatabase>())
  await fill()
})

afterAll(async () => {
  await db.destroy()
  await database.drop()
})

/** As many people as make a difference to the plans. */
async function fill(): Promise<void> {
  await sql`
    insert into holder (nhs_number, participant, holds_record, demographics, is_sensitive, as_of)
    select '999' || person, 'nel', true, '{}', false, now()
    from generate_series(1, 5000) as person`.execute(db)
  await sql`
    insert into care_relationship (nhs_number, participant, ods_code, kind, evidence)
    select '999' || person % 5000, 'nel', 'RJZ', 'REFERRAL', person::text
    from generate_series(1, 20000) as person`.execute(db)
  await sql`analyze`.execute(db)
}

it('lets the database plan what every request reads once for a connection', async () => {
  const clock = () => new Date('2026-11-22T12:00:00Z')
  const locate = createLocate({ db, participants: [], clock })
  const decide = createAccess({ db, participants: [], clock })
  for (let request = 0; request < REQUESTS; request += 1) {
    await locate(PATIENT)
    await decide(CALLER, PATIENT, null)
  }
  const { rows } = await sql<{ name: string; for_values: number; for_all: number }>`
    select name, custom_plans::int as for_values, generic_plans::int as for_all
    from pg_prepared_statements order by name`.execute(db)
  expect(rows).toEqual([
    { name: 'access-evidence', for_values: 5, for_all: REQUESTS - 5 },
    { name: 'index-locate', for_values: 5, for_all: REQUESTS - 5 },
  ])
})
