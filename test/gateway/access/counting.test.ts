import { expect, it } from 'vitest'
import { countingRelationships } from '../../../gateway/access/counting.ts'
import { isInForce, type Relationship } from '../../../gateway/access/relationships.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const at = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

/** King's belongs to sel, UCLH and E83034 to ncl, the practice Y02633 to nel, hpft is RWR alone. */
const owners = new Map([
  ['RJZ', { participant: 'sel', kind: 'ACUTE_TRUST' as const }],
  ['RRV', { participant: 'ncl', kind: 'ACUTE_TRUST' as const }],
  ['E83034', { participant: 'ncl', kind: 'GP_PRACTICE' as const }],
  ['Y02633', { participant: 'nel', kind: 'GP_PRACTICE' as const }],
  ['RWR', { participant: 'hpft', kind: 'MENTAL_HEALTH_TRUST' as const }],
])

type Changes = Partial<Relationship>

function told(
  odsCode: string,
  kind: Relationship['kind'],
  participant: string,
  changes: Changes = {},
): Relationship {
  return {
    kind,
    participant,
    odsCode,
    evidence: `${kind}/${odsCode}`,
    startsAt: null,
    endsAt: null,
    referrer: null,
    recordedAt: null,
    ...changes,
  }
}

const registration = (odsCode: string, by: string, changes: Changes = {}) =>
  told(odsCode, 'GP_REGISTRATION', by, changes)
const referral = (from: string | null, to: string, by: string, changes: Changes = {}) =>
  told(to, 'REFERRAL', by, { referrer: from, startsAt: at(-100), ...changes })
const visit = (odsCode: string, by: string, changes: Changes = {}) =>
  told(odsCode, 'ATTENDANCE', by, changes)

