import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Rule } from '../../../../gateway/governance/alerts/rules/rule.ts'
import { rules } from '../../../../gateway/governance/alerts/rules/rules.ts'
import { CommonNames } from '../../../../gateway/governance/alerts/watcher/common-names.ts'
import { takeBatch } from '../../../../gateway/governance/alerts/watcher/take-batch.ts'
import { eventually } from '../../../cli/start/system.ts'
import {
  ADA,
  BERNARD,
  createTestGovernance,
  GEORGE,
  KWAME,
  type TestGovernance,
} from '../test-governance.ts'
import { type Event, patients, toEvent, type Watch, watch } from './watch.ts'

let london: TestGovernance
let watched: Watch

beforeAll(async () => {
  london = await createTestGovernance()
})
beforeEach(async () => {
  await london.clear()
  watched = await watch(london)
})
afterEach(() => watched.close())
afterAll(() => london.close())

/** So many looks at different patients, so many seconds apart. */
function round(count: number, seconds: number, event: Event = {}): Event[] {
  const from = Date.parse(event.at ?? '2026-11-02T10:00:00.000Z')
  return patients(count).map((nhsNumber, place) => ({
    ...event,
    nhsNumber,
    at: new Date(from + place * seconds * 1000).toISOString(),
  }))
}

const PRACTICE = { odsCode: 'Y02633', organisationName: 'A practice', participant: 'nel' }

describe('A look at a record', () => {
  it('is flagged with who looked, at whom and when, as things were at the time', async () => {
    await watched.know(ADA, 'Ada', 'Adeyemi')
    const event = crypto.randomUUID()
    await watched.see({ event })
    expect(await watched.alerts()).toEqual([
      {
        reference: expect.stringMatching(/^PA(-[\dA-Z]{4}){3}$/),
        rule: 'SAME_SURNAME',
        event,
        claim_id: null,
        alert_type: null,
        alert_reason: null,
        participant: 'sel',
        raised_at: new Date('2026-11-02T12:00:00.000Z'),
        occurred_at: new Date('2026-11-02T10:15:00.000Z'),
        state: 'OPEN',
        user_id: '555000000002',
        user_name: 'Dr Tom Adeyemi',
        role_code: 'R0050',
        role_name: 'Consultant',
        ods_code: 'RJZ',
        organisation_name: "King's College Hospital NHS Foundation Trust",
        nhs_number: ADA,
        facts: {},
      },
    ])
  })

  it('is told to the log by the reference alone: no patient, no user', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    await watched.see({})
    const [alert] = await watched.alerts()
    const lines = watched.log.filter((line) => line.includes('privacy alert'))
    expect(lines).toHaveLength(1)
    const { time: _time, pid: _pid, hostname: _hostname, ...said } = JSON.parse(lines[0] ?? '')
    expect(said).toEqual({
      level: 30,
      reference: alert?.reference,
      msg: 'A privacy alert is raised',
    })
  })

  it('is flagged by what any of the patient’s numbers tells', async () => {
    await london.putPatient('nel', KWAME.before, { superseded_by: KWAME.now })
    await watched.know(KWAME.now, 'Kwame', 'Boateng')
    await london.db
      .insertInto('staff_member')
      .values({
        participant: 'sel',
        user_id: '555000000002',
        nhs_number: KWAME.before,
        ods_code: 'RJZ',
      })
      .execute()
    await watched.see({ nhsNumber: KWAME.now })
    expect(await watched.alerts()).toMatchObject([
      { rule: 'OWN_RECORD', nhs_number: KWAME.now, facts: { basis: 'STAFF_REGISTER' } },
    ])
  })

  it('at a colleague’s record is flagged, whichever participant lists the colleague', async () => {
    await london.db
      .insertInto('staff_member')
      .values({ participant: 'sel', user_id: '555000000009', nhs_number: ADA, ods_code: 'RJZ' })
      .execute()
    await watched.see({}, { nhsNumber: BERNARD }, { user: { odsCode: 'RJ1' } })
    expect(await watched.alerts()).toMatchObject([{ rule: 'COLLEAGUE_RECORD', ods_code: 'RJZ' }])
  })

  it('is flagged once a day, however often it comes', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    const at = (time: string) => ({ at: `2026-11-${time}Z` })
    await watched.see(at('02T10:00:00'), at('02T10:00:01'), at('03T09:59:59'))
    expect(await watched.rules()).toEqual(['OWN_RECORD'])
    await watched.see(at('03T10:00:00'), at('03T10:00:01'))
    expect(await watched.rules()).toEqual(['OWN_RECORD', 'OWN_RECORD'])
  })

  it('is flagged for each patient and each user', async () => {
    await watched.know(ADA, 'Ada', 'Adeyemi')
    await watched.know(BERNARD, 'Bernard', 'Adeyemi')
    const another = { userId: '555000000003', name: 'Sister Joy Adeyemi' }
    await watched.see({}, { nhsNumber: BERNARD }, { user: another })
    expect(await watched.rules()).toEqual(['SAME_SURNAME', 'SAME_SURNAME', 'SAME_SURNAME'])
  })
})

