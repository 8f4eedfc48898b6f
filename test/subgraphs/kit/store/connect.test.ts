import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, poolOf, until } from '../../../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../../../support/postgres.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

it('A connection that is cut between two statements fails what it was for, and nothing else', async () => {
  const db = connect(database.url, 1)
  const other = connect(database.url, 1)
  const transaction = db.transaction().execute(async (begun) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(begun)
    const pid = rows[0]?.pid
    await sql`select pg_terminate_backend(${pid})`.execute(other)
    for (let left = 1; left > 0; ) {
      const { rows: still } = await sql`
        select from pg_stat_activity where pid = ${pid}`.execute(other)
      left = still.length
    }
    // Let the end of the connection arrive.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await sql`select 1`.execute(begun)
  })
  await expect(transaction).rejects.toThrow()
  expect((await sql`select 1`.execute(db)).rows).toHaveLength(1)
  await Promise.all([db.destroy(), other.destroy()])
})

it('A database that was used for requests alone leaves no connection when it is closed', async () => {
  const db = connect<unknown>(database.url)
  await sql`select 1`.execute(until(db, new AbortController().signal))
  await db.destroy()
  await db.destroy()
  expect(poolOf(db).totalCount).toBe(0)
})