const examples: readonly (readonly [string, readonly Relationship[], readonly string[]])[] = [
  ['a registration told by the practice itself', [registration('Y02633', 'nel')], ['Y02633']],
  ['a registration told by a hospital elsewhere', [registration('Y02633', 'sel')], []],
  ['a registration at a practice outside any participant', [registration('A81001', 'nel')], []],
  ['a registration told by a hospital for itself', [registration('RJZ', 'sel')], []],
  [
    'a registration that a later one with a hospital does not end',
    [registration('Y02633', 'nel'), registration('RWR', 'hpft', { startsAt: at(-1) })],
    ['Y02633'],
  ],
  ['a registration told by the national service', [registration('Y02633', 'pds')], ['Y02633']],
  [
    "the national service's registration, and no other beside it",
    [registration('Y02633', 'nel', { startsAt: at(-1) }), registration('E83034', 'pds')],
    ['E83034'],
  ],
  [
    'the newer of two registrations',
    [
      registration('Y02633', 'nel', { startsAt: at(-900) }),
      registration('E83034', 'ncl', { startsAt: at(-3) }),
    ],
    ['E83034'],
  ],
  [
    'the later recorded of two registrations without a beginning',
    [
      registration('Y02633', 'nel', { recordedAt: at(-2) }),
      registration('E83034', 'ncl', { recordedAt: at(-3) }),
    ],
    ['Y02633'],
  ],
  [
    'a registration with a date, before one without any',
    [registration('Y02633', 'nel'), registration('E83034', 'ncl', { recordedAt: at(-3) })],
    ['E83034'],
  ],
  [
    'both of two registrations that cannot be ordered',
    [registration('Y02633', 'nel'), registration('E83034', 'ncl')],
    ['E83034', 'Y02633'],
  ],
  [
    'the present registration until the next one begins',
    [
      registration('Y02633', 'nel', { startsAt: at(-900) }),
      registration('E83034', 'ncl', { startsAt: at(3) }),
    ],
    ['Y02633'],
  ],
  [
    'the registration that a newer one contradicts whose teller is not its practice',
    [
      registration('Y02633', 'nel', { startsAt: at(-900) }),
      registration('E83034', 'sel', { startsAt: at(-3) }),
    ],
    ['Y02633'],
  ],
  [
    'the practice that a patient has come back to',
    [
      registration('Y02633', 'nel', { startsAt: at(-900), endsAt: at(-500) }),
      registration('E83034', 'ncl', { startsAt: at(-500) }),
      registration('Y02633', 'nel', { startsAt: at(-20) }),
    ],
    ['Y02633'],
  ],
  ['an attendance told by the hospital', [visit('RJZ', 'sel')], ['RJZ']],
  ['an attendance told by another region', [visit('RJZ', 'nel')], []],
  ['a caseload that the view-only trust tells', [told('RWR', 'CASELOAD', 'hpft')], ['RWR']],
  ['an appointment told by another region', [told('RJZ', 'APPOINTMENT', 'ncl')], []],
  ['an admission of a hospital outside any participant', [told('RXX', 'ADMISSION', 'sel')], []],
  [
    "a referral by the practice, told by the practice's source",
    [registration('Y02633', 'nel'), referral('Y02633', 'RJZ', 'nel')],
    ['RJZ', 'Y02633'],
  ],
  [
    "a referral by the practice, told by the recipient's source",
    [registration('Y02633', 'nel'), referral('Y02633', 'RJZ', 'sel')],
    ['RJZ', 'Y02633'],
  ],
  [
    'a referral told by who is neither',
    [registration('Y02633', 'nel'), referral('Y02633', 'RJZ', 'ncl')],
    ['Y02633'],
  ],
  ['a referral by somebody who has nothing to do with them', [referral('RRV', 'RJZ', 'ncl')], []],
  ['a referral that names nobody who referred', [referral(null, 'RJZ', 'sel')], []],
  ['a referral to itself', [referral('RJZ', 'RJZ', 'sel')], []],
  [
    'two referrals that rest on each other',
    [referral('RJZ', 'RRV', 'sel'), referral('RRV', 'RJZ', 'ncl')],
    [],
  ],
  [
    'a referral onwards by who was referred to',
    [
      registration('Y02633', 'nel'),
      referral('RJZ', 'RWR', 'sel'),
      referral('Y02633', 'RJZ', 'nel'),
    ],
    ['RJZ', 'RWR', 'Y02633'],
  ],
  [
    'a referral of the practice that the patient has left since',
    [
      registration('Y02633', 'nel', { startsAt: at(-900) }),
      registration('E83034', 'ncl', { startsAt: at(-3) }),
      referral('Y02633', 'RJZ', 'nel'),
    ],
    ['E83034', 'RJZ'],
  ],
  [
    'a referral written after the patient had left the practice',
    [
      registration('Y02633', 'nel', { startsAt: at(-900) }),
      registration('E83034', 'ncl', { startsAt: at(-200) }),
      referral('Y02633', 'RJZ', 'nel'),
    ],
    ['E83034'],
  ],
  [
    'a referral by a hospital whose attendance was over long before',
    [visit('RRV', 'ncl', { endsAt: at(-200) }), referral('RRV', 'RJZ', 'ncl')],
    [],
  ],
]

it.each(examples)('counts %s', (_what, relationships, expected) => {
  expect(opened(relationships)).toEqual(expected)
})

it('counts nothing that a participant tells who takes the patient for somebody else', () => {
  const all = [registration('Y02633', 'nel'), referral('Y02633', 'RJZ', 'nel'), visit('RRV', 'ncl')]
  expect(opened(all)).toEqual(['RJZ', 'RRV', 'Y02633'])
  expect(opened(all, ['nel'])).toEqual(['RRV'])
})

/** Organisations to which the record is open now. */
function opened(relationships: readonly Relationship[], disbelieved: readonly string[] = []) {
  const isDisbelieved = ({ participant }: Relationship) => disbelieved.includes(participant)
  const judging = { owners, isDisbelieved, now: NOW }
  const open = countingRelationships(relationships, judging).filter((one) => isInForce(one, NOW))
  return [...new Set(open.map(({ odsCode }) => odsCode))].sort()
}
