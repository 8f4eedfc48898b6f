import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessEvent } from '../../../../gateway/audit/entries.ts'
import { accessEvent } from '../../../support/audit.ts'
import {
  ADA,
  BERNARD,
  createTestGovernance,
  KWAME,
  type TestGovernance,
} from '../../governance/test-governance.ts'

const OFFICER = 'privacy-officer.sel'
const GUARDIAN = 'caldicott-guardian.ncl'

const EVENTS = `query Events($nhsNumber: ID, $userId: ID, $odsCode: ID, $from: DateTime, $until: DateTime,
  $category: AccessCategory, $isPermitted: Boolean, $first: Int, $after: String) {
  accessEvents(nhsNumber: $nhsNumber, userId: $userId, odsCode: $odsCode, from: $from, until: $until,
    category: $category, isPermitted: $isPermitted, first: $first, after: $after) {
    nodes { requestId } pageInfo { endCursor hasNextPage }
  }
}`

let london: TestGovernance

const sel = accessEvent().user as NonNullable<AccessEvent['user']>
const ncl = {
  ...sel,
  userId: '555000000003',
  name: 'Grace Mensah',
  odsCode: 'RRV',
  organisationName: 'University College London Hospitals NHS Foundation Trust',
  participant: 'ncl',
}

beforeAll(async () => {
  london = await createTestGovernance()
  await london.putPatient('sel', ADA)
  await london.putPatient('ncl', BERNARD)
  await london.putPatient('sel', KWAME.before, { superseded_by: KWAME.now })
  let now = new Date('2026-06-30T22:59:59.000Z')
  const trail = await london.audit.open({ clock: () => now })
  const write = async (at: string, requestId: string, changes: Partial<AccessEvent>) => {
    now = new Date(at)
    await trail.commit([accessEvent({ requestId, at, ...changes })])
  }
  await write('2026-06-30T22:59:59.000Z', 'june', { nhsNumber: ADA })
  await write('2026-06-30T23:00:00.000Z', 'july', { nhsNumber: ADA })
  await write('2026-11-02T10:00:00.000Z', 'ada by ncl', { nhsNumber: ADA, user: ncl })
  await write('2026-11-02T11:00:00.000Z', 'bernard by sel', { nhsNumber: BERNARD })
  await write('2026-11-02T12:00:00.000Z', 'bernard by ncl', { nhsNumber: BERNARD, user: ncl })
  await write('2026-11-02T13:00:00.000Z', 'kwame by ncl', { nhsNumber: KWAME.now, user: ncl })
  await write('2026-11-02T14:00:00.000Z', 'search by sel', {
    category: 'SEARCH',
    action: 'findPatients',
    nhsNumber: null,
    requestedNhsNumber: null,
    grounds: null,
    refusal: 'ROLE_NOT_PERMITTED',
    facts: { familyName: 'Example', birthDate: '1950-01-01', postcode: null, more: { a: 1 } },
  })
  await write('2026-11-02T15:00:00.000Z', 'nobody', { user: null, nhsNumber: ADA })
  await trail.close()
})
afterAll(() => london.close())

async function seen(variables: Record<string, unknown>, as = OFFICER): Promise<string[]> {
  const { data, errors } = await london.ask(EVENTS, { as, variables })
  expect(errors).toEqual([])
  return data.accessEvents.nodes.map(({ requestId }: { requestId: string }) => requestId)
}

