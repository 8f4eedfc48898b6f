import { type Kysely, type Migration, sql } from 'kysely'
import { migrate } from './migrate.ts'
import { nameServers } from './name-servers.ts'
import { NO_TIME, type ParticipantDatabase } from './tables.ts'

/** Advisory lock of a participant's database for who numbers changes. */
const CHANGE_ORDER = 7_220_002

const createStore: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table resource (
        type text not null,
        id text not null,
        full_url text,
        version text,
        last_updated timestamptz,
        nhs_number text,
        digest bytea not null,
        content json not null,
        is_mapped boolean not null default false,
        loaded_at timestamptz not null default now(),
        primary key (type, id)
      )`.execute(db)
    await sql`create index resource_unmapped on resource (type, id) where not is_mapped`.execute(db)
    await sql`create index resource_full_url on resource (full_url) where full_url is not null`.execute(
      db,
    )
    await sql`
      create table item (
        section text not null,
        nhs_number text not null,
        sort_time timestamptz not null,
        sort_key text collate "C" not null,
        id text collate "C" not null,
        status text not null,
        codes text[] not null,
        is_none_known boolean not null,
        is_restricted boolean not null,
        item json not null,
        resource_type text not null,
        resource_id text not null,
        primary key (id, section)
      )`.execute(db)
    await sql`
      create index item_page on item (nhs_number, section, sort_time desc, sort_key, id)
      include (status) where not is_restricted`.execute(db)
    await sql`create index item_resource on item (resource_type, resource_id)`.execute(db)
    await sql`create sequence patient_change`.execute(db)
    await sql`
      create table patient (
        nhs_number text primary key,
        demographics json not null,
        is_sensitive boolean not null,
        superseded_by text,
        as_of timestamptz not null,
        change bigint not null
      )`.execute(db)
    await sql`create unique index patient_change_order on patient (change)`.execute(db)
    await sql`
      create table care_relationship (
        nhs_number text not null,
        ods_code text not null,
        kind text not null,
        resource_type text not null,
        resource_id text not null,
        starts_at timestamptz,
        ends_at timestamptz,
        primary key (nhs_number, ods_code, kind, resource_type, resource_id)
      )`.execute(db)
  },
}

/** What is rare among entries, and looked for with every section or patient. */
const indexRareEntries: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create index item_none_known on item (nhs_number, section)
      where is_none_known`.execute(db)
    await sql`create index item_restricted on item (nhs_number) where is_restricted`.execute(db)
  },
}

/** Lets the feed tell its own cursors from those of a store that stood here before. */
const nameStore: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table store (id text not null)`.execute(db)
    await sql`insert into store values (gen_random_uuid()::text)`.execute(db)
  },
}

/** What loading remembers beside the resources; see `LinkTables`. */
const linkResources: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table resource_alias (
        alias text not null, type text not null, id text not null, primary key (alias, type, id)
      )`.execute(db)
    await sql`create index resource_alias_resource on resource_alias (type, id)`.execute(db)
    await sql`
      create table resource_dependency (
        target text not null, nhs_number text not null, primary key (target, nhs_number)
      )`.execute(db)
    await sql`
      create index resource_patient on resource (nhs_number, type)
      where nhs_number is not null`.execute(db)
  },
}

/** What is never shared: why, of each resource, and by which lists all of them were judged. */
const judgeResources: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table resource add column exclusion text`.execute(db)
    await sql`
      create index resource_excluded on resource (nhs_number) where exclusion is not null`.execute(
      db,
    )
    // A patient's resources are judged, and so mapped again, together.
    await sql`drop index resource_unmapped`.execute(db)
    await sql`
      create index resource_unmapped on resource (nhs_number, type, id)
      where not is_mapped`.execute(db)
    await sql`
      create table exclusion_list (
        is_present boolean primary key default true check (is_present), digest text not null
      )`.execute(db)
  },
}

/**
 * What numbers a patient's number replaced, whether its Patients are one person, who referred, and when a
 * relationship was recorded.
 */
const tellLinksAndReferrers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table patient add column supersedes text[] not null default '{}',
        add column is_disputed boolean not null default false`.execute(db)
    await sql`create index patient_disputed on patient (nhs_number) where is_disputed`.execute(db)
    await sql`
      alter table care_relationship add column referrer text,
        add column recorded_at timestamptz`.execute(db)
    // Stored resources tell it, once they are mapped again: the next load does, and the feed follows.
    await sql`
      update resource set is_mapped = false
      where type in ('Patient', 'ServiceRequest')`.execute(db)
  },
}

/** Where the servers of a participant may have different people under one number, who each has. */
const keepServersApart: Migration = {
  async up(db: Kysely<unknown>) {
    // The step after this one has everything mapped again.
    await sql`alter table patient add column servers json`.execute(db)
  },
}

