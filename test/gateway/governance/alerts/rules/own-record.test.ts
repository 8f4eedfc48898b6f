import { describe, expect, it } from 'vitest'
import { ownRecord } from '../../../../../gateway/governance/alerts/rules/own-record.ts'
import { find, known, look, patient } from './looks.ts'

const byName = { isAboutPatient: true, facts: { basis: 'NAME' } }
const ownNumber = { ofUser: ['9990000018'], ofPatient: [] }

describe('A look at one’s own record is flagged', () => {
  it.each([
    ['Dr Tom Adeyemi', 'Tom', 'Adeyemi'],
    ['Tom Adeyemi', 'TOM', 'ADEYEMI'],
    ['ADEYEMI Tom Mr', 'Tom', 'Adeyemi'],
    ['ADEYEMI, Tom (Dr)', 'Tom', 'Adeyemi'],
    ['Prof. Dr. Tom Adeyemi', 'Tom', 'Adeyemi'],
    ['Sister Siobhán O’Neill', 'Siobhan', "O'Neill"],
    ['Ms Zoë Smith-Jones', 'Zoe', 'Smith Jones'],
    ['Miss Anna Maria van der Berg', 'Anna-Maria', 'Van Der Berg'],
    ['Mrs Anna Berg', 'Anna Maria', 'Berg'],
    ['Nurse Anna Maria Berg', 'Anna', 'Berg'],
  ])('when %s looks at %s %s', (name, given, family) => {
    expect(find(ownRecord, look({ user: { name } }), known(patient(given, family)))).toEqual(byName)
  })

  it('when the staff register says so, whatever the names', () => {
    expect(find(ownRecord, look(), known({ register: ownNumber }))).toEqual({
      isAboutPatient: true,
      facts: { basis: 'STAFF_REGISTER' },
    })
  })

  it('when the staff register has a number that was replaced since', () => {
    const numbers = { numbers: ['9990000018', '9990000115'], names: [] }
    const register = { ofUser: ['9990000115'], ofPatient: [] }
    expect(find(ownRecord, look(), known({ patient: numbers, register }))).not.toBeNull()
  })

  it('when one of the sources knows the patient by the user’s name', () => {
    const names = [
      { given: ['Tom'], family: 'Okafor' },
      { given: ['Tom'], family: 'Adeyemi' },
    ]
    const about = known({ patient: { numbers: ['9990000018'], names } })
    expect(find(ownRecord, look(), about)).toEqual(byName)
  })

  it('although it was refused', () => {
    const refused = look({ refusal: 'NO_LEGITIMATE_RELATIONSHIP' })
    expect(find(ownRecord, refused, known(patient('Tom', 'Adeyemi')))?.facts).toEqual({
      basis: 'NAME',
      refusal: 'NO_LEGITIMATE_RELATIONSHIP',
    })
  })

  it('again after a day', () => {
    const lastFlagged = () => new Date('2026-11-01T10:15:00.000Z')
    expect(find(ownRecord, look(), known({ register: ownNumber, lastFlagged }))).not.toBeNull()
  })
})

describe('A look is not flagged as at one’s own record', () => {
  it.each([
    ['Dr Tom Adeyemi', 'Thomas', 'Adeyemi'],
    ['Dr Tom Adeyemi', 'Tom', 'Adeyem'],
    ['Dr Tom Adeyemi', 'Tom', 'Adeyemi-Cole'],
    ['Dr Tom Adeyemi', 'Adeyemi', 'Tom'],
    ['Dr Tom Adeyemi', 'Tim', 'Adeyemi'],
    ['Dr T Adeyemi', 'Tom', 'Adeyemi'],
    ['Anna Berg', 'Hannah', 'Berg'],
    ['Anna Berg', 'Joanna', 'Berg'],
    ['Maria Berg', 'Anna Maria', 'Berg'],
    ['Adeyemi', 'Tom', 'Adeyemi'],
    ['Dr Adeyemi', 'Tom', 'Adeyemi'],
    ['', 'Tom', 'Adeyemi'],
    ['Dr', 'Tom', 'Adeyemi'],
    ['Mr Tom Drew', 'Tom', 'Adrew'],
    ['李 伟', '', ''],
  ])('when %s looks at %s %s', (name, given, family) => {
    expect(find(ownRecord, look({ user: { name } }), known(patient(given, family)))).toBeNull()
  })

  it('when the register knows the user as another patient, whatever the names', () => {
    const register = { ofUser: ['9990000026'], ofPatient: [] }
    const about = known({ ...patient('Tom', 'Adeyemi'), register })
    expect(find(ownRecord, look(), about)).toBeNull()
  })

  it('when the register knows the patient as another user', () => {
    const ofPatient = [{ userId: '555000000009', odsCode: 'RJZ' }]
    expect(find(ownRecord, look(), known({ register: { ofUser: [], ofPatient } }))).toBeNull()
  })

  it('when no source knows the patient’s name', () => {
    for (const names of [[], [{}], [{ given: [], family: null }], [{ family: 'Adeyemi' }]]) {
      const about = known({ patient: { numbers: ['9990000018'], names } })
      expect(find(ownRecord, look(), about)).toBeNull()
    }
  })

  it('when it was flagged within the day', () => {
    const lastFlagged = () => new Date('2026-11-01T10:15:00.001Z')
    expect(find(ownRecord, look(), known({ register: ownNumber, lastFlagged }))).toBeNull()
  })
})