describe('An officer sees', () => {
  it('what staff of their own participant did, and of nobody else, the newest first', async () => {
    expect(await seen({})).toEqual(['search by sel', 'bernard by sel', 'july', 'june'])
    expect(await seen({}, GUARDIAN)).toEqual(['kwame by ncl', 'bernard by ncl', 'ada by ncl'])
  })

  it('what anybody did with a patient whom the participant knows', async () => {
    expect(await seen({ nhsNumber: '999 000 0018' })).toEqual([
      'nobody',
      'ada by ncl',
      'july',
      'june',
    ])
    expect(await seen({ nhsNumber: BERNARD }, GUARDIAN)).toEqual([
      'bernard by ncl',
      'bernard by sel',
    ])
  })

  it('what was done under a number that replaced the one the participant knows', async () => {
    expect(await seen({ nhsNumber: KWAME.now })).toEqual(['kwame by ncl'])
    expect(await seen({ nhsNumber: KWAME.before })).toEqual(['kwame by ncl'])
  })

  it('of a patient whom the participant does not know, what its own staff did', async () => {
    expect(await seen({ nhsNumber: BERNARD })).toEqual(['bernard by sel'])
  })

  it('nothing that tells whether a patient is known elsewhere or to nobody', async () => {
    const somebodyElses = { nhsNumber: KWAME.before }
    const nobodys = { nhsNumber: '9990000069' }
    const answers = await Promise.all(
      [somebodyElses, nobodys].map((variables) =>
        london.ask(EVENTS, { as: 'privacy-officer.sel', caller: { odsCode: 'RD8' }, variables }),
      ),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.data.accessEvents.nodes).toEqual([])
  })

  it('no more than their own by naming another organisation or its staff', async () => {
    expect(await seen({ odsCode: 'RRV' })).toEqual([])
    expect(await seen({ userId: ncl.userId })).toEqual([])
    expect(await seen({ nhsNumber: BERNARD, userId: ncl.userId })).toEqual([])
  })

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a user', { nhsNumber: ADA, userId: ncl.userId }, ['ada by ncl']],
    ['an organisation, in small letters too', { nhsNumber: ADA, odsCode: 'rrv' }, ['ada by ncl']],
    ['a day’s beginning in London', { from: '2026-07-01', until: '2026-08-01' }, ['july']],
    ['a moment', { from: '2026-06-30T23:59:59+01:00', until: '2026-07-01' }, ['june']],
    ['a kind', { category: 'SEARCH' }, ['search by sel']],
    ['refusals', { isPermitted: false }, ['search by sel']],
    ['permissions', { isPermitted: true, from: '2026-11' }, ['bernard by sel']],
  ])('fewer by %s', async (_, variables, expected) => {
    expect(await seen(variables)).toEqual(expected)
  })

  it('one page after the other, to the end', async () => {
    const pages: string[][] = []
    let after: string | null = null
    do {
      const { data } = await london.ask(EVENTS, { as: OFFICER, variables: { first: 3, after } })
      const { nodes, pageInfo } = data.accessEvents
      pages.push(nodes.map(({ requestId }: { requestId: string }) => requestId))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(pages).toEqual([['search by sel', 'bernard by sel', 'july'], ['june']])
  })

  it('everything that was written down of an event', async () => {
    const { data, errors } = await london.ask(
      `{ accessEvents(category: SEARCH) { nodes {
        at recordedAt requestId category action isPermitted refusal
        user { userId name roleCode roleName organisation { odsCode name } participant assuranceLevel }
        purpose grounds { kind evidence } nhsNumber requestedNhsNumber sections deniedFields
        facts { name value } operationName client { name version }
        device { id address userAgent } outcome { durationMs }
      } } }`,
      { as: OFFICER },
    )
    expect(errors).toEqual([])
    expect(data.accessEvents.nodes).toEqual([
      {
        at: '2026-11-02T14:00:00.000Z',
        recordedAt: '2026-11-02T14:00:00.000Z',
        requestId: 'search by sel',
        category: 'SEARCH',
        action: 'findPatients',
        isPermitted: false,
        refusal: 'ROLE_NOT_PERMITTED',
        user: {
          userId: sel.userId,
          name: 'Dr Tom Adeyemi',
          roleCode: 'R0050',
          roleName: 'Consultant',
          organisation: { odsCode: 'RJZ', name: "King's College Hospital NHS Foundation Trust" },
          participant: 'sel',
          assuranceLevel: 2,
        },
        purpose: 'TREAT',
        grounds: null,
        nhsNumber: null,
        requestedNhsNumber: null,
        sections: ['identity', 'allergies', 'medications'],
        deniedFields: [],
        facts: [
          { name: 'familyName', value: 'Example' },
          { name: 'birthDate', value: '1950-01-01' },
          { name: 'more', value: '{"a":1}' },
        ],
        operationName: 'Summary',
        client: { name: 'ed-viewer', version: '1.0' },
        device: { id: 'ED-04', address: '127.0.0.1', userAgent: 'test' },
        outcome: null,
      },
    ])
  })
})

describe('What cannot be asked', () => {
  it.each([
    ['nhsNumber', '9990000019'],
    ['userId', ''],
    ['userId', 'a\u0000b'],
    ['odsCode', ' '],
    ['from', 'last week'],
    ['from', '2026-02-30'],
    ['until', '2026-11-02T10:00'],
    ['first', 0],
    ['first', 201],
    ['after', 'a page that there is not'],
  ])('%s %j is refused by its name', async (argument, value) => {
    const { data, codes, errors } = await london.ask(EVENTS, {
      as: OFFICER,
      variables: { [argument]: value },
    })
    expect(data.accessEvents).toBeNull()
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]?.extensions['argument']).toBe(argument)
    expect(errors[0]?.message).not.toContain('9990000019')
  })

  it('a period that ends before it begins is refused', async () => {
    const variables = { from: '2026-11-02', until: '2026-11-02' }
    const { errors } = await london.ask(EVENTS, { as: OFFICER, variables })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'until' })
  })

  it('somebody of an organisation that takes no part sees nothing', async () => {
    const { data, codes } = await london.ask(EVENTS, { as: OFFICER, caller: { odsCode: 'ZZZ' } })
    expect(data.accessEvents).toBeNull()
    expect(codes).toEqual(['ORGANISATION_NOT_A_PARTICIPANT'])
  })
})
