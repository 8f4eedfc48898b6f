import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load } from '../whose-record/load.ts'
import { patient, type Sent } from '../whose-record/records.ts'

const nhsNumber = testNhsNumbers().next().value

let system: TestSystem

/** Blood pressures by when they were taken; the id is the time, without what ids may not have. */
function taken(...times: readonly string[]): Sent[] {
  return times.map((effectiveDateTime) => ({
    resourceType: 'Observation',
    id: effectiveDateTime.replace('+', 'p').replaceAll(':', '-'),
    status: 'final',
    category: [{ coding: [{ code: 'vital-signs' }] }],
    code: { text: effectiveDateTime },
    subject: { reference: 'Patient/p' },
    effectiveDateTime,
  }))
}

const AT_NEL = [
  '2025',
  '2025-07',
  '2025-06-30',
  '2025-07-01',
  '2025-07-02',
  '2025-06-30T23:59:59+01:00',
  '2025-07-01T00:30:00+01:00',
  '2025-07-01T23:30:00+01:00',
  '2025-07-02T00:30:00+01:00',
]
const AT_SEL = [
  '2024-03-30T23:59:59Z',
  '2024-03-31T00:30:00Z',
  '2024-03-31T23:30:00+01:00',
  '2024-04-01T00:30:00+01:00',
  '2024-10-26T23:59:59+01:00',
  '2024-10-27T00:30:00+01:00',
  '2024-10-27T23:30:00Z',
  '2024-10-28T00:30:00Z',
]

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber] })
  const who = { given: 'Dee', family: 'Dated', birthDate: '1971-07-01' }
  await load(system, 'nel', [patient('p', nhsNumber, who), ...taken(...AT_NEL)])
  await load(system, 'sel', [patient('p', nhsNumber, who), ...taken(...AT_SEL)])
}, 60_000)
afterAll(() => system?.close())

async function ask(selection: string) {
  const query = `query ($n: ID!) { patient(nhsNumber: $n) { ${selection} } }`
  return system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
}

/** The times that are shown, newest first, read in pages of two. */
async function shown(field: string, args: string): Promise<string[]> {
  const times: string[] = []
  for (let after = ''; ; ) {
    const { data } = await ask(`list: ${field}(first: 2, ${args} ${after}) {
      nodes { time } isComplete pageInfo { hasNextPage endCursor }
    }`)
    const { nodes, isComplete, pageInfo } = data.patient.list
    expect(isComplete).toBe(true)
    times.push(...nodes.map(({ time }: { time: string }) => time))
    if (!pageInfo.hasNextPage) return times
    after = `after: "${pageInfo.endCursor}"`
  }
}

/** What begins at one moment stands in the order of its key. */
const OF_JULY = [
  '2025-07-02T00:30:00+01:00',
  '2025-07-02',
  '2025-07-01T23:30:00+01:00',
  '2025-07-01T00:30:00+01:00',
  '2025-07',
  '2025-07-01',
  '2025',
]

// Before: half past midnight on 1 July was missing, on 2 July it was in, and what is dated "2025" was missed.
describe("A day that is asked for is London's", () => {
  it.each([
    ['since a day in summer', 'since: "2025-07-01"', OF_JULY],
    [
      'on a day in summer',
      'since: "2025-07-01", until: "2025-07-02"',
      OF_JULY.filter((time) => !time.startsWith('2025-07-02')),
    ],
    ['since a month', 'since: "2025-07"', OF_JULY],
    [
      'since an hour of a day, with the day that it may be',
      'since: "2025-07-02T12:00:00+01:00"',
      ['2025-07-02', '2025-07', '2025'],
    ],
    [
      'on the day on which clocks go forward',
      'since: "2024-03-31", until: "2024-04-01"',
      ['2024-03-31T23:30:00+01:00', '2024-03-31T00:30:00Z'],
    ],
    [
      'on the day on which clocks go back',
      'since: "2024-10-27", until: "2024-10-28"',
      ['2024-10-27T23:30:00Z', '2024-10-27T00:30:00+01:00'],
    ],
    ['since the year after', 'since: "2026"', []],
  ])('%s', async (_, args, expected) => {
    expect(await shown('observations', args)).toEqual(expected)
  })

  it('in the timeline, too', async () => {
    expect(await shown('timeline', 'since: "2025-07-01"')).toEqual(OF_JULY)
  })
})
