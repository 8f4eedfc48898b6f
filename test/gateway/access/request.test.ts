import { beforeAll, describe, expect, it } from 'vitest'
import { decideRequest } from '../../../gateway/access/request.ts'
import type { Caller } from '../../../gateway/identity/caller.ts'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'
import type { Participant } from '../../../subgraphs/kit/participant.ts'

let participants: Participant[]

beforeAll(async () => {
  participants = await findParticipants()
})

const caller = (roleCode: string, odsCode: string): Caller => ({
  userId: '555000000001',
  name: 'Somebody',
  role: { profileId: '1', code: roleCode, name: '' },
  odsCode,
  activityCodes: [],
  assuranceLevel: 2,
  signedInAt: new Date(0),
  purposes: [],
  purpose: 'TREAT',
})

const outcome = (of: Caller | null, ...fields: string[]) => {
  const identity = of ? { caller: of } : { problem: 'MISSING' as const }
  const decision = decideRequest({ identity, requestedPurpose: undefined }, fields, participants)
  return decision.permitted ? 'permitted' : decision.code
}

describe('who may ask about patients', () => {
  it.each([
    ['a GP in North East London', 'R0260', 'F84115', 'permitted'],
    ['a consultant in South East London', 'R0050', 'RJZ', 'permitted'],
    ['a nurse in North Central London', 'R8001', 'RRV', 'permitted'],
    ['a clinician of a view-only trust', 'R8000', 'RWR', 'permitted'],
    ['a clinician of a contribute-only trust', 'R8000', 'RWH', 'VIEWING_NOT_PERMITTED'],
    [
      'a doctor of an organisation that takes no part',
      'R8000',
      'RXX',
      'ORGANISATION_NOT_A_PARTICIPANT',
    ],
    ['a researcher', 'R1860', 'R1H', 'ROLE_NOT_PERMITTED'],
    ['systems support', 'R8015', 'RAX', 'ROLE_NOT_PERMITTED'],
    ['a role nobody knows', 'R4711', 'RJZ', 'ROLE_NOT_PERMITTED'],
    [
      'a researcher of a contribute-only trust: the first refusal counts',
      'R1860',
      'RWH',
      'ROLE_NOT_PERMITTED',
    ],
  ])('%s', (_case, role, organisation, expected) => {
    expect(outcome(caller(role, organisation), 'patient')).toBe(expected)
    expect(outcome(caller(role, organisation), 'findPatients')).toBe(expected)
  })
})

describe('what needs no right to view', () => {
  it('is oneself, the schema and who takes part, for every genuine token', () => {
    const researcher = caller('R1860', 'R1H')
    expect(outcome(researcher, 'me', 'participants', '__schema', '__type', '__typename')).toBe(
      'permitted',
    )
  })

  it('is not a field that nobody has thought about', () => {
    expect(outcome(caller('R1860', 'R1H'), 'me', 'somethingNew')).toBe('ROLE_NOT_PERMITTED')
  })

  it('is only __typename without a token', () => {
    expect(outcome(null, '__typename')).toBe('permitted')
    for (const field of ['me', 'participants', '__schema', '__type', 'patient']) {
      expect(outcome(null, '__typename', field)).toBe('UNAUTHENTICATED')
    }
  })
})
