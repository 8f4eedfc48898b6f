import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateGovernance } from '../../../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../../../gateway/governance/store/tables.ts'
import { connect } from '../../../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../../../support/postgres.ts'
import { ADA } from '../test-governance.ts'

let database: TestDatabase
let db: Kysely<GovernanceDatabase>

beforeEach(async () => {
  database = await createDatabase()
  db = connect<GovernanceDatabase>(database.url, 2)
})
afterEach(async () => {
  await db.destroy()
  await database.drop()
})

/** Takes the database back to where it stood before there were other alerts than of claims. */
async function goBack(): Promise<void> {
  await sql
    .raw(`do $$ begin
      drop table privacy_alert_step, privacy_alert, alert_cursor, recent_opening, staff_member;
      drop function governance_refuse_alert_change;
      delete from governance_migration where name >= '0004';
      create table privacy_alert (
        reference text primary key,
        claim_id uuid not null unique references emergency_claim,
        alert_type smallint not null,
        alert_reason smallint not null,
        participant text not null,
        raised_at timestamptz not null
      );
      create index privacy_alert_of on privacy_alert (participant, raised_at);
    end $$`)
    .execute(db)
}

describe('A database in which there are claims already', () => {
  it('keeps their alerts, open, with who claimed and for whom', async () => {
    await migrateGovernance(db)
    await goBack()
    const id = randomUUID()
    const at = new Date('2026-11-02T10:15:00.000Z')
    const staff = {
      user_id: '555000000002',
      user_name: 'Dr Tom Adeyemi',
      role_code: 'R0050',
      role_name: 'Consultant',
      ods_code: 'RJZ',
      organisation_name: "King's College Hospital NHS Foundation Trust",
    }
    const codes = { alert_type: 1, alert_reason: 4, participant: 'sel' }
    await db
      .insertInto('emergency_claim')
      .values({
        id,
        ...staff,
        ...codes,
        nhs_number: ADA,
        justification: 'Found unconscious in the street, no papers',
        claimed_at: at,
        ends_at: at,
        request_id: 'request-1',
      })
      .execute()
    await sql`
      insert into privacy_alert values ('PA-7Q2M-X9KD-04ZT', ${id}, 1, 4, 'sel', ${at})
    `.execute(db)

    await migrateGovernance(db)
    expect(await db.selectFrom('privacy_alert').selectAll().execute()).toEqual([
      {
        reference: 'PA-7Q2M-X9KD-04ZT',
        rule: 'EMERGENCY_ACCESS',
        event: null,
        claim_id: id,
        ...codes,
        ...staff,
        raised_at: at,
        occurred_at: at,
        state: 'OPEN',
        nhs_number: ADA,
        facts: {},
      },
    ])
  })
})