/** What carries modifiers that are not known here is not shown any more, but the section says so. */
const tellNotUnderstood: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table item add column is_understood boolean not null default true`.execute(db)
    await sql`
      create index item_not_understood on item (nhs_number, section)
      where not is_understood`.execute(db)
    // At once for what may carry one. The next load maps everything again, and knows exactly.
    await sql`
      update item set is_understood = false from resource
      where resource.type = item.resource_type and resource.id = item.resource_id
        and resource.content::text ~ '"(modifierExtension|implicitRules|doNotPerform)"'`.execute(db)
    await sql`update resource set is_mapped = false where nhs_number is not null`.execute(db)
  },
}

/** What a Consent denies is read from all of its provisions: the feed tells of those who have one again. */
const tellObjectionsAgain: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`select pg_advisory_xact_lock(${CHANGE_ORDER})`.execute(db)
    await sql`
      update patient set change = nextval('patient_change')
      where nhs_number in (select nhs_number from resource where type = 'Consent')`.execute(db)
  },
}

/**
 * The last moment that a date may mean. Dates were read by the clocks of UTC, and are London's from now on: as
 * `toInstant` and `toLastInstant` have them.
 */
const keepLondonDays: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table item add column last_time timestamptz`.execute(db)
    await sql`
      update item set
        sort_time = case when dated.day is null then sort_time else dated.day at time zone zone end,
        last_time = case when dated.day is null then sort_time
          else (dated.day + lasts) at time zone zone - interval '1 millisecond' end
      from (
        select id, section,
          case when length(time) <= 10 then (time || substr('-01-01', length(time) - 3))::timestamp end as day,
          case length(time) when 4 then interval '1 year' when 7 then interval '1 month'
            else interval '1 day' end as lasts,
          case when time < '1900' then 'UTC' else 'Europe/London' end as zone
        from item, lateral (select item.item ->> 'time' as time) as written
        where sort_time <> ${NO_TIME.toISOString()}::timestamptz
      ) as dated
      where item.id = dated.id and item.section = dated.section`.execute(db)
    await sql`update item set last_time = sort_time where last_time is null`.execute(db)
    await sql`alter table item alter column last_time set not null`.execute(db)
    // When a relationship ends by a date, what looks alike by its day, and what entries did not tell before, such as
    // the digits of a number as written: the next load maps everything again.
    await sql`update resource set is_mapped = false where nhs_number is not null`.execute(db)
  },
}

/**
 * Numbers of changes become visible in their order, so that a reader of the feed misses none and waits for nobody:
 * until a transaction that numbers changes is over, no other one does.
 */
const orderChanges: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create function hold_change_order() returns trigger language plpgsql as $$
        begin
          perform pg_advisory_xact_lock(${sql.lit(CHANGE_ORDER)});
          return null;
        end
      $$`.execute(db)
    await sql`
      create trigger hold_change_order before insert or update of change on patient
      for each statement execute function hold_change_order()`.execute(db)
  },
}

/** What was deleted at its source, so that an older state of it does not bring it back. */
const rememberDeletions: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table resource_deletion (
        type text not null, id text not null, version text, last_updated timestamptz not null,
        last_version text, digest bytea, primary key (type, id)
      )`.execute(db)
  },
}

/** By which names a Provenance is found for what it is about. The next load maps everything again. */
const joinProvenance: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      insert into resource_alias (alias, type, id)
      select distinct '>' || substring(target #>> '{reference}' from '([A-Z][A-Za-z]+/[^/]+)'), 'Provenance', id
      from resource cross join jsonb_path_query(content::jsonb, '$.target[*]') as target
      where type = 'Provenance' and content::text !~ '\\\\u0000' and target #>> '{reference}' ~ '^[A-Z][A-Za-z]+/[^/]+'`.execute(
      db,
    )
    // What a Provenance tells, and what entries did not tell before, such as what a procedure used.
    await sql`update resource set is_mapped = false where nhs_number is not null`.execute(db)
  },
}

/** Every step of a store's schema, by the names in whose order they run. */
const storeMigrations: Readonly<Record<string, Migration>> = {
  '0001-create-store': createStore,
  '0002-index-rare-entries': indexRareEntries,
  '0003-name-store': nameStore,
  '0004-link-resources': linkResources,
  '0005-judge-resources': judgeResources,
  '0006-tell-links-and-referrers': tellLinksAndReferrers,
  '0007-name-servers': nameServers,
  '0008-keep-servers-apart': keepServersApart,
  '0009-tell-not-understood': tellNotUnderstood,
  '0010-tell-objections-again': tellObjectionsAgain,
  '0011-keep-london-days': keepLondonDays,
  '0012-order-changes': orderChanges,
  '0013-remember-deletions': rememberDeletions,
  '0014-join-provenance': joinProvenance,
}

/**
 * Brings a participant's database to the present schema. Safe to call from several processes at
 * once: the first one migrates, the others wait.
 *
 * @throws with the failing migration's own error as `cause`
 */
export async function migrateStore(db: Kysely<ParticipantDatabase>): Promise<void> {
  await migrate(db, 'The database', storeMigrations)
}