describe('Nothing is flagged', () => {
  it.each<[string, Event]>([
    ['a search that found a namesake', { category: 'SEARCH', action: 'findPatients' }],
    ['an objection that is recorded', { category: 'OBJECTION', action: 'recordObjection' }],
    ['a privacy officer’s look at the trail', { category: 'AUDIT', action: 'accessEvents' }],
    ['a claim, which is flagged when it is made', { category: 'EMERGENCY_ACCESS' }],
    ['something about no patient', { nhsNumber: null }],
    ['a request without a genuine token', { user: null, refusal: 'UNAUTHENTICATED' }],
    ['somebody of no participant', { user: { participant: null, organisationName: null } }],
  ])('for %s', async (_what, event) => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    await watched.see(event)
    expect(await watched.alerts()).toEqual([])
  })

  it('for a family name that more than ten, and more than 1 in 200, bear', async () => {
    const [eleventh = '', ...ten] = patients(11)
    for (const number of ten) await watched.know(number, 'Ada', 'Adeyemi')
    await watched.see({ nhsNumber: ten[0] ?? '' })
    expect(await watched.rules()).toEqual(['SAME_SURNAME'])

    await watched.know(eleventh, 'Ada', 'Adeyemi')
    await watched.trail.commit([toEvent({ nhsNumber: ten[1] ?? '' })])
    await watched.another().whenCaughtUp()
    expect(await watched.rules()).toEqual(['SAME_SURNAME'])
  })

  it('when a patient is opened sixty times', async () => {
    const sixtyOne = round(61, 10).map((event) => ({ ...event, nhsNumber: GEORGE }))
    await watched.see(...sixtyOne)
    expect(await watched.alerts()).toEqual([])
  })

  it('when sixty patients are opened in an hour, and the next one after it', async () => {
    await watched.see(...round(61, 60))
    expect(await watched.alerts()).toEqual([])
  })

  it('when a nurse at a hospital opens many records at night', async () => {
    await watched.see(...round(20, 60, { at: '2026-11-02T23:00:00.000Z' }))
    expect(await watched.alerts()).toEqual([])
  })

  it('when a practice opens records until late and again early', async () => {
    const evening = round(2, 60, { at: '2026-11-02T22:30:00.000Z', user: PRACTICE })
    const morning = round(9, 60, { at: '2026-11-03T06:00:00.000Z', user: PRACTICE })
    await watched.see(...evening, ...morning)
    expect(await watched.alerts()).toEqual([])
  })
})

describe('A pattern', () => {
  it('of more than sixty patients in an hour is flagged once, whatever the batches', async () => {
    const events = round(130, 20)
    await watched.see(...events.slice(0, 45))
    expect(await watched.alerts()).toEqual([])
    await watched.see(...events.slice(45))
    expect(await watched.alerts()).toMatchObject([
      {
        rule: 'UNUSUAL_VOLUME',
        nhs_number: null,
        occurred_at: new Date('2026-11-02T10:20:00.000Z'),
        facts: { patients: 61, withinMinutes: 60, usual: 60 },
      },
    ])
  })

  it('of a practice at night is flagged once a night', async () => {
    const night = (at: string) => round(5, 600, { at, user: PRACTICE })
    await watched.see(...night('2026-11-02T23:00:00.000Z'))
    await watched.see(...night('2026-11-03T05:00:00.000Z'), ...night('2026-11-03T22:00:00.000Z'))
    expect(await watched.alerts()).toMatchObject([
      { rule: 'OUT_OF_HOURS', participant: 'nel', facts: { patients: 3, nightOf: '2026-11-02' } },
      { rule: 'OUT_OF_HOURS', participant: 'nel', facts: { patients: 3, nightOf: '2026-11-03' } },
    ])
  })

  it('is remembered for some hours and no longer', async () => {
    await watched.see(...round(5, 60))
    await watched.see({ at: '2026-11-03T10:00:00.000Z' })
    const kept = await london.db.selectFrom('recent_opening').select('nhs_number').execute()
    expect(kept).toEqual([{ nhs_number: ADA }])
  })
})

