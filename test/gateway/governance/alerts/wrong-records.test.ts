import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADA, createTestGovernance, KWAME, type TestGovernance } from '../test-governance.ts'
import { ELSEWHERE, OFFICER, officersOf } from './officers.ts'
import { type Event, toEvent, type Watch, watch } from './watch.ts'

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

/** A look at a record, and what came of asking the sources. */
async function look(sources: Record<string, string>, event: Event = {}): Promise<string> {
  const access = toEvent(event)
  await watched.see({ ...event, event: access.event })
  await watched.trail.commit([
    {
      kind: 'OUTCOME',
      event: access.event,
      at: access.at,
      durationMs: 20,
      sources,
      items: {},
      errors: [],
    },
  ])
  await watched.see()
  return access.event
}

describe('A record that was kept out because it seemed to be about somebody else', () => {
  it('is told to the participant that sent it, with who asked', async () => {
    const event = await look({ nel: 'QUARANTINED', sel: 'ANSWERED' })
    expect(await watched.alerts()).toMatchObject([
      {
        rule: 'WRONG_PATIENT_RECORD',
        event,
        participant: 'nel',
        state: 'OPEN',
        user_id: '555000000002',
        ods_code: 'RJZ',
        nhs_number: ADA,
        occurred_at: new Date('2026-11-02T10:15:00.000Z'),
        facts: { requestId: 'request-1' },
      },
    ])
  })

  it('is told to every participant that sent one', async () => {
    await look({ nel: 'QUARANTINED', ncl: 'QUARANTINED', sel: 'FAILED' })
    expect((await watched.alerts()).map(({ participant }) => participant).sort()).toEqual([
      'ncl',
      'nel',
    ])
  })

  it('is told once a day for each patient, whoever asks', async () => {
    const at = (time: string) => ({ at: `2026-11-${time}:00.000Z` })
    await look({ nel: 'QUARANTINED' }, at('02T10:00'))
    await look({ nel: 'QUARANTINED' }, { ...at('02T20:00'), user: { userId: '555000000009' } })
    expect(await watched.rules()).toEqual(['WRONG_PATIENT_RECORD'])
    await look({ nel: 'QUARANTINED' }, { ...at('02T20:00'), nhsNumber: KWAME.now })
    await look({ nel: 'QUARANTINED' }, at('03T10:00'))
    expect((await watched.alerts()).map(({ nhs_number }) => nhs_number)).toEqual([
      ADA,
      KWAME.now,
      ADA,
    ])
  })

  it('is worked on by the officers of that participant, and not by those of who asked', async () => {
    const officers = officersOf(london)
    await look({ ncl: 'QUARANTINED' })
    const [reference = ''] = await officers.references({}, { as: ELSEWHERE })
    expect((await officers.one(reference, ELSEWHERE)).data.privacyAlert).toMatchObject({
      rule: 'WRONG_PATIENT_RECORD',
      participant: 'ncl',
      explanation: expect.stringContaining('did nothing wrong'),
    })
    expect(await officers.references({}, { as: OFFICER })).toEqual([])
    const { data } = await officers.close(reference, {}, { as: ELSEWHERE })
    expect(data.changed.state).toBe('CLOSED')
  })
})

it('An answer of which a part was missing raises no alert', async () => {
  await look({ nel: 'INCOMPLETE', sel: 'ANSWERED', ncl: 'FAILED', nwl: 'TIMED_OUT' })
  expect(await watched.alerts()).toEqual([])
})
