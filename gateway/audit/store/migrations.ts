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

/**
 * Which operations were used on which day, by which programs: counted out of the entries on demand, so
 * that nothing is added to what a request waits for. The gateway has it counted, and cannot write it.
 */
const countOperations: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table operation_use (
        day date not null,
        digest text not null,
        client text not null,
        times bigint not null,
        last_used timestamptz(3) not null,
        primary key (day, digest, client)
      )`.execute(db)
    await sql`
      create table operation_use_cursor (
        is_it boolean primary key default true check (is_it),
        xid xid8 not null,
        position bigint not null
      )`.execute(db)
    await sql`
      insert into operation_use_cursor (xid, position)
      select coalesce(first.xid, '0'), coalesce(first.position, 0) from (values (0)) as one
      left join lateral (
        select xid, position - 1 as position from audit_entry
        where recorded_at >= now() - interval '40 days' order by xid, position limit 1
      ) as first on true`.execute(db)
    await sql`
      create function audit_count_operations(most integer) returns boolean language plpgsql
      security definer set search_path = public, pg_temp as $$
      declare
        seen operation_use_cursor;
        last operation_use_cursor;
      begin
        select * into seen from operation_use_cursor for update;
        with next as materialized (
          select xid, position, recorded_at, kind, user_id, body from audit_entry
          where (xid, position) > (seen.xid, seen.position)
            and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by xid, position limit most
        ), counted as (
          insert into operation_use as known (day, digest, client, times, last_used)
          select (recorded_at at time zone 'UTC')::date, operation ->> 'digest',
            left(coalesce(nullif(client ->> 'name', ''), 'unnamed'), 100),
            count(distinct (xid, "requestId")), max(recorded_at)
          from next, json_to_record(body) as told (operation json, client json, "requestId" text)
          where kind = 'ACCESS' and user_id is not null and operation ->> 'digest' is not null
          group by 1, 2, 3
          on conflict (day, digest, client) do update
            set times = known.times + excluded.times,
              last_used = greatest(known.last_used, excluded.last_used)
        )
        select true, (array_agg(xid order by xid desc, position desc))[1],
          (array_agg(position order by xid desc, position desc))[1]
        into last from next;
        if last.xid is null then return false; end if;
        update operation_use_cursor set xid = last.xid, position = last.position;
        return true;
      end $$`.execute(db)
    await sql`revoke all on function audit_count_operations from public`.execute(db)
  },
}

/** In the order in which they run. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-create-trail': createTrail,
  '0002-keep-entries': keepEntries,
  '0003-make-months': makeMonths,
  '0004-count-operations': countOperations,
}
