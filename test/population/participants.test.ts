import { describe, expect, it } from 'vitest'
import { organisationsOf, participantOf } from '../../population/participants.ts'

const codes = [
  'nel',
  'sel',
  'swl',
  'ncl',
  'nwl',
  'mkuh',
  'hct',
  'clch',
  'paht',
  'hpft',
  'whth',
  'enht',
]
const participants = codes.map(participantOf)

describe('the participants', () => {
  it('are twelve, each under the code of its folder', () => {
    expect(participants.map((each) => each.code)).toEqual(codes)
  })

  it('are five regional exchanges and seven trusts', () => {
    expect(participants.filter((each) => each.kind === 'REGIONAL_HIE').length).toBe(5)
    expect(participants.filter((each) => each.kind === 'TRUST').length).toBe(7)
  })

  it('include one that only views and one that only contributes', () => {
    expect(participantOf('hpft').participation).toBe('VIEW_ONLY')
    expect(participantOf('enht').participation).toBe('CONTRIBUTE_ONLY')
    expect(participants.filter((each) => each.participation === 'FULL').length).toBe(10)
  })

  it('have every organisation once: an ODS code belongs to exactly one participant', () => {
    const odsCodes = participants.flatMap((each) => each.organisations.map((one) => one.odsCode))
    expect(new Set(odsCodes).size).toBe(odsCodes.length)
  })

  it('have, in every region, hospitals, practices, urgent care, mental health and councils', () => {
    for (const region of codes.slice(0, 5)) {
      expect(organisationsOf(region, 'ACUTE_TRUST').length, region).toBeGreaterThanOrEqual(3)
      expect(organisationsOf(region, 'GP_PRACTICE').length, region).toBeGreaterThanOrEqual(6)
      expect(organisationsOf(region, 'URGENT_CARE').length, region).toBeGreaterThanOrEqual(1)
      expect(organisationsOf(region, 'MENTAL_HEALTH_TRUST').length, region).toBeGreaterThanOrEqual(
        1,
      )
      expect(organisationsOf(region, 'SOCIAL_CARE').length, region).toBeGreaterThanOrEqual(5)
    }
  })

  it('are reached at numbers that nobody can dial and addresses that nobody owns', () => {
    for (const { complaints, subjectAccess } of participants) {
      for (const contact of [complaints, subjectAccess]) {
        expect(contact.telephone).toMatch(/^(020 7946 0\d{3}|01632 960\d{3})$/)
        expect(contact.email).toMatch(/\.example\.nhs\.uk$/)
      }
    }
  })
})
