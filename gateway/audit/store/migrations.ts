import { type Kysely, type Migration, sql } from 'kysely'

const createTrail: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create sequence audit_position`.execute(db)
    await sql`
      create table audit_entry (
        writer text not null,
        sequence bigint not null,
        recorded_at timestamptz(3) not null,
        body json not null,
        previous_hash bytea not null,
        hash bytea not null,
        position bigint not null default nextval('audit_position'),
        xid xid8 not null default pg_current_xact_id(),
        kind text generated always as (body ->> 'kind') stored,
        event text generated always as (body ->> 'event') stored,
        category text generated always as (body ->> 'category') stored,
        refusal text generated always as (body ->> 'refusal') stored,
        nhs_number text generated always as (body ->> 'nhsNumber') stored,
        user_id text generated always as (body -> 'user' ->> 'userId') stored,
        ods_code text generated always as (body -> 'user' ->> 'odsCode') stored,
        participant text generated always as (body -> 'user' ->> 'participant') stored,
        primary key (writer, sequence, recorded_at)
      ) partition by range (recorded_at)`.execute(db)
    for (const [name, columns, condition] of [
      ['patient', 'nhs_number, recorded_at', "kind = 'ACCESS' and nhs_number is not null"],
      ['user', 'user_id, recorded_at', "kind = 'ACCESS'"],
      ['participant', 'participant, recorded_at', "kind = 'ACCESS'"],
      ['refused', 'participant, recorded_at', "kind = 'ACCESS' and refusal is not null"],
      ['event', 'event', 'event is not null'],
      ['cursor', 'xid, position', 'true'],
      ['opened', 'recorded_at', "kind = 'OPENED'"],
    ] as const) {
      await sql`
        create index ${sql.id(`audit_entry_${name}`)} on audit_entry (${sql.raw(columns)})
        where ${sql.raw(condition)}`.execute(db)
    }
    await sql`
      create table operation (
        digest text primary key,
        text text not null,
        first_seen timestamptz not null default now()
      )`.execute(db)
  },
}

/** Entries are kept from their owner's own mistakes as well. */
const keepEntries: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create function audit_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit trail is never changed' using errcode = '42501';
      end $$`.execute(db)
    for (const table of ['audit_entry', 'operation']) {
      await sql`
        create trigger is_kept before update or delete or truncate on ${sql.table(table)}
        for each statement execute function audit_refuse_change()`.execute(db)
    }
  },
}

/** Months are made by whoever writes, with the owner's right and no other right of the owner's. */
const makeMonths: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create function audit_ensure_month(day timestamptz) returns void language plpgsql
      security definer set search_path = public, pg_temp set client_min_messages = warning as $$
      declare
        first date := date_trunc('month', day at time zone 'UTC');
        name text := 'audit_entry_' || to_char(first, 'YYYY_MM');
      begin
        if to_regclass(name) is not null then return; end if;
        perform pg_advisory_xact_lock(hashtextextended('audit month', 0));
        execute format(
          'create table if not exists %I partition of audit_entry for values from (%L) to (%L)',
          name,
          first::timestamp at time zone 'UTC',
          (first + interval '1 month')::timestamp at time zone 'UTC'
        );
      end $$`.execute(db)
    await sql`revoke all on function audit_ensure_month from public`.execute(db)
  },
}

/** In the order in which they run. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-create-trail': createTrail,
  '0002-keep-entries': keepEntries,
  '0003-make-months': makeMonths,
}
