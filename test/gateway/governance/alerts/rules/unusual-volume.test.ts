import { describe, expect, it } from 'vitest'
import type { Known } from '../../../../../gateway/governance/alerts/rules/rule.ts'
import { unusualVolume } from '../../../../../gateway/governance/alerts/rules/unusual-volume.ts'
import { find, known, look } from './looks.ts'

/** Somebody who has opened so many patients' records within the hour. */
function opened(patients: number): Pick<Known, 'patientsSince'> {
  return { patientsSince: () => patients }
}

describe('Opening many patients’ records is flagged', () => {
  it.each([61, 62, 500])('at %i within an hour', (patients) => {
    expect(find(unusualVolume, look(), known(opened(patients)))).toEqual({
      isAboutPatient: false,
      facts: { patients, withinMinutes: 60, usual: 60 },
    })
  })

  it('at what the setting says', () => {
    const about = known({ ...opened(11), patientsPerHour: 10 })
    expect(find(unusualVolume, look(), about)?.facts).toMatchObject({ patients: 11, usual: 10 })
  })

  it('again after 24 hours', () => {
    const lastFlagged = () => new Date('2026-11-01T10:15:00.000Z')
    expect(find(unusualVolume, look(), known({ ...opened(61), lastFlagged }))).not.toBeNull()
  })
})

describe('Opening patients’ records is not flagged', () => {
  it.each([1, 59, 60])('at %i within an hour', (patients) => {
    expect(find(unusualVolume, look(), known(opened(patients)))).toBeNull()
  })

  it('for what was opened an hour ago', () => {
    const patientsSince = (time: Date) => (time <= new Date('2026-11-02T09:15:00.000Z') ? 61 : 60)
    expect(find(unusualVolume, look(), known({ patientsSince }))).toBeNull()
  })

  it('when the last look was refused', () => {
    const refused = look({ refusal: 'NO_LEGITIMATE_RELATIONSHIP' })
    expect(find(unusualVolume, refused, known(opened(61)))).toBeNull()
  })

  it('when it was flagged within 24 hours', () => {
    const lastFlagged = () => new Date('2026-11-01T10:15:00.001Z')
    expect(find(unusualVolume, look(), known({ ...opened(61), lastFlagged }))).toBeNull()
  })
})
