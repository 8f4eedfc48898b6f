import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPrivilegeProblems } from '../../../gateway/audit/store/prepare.ts'
import type { AuditDatabase } from '../../../gateway/audit/store/tables.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { createDatabase, createRole, type TestDatabase } from '../../support/postgres.ts'
import { lcrAudit } from './lcr-audit.ts'

let database: TestDatabase
let writer: { readonly role: string; readonly url: string }
beforeEach(async () => {
  database = await createDatabase()
  writer = await createRole(database.url)
})
afterEach(() => database.drop())

const prepare = (ownerUrl: string, role: string) =>
  lcrAudit('none', ['prepare', '--owner-url', ownerUrl, '--writer', role])

describe('lcr audit prepare', () => {
  it('makes a database the audit store, which the gateway may add to and not change', async () => {
    const prepared = await prepare(database.url, writer.role)
    expect(prepared).toEqual({
      code: 0,
      out: `The audit store is ready: ${writer.role} may add to it and read it.\n`,
      err: '',
    })
    const db = connect<AuditDatabase>(writer.url, 1)
    const problems = await findPrivilegeProblems(db)
    await db.destroy()
    expect(problems).toEqual([])
    expect(await prepare(database.url, writer.role)).toEqual(prepared)
  })

  it('says when there is no such role', async () => {
    expect(await prepare(database.url, 'nobody_at_all')).toEqual({
      code: 2,
      out: '',
      err: "lcr audit prepare: there is no role 'nobody_at_all': create it first, without any right\n",
    })
  })

  it('refuses a role that could change what it has written', async () => {
    const owner = decodeURIComponent(new URL(database.url).username)
    const { code, err } = await prepare(database.url, owner)
    expect(code).toBe(2)
    expect(err).toContain('is a superuser, who can change every entry')
    const { err: ofItself } = await prepare(writer.url, writer.role)
    expect(ofItself).toContain("has the owner's rights and could change entries")
  })

  it('says when somebody else owns the store', async () => {
    await prepare(database.url, writer.role)
    const { code, err } = await prepare(writer.url, 'pg_monitor')
    expect(code).toBe(2)
    expect(err).toContain('does not own the audit store')
  })

  it('says when the database does not answer', async () => {
    expect(await prepare('postgres://a@127.0.0.1:1/a', 'gateway')).toEqual({
      code: 2,
      out: '',
      err: 'lcr audit prepare: the database does not answer\n',
    })
  })
})
