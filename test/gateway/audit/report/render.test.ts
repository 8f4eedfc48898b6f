import { describe, expect, it } from 'vitest'
import { groupEntries } from '../../../../gateway/audit/report/group-entries.ts'
import { inLondon } from '../../../../gateway/audit/report/london-time.ts'
import type { Report, ReportEntry } from '../../../../gateway/audit/report/make-report.ts'
import { renderCsv } from '../../../../gateway/audit/report/render-csv.ts'
import { renderHtml } from '../../../../gateway/audit/report/render-html.ts'
import { renderText } from '../../../../gateway/audit/report/render-text.ts'

function entry(at: string, changes: Partial<ReportEntry> = {}): ReportEntry {
  return {
    at: new Date(at),
    who: "A consultant at King's College Hospital NHS Foundation Trust",
    what: 'Opened your record: your allergies and your medicines.',
    why: 'To give you care.',
    wasRefused: false,
    person: 'tom',
    ...changes,
  }
}

function reportOf(entries: readonly ReportEntry[], changes: Partial<Report> = {}): Report {
  return {
    nhsNumber: '9990000018',
    otherNhsNumbers: [],
    from: new Date('2026-11-01T00:00:00.000Z'),
    until: null,
    generatedAt: new Date('2026-11-22T09:00:00.000Z'),
    entries,
    ...changes,
  }
}

const REFUSED = entry('2026-11-02T08:00:00.000Z', {
  who: 'A receptionist at a practice',
  what: 'Tried to open your record and was refused.',
  why: 'We could not see that their organisation was looking after you.',
  wasRefused: true,
  person: 'marcia',
})

describe('A moment in London', () => {
  it.each([
    ['2026-11-02T10:15:00.000Z', '2 November 2026 at 10:15'],
    ['2026-07-01T23:30:00.000Z', '2 July 2026 at 00:30'],
    ['2026-03-29T00:59:00.000Z', '29 March 2026 at 00:59'],
    ['2026-03-29T01:00:00.000Z', '29 March 2026 at 02:00'],
    ['2026-10-25T00:30:00.000Z', '25 October 2026 at 01:30 (summer time)'],
    ['2026-10-25T01:30:00.000Z', '25 October 2026 at 01:30 (winter time)'],
    ['2026-10-25T02:30:00.000Z', '25 October 2026 at 02:30'],
  ])('%s is %s', (time, expected) => {
    expect(inLondon(new Date(time))).toBe(expected)
  })
})

describe('Looks of one person at the same thing', () => {
  const [last, first] = ['2026-11-02T10:25:00.000Z', '2026-11-02T10:00:00.000Z']

  it('within half an hour stand in one line, with the first time, the last and their number', () => {
    const lines = groupEntries([
      entry(last),
      REFUSED,
      entry('2026-11-02T10:10:00.000Z'),
      entry(first),
    ])
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({ count: 3, firstAt: new Date(first), lastAt: new Date(last) })
    expect(lines[1]).toMatchObject({ count: 1, wasRefused: true })
  })

  it.each<[string, ReportEntry]>([
    ['longer ago', entry('2026-11-02T09:54:59.000Z')],
    ['by another person of the same role', entry(first, { person: 'another' })],
    ['at something else', entry(first, { what: 'Opened your record.' })],
    ['for another reason', entry(first, { why: 'Emergency access.' })],
    ['refused', entry(first, { wasRefused: true })],
  ])('stay apart when %s', (_, other) => {
    expect(groupEntries([entry(last), other])).toHaveLength(2)
  })

  it('stay apart on either side of midnight in London', () => {
    const lines = groupEntries([
      entry('2026-07-01T23:05:00.000Z'),
      entry('2026-07-01T22:55:00.000Z'),
    ])
    expect(lines).toHaveLength(2)
  })

  it('are never lost: the counts make up all entries', () => {
    const entries = Array.from({ length: 200 }, (_, at) =>
      entry(new Date(Date.parse(last) - at * 7 * 60_000).toISOString(), { person: `${at % 3}` }),
    )
    const total = groupEntries(entries).reduce((sum, { count }) => sum + count, 0)
    expect(total).toBe(200)
  })
})

