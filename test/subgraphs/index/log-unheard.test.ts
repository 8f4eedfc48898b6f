import { expect, it } from 'vitest'
import type { PatientChange } from '../../../subgraphs/index/feed/feed-page.ts'
import { logUnheard } from '../../../subgraphs/index/feed/log-unheard.ts'

it('tells the operator, by kind and reason, how many relationships of a page open nothing', () => {
  const lines: object[] = []
  const one = { startsAt: null, endsAt: null, evidence: 'Encounter/1' }
  const changes: PatientChange[] = [
    {
      nhsNumber: '9990000018',
      holdsRecord: true,
      isSensitive: false,
      supersededBy: null,
      asOf: '2026-11-22T12:00:00Z',
      demographics: null,
      relationships: [
        { ...one, odsCode: 'RJZ', kind: 'ATTENDANCE' },
        { ...one, odsCode: 'RRV', kind: 'ATTENDANCE' },
        { ...one, odsCode: 'RRV', kind: 'ATTENDANCE', evidence: 'Encounter/2' },
        { ...one, odsCode: 'A81001', kind: 'GP_REGISTRATION' },
        { ...one, odsCode: 'RJZ', kind: 'GP_REGISTRATION' },
        { ...one, odsCode: 'RJZ', kind: 'REFERRAL', referrer: null },
      ],
    },
  ]
  const owners = new Map([
    ['RJZ', { participant: 'sel', kind: 'ACUTE_TRUST' as const }],
    ['RRV', { participant: 'ncl', kind: 'ACUTE_TRUST' as const }],
  ])
  const logger = { info: (line: object) => void lines.push(line) }
  logUnheard(logger, changes, { participant: 'sel', owners })
  expect(lines).toEqual([
    { participant: 'sel', kind: 'ATTENDANCE', reason: 'ANOTHER_PARTICIPANT', relationships: 2 },
    { participant: 'sel', kind: 'GP_REGISTRATION', reason: 'OUTSIDE', relationships: 1 },
    { participant: 'sel', kind: 'GP_REGISTRATION', reason: 'NO_PRACTICE', relationships: 1 },
    { participant: 'sel', kind: 'REFERRAL', reason: 'NOBODY_REFERRED', relationships: 1 },
  ])
})
