import { describe, expect, it } from 'vitest'
import { sameSurname } from '../../../../../gateway/governance/alerts/rules/same-surname.ts'
import { find, known, look, patient } from './looks.ts'

const flagged = { isAboutPatient: true, facts: {} }

describe('A look at the record of a patient with the user’s family name is flagged', () => {
  it.each([
    ['Dr Tom Adeyemi', 'Adeyemi'],
    ['Dr Tom Adeyemi', 'ADÉYEMI'],
    ['ADEYEMI Tom Dr', 'Adeyemi'],
    ['Adeyemi, Tom', 'Adeyemi'],
    ['Sister Aoife O’Neill', 'ONeill'],
    ['Mrs Zoë Smith-Jones', 'Smith Jones'],
    ['Mr Jan van der Berg', 'Van der Berg'],
    ['Ana García López', 'Lopez'],
    ['Ana García López', 'García López'],
  ])('when %s looks at somebody %s', (name, family) => {
    const about = known(patient('Ada', family))
    expect(find(sameSurname, look({ user: { name } }), about)).toEqual(flagged)
  })

  it('when the register knows the user as another patient of that name', () => {
    const register = { ofUser: ['9990000026'], ofPatient: [] }
    const about = known({ ...patient('Tom', 'Adeyemi'), register })
    expect(find(sameSurname, look(), about)).toEqual(flagged)
  })

  it('when another name of the patient is common, but not the one they share', () => {
    const names = [{ family: 'Smith' }, { family: 'Adeyemi' }]
    const about = known({
      patient: { numbers: [], names },
      isCommonName: (key) => key === 'smith',
    })
    expect(find(sameSurname, look(), about)).toEqual(flagged)
  })
})

describe('A look is not flagged for its family name', () => {
  it.each([
    ['Dr Tom Adeyemi', 'Adeyem'],
    ['Dr Tom Adeyemi', 'Adeyemis'],
    ['Dr Tom Adeyemi', 'Tom'],
    ['Dr Tom Adeyemi', 'Adeyemi-Cole'],
    ['Mrs Zoë Smith-Jones', 'Jones'],
    ['Mrs Zoë Smith-Jones', 'Smith'],
    ['Tom Drew', 'Dr'],
    ['Adeyemi', 'Adeyemi'],
    ['', ''],
  ])('when %s looks at somebody %s', (name, family) => {
    const about = known(patient('Ada', family))
    expect(find(sameSurname, look({ user: { name } }), about)).toBeNull()
  })

  it('when two people who have nothing to do with each other share a common one', () => {
    const about = known({ ...patient('Ada', 'Adeyemi'), isCommonName: (key) => key === 'adeyemi' })
    expect(find(sameSurname, look(), about)).toBeNull()
  })

  it.each([
    [
      'by the register',
      { ...patient('Ada', 'Adeyemi'), register: { ofUser: ['9990000018'], ofPatient: [] } },
    ],
    ['by the whole name', patient('Tom', 'Adeyemi')],
  ])('when it is their own record, %s', (_how, changes) => {
    expect(find(sameSurname, look(), known(changes))).toBeNull()
  })

  it('when it was refused', () => {
    const refused = look({ refusal: 'NO_LEGITIMATE_RELATIONSHIP' })
    expect(find(sameSurname, refused, known(patient('Ada', 'Adeyemi')))).toBeNull()
  })

  it('when the patient has no family name', () => {
    const about = known({ patient: { numbers: [], names: [{ given: ['Tom'] }, {}] } })
    expect(find(sameSurname, look(), about)).toBeNull()
  })

  it('when it was flagged within the day', () => {
    const lastFlagged = () => new Date('2026-11-02T09:00:00.000Z')
    expect(
      find(sameSurname, look(), known({ ...patient('Ada', 'Adeyemi'), lastFlagged })),
    ).toBeNull()
  })
})
