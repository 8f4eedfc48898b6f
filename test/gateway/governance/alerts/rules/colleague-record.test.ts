import { describe, expect, it } from 'vitest'
import { colleagueRecord } from '../../../../../gateway/governance/alerts/rules/colleague-record.ts'
import type { Known } from '../../../../../gateway/governance/alerts/rules/rule.ts'
import { find, known, look, patient } from './looks.ts'

function worksAt(...odsCodes: string[]): Pick<Known, 'register'> {
  const ofPatient = odsCodes.map((odsCode) => ({ userId: '555000000009', odsCode }))
  return { register: { ofUser: [], ofPatient } }
}

describe('A look at a colleague’s record is flagged', () => {
  it('when the patient works at the user’s organisation', () => {
    expect(find(colleagueRecord, look(), known(worksAt('RJZ')))).toEqual({
      isAboutPatient: true,
      facts: {},
    })
  })

  it('when the patient works there among other places', () => {
    expect(find(colleagueRecord, look(), known(worksAt('RJ1', 'RJZ')))).not.toBeNull()
  })

  it('although it was refused', () => {
    const refused = look({ refusal: 'NO_LEGITIMATE_RELATIONSHIP' })
    expect(find(colleagueRecord, refused, known(worksAt('RJZ')))?.facts).toEqual({
      refusal: 'NO_LEGITIMATE_RELATIONSHIP',
    })
  })
})

describe('A look is not flagged as at a colleague’s record', () => {
  it('when the patient works elsewhere', () => {
    expect(find(colleagueRecord, look(), known(worksAt('RJ1')))).toBeNull()
  })

  it('when no register lists the patient', () => {
    expect(find(colleagueRecord, look(), known())).toBeNull()
  })

  it('when the patient has a colleague’s name, and no register says more', () => {
    expect(find(colleagueRecord, look(), known(patient('Grace', 'Mensah')))).toBeNull()
  })

  it('when the patient is the user', () => {
    const own = [{ userId: '555000000002', odsCode: 'RJZ' }]
    const register = { ofUser: ['9990000018'], ofPatient: own }
    expect(find(colleagueRecord, look(), known({ register }))).toBeNull()
  })

  it('when the patient is the user, who is listed under another user id as well', () => {
    const { ofPatient } = worksAt('RJZ').register
    const register = { ofUser: ['9990000018'], ofPatient }
    expect(find(colleagueRecord, look(), known({ register }))).toBeNull()
  })

  it('when it was flagged within the day', () => {
    const lastFlagged = () => new Date('2026-11-02T09:00:00.000Z')
    expect(find(colleagueRecord, look(), known({ ...worksAt('RJZ'), lastFlagged }))).toBeNull()
  })
})