describe('As text', () => {
  it('a report is read from the top', () => {
    const text = renderText(reportOf([entry('2026-11-02T10:15:00.000Z'), REFUSED]))
    expect(text).toBe(`Who looked at your health and care record
=========================================

NHS number: 999 000 0018
Period: From 1 November 2026 at 00:00 until 22 November 2026 at 09:00
Report made: 22 November 2026 at 09:00
In all: 2 times, of which 1 refused

This report is about the London Care Record, where health and care staff look up
what they need to know to look after you. Each time somebody opens your record,
or tries to, it is written down.

Where it says "was refused", nothing of your record was shown. When somebody
searches by a name and a date of birth, and you are among the people they are
shown, that is in this list too.

--------------------------------------------------------------------------------

2 November 2026 at 10:15
  Who:           A consultant at King's College Hospital NHS Foundation Trust
  What they did: Opened your record: your allergies and your medicines.
  Why:           To give you care.

2 November 2026 at 08:00
  Who:           A receptionist at a practice
  What they did: Tried to open your record and was refused.
  Why:           We could not see that their organisation was looking after you.

--------------------------------------------------------------------------------

If you do not understand something here, or think that somebody should not have
looked, please ask the organisation that gave you this report. You may also ask
the Information Commissioner: https://ico.org.uk/make-a-complaint/
`)
  })

  it('no line is longer than 80 columns, and nothing in it begins another one', () => {
    const long = entry('2026-11-02T10:15:00.000Z', {
      who: `A nurse at ${'a long name of a hospital '.repeat(8)}`,
      what: 'Opened your record.\n2 November 2026 at 11:00\u2028\u001b[31m',
    })
    const lines = renderText(reportOf([long])).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(lines.filter((line) => line.startsWith('2 November'))).toHaveLength(1)
    expect(lines.join('')).not.toContain('\u001b')
  })

  it('a report of nothing says that nobody looked', () => {
    expect(renderText(reportOf([]))).toContain('Nobody opened your record in this period')
  })

  it('a report names the other numbers under which was looked', () => {
    const text = renderText(reportOf([], { otherNhsNumbers: ['9990000107', '9990000115'] }))
    expect(text).toContain('Other NHS numbers of yours: 999 000 0107, 999 000 0115')
  })
})

describe('As CSV', () => {
  it('every entry has a line of its own, with its moment in words and in UTC', () => {
    const again = entry('2026-07-02T10:15:00.000Z')
    expect(renderCsv(reportOf([again, again])).split('\r\n')).toEqual([
      'When,When (UTC),Who,What they did,Why,Refused',
      ...[1, 2].map(
        () =>
          "2 July 2026 at 11:15,2026-07-02T10:15:00.000Z,A consultant at King's College Hospital NHS Foundation Trust,Opened your record: your allergies and your medicines.,To give you care.,no",
      ),
      '',
    ])
  })

  it('commas, quotation marks and line ends stay within their cell', () => {
    const odd = entry('2026-11-02T10:15:00.000Z', { who: 'A "nurse", of\nsomewhere' })
    expect(renderCsv(reportOf([odd]))).toContain(',"A ""nurse"", of\nsomewhere",')
  })

  it.each(['=1+1', '+44', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1'])(
    'a spreadsheet takes %j for no formula',
    (who) => {
      const csv = renderCsv(reportOf([entry('2026-11-02T10:15:00.000Z', { who })]))
      expect(csv).toMatch(/Z,"?'[\s=+\-@]/)
    },
  )
})

describe('As a page', () => {
  const page = renderHtml(reportOf([entry('2026-11-02T10:15:00.000Z'), REFUSED]))

  it('it says its language, has one heading, and a table whose columns and rows are named', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en-GB">/)
    expect(page.match(/<h1>/g)).toHaveLength(1)
    expect(page.match(/<th scope="col">/g)).toHaveLength(4)
    expect(page.match(/<th scope="row">/g)).toHaveLength(2)
    expect(page).toContain('<caption>')
    expect(page).toContain('<title>Who looked at your health and care record</title>')
  })

  it('it loads nothing and runs nothing', () => {
    expect(page).not.toMatch(
      /<(script|link|img|iframe|object|embed|form|a)\b|@import|url\(|\son\w+=/i,
    )
    expect(page).toContain("default-src 'none'")
  })

  it('it repeats the heading of the table on every sheet of A4', () => {
    expect(page).toContain('size: A4')
    expect(page).toMatch(/@media print[^@]*thead \{ display: table-header-group; \}/)
  })

  it('nothing that somebody wrote becomes markup', () => {
    const odd = `<script>alert("x")</script> & 'y' </td></style>`
    const changes = { who: odd, what: odd, why: odd }
    const html = renderHtml(reportOf([entry('2026-11-02T10:15:00.000Z', changes)]))
    const safe =
      '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39; &lt;/td&gt;&lt;/style&gt;'
    expect(html.split(safe)).toHaveLength(4)
    expect(html).not.toContain('<script')
  })
})
