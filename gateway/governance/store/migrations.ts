import { type Kysely, type Migration, sql } from 'kysely'
import { migrate } from '../../../subgraphs/kit/store/migrate.ts'
import {
  alertEachParticipant,
  extendAlerts,
  followTrail,
  keepAlerts,
  registerStaff,
} from './alert-migrations.ts'
import type { GovernanceDatabase } from './tables.ts'

const createObjections: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table objection (
        id uuid primary key,
        nhs_number text not null,
        participant text not null,
        source text not null,
        route text,
        received_on date not null,
        note text,
        state text not null
      )`.execute(db)
    await sql`create index objection_patient on objection (nhs_number, participant)`.execute(db)
    await sql`
      create unique index objection_open on objection (nhs_number, participant)
      where source = 'LONDON_CARE_RECORD' and state in ('RECEIVED', 'UNDER_REVIEW', 'UPHELD')
    `.execute(db)
    // What makes two lines of an import the same objection.
    await sql`
      create unique index objection_earlier
      on objection (nhs_number, participant, source, received_on)
      where source <> 'LONDON_CARE_RECORD'`.execute(db)
    await sql`
      create table objection_step (
        id bigint generated always as identity primary key,
        objection_id uuid not null references objection,
        taken_at timestamptz not null,
        from_state text,
        to_state text not null,
        decided_on date,
        reason text,
        explanation text,
        notice text,
        user_id text,
        user_name text,
        role_code text,
        role_name text,
        ods_code text,
        organisation_name text,
        request_id text
      )`.execute(db)
    await sql`create index objection_step_of on objection_step (objection_id, id)`.execute(db)
  },
}

/** The history is kept from everybody, the owner of the tables and its own superuser included. */
const keepHistory: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create function governance_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the history of objections is never changed' using errcode = '42501';
      end $$`.execute(db)
    await sql`
      create trigger objection_step_is_kept before update or delete or truncate on objection_step
      for each statement execute function governance_refuse_change()`.execute(db)
    await sql`
      create trigger objection_is_kept before delete or truncate on objection
      for each statement execute function governance_refuse_change()`.execute(db)
    await sql`
      create trigger objection_stays_the_same
      before update of id, nhs_number, participant, source, route, received_on, note on objection
      for each statement execute function governance_refuse_change()`.execute(db)
  },
}

const createEmergencyAccess: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table emergency_claim (
        id uuid primary key,
        user_id text not null,
        user_name text not null,
        role_code text not null,
        role_name text not null,
        ods_code text not null,
        organisation_name text not null,
        participant text not null,
        nhs_number text not null,
        alert_type smallint not null,
        alert_reason smallint not null,
        justification text not null,
        claimed_at timestamptz not null,
        ends_at timestamptz not null,
        ended_at timestamptz,
        request_id text not null
      )`.execute(db)
    await sql`
      create index emergency_claim_of on emergency_claim (user_id, ods_code, nhs_number, ends_at)
    `.execute(db)
    await sql`
      create table privacy_alert (
        reference text primary key,
        claim_id uuid not null unique references emergency_claim,
        alert_type smallint not null,
        alert_reason smallint not null,
        participant text not null,
        raised_at timestamptz not null
      )`.execute(db)
    await sql`create index privacy_alert_of on privacy_alert (participant, raised_at)`.execute(db)
  },
}

/**
 * Brings governance's part of the gateway's database to the present schema; other parts of it have
 * migrations of their own. Safe to call from several processes at once.
 *
 * @throws with the failing migration's own error as `cause`
 */
export async function migrateGovernance(db: Kysely<GovernanceDatabase>): Promise<void> {
  await migrate(
    db,
    'Governance',
    {
      '0001-create-objections': createObjections,
      '0002-keep-history': keepHistory,
      '0003-create-emergency-access': createEmergencyAccess,
      '0004-extend-alerts': extendAlerts,
      '0005-keep-alerts': keepAlerts,
      '0006-follow-trail': followTrail,
      '0007-register-staff': registerStaff,
      '0008-alert-each-participant': alertEachParticipant,
    },
    'governance',
  )
}
