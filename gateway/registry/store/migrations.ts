import { type Kysely, type Migration, sql } from 'kysely'
import { migrate } from '../../../subgraphs/kit/store/migrate.ts'
import type { RegistryDatabase } from './tables.ts'

const createRegistry: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table registry_admitted (
        code text primary key,
        description jsonb not null,
        admitted_at timestamptz(3) not null
      )`.execute(db)
    await sql`
      create table registry_publisher (
        id bigint generated always as identity primary key,
        token_hash bytea not null unique,
        participant text not null,
        name text not null,
        origins jsonb not null,
        created_at timestamptz(3) not null,
        revoked_at timestamptz(3)
      )`.execute(db)
    await sql`
      create table registry_publication (
        id bigint generated always as identity primary key,
        participant text not null,
        sdl text not null,
        url text not null,
        outcome text not null check (outcome in ('PUBLISHED', 'REFUSED')),
        results jsonb not null,
        published_by text not null,
        published_at timestamptz(3) not null
      )`.execute(db)
    await sql`
      create index registry_publication_of on registry_publication (participant, id)`.execute(db)
    await sql`
      create table registry_version (
        number integer generated always as identity primary key,
        base text not null,
        supergraph text not null,
        members jsonb not null,
        cause text not null,
        made_by text not null,
        made_at timestamptz(3) not null
      )`.execute(db)
    await sql`create index registry_version_of on registry_version (base, number)`.execute(db)
  },
}

/** History tells what was: it is kept from mistakes as well. */
const keepHistory: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create function registry_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the history of the registry is never changed' using errcode = '42501';
      end $$`.execute(db)
    for (const table of ['registry_publication', 'registry_version']) {
      await sql`
        create trigger is_kept before update or delete or truncate on ${sql.table(table)}
        for each statement execute function registry_refuse_change()`.execute(db)
    }
  },
}

const createChanges: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table registry_changes (
        version integer primary key references registry_version,
        changes jsonb not null
      )`.execute(db)
  },
}

const createOperations: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table registry_team (
        id bigint generated always as identity primary key,
        token_hash bytea not null unique,
        name text not null,
        created_at timestamptz(3) not null,
        revoked_at timestamptz(3)
      )`.execute(db)
    await sql`
      create table registry_operation (
        id bigint generated always as identity primary key,
        team text not null,
        digest text not null,
        text text not null,
        name text not null,
        type text not null check (type in ('query', 'mutation')),
        manifest_id text not null,
        registered_at timestamptz(3) not null,
        retired_at timestamptz(3)
      )`.execute(db)
    await sql`
      create unique index registry_operation_in_force on registry_operation (team, digest)
      where retired_at is null`.execute(db)
    await sql`
      create table registry_manifest (
        id bigint generated always as identity primary key,
        team text not null,
        operations integer not null,
        added integer not null,
        retired integer not null,
        taken_at timestamptz(3) not null
      )`.execute(db)
  },
}

/**
 * Brings the registry's part of the gateway's database to the present schema. Safe to call from
 * several processes at once.
 *
 * @throws with the failing migration's own error as `cause`
 */
export async function migrateRegistry(db: Kysely<RegistryDatabase>): Promise<void> {
  await migrate(
    db,
    'The registry',
    {
      '0001-create-registry': createRegistry,
      '0002-keep-history': keepHistory,
      '0003-create-changes': createChanges,
      '0004-create-operations': createOperations,
    },
    'registry',
  )
}
