import type { Kysely } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  askNationally,
  type NationalAsking,
} from '../../../../subgraphs/index/national/ask-nationally.ts'
import { createNationalService } from '../../../../subgraphs/index/national/create-national-service.ts'
import { findKept, keepAnswer } from '../../../../subgraphs/index/national/kept-answers.ts'
import type { NationalService } from '../../../../subgraphs/index/national/national-answer.ts'
import { migrateIndex } from '../../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../../subgraphs/index/store/tables.ts'
import { connect } from '../../../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../../../support/postgres.ts'
import { type PdsTestServer, send, startPdsTestServer } from './pds-test-server.ts'

const KNOWN = '9990001006'
const SUPERSEDED = '9990001022'
const SUPERSEDING = '9990001030'
const RESTRICTED = '9990001049'
const NOT_FOUND = '9990001138'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let database: TestDatabase
let db: Kysely<IndexDatabase>
let pds: PdsTestServer
let service: NationalService
let now: Date
let asking: NationalAsking

beforeAll(async () => {
  database = await createDatabase()
  db = connect<IndexDatabase>(database.url, 4)
  await migrateIndex(db)
})

afterAll(async () => {
  await db.destroy()
  await database.drop()
})

beforeEach(async () => {
  now = new Date('2026-12-01T12:00:00Z')
  const clock = () => now
  pds = await startPdsTestServer(clock)
  service = createNationalService(pds.options, { clock })
  asking = { db, service, clock, freshForMs: DAY, keptForMs: 7 * DAY }
})

afterEach(async () => {
  await service.close()
  await pds.close()
  await db.deleteFrom('national_patient').execute()
})

function ask(nhsNumber: string) {
  return askNationally(asking, nhsNumber, new AbortController().signal)
}

function pass(ms: number): void {
  now = new Date(now.getTime() + ms)
}

function fail(): void {
  pds.meddle((_, response) => {
    send(response, 503, {})
    return true
  })
}

describe('The national word on a number', () => {
  it('is asked for once a day, and is the same when it is kept', async () => {
    const first = await ask(KNOWN)
    expect(first).toMatchObject({
      state: 'FRESH',
      askedAt: now,
      answer: {
        outcome: 'KNOWN',
        nhsNumber: KNOWN,
        demographics: { name: { family: 'Marlowe' }, birthDate: '1971-09-14' },
        practice: { odsCode: 'F84001', startsAt: new Date('2019-03-31T23:00:00Z') },
      },
    })
    pass(DAY - MINUTE)
    expect(await ask(KNOWN)).toEqual(first)
    expect(pds.seen).toHaveLength(1)
    pass(MINUTE)
    expect(await ask(KNOWN)).toEqual({ ...first, askedAt: now })
    expect(pds.seen).toHaveLength(2)
  })

  it('that nobody has it is asked for again after an hour', async () => {
    expect(await ask(NOT_FOUND)).toEqual({
      state: 'FRESH',
      answer: { outcome: 'UNKNOWN' },
      askedAt: now,
    })
    pass(HOUR - MINUTE)
    await ask(NOT_FOUND)
    expect(pds.seen).toHaveLength(1)
    pass(MINUTE)
    await ask(NOT_FOUND)
    expect(pds.seen).toHaveLength(2)
  })

  it('is the kept one for a week while the service is away, and says so', async () => {
    const first = await ask(KNOWN)
    fail()
    pass(7 * DAY)
    expect(await ask(KNOWN)).toEqual({ ...first, state: 'KEPT' })
    pass(MINUTE)
    expect(await ask(KNOWN)).toEqual({
      state: 'AWAY',
      answer: { outcome: 'AWAY', code: 'FAILED' },
    })
  })

  it('is none while the service is away and nothing is kept, and none is kept of that', async () => {
    fail()
    expect(await ask(KNOWN)).toMatchObject({ state: 'AWAY', answer: { code: 'FAILED' } })
    pds.meddle()
    expect(await ask(KNOWN)).toMatchObject({ state: 'FRESH', answer: { outcome: 'KNOWN' } })
  })

  it('replaces what was said before: a record that is invalidated is no longer known', async () => {
    await ask(KNOWN)
    const details = { coding: [{ code: 'INVALIDATED_RESOURCE' }] }
    pds.meddle((_, response) => {
      send(response, 404, { resourceType: 'OperationOutcome', issue: [{ details }] })
      return true
    })
    pass(DAY)
    expect(await ask(KNOWN)).toMatchObject({ state: 'FRESH', answer: { outcome: 'UNKNOWN' } })
    fail()
    pass(2 * HOUR)
    expect(await ask(KNOWN)).toMatchObject({ state: 'KEPT', answer: { outcome: 'UNKNOWN' } })
  })

  it('on a superseded number is one on the number in force as well', async () => {
    const word = await ask(SUPERSEDED)
    expect(word).toMatchObject({ answer: { nhsNumber: SUPERSEDING } })
    expect(await ask(SUPERSEDING)).toEqual(word)
    expect(pds.seen).toHaveLength(1)
  })

  it('keeps that a patient is sensitive, and no location', async () => {
    await ask(RESTRICTED)
    expect(await ask(RESTRICTED)).toMatchObject({
      answer: { isSensitive: true, practice: null, demographics: { addresses: [] } },
    })
    expect(pds.seen).toHaveLength(1)
  })

  it('is the same for all who ask at the same time, by either number', async () => {
    const numbers = Array.from({ length: 8 }, (_, at) => (at % 2 ? SUPERSEDED : SUPERSEDING))
    const words = await Promise.all(numbers.map(ask))
    for (const word of words) expect(word).toEqual(words[0])
  })

  it('is no longer waited for when the one who asks is gone', async () => {
    pds.meddle(() => true)
    const gone = AbortSignal.timeout(50)
    await expect(askNationally(asking, KNOWN, gone)).rejects.toThrow(/timeout/)
  })
})

describe('What is kept', () => {
  it('is found for many numbers at once, without asking', async () => {
    await ask(KNOWN)
    await ask(NOT_FOUND)
    const asked = pds.seen.length
    const kept = await findKept(db, [KNOWN, NOT_FOUND, RESTRICTED], new Date(now.getTime() - DAY))
    expect([...kept.keys()].sort()).toEqual([KNOWN, NOT_FOUND])
    expect(kept.get(KNOWN)).toMatchObject({ askedAt: now, answer: { outcome: 'KNOWN' } })
    expect(kept.get(NOT_FOUND)).toEqual({ askedAt: now, answer: { outcome: 'UNKNOWN' } })
    expect(await findKept(db, [], now)).toEqual(new Map())
    expect(await findKept(db, [KNOWN], new Date(now.getTime() + 1))).toEqual(new Map())
    expect(pds.seen).toHaveLength(asked)
  })

  it('is not replaced by an answer to an earlier question', async () => {
    await ask(KNOWN)
    const earlier = new Date(now.getTime() - MINUTE)
    await keepAnswer(db, KNOWN, { answer: { outcome: 'UNKNOWN' }, askedAt: earlier })
    const kept = await findKept(db, [KNOWN], earlier)
    expect(kept.get(KNOWN)).toMatchObject({ askedAt: now, answer: { outcome: 'KNOWN' } })
  })

  it('is removed once it is too old to be used', async () => {
    await ask(KNOWN)
    await ask(SUPERSEDED)
    pass(7 * DAY + MINUTE)
    await ask(RESTRICTED)
    const rows = await db.selectFrom('national_patient').select('nhs_number').execute()
    expect(rows).toEqual([{ nhs_number: RESTRICTED }])
  })
})
