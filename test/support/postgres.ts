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

/** Makes an empty, uniquely named database in the run's PostgreSQL (see global-postgres.ts). */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(`create database ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => execute(`drop database if exists ${name} with (force)`),
  }
}

async function execute(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A role of the whole run that may connect and do nothing else, until somebody grants it something. */
export async function createRole(
  databaseUrl: string,
): Promise<{ readonly role: string; readonly url: string }> {
  const url = new URL(databaseUrl)
  url.username = ORDINARY_ROLE
  url.password = ORDINARY_ROLE
  await execute(`
    do $$ begin
      create role ${ORDINARY_ROLE} login password '${ORDINARY_ROLE}';
    exception when duplicate_object or unique_violation then null;
    end $$`)
  return { role: ORDINARY_ROLE, url: url.href }
}

const ORDINARY_ROLE = 'lcr_test_ordinary'
