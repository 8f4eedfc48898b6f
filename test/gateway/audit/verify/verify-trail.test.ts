import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLocalJWKSet } from 'jose'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '../../../../gateway/audit/verify/verify-trail.ts'
import { accessEvent, createAuditStore, type TestAuditStore } from '../../../support/audit.ts'
import { createClock, operation, readRows, writeEvents } from './stored-trail.ts'

let store: TestAuditStore
beforeEach(async () => {
  store = await createAuditStore()
})
afterEach(() => store.remove())

const verify = (anchorFolders: readonly string[] = [store.anchors]) =>
  verifyTrail({ db: store.owner, keys: createLocalJWKSet(store.keys.gateway.jwks), anchorFolders })

/** Resolves once a chain's anchor names a batch that the store has not taken. */
async function untilUnderway(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setImmediate(resolve))
}

describe('Verifying the trail', () => {
  it('finds nothing in an empty store', async () => {
    expect(await verify([])).toEqual({
      chains: 0,
      entries: 0,
      checkpoints: 0,
      breaks: [],
      uncheckedEnds: [],
      absentFolders: [],
    })
  })

  it('finds nothing in the chains of a process that has ended and of one that runs', async () => {
    const clock = createClock('2026-10-30T12:00:00.000Z')
    const ended = await store.open({ clock: clock.now })
    await writeEvents(ended, clock, { batches: 10, each: 3, seconds: 8000 })
    await ended.close()
    const running = await store.open({ clock: clock.now })
    await writeEvents(running, clock, { batches: 9, each: 3, seconds: 1 })
    const found = await verify()
    await running.close()
    expect(found).toMatchObject({ chains: 2, breaks: [], uncheckedEnds: [], absentFolders: [] })
    expect(found.entries).toBe(1 + 30 + 10 + 1 + 1 + 27)
    expect(found.checkpoints).toBe(11)
  })

  it('says of which chains the end cannot be checked, and which folder of anchors is absent', async () => {
    const trail = await store.open()
    await trail.commit([accessEvent()])
    const absent = join(store.anchors, 'absent')
    const found = await verify([absent])
    const [last] = (await readRows(store)).slice(-1)
    expect(found).toMatchObject({
      breaks: [],
      absentFolders: [absent],
      uncheckedEnds: [{ writer: last?.writer, last: 2, signedTo: 0 }],
    })
    await trail.close()
  })

  it('knows the end of a chain that was signed as ended without its anchor', async () => {
    const trail = await store.open()
    await trail.commit([accessEvent()])
    await trail.close()
    expect(await verify([])).toMatchObject({ entries: 3, breaks: [], uncheckedEnds: [] })
  })

  it('passes at every moment while gateways are writing', async () => {
    const trails = await Promise.all([store.open(), store.open()])
    let isDone = false
    const writing = trails.map(async (trail) => {
      for (let batch = 0; batch < 150; batch += 1) {
        await Promise.all([trail.commit([accessEvent()]), trail.commit([accessEvent()])])
      }
    })
    const written = Promise.all(writing).then(() => {
      isDone = true
    })
    let passed = 0
    while (!isDone) {
      const { breaks } = await verify()
      expect(breaks).toEqual([])
      passed += 1
      if (passed % 3 === 0) trails.push(await store.open())
    }
    await written
    await Promise.all(trails.map((trail) => trail.close()))
    const { breaks, uncheckedEnds } = await verify()
    expect({ breaks, uncheckedEnds }).toEqual({ breaks: [], uncheckedEnds: [] })
    expect(passed).toBeGreaterThan(2)
  })

  it('passes after a crash, whether the batch under way had been committed or not', async () => {
    const trail = await store.open()
    await trail.commit([accessEvent()])
    const [file = ''] = await readdir(store.anchors)
    const crashed = join(store.anchors, '..', 'crashed')
    await mkdir(crashed)
    const pending = await store.owner.transaction().execute(async (lock) => {
      await sql`lock table audit_entry in share row exclusive mode`.execute(lock)
      const committing = trail.commit([accessEvent(), accessEvent()])
      await untilUnderway(async () => {
        await copyFile(join(store.anchors, file), join(crashed, file))
        const { rows } = await sql<{ waits: boolean }>`
          select exists (select from pg_locks where not granted and relation = 'audit_entry'::regclass)
            as waits`.execute(lock)
        return rows[0]?.waits === true
      })
      await copyFile(join(store.anchors, file), join(crashed, file))
      expect(await verify([crashed])).toMatchObject({ entries: 2, breaks: [] })
      return { committing }
    })
    await pending.committing
    expect(await verify([crashed])).toMatchObject({ entries: 4, breaks: [] })
    await trail.commit([accessEvent()])
    const [broken] = (await verify([crashed])).breaks
    expect(broken).toMatchObject({ sequence: 5, following: 0 })
    await trail.close()
    await rm(crashed, { recursive: true })
  })

  it('finds a column for searching that no longer says what the entry says', async () => {
    const trail = await store.open()
    await trail.commit([accessEvent(), accessEvent()])
    await trail.close()
    for (const statement of [
      'alter table audit_entry disable trigger is_kept',
      'alter table audit_entry alter column user_id drop expression',
      "update audit_entry set user_id = 'nobody' where sequence = 3",
    ]) {
      await sql.raw(statement).execute(store.owner)
    }
    expect((await verify()).breaks).toMatchObject([
      { sequence: 3, problem: 'was changed: column user_id does not say what its body says' },
    ])
  })

  it('finds a month that was taken away', async () => {
    const clock = createClock('2026-10-31T22:00:00.000Z')
    const trail = await store.open({ clock: clock.now })
    await writeEvents(trail, clock, { batches: 4, each: 1, seconds: 3600 })
    await trail.close()
    await sql`drop table audit_entry_2026_10`.execute(store.owner)
    expect((await verify()).breaks).toMatchObject([
      { sequence: 1, recordedAt: expect.stringMatching(/^2026-11-01T00/) },
    ])
  })

  it('finds an operation whose text was changed', async () => {
    const { digest, text } = operation('query Summary { patient { name { text } } }')
    await sql`insert into operation values (${digest}, ${text})`.execute(store.owner)
    expect((await verify()).breaks).toEqual([])
    await sql`alter table operation disable trigger is_kept`.execute(store.owner)
    await sql`update operation set text = 'query Nothing { serviceStatus }'`.execute(store.owner)
    expect((await verify()).breaks).toMatchObject([
      {
        writer: null,
        problem: `The text of operation ${digest} was changed: it has another digest`,
      },
    ])
  })
})
