import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replaceStaff } from '../../gateway/governance/staff-register/replace-staff.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { eventually } from '../cli/start/system.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const BERNARD = '9990000026'
const OFFICER = 'privacy-officer.sel'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada', 'bernard'],
    env: { LCR_ALERT_INTERVAL_MS: '100' },
  })
}, 60_000)
afterAll(() => system?.close())

const look = (nhsNumber: string, as: string) =>
  system.ask('query Look($n: ID!) { patient(nhsNumber: $n) { birthDate } }', {
    as,
    variables: { n: nhsNumber },
  })

async function alerts(as = OFFICER) {
  const { data } = await system.ask(
    '{ privacyAlerts { nodes { reference rule state event nhsNumber user { userId name } } } }',
    { as },
  )
  return data.privacyAlerts.nodes
}

/** A participant's list of one member of staff who is a patient. */
async function list(persona: string, nhsNumber: string): Promise<string> {
  const { data } = await system.ask('{ me { userId } }', { as: persona })
  const { userId } = data.me
  const db = connect<GovernanceDatabase>(system.settings['DATABASE_URL'] ?? '', 1)
  const member = { userId, nhsNumber, odsCode: 'RJZ' }
  await replaceStaff(db, 'sel', batchOf(member))
  await db.destroy()
  return userId
}

async function* batchOf<Member>(member: Member) {
  yield [member]
}

describe('A doctor who opens the own record', () => {
  it('is shown it; the privacy officer is told within seconds, and closes the alert', async () => {
    const userId = await list('ed-doctor.sel', ADA)
    expect((await look(BERNARD, 'ed-doctor.sel')).errors).toBeUndefined()
    expect((await look(ADA, 'ed-doctor.sel')).data.patient.birthDate).toBeTruthy()

    await eventually(async () => (await alerts()).length > 0)
    const [alert, ...others] = await alerts()
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      rule: 'OWN_RECORD',
      state: 'OPEN',
      nhsNumber: ADA,
      user: { userId, name: 'Dr Tom Adeyemi' },
    })
    const trail = await system.ask(
      '{ accessEvents(category: RECORD) { nodes { id nhsNumber } } }',
      {
        as: OFFICER,
      },
    )
    expect(trail.data.accessEvents.nodes).toContainEqual({ id: alert.event, nhsNumber: ADA })

    const closed = await system.ask(
      `mutation Close($reference: ID!) {
        closePrivacyAlert(
          reference: $reference, attendanceConfirmed: false, note: "Spoke with Dr Adeyemi"
        ) { state history { to by { name } } }
      }`,
      { as: OFFICER, variables: { reference: alert.reference } },
    )
    expect(closed.data.closePrivacyAlert).toEqual({
      state: 'CLOSED',
      history: [{ to: 'CLOSED', by: { name: 'Denise Clarke' } }],
    })
  })
})

describe('Privacy alerts', () => {
  it.each(['ed-doctor.sel', 'receptionist.nel', 'researcher.nel'])(
    'are not for %s',
    async (persona) => {
      const answer = await system.ask('{ privacyAlerts { nodes { reference } } }', { as: persona })
      expect(answer.data?.privacyAlerts ?? null).toBeNull()
      expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([
        persona === 'researcher.nel' ? 'ROLE_NOT_PERMITTED' : 'FIELD_NOT_PERMITTED',
      ])
    },
  )

  it('of others are not shown to the guardian of another participant', async () => {
    expect(await alerts('caldicott-guardian.ncl')).toEqual([])
  })

  it('are written down when they are read and worked on', async () => {
    const { data } = await system.ask('{ accessEvents(category: AUDIT) { nodes { action } } }', {
      as: OFFICER,
    })
    const actions = data.accessEvents.nodes.map(({ action }: { action: string }) => action)
    expect(actions).toEqual(expect.arrayContaining(['privacyAlerts', 'closePrivacyAlert']))
  })
})
