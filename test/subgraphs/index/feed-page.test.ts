import { expect, it } from 'vitest'
import { feedPage } from '../../../subgraphs/index/feed/feed-page.ts'

function relationshipOf(startsAt: string | null, endsAt: string | null) {
  const relationship = { odsCode: 'R1H', kind: 'CASELOAD', evidence: 'EpisodeOfCare/1' }
  const change = {
    nhsNumber: '9990000018',
    holdsRecord: true,
    isSensitive: false,
    supersededBy: null,
    asOf: '2026-07-01T10:00:00Z',
    demographics: null,
    relationships: [{ ...relationship, startsAt, endsAt }],
  }
  const page = feedPage.parse({ changes: [change], cursor: null, hasMore: false })
  const [read] = page.changes[0]?.relationships ?? []
  return [read?.startsAt, read?.endsAt]
}

it.each([
  [
    'a day in summer',
    '2026-07-01',
    '2026-07-02',
    '2026-06-30T23:00:00.000Z',
    '2026-07-02T22:59:59.999Z',
  ],
  [
    'the day of a change of clocks',
    '2026-10-25',
    '2026-10-25',
    '2026-10-24T23:00:00.000Z',
    '2026-10-25T23:59:59.999Z',
  ],
  ['a month', '2026-02', '2026-02', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
  [
    'moments',
    '2026-07-01T09:00:00+01:00',
    '2026-07-02T09:00:00Z',
    '2026-07-01T08:00:00.000Z',
    '2026-07-02T09:00:00.000Z',
  ],
])(
  'A relationship that a feed dates by %s begins with it in London, and lasts until it is over',
  (_, from, to, starts, ends) => {
    expect(relationshipOf(from, to)).toEqual([starts, ends])
  },
)

it('A relationship without dates is open, and a date that cannot be read stops the feed', () => {
  expect(relationshipOf(null, null)).toEqual([null, null])
  expect(() => relationshipOf('soon', null)).toThrow()
})
