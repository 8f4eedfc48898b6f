import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessEvent } from '../../../../gateway/audit/entries.ts'
import type { AuditTrail } from '../../../../gateway/audit/open-trail.ts'
import { accessEvent } from '../../../support/audit.ts'
import {
  ADA,
  BEGINNING,
  BERNARD,
  createTestGovernance,
  GEORGE,
  KWAME,
  type TestGovernance,
} from '../../governance/test-governance.ts'

const OFFICER = 'privacy-officer.sel'
const REPORT = `query Report($nhsNumber: ID!, $from: DateTime, $until: DateTime, $names: Boolean) {
  accessReport(nhsNumber: $nhsNumber, from: $from, until: $until, includeStaffNames: $names) {
    nhsNumber otherNhsNumbers from until generatedAt
    entries { at who what why wasRefused } text csv html
  }
}`

let london: TestGovernance
let trail: AuditTrail
let now = BEGINNING

beforeAll(async () => {
  london = await createTestGovernance()
  trail = await london.audit.open({ clock: () => now })
  await london.putPatient('sel', ADA)
  await london.putPatient('sel', KWAME.before, { superseded_by: KWAME.now })
  await london.putPatient('nel', BERNARD)
})
afterAll(async () => {
  await trail.close()
  await london.close()
})

async function write(at: string, ...changes: Partial<AccessEvent>[]): Promise<void> {
  now = new Date(at)
  await trail.commit(changes.map((change) => accessEvent({ at, ...change })))
}

const report = (variables: Record<string, unknown>, as = OFFICER) =>
  london.ask(REPORT, { as, variables })

describe('A patient’s report', () => {
  it('says who looked, at what, when and why, the newest first', async () => {
    await write('2026-11-02T10:15:00.000Z', { nhsNumber: ADA })
    await write('2026-11-03T10:15:00.000Z', {
      nhsNumber: ADA,
      refusal: 'OBJECTION_IN_FORCE',
      grounds: null,
    })
    const { data, errors } = await report({ nhsNumber: '999 000 0018' })
    expect(errors).toEqual([])
    expect(data.accessReport).toEqual({
      nhsNumber: ADA,
      otherNhsNumbers: [],
      from: null,
      until: null,
      generatedAt: BEGINNING.toISOString(),
      entries: [
        {
          at: '2026-11-03T10:15:00.000Z',
          who: "A consultant at King's College Hospital NHS Foundation Trust",
          what: 'Tried to open your record and was refused.',
          why: 'You have objected to sharing your record.',
          wasRefused: true,
        },
        {
          at: '2026-11-02T10:15:00.000Z',
          who: "A consultant at King's College Hospital NHS Foundation Trust",
          what: 'Opened your record: who you are (your name, date of birth and NHS number), your allergies and your medicines.',
          why: 'To give you care. You went to this organisation for care.',
          wasRefused: false,
        },
      ],
      text: expect.stringContaining('3 November 2026 at 10:15\n  Who:'),
      csv: expect.stringContaining(
        '3 November 2026 at 10:15,2026-11-03T10:15:00.000Z,A consultant',
      ),
      html: expect.stringContaining('<th scope="row">3 November 2026 at 10:15</th>'),
    })
  })

  it('names no member of staff unless that is asked for', async () => {
    const without = await report({ nhsNumber: ADA })
    expect(JSON.stringify(without.data)).not.toContain('Adeyemi')
    const { data } = await report({ nhsNumber: ADA, names: true })
    for (const form of ['text', 'csv', 'html']) expect(data.accessReport[form]).toContain('Adeyemi')
  })

  it('holds what was done under every number of the patient, and says so', async () => {
    await write('2026-08-01T09:00:00.000Z', { nhsNumber: KWAME.before })
    await write('2026-08-02T09:00:00.000Z', { nhsNumber: KWAME.now })
    const { data } = await report({ nhsNumber: KWAME.before })
    expect(data.accessReport.entries).toHaveLength(2)
    expect(data.accessReport.otherNhsNumbers).toEqual([KWAME.now])
    expect(data.accessReport.text).toContain('Other NHS numbers of yours: 999 000 0107')
  })

  it('holds a period by London’s days', async () => {
    await write('2026-06-30T22:59:59.999Z', { nhsNumber: GEORGE })
    await write('2026-06-30T23:00:00.000Z', { nhsNumber: GEORGE })
    await write('2026-07-31T23:00:00.000Z', { nhsNumber: GEORGE })
    await london.putPatient('sel', GEORGE)
    const { data } = await report({ nhsNumber: GEORGE, from: '2026-07-01', until: '2026-08-01' })
    expect(data.accessReport.entries.map(({ at }: { at: string }) => at)).toEqual([
      '2026-06-30T23:00:00.000Z',
    ])
    expect(data.accessReport.text).toContain(
      'Period: From 1 July 2026 at 00:00 until 1 August 2026 at 00:00',
    )
  })

  it('says why emergency access was claimed, as the claim did', async () => {
    const claimed = await london.ask(
      `mutation { claimEmergencyAccess(nhsNumber: "${BERNARD}", justification: "Brought in unconscious",
        reason: { alertType: ACCESS_ALERT, reason: EMERGENCY_ACCESS }) { id } }`,
    )
    const { id } = claimed.data.claimEmergencyAccess
    await write('2026-11-20T09:00:00.000Z', {
      nhsNumber: BERNARD,
      grounds: { kind: 'EMERGENCY_CLAIM', evidence: id },
    })
    await london.putPatient('sel', BERNARD)
    const { data } = await report({ nhsNumber: BERNARD })
    expect(data.accessReport.entries[0].why).toBe('Emergency access, because it was an emergency.')
    expect(JSON.stringify(data)).not.toContain('unconscious')
  })

  it.each([
    ['another participant knows', BERNARD, 'caldicott-guardian.ncl'],
    ['nobody knows', '9990000255', OFFICER],
  ])('is refused in one way for a patient whom %s', async (_, nhsNumber, as) => {
    const { data, codes } = await report({ nhsNumber }, as)
    expect(data.accessReport).toBeNull()
    expect(codes).toEqual(['NO_LEGITIMATE_RELATIONSHIP'])
  })

  it.each([
    ['nhsNumber', '9990000019'],
    ['from', 'last week'],
    ['until', '2026-13-01'],
  ])('is refused for an argument %s that is %s', async (argument, value) => {
    const { codes, errors } = await report({ nhsNumber: ADA, [argument]: value })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
  })

  it('is refused where a period holds more than 5,000 entries, and made where it holds them', async () => {
    const patient = '9990000263'
    await london.putPatient('sel', patient)
    const many = Array.from({ length: 2500 }, () => ({ nhsNumber: patient }))
    await write('2026-09-01T09:00:00.000Z', ...many)
    await write('2026-09-02T09:00:00.000Z', ...many)
    const whole = await report({ nhsNumber: patient })
    expect(whole.errors).toEqual([])
    expect(whole.data.accessReport.entries).toHaveLength(5000)
    await write('2026-09-03T09:00:00.000Z', { nhsNumber: patient })

    const { data, codes, errors } = await report({ nhsNumber: patient })
    expect(data.accessReport).toBeNull()
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe('from')
    expect(errors[0]?.message).toContain('until')
  })
})
