import { buildASTSchema, isEnumType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { roleGroups } from '../../../../gateway/access/roles.ts'
import { sections } from '../../../../gateway/access/sections.ts'
import type { AccessEvent, Outcome } from '../../../../gateway/audit/entries.ts'
import { describeEvent } from '../../../../gateway/audit/report/describe-event.ts'
import {
  actionWords,
  claimWords,
  groundsWords,
  purposeWords,
  refusalWords,
  roleGroupWords,
} from '../../../../gateway/audit/report/words.ts'
import { errorCatalogue } from '../../../../gateway/errors.ts'
import { governanceSdl } from '../../../../gateway/governance/governance-sdl.ts'
import { DIRECT_CARE } from '../../../../subgraphs/kit/assertion/claims.ts'
import { readContract } from '../../../../subgraphs/kit/schema/contract.ts'
import { accessEvent } from '../../../support/audit.ts'

const CLAIM = '0b8b1a6e-6b1f-4a53-9d2e-3d6f0f6f3a11'
const user = accessEvent().user as NonNullable<AccessEvent['user']>

function described(changes: Partial<AccessEvent>, includeStaffNames = false) {
  const claimReasons = new Map([[CLAIM, 'SELF_CLAIM_EMERGENCY']])
  const found = { event: accessEvent(changes), outcome: null }
  return describeEvent(found, { includeStaffNames, claimReasons })
}

describe('A patient reads', () => {
  it('who looked at what, and why, in plain words', () => {
    expect(described({})).toEqual({
      who: "A consultant at King's College Hospital NHS Foundation Trust",
      what: 'Opened your record: who you are (your name, date of birth and NHS number), your allergies and your medicines.',
      why: 'To give you care. You went to this organisation for care.',
      wasRefused: false,
    })
  })

  it('the name of a member of staff only where it was asked for', () => {
    expect(described({}).who).not.toContain('Adeyemi')
    expect(described({}, true).who).toBe(
      "Dr Tom Adeyemi, a consultant at King's College Hospital NHS Foundation Trust",
    )
  })

  it.each<[string, string]>([
    ['R0260', 'A GP at'],
    ['R8001', 'A nurse or midwife at'],
    ['R1690', 'An NHS 111 call handler at'],
    ['R8015', 'A member of staff at'],
    ['constructor', 'A member of staff at'],
  ])('what somebody of role %s does: %s', (roleCode, expected) => {
    expect(described({ user: { ...user, roleCode } }).who).toContain(expected)
  })

  it('that an organisation is not known, and that nobody was signed in', () => {
    expect(described({ user: { ...user, organisationName: null } }).who).toBe(
      'A consultant at an organisation that we do not know',
    )
    expect(described({ user: null }).who).toBe('Somebody who had not signed in')
    expect(described({ user: null, action: 'lcr audit report' }).who).toBe(
      'The team that looks after your data',
    )
  })

  it('of the whole record that it was the whole', () => {
    expect(described({ sections }).what).toBe('Opened your record: your whole record.')
  })

  it('of a part that has no name yet that it was another part', () => {
    expect(described({ sections: ['allergies', 'genomes'] }).what).toBe(
      'Opened your record: your allergies and another part of your record.',
    )
  })

  it('that parts were not shown to somebody because of their job', () => {
    expect(described({ sections: [], deniedFields: ['medications'] }).what).toBe(
      'Opened your record. Some parts were not shown to them, because of their job.',
    )
  })

  it('by what they were searched for, and not the words of the search', () => {
    const facts = { familyName: 'Example', birthDate: '1950-01-01', postcode: null }
    const { what, why } = described({
      category: 'SEARCH',
      action: 'findPatients',
      grounds: null,
      facts,
    })
    expect(what).toBe('Searched for you by your name, your date of birth and your NHS number.')
    expect(why).toBe('To give you care.')
  })

  it('that it was refused, and why', () => {
    expect(described({ refusal: 'NO_LEGITIMATE_RELATIONSHIP', grounds: null })).toMatchObject({
      what: 'Tried to open your record and was refused.',
      why: 'We could not see that their organisation was looking after you.',
    })
    expect(described({ category: 'SEARCH', action: 'findPatients', refusal: 'NEW_CODE' })).toEqual({
      who: expect.any(String),
      what: 'Tried to search for you and was refused.',
      why: 'This was not allowed, or did not work.',
      wasRefused: true,
    })
  })

  it('that something was refused when it was to be done', () => {
    const event = accessEvent({ category: 'OBJECTION', action: 'recordObjection', grounds: null })
    const outcome: Outcome = {
      kind: 'OUTCOME',
      event: event.event,
      at: event.at,
      durationMs: 1,
      sources: {},
      items: {},
      errors: ['NO_LEGITIMATE_RELATIONSHIP'],
    }
    const given = { includeStaffNames: false, claimReasons: new Map<string, string>() }
    expect(describeEvent({ event, outcome }, given)).toMatchObject({
      what: 'Tried to write down that you do not want your record to be shared and was refused.',
      why: 'We could not see that their organisation was looking after you.',
      wasRefused: true,
    })
    const record = {
      event: accessEvent(),
      outcome: { ...outcome, errors: ['FIELD_NOT_PERMITTED'] },
    }
    expect(describeEvent(record, given).wasRefused).toBe(false)
  })

  it('why emergency access was claimed', () => {
    const grounds = { kind: 'EMERGENCY_CLAIM', evidence: CLAIM }
    expect(described({ grounds }).why).toBe(
      'Emergency access, because it was an emergency and they were caring for you.',
    )
    expect(described({ grounds: { ...grounds, evidence: 'unknown' } }).why).toBe(
      'Emergency access.',
    )
    const claim = { category: 'EMERGENCY_ACCESS', action: 'claimEmergencyAccess' } as const
    const facts = { reason: { alertType: 'ACCESS_ALERT', reason: 'COURT_ORDER' } }
    expect(described({ ...claim, grounds: null, facts })).toMatchObject({
      what: 'Claimed emergency access to your record.',
      why: 'Emergency access, because a court ordered it.',
    })
  })

  it('that an officer looked up who had opened the record', () => {
    expect(
      described({ category: 'AUDIT', action: 'accessEvents', sections: [], grounds: null }),
    ).toMatchObject({
      what: 'Looked up who has opened your record.',
      why: 'To check that your record is used properly, or to answer a question about it.',
    })
  })

  it('something of every kind of event, also of actions to come', () => {
    for (const category of [
      'RECORD',
      'SEARCH',
      'EMERGENCY_ACCESS',
      'OBJECTION',
      'AUDIT',
      'OTHER',
    ]) {
      for (const refusal of [null, 'ROLE_NOT_PERMITTED']) {
        const changes = { category, action: 'somethingNew', refusal } as Partial<AccessEvent>
        expect(described(changes).what).toMatch(/^[A-Z].{10,}\.$/)
      }
    }
  })
})

describe('There are words for', () => {
  it('every role group', () => {
    expect(Object.keys(roleGroupWords).sort()).toEqual([...roleGroups].sort())
  })

  it('every purpose that is permitted', () => {
    expect(Object.keys(purposeWords).sort()).toEqual([...DIRECT_CARE].sort())
  })

  it('every kind of relationship', () => {
    expect(Object.keys(groundsWords)).toEqual([
      'GP_REGISTRATION',
      'REFERRAL',
      'APPOINTMENT',
      'ATTENDANCE',
      'ADMISSION',
      'CASELOAD',
    ])
  })

  it('every reason of an emergency claim', async () => {
    const reasons = buildASTSchema(parse(governanceSdl(await readContract())), {
      assumeValid: true,
    }).getType('EmergencyReasonCode')
    const names = isEnumType(reasons) ? reasons.getValues().map(({ name }) => name) : []
    expect(Object.keys(claimWords).sort()).toEqual(names.sort())
  })

  it('no refusal that there is not', () => {
    const codes = Object.keys(errorCatalogue)
    const unknown = Object.keys(refusalWords).filter((code) => !codes.includes(code))
    expect(unknown.filter((code) => code !== 'AUDIT_UNAVAILABLE')).toEqual([])
  })

  it('nothing in the language of machines', () => {
    const said = Object.values(actionWords).flat()
    for (const words of [...said, ...Object.values(refusalWords)]) {
      expect(words).not.toMatch(/[A-Z]{4,}|_|null|undefined/)
    }
  })
})
