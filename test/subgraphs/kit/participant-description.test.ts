import { describe, expect, it } from 'vitest'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'
import {
  DescriptionError,
  readParticipantDescription,
} from '../../../subgraphs/kit/participant-description.ts'

const THAMES = {
  code: 'thames',
  name: 'Thames Valley Care Record',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: { name: 'Patient advice', telephone: '020 7946 0300' },
  subjectAccess: { name: 'Information rights', email: 'rights@thames.example.nhs.uk' },
  organisations: [{ odsCode: 'RTH', name: 'Oxford Hospitals', kind: 'ACUTE_TRUST' }],
}

function problemsOf(json: unknown): readonly string[] {
  try {
    readParticipantDescription(json)
    return []
  } catch (error) {
    if (error instanceof DescriptionError) return error.problems
    throw error
  }
}

describe("A participant's description", () => {
  it('is read as it was written', () => {
    expect(readParticipantDescription(THAMES)).toEqual(THAMES)
  })

  it('says what is shared, from which day, and how soon', () => {
    const shares = [
      { section: 'allergies', timeliness: 'LIVE' },
      { section: 'medications', from: '2015-04-01', timeliness: 'NIGHTLY' },
    ]
    expect(readParticipantDescription({ ...THAMES, shares })).toEqual({ ...THAMES, shares })
    expect(
      problemsOf({ ...THAMES, shares: [...shares, { section: 'blood', timeliness: 'LIVE' }] }),
    ).toEqual([expect.stringContaining('shares[2].section: it must be one of allergies, ')])
    expect(problemsOf({ ...THAMES, shares: [shares[0], shares[0]] })).toEqual([
      'shares: it must be sections that each stand there once',
    ])
    expect(problemsOf({ ...THAMES, shares: [{ ...shares[1], from: 'April 2015' }] })).toEqual([
      'shares[0].from: it must be a day, such as 2015-04-01',
    ])
  })

  it('describes every participant of this project', async () => {
    for (const { extension: _, ...participant } of await findParticipants()) {
      expect(readParticipantDescription(JSON.parse(JSON.stringify(participant)))).toEqual(
        participant,
      )
    }
  })

  it.each([
    ['nothing at all', null, ['the file: it must be an object']],
    [
      'a code with a capital',
      { ...THAMES, code: 'Thames' },
      [/^code: it must be a word of 2 to 20/],
    ],
    ['a code that is taken', { ...THAMES, code: 'index' }, [/^code: it must be another word/]],
    [
      'no name',
      { ...THAMES, name: undefined },
      [/^name: it must be a name of 1 to 200 characters$/],
    ],
    [
      'another participation',
      { ...THAMES, participation: 'PARTLY' },
      ['participation: it must be one of FULL, VIEW_ONLY, CONTRIBUTE_ONLY'],
    ],
    ['no organisation', { ...THAMES, organisations: [] }, [/at least one organisation/]],
    [
      'an organisation twice',
      { ...THAMES, organisations: [THAMES.organisations[0], THAMES.organisations[0]] },
      [/an ODS code of their own/],
    ],
    [
      'an ODS code with a blank',
      { ...THAMES, organisations: [{ odsCode: 'R TH', name: 'X', kind: 'TRUST' }] },
      [
        'organisations[0].odsCode: it must be an ODS code, such as RJZ',
        /^organisations\[0\]\.kind: it must be one of ACUTE_TRUST/,
      ],
    ],
    ['a word too many', { ...THAMES, colour: 'blue' }, ["the file: there is no 'colour'"]],
    [
      'a contact that is no object',
      { ...THAMES, complaints: 'PALS' },
      ['complaints: it must be an object'],
    ],
  ])('with %s is refused, and told where', (_what, json, expected) => {
    const problems = problemsOf(json)
    expect(problems).toHaveLength(expected.length)
    for (const [place, words] of expected.entries()) expect(problems[place]).toMatch(words)
  })
})
