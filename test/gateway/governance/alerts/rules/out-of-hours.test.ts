import { describe, expect, it } from 'vitest'
import { outOfHours } from '../../../../../gateway/governance/alerts/rules/out-of-hours.ts'
import type { Known } from '../../../../../gateway/governance/alerts/rules/rule.ts'
import { find, known, look } from './looks.ts'

const AT_NIGHT = '2026-11-02T23:30:00.000Z'

/** At a general practice, unless said otherwise, somebody has opened so many patients' records. */
function opened(patients: number, changes: Partial<Known> = {}): Known {
  return known({ organisationKind: 'GP_PRACTICE', patientsSince: () => patients, ...changes })
}

describe('Opening records at night is flagged', () => {
  it.each(['GP_PRACTICE', 'SOCIAL_CARE'] as const)('at the third patient: %s', (kind) => {
    const about = opened(3, { organisationKind: kind })
    expect(find(outOfHours, look({ at: AT_NIGHT }), about)).toEqual({
      isAboutPatient: false,
      facts: { patients: 3, nightOf: '2026-11-02' },
    })
  })

  it('from 22:00 in London on, in winter, in summer, and in the nights in which clocks change', () => {
    const asked: string[] = []
    const since = [
      '2026-11-02T22:00:00Z',
      '2026-07-01T21:00:00Z',
      '2026-10-24T22:30:00Z',
      '2026-10-25T05:59:59Z',
      '2026-03-29T04:59:59Z',
    ]
    for (const at of since) {
      const patientsSince: Known['patientsSince'] = (time) => {
        asked.push(time.toISOString().slice(0, 16))
        return 3
      }
      expect(find(outOfHours, look({ at }), opened(3, { patientsSince }))).not.toBeNull()
    }
    expect(asked).toEqual([
      '2026-11-02T22:00',
      '2026-07-01T21:00',
      '2026-10-24T21:00',
      '2026-10-24T21:00',
      '2026-03-28T22:00',
    ])
  })

  it('counting what was opened at this organisation', () => {
    const patientsSince: Known['patientsSince'] = (_time, where) => (where === 'ANYWHERE' ? 1 : 3)
    expect(find(outOfHours, look({ at: AT_NIGHT }), opened(3, { patientsSince }))).not.toBeNull()
  })

  it('again in the next night', () => {
    const lastFlagged = () => new Date('2026-11-02T21:59:59.999Z')
    expect(find(outOfHours, look({ at: AT_NIGHT }), opened(3, { lastFlagged }))).not.toBeNull()
  })
})

describe('Opening records at night is not flagged', () => {
  it.each([
    'ACUTE_TRUST',
    'MENTAL_HEALTH_TRUST',
    'COMMUNITY_TRUST',
    'URGENT_CARE',
    'COMMISSIONER',
    null,
  ] as const)('where people are on duty: %s', (organisationKind) => {
    expect(find(outOfHours, look({ at: AT_NIGHT }), opened(50, { organisationKind }))).toBeNull()
  })

  it.each([1, 2])('at %i patients', (patients) => {
    expect(find(outOfHours, look({ at: AT_NIGHT }), opened(patients))).toBeNull()
  })

  it.each([
    ['before 22:00 in winter', '2026-11-02T21:59:59.999Z'],
    ['before 22:00 in summer', '2026-07-01T20:59:59.999Z'],
    ['at 06:00 in winter', '2026-11-03T06:00:00.000Z'],
    ['at 06:00 in summer', '2026-07-01T05:00:00.000Z'],
    ['at 06:00 when the clocks have gone back', '2026-10-25T06:00:00.000Z'],
    ['at 06:00 when the clocks have gone forward', '2026-03-29T05:00:00.000Z'],
    ['at noon', '2026-11-02T12:00:00.000Z'],
  ])('%s', (_when, at) => {
    expect(find(outOfHours, look({ at }), opened(50))).toBeNull()
  })

  it('for what the same person opened at another organisation', () => {
    const patientsSince: Known['patientsSince'] = (_time, where) => (where === 'ANYWHERE' ? 9 : 1)
    expect(find(outOfHours, look({ at: AT_NIGHT }), opened(9, { patientsSince }))).toBeNull()
  })

  it('when the last look was refused', () => {
    const refused = look({ at: AT_NIGHT, refusal: 'OBJECTION_IN_FORCE' })
    expect(find(outOfHours, refused, opened(3))).toBeNull()
  })

  it('when it was flagged earlier in the night', () => {
    const lastFlagged = () => new Date('2026-11-02T22:00:00.000Z')
    expect(
      find(outOfHours, look({ at: '2026-11-03T05:00:00Z' }), opened(9, { lastFlagged })),
    ).toBeNull()
  })
})
