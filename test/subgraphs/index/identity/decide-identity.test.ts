import { describe, expect, it } from 'vitest'
import {
  type Claim,
  NATIONAL_SERVICE,
  toClaim,
} from '../../../../subgraphs/index/identity/claim.ts'
import { decideIdentity } from '../../../../subgraphs/index/identity/decide-identity.ts'

const participants = [
  { code: 'nel', organisations: [organisation('F84001')] },
  { code: 'sel', organisations: [organisation('G85001')] },
  { code: 'mkuh', organisations: [{ ...organisation('RD8'), kind: 'ACUTE_TRUST' as const }] },
]

const MAY = { birthDate: '1962-01-10', given: 'May', family: 'Majority' }
const MOE = { birthDate: '1985-09-09', given: 'Moe', family: 'Mistyped' }

describe('who a patient is', () => {
  it('is what most sources agree on, not what was written last', () => {
    const identity = decide([
      claim('mkuh', MAY, 1),
      claim('ncl', MAY, 2),
      claim('nwl', MAY, 3),
      claim('sel', MOE, 9),
    ])
    expect(identity).toMatchObject({
      basis: 'MOST_SOURCES',
      agreeing: ['mkuh', 'ncl', 'nwl'],
      disagreeing: ['sel'],
      unconfirmed: [],
      person: { birthDate: MAY.birthDate },
    })
  })

  it('is what the source of the practice says where the patient is registered, though others are more', () => {
    const identity = decide([
      claim('nel', { ...MAY, practice: 'F84001' }, 1),
      claim('ncl', MOE, 2),
      claim('sel', MOE, 3),
    ])
    expect(identity).toMatchObject({
      basis: 'REGISTERED_PRACTICE',
      agreeing: ['nel'],
      disagreeing: ['ncl', 'sel'],
    })
  })

  it('is not what a source says by another participant’s practice', () => {
    const identity = decide([
      claim('nel', { ...MOE, practice: 'G85001' }, 9),
      claim('ncl', MAY, 1),
      claim('sel', MAY, 2),
    ])
    expect(identity).toMatchObject({ basis: 'MOST_SOURCES', disagreeing: ['nel'] })
  })

  it('is not what a hospital says that names itself as the practice', () => {
    const identity = decide([
      claim('mkuh', { ...MOE, practice: 'RD8' }, 9),
      claim('ncl', MAY, 1),
      claim('sel', MAY, 2),
    ])
    expect(identity).toMatchObject({ basis: 'MOST_SOURCES', disagreeing: ['mkuh'] })
  })

  it('bears the given name that most sources write, not the last', () => {
    const { demographics } = decide([
      claim('ncl', MAY, 1),
      claim('nwl', MAY, 2),
      claim('sel', { ...MAY, given: 'June' }, 9),
    ])
    expect(demographics).toMatchObject({ name: { given: ['May'] } })
  })

  it('is not decided by two practices whose patients differ, but by most', () => {
    const [own, other] = [
      claim('nel', { ...MAY, practice: 'F84001' }, 1),
      claim('sel', { ...MOE, practice: 'G85001' }, 9),
    ]
    expect(decide([own, other]).basis).toBe('UNDECIDED')
    expect(decide([own, other, claim('ncl', MAY, 0)])).toMatchObject({
      basis: 'MOST_SOURCES',
      disagreeing: ['sel'],
    })
  })

  it('is what the national service says before everything else', () => {
    const identity = decide([
      claim(NATIONAL_SERVICE, MOE, 0),
      claim('nel', { ...MAY, practice: 'F84001' }, 1),
      claim('ncl', MAY, 2),
      claim('sel', MOE, 3),
    ])
    expect(identity).toMatchObject({
      basis: 'NATIONAL_SERVICE',
      agreeing: ['sel'],
      disagreeing: ['ncl', 'nel'],
    })
  })

  it('is what one source alone says, even where that is little', () => {
    const little = { birthDate: null, given: 'May', family: null }
    expect(decide([claim('nel', little, 1)])).toMatchObject({
      basis: 'ONLY_SOURCE',
      agreeing: ['nel'],
      unconfirmed: [],
    })
  })

  it.each([
    ['two sources that disagree', [claim('nel', MAY, 1), claim('sel', MOE, 2)], ['nel', 'sel'], []],
    [
      'two against two',
      [claim('nel', MAY, 1), claim('ncl', MAY, 1), claim('sel', MOE, 2), claim('swl', MOE, 2)],
      ['ncl', 'nel', 'sel', 'swl'],
      [],
    ],
    [
      'two of four where the others all differ: most are more than half',
      [
        claim('nel', MAY, 1),
        claim('ncl', MAY, 1),
        claim('sel', MOE, 2),
        claim('swl', { birthDate: '1930-03-03', given: 'Kim', family: 'Kept' }, 3),
      ],
      ['ncl', 'nel', 'sel', 'swl'],
      [],
    ],
    [
      'sources of which none says date and name both',
      [
        claim('nel', { ...MAY, birthDate: null }, 1),
        claim('sel', { ...MAY, family: null, given: null }, 2),
      ],
      [],
      ['nel', 'sel'],
    ],
    [
      'a source that is alone and says nothing',
      [claim('nel', { birthDate: null, given: null, family: null }, 1)],
      [],
      ['nel'],
    ],
  ])('is not decided by %s: no name stands there', (_case, claims, disagreeing, unconfirmed) => {
    expect(decide(claims)).toEqual({
      basis: 'UNDECIDED',
      person: null,
      disbelieved: new Set(),
      demographics: null,
      agreeing: [],
      disagreeing,
      unconfirmed,
      vouched: new Set(),
    })
  })

  it('is not borne out by what a source has under another of the patient’s numbers', () => {
    const stray = {
      ...claim('sel', { ...MOE, family: null, given: null }, 1),
      nhsNumber: '9990000026',
    }
    const identity = decide([claim('nel', MAY, 1), claim('sel', MAY, 2), stray])
    expect(identity).toMatchObject({ agreeing: ['nel'], disagreeing: [], unconfirmed: ['sel'] })
    expect([...identity.vouched]).toEqual(['nel 9990000018', 'sel 9990000018'])
  })

  it('is not changed by a source that leaves name or date of birth blank, and confirms nothing', () => {
    const blanks = [
      claim('sel', { ...MAY, birthDate: null }, 8),
      claim('swl', { birthDate: MAY.birthDate, given: null, family: null }, 9),
    ]
    const identity = decide([claim('nel', MAY, 1), ...blanks])
    expect(identity).toMatchObject({
      basis: 'ONLY_SOURCE',
      agreeing: ['nel'],
      disagreeing: [],
      unconfirmed: ['sel', 'swl'],
      demographics: { name: { family: 'Majority' } },
    })
  })

  it('stays the same person who married: the name that most write is shown, of as many the later', () => {
    const married = { ...MAY, family: 'Married' }
    expect(decide([claim('nel', MAY, 1), claim('sel', married, 2)])).toMatchObject({
      basis: 'MOST_SOURCES',
      agreeing: ['nel', 'sel'],
      demographics: { name: { family: 'Married' } },
    })
    const most = [claim('nel', MAY, 1), claim('ncl', MAY, 1), claim('sel', married, 9)]
    expect(decide(most)).toMatchObject({
      agreeing: ['ncl', 'nel', 'sel'],
      demographics: { name: { family: 'Majority' } },
    })
  })

  it('is the same in whatever order the sources are read', () => {
    const claims = [claim('nel', MAY, 5), claim('ncl', MAY, 5), claim('sel', MOE, 5)]
    for (const order of [claims, [...claims].reverse()]) {
      expect(decide(order)).toMatchObject({ agreeing: ['ncl', 'nel'], disagreeing: ['sel'] })
    }
  })
})

function decide(claims: readonly Claim[]) {
  return decideIdentity(claims, participants)
}

function claim(
  participant: string,
  said: {
    readonly birthDate: string | null
    readonly given: string | null
    readonly family: string | null
    readonly practice?: string
  },
  day: number,
): Claim {
  const given = said.given === null ? [] : [said.given]
  const name = { text: [...given, said.family ?? ''].join(' '), given, family: said.family }
  return toClaim({
    participant,
    server: null,
    nhs_number: '9990000018',
    holds_record: true,
    is_sensitive: false,
    as_of: new Date(Date.UTC(2026, 0, 1 + day)),
    demographics: {
      name: given.length === 0 && said.family === null ? null : name,
      birthDate: said.birthDate,
      generalPractice: said.practice ? { odsCode: said.practice } : null,
    },
  })
}

function organisation(odsCode: string) {
  return { odsCode, name: 'A practice', kind: 'GP_PRACTICE' as const }
}