describe('Following the trail', () => {
  it('raises nothing twice when the same is judged once more', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    await watched.see({ nhsNumber: BERNARD })
    const { xid, position } = await london.db
      .selectFrom('alert_cursor')
      .selectAll()
      .executeTakeFirstOrThrow()
    await watched.see({}, ...round(61, 20))
    const before = await watched.alerts()
    expect(before.map(({ rule }) => rule)).toEqual(['OWN_RECORD', 'UNUSUAL_VOLUME'])

    await london.db.updateTable('alert_cursor').set({ xid, position }).execute()
    await london.db.deleteFrom('recent_opening').execute()
    await watched.see()
    expect(await watched.alerts()).toEqual(before)
  })

  it('by several processes at once raises each alert once', async () => {
    const families = patients(40).map((number, place) => [number, `Adeyemi${'o'.repeat(place)}`])
    const events: Event[] = []
    for (const [nhsNumber = '', family = ''] of families) {
      await watched.know(nhsNumber, 'Ada', family)
      events.push({ nhsNumber, user: { name: `Dr Tom ${family}` } })
    }
    await watched.trail.commit(events.map(toEvent))
    const processes = Array.from({ length: 4 }, () => watched.another())
    await Promise.all(processes.map((one) => one.whenCaughtUp()))
    expect(await watched.rules()).toEqual(families.map(() => 'SAME_SURNAME'))
  })

  it('writes alerts and its place in the trail together, or neither', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    const place = () => london.db.selectFrom('alert_cursor').selectAll().execute()
    await watched.see({ nhsNumber: BERNARD })
    const before = await place()
    await london.without('recent_opening', () => expect(watched.see({})).rejects.toThrow())
    expect(await place()).toEqual(before)
    expect(await watched.alerts()).toEqual([])

    await watched.see()
    expect(await watched.rules()).toEqual(['OWN_RECORD'])
    expect(await place()).not.toEqual(before)
  })

  it('waits for what a running transaction may still write before', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    await watched.see({ nhsNumber: BERNARD })
    const { owner } = london.audit
    const follower = watched.another()
    let caughtUp: Promise<void> = Promise.resolve()
    await owner.transaction().execute(async (early) => {
      await sql`select pg_current_xact_id()`.execute(early)
      await watched.trail.commit([toEvent({})])
      let isDone = false
      caughtUp = follower.whenCaughtUp().then(() => {
        isDone = true
      })
      await sql`select 1`.execute(london.db)
      expect(isDone).toBe(false)
    })
    await caughtUp
    expect(await watched.rules()).toEqual(['OWN_RECORD'])
  })
})

describe('What fails', () => {
  it('is logged without naming anybody, tried again, and not lost', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    const said = (words: string) => watched.log.filter((line) => line.includes(words))
    await london.without('staff_member', async () => {
      watched.another({ intervalMs: 20 })
      await watched.trail.commit([toEvent({})])
      await eventually(async () => said('cannot be followed').length > 1)
    })
    await eventually(async () => (await watched.rules()).length > 0)
    expect(await watched.rules()).toEqual(['OWN_RECORD'])
    expect(said('is followed again')).toHaveLength(1)
    expect(said('cannot be followed').join()).toContain('"problem":"42P01"')
    expect(watched.log.join()).not.toMatch(/999 ?000|555000000002|Adeyemi/)
  })

  it('holds up no other process: who finds one at work goes on without it', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    const taken = { db: london.db as never, audit: watched.trail.db, clock: () => new Date() }
    const judging = { rules, participants: () => [], patientsPerHour: 60, logger: { error() {} } }
    const commonNames = new CommonNames(london.db as never)
    await watched.trail.commit([toEvent({})])
    await london.db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended('privacy alerts', 0))`.execute(
        transaction,
      )
      expect(await takeBatch({ ...taken, ...judging, commonNames })).toEqual({
        cursor: null,
        hasMore: false,
        raised: [],
      })
    })
    // Another test's transaction may hold the reading back for a while: it runs on the same PostgreSQL.
    const raised: string[] = []
    await eventually(async () => {
      raised.push(...(await takeBatch({ ...taken, ...judging, commonNames })).raised)
      return raised.length > 0
    })
    expect(raised).toEqual([expect.stringMatching(/^PA-/)])
  })
})

describe('A rule that breaks', () => {
  const breaking: Rule = {
    name: 'COLLEAGUE_RECORD',
    explanation: 'Breaks.',
    find() {
      throw new TypeError('999 000 0018 is no colleague')
    },
  }

  it('stops no other, and is itself flagged: once a day for each user', async () => {
    await watched.know(ADA, 'Tom', 'Adeyemi')
    const broken = [breaking, ...rules.filter(({ name }) => name !== 'COLLEAGUE_RECORD')]
    const follower = watched.another({ rules: broken })
    await watched.trail.commit([toEvent({}), toEvent({ nhsNumber: BERNARD })])
    await follower.whenCaughtUp()
    expect(await watched.alerts()).toMatchObject([
      { rule: 'OWN_RECORD', nhs_number: ADA },
      { rule: 'RULE_FAILED', nhs_number: null, facts: { rules: 'COLLEAGUE_RECORD' } },
    ])
    const lines = watched.log.filter((line) => line.includes('A rule broke'))
    expect(lines).toHaveLength(2)
    expect(lines.join()).toContain('"problem":"TypeError"')
    expect(lines.join()).not.toMatch(/999 ?000|555000000002|Adeyemi/)
  })
})
