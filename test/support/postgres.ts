import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of one test's own. */
export interface TestDatabase {
  /** `postgres://user:password@host:port/database` */
  readonly url: string
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>
}

/**
 * Makes an empty, uniquely named database.
 *
 * @param postgresUrl of a PostgreSQL, as its owner; the run's own (see global-postgres.ts) when left out
 */
export async function createDatabase(postgresUrl = inject('postgresUrl')): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(postgresUrl, `create database ${name} strategy file_copy`)
  const url = new URL(postgresUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => execute(postgresUrl, `drop database if exists ${name} with (force)`),
  }
}

async function execute(postgresUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A role that may connect and do nothing else, until somebody grants it something. */
export async function createRole(
  databaseUrl: string,
): Promise<{ readonly role: string; readonly url: string }> {
  const url = new URL(databaseUrl)
  url.username = ORDINARY_ROLE
  url.password = ORDINARY_ROLE
  await execute(
    databaseUrl,
    `
    do $$ begin
      create role ${ORDINARY_ROLE} login password '${ORDINARY_ROLE}';
    exception when duplicate_object or unique_violation then null;
    end $$`,
  )
  return { role: ORDINARY_ROLE, url: url.href }
}

const ORDINARY_ROLE = 'lcr_test_ordinary'
