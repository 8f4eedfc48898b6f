import { type Kysely, type Migration, sql } from 'kysely'
import { migrate } from '../../kit/store/migrate.ts'
import { searchEveryName } from './search-every-name.ts'
import type { IndexDatabase } from './tables.ts'

const createIndexTables: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table holder (
        nhs_number text not null,
        participant text not null,
        holds_record boolean not null,
        demographics json not null,
        is_sensitive boolean not null,
        superseded_by text,
        as_of timestamptz not null,
        birth_date text,
        family_key text,
        postcode_key text,
        primary key (nhs_number, participant)
      )`.execute(db)
    await sql`
      create index holder_superseded on holder (superseded_by)
      where superseded_by is not null`.execute(db)
    await sql`create index holder_search on holder (birth_date, family_key)`.execute(db)
    await sql`
      create table care_relationship (
        nhs_number text not null,
        participant text not null,
        ods_code text not null,
        kind text not null,
        evidence text not null,
        starts_at timestamptz,
        ends_at timestamptz,
        primary key (nhs_number, participant, ods_code, kind, evidence)
      )`.execute(db)
    await sql`
      create table feed_cursor (
        participant text primary key,
        cursor text,
        last_success_at timestamptz,
        last_error text
      )`.execute(db)
  },
}

/** Objections that participants keep themselves, as their feeds tell of them. */
const holdObjections: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table holder add column objection text`.execute(db)
    await sql`
      alter table feed_cursor add column tells_objections boolean not null default false`.execute(
      db,
    )
  },
}

/** Statements about numbers, of whatever form, and who referred. */
const holdLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table number_link (
        participant text not null,
        nhs_number text not null,
        old_number text not null,
        new_number text not null,
        primary key (participant, nhs_number, old_number, new_number)
      )`.execute(db)
    await sql`create index number_link_old on number_link (old_number)`.execute(db)
    await sql`create index number_link_new on number_link (new_number)`.execute(db)
    await sql`
      insert into number_link
      select participant, nhs_number, nhs_number, superseded_by from holder
      where superseded_by is not null`.execute(db)
    await sql`alter table holder drop column superseded_by`.execute(db)
    await sql`
      alter table care_relationship add column referrer text,
        add column recorded_at timestamptz`.execute(db)
    await sql`alter table feed_cursor add column edition smallint not null default 0`.execute(db)
    await sql`update feed_cursor set edition = 1 where tells_objections`.execute(db)
    await sql`alter table feed_cursor drop column tells_objections`.execute(db)
  },
}

/** What the national demographics service answered, so that it need not be asked at every look. */
const keepNationalAnswers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table national_patient (
        nhs_number text primary key,
        outcome text not null check (outcome in ('KNOWN', 'UNKNOWN')),
        in_force text,
        demographics json,
        is_sensitive boolean not null,
        practice_ods_code text,
        practice_since timestamptz,
        asked_at timestamptz not null,
        check ((outcome = 'KNOWN') = (in_force is not null and demographics is not null))
      )`.execute(db)
    await sql`create index national_patient_asked on national_patient (asked_at)`.execute(db)
  },
}

/** Relationships that a participant brings as a file stand beside those that its feed tells. */
const bringRelationshipsAsFiles: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table care_relationship
        add column is_from_file boolean not null default false`.execute(db)
    await sql`
      create index care_relationship_from_file on care_relationship (participant)
      where is_from_file`.execute(db)
  },
}

/** The servers of a participant may have different people under one number: each is a holder. */
const holdServersApart: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table holder add column server text not null default '',
        drop constraint holder_pkey, add primary key (nhs_number, participant, server)`.execute(db)
  },
}

/**
 * Brings the index's part of the gateway's database to the present schema; other parts of it have
 * migrations of their own. Safe to call from several processes at once.
 *
 * @throws with the failing migration's own error as `cause`
 */
export async function migrateIndex(db: Kysely<IndexDatabase>): Promise<void> {
  await migrate(
    db,
    'The index',
    {
      '0001-create-index': createIndexTables,
      '0002-hold-objections': holdObjections,
      '0003-hold-links': holdLinks,
      '0004-search-every-name': searchEveryName,
      '0005-keep-national-answers': keepNationalAnswers,
      '0006-bring-relationships-as-files': bringRelationshipsAsFiles,
      '0007-hold-servers-apart': holdServersApart,
    },
    'index',
  )
}
