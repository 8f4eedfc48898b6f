import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../cli/start/system.ts'
import { sourceOutcome } from '../../support/audit.ts'
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts'
import { type Answer, startSystem, type TestSystem } from '../../support/system.ts'
import { LEAK, SOURCE_FAULTS } from './source-faults.ts'

const ADA = '9990000018'
const SECTIONS = ['allergies', 'medications', 'testResults', 'diagnoses'] as const
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  name { text }
  ${SECTIONS.map(
    (section) => `${section}(first: 500) {
      status isComplete missingSources
      nodes { code { display } provenance { participant recordedAt } }
    }`,
  ).join('\n')}
  sources { participant { code } outcome latencyMs }
} }`

/** The source that fails: one that holds a part of everything. */
const FAULTY = 'nel'

let system: TestSystem
let whole: Answer
const proxies = new Map<string, FaultyProxy>()

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(code, url) {
      const proxy = await startFaultyProxy(url)
      proxies.set(code, proxy)
      return proxy.url
    },
    env: { LCR_SOURCE_DEADLINE_MS: '5000', LCR_DEADLINE_MS: '7000' },
  })
  whole = await system.ask(RECORD)
})

afterAll(async () => {
  await system?.close()
  for (const proxy of proxies.values()) await proxy.close()
})

interface Section {
  readonly status: string
  readonly isComplete: boolean
  readonly missingSources: readonly string[]
  readonly nodes: readonly {
    readonly code: object
    readonly provenance: readonly { readonly participant: string; readonly recordedAt: string }[]
  }[]
}

const sectionOf = (answer: Answer, section: string): Section => answer.data.patient[section]

/** What each source is shown to have recorded in a section. */
function recordings(section: Section, isWanted: (participant: string) => boolean): string[] {
  const all = section.nodes.flatMap(({ code, provenance }) =>
    provenance
      .filter(({ participant }) => isWanted(participant))
      .map((own) => JSON.stringify([own.participant, own.recordedAt, code])),
  )
  return all.sort()
}

const outcomeOf = (answer: Answer, code: string): string =>
  answer.data.patient.sources.find(
    ({ participant }: { participant: { code: string } }) => participant.code === code,
  ).outcome

/** The record is as whole as before the fault: no source is left alone for what is over. */
async function expectWhole(): Promise<void> {
  await eventually(async () => {
    const next = await system.ask(RECORD)
    return SECTIONS.every((section) => sectionOf(next, section).isComplete)
  })
  const next = await system.ask(RECORD)
  expect(next.errors).toBeUndefined()
  for (const section of SECTIONS)
    expect(sectionOf(next, section)).toEqual(sectionOf(whole, section))
}

it('The patient of these tests is known to several sources, the faulty one among them', () => {
  expect(whole.errors).toBeUndefined()
  for (const section of SECTIONS) {
    expect(recordings(sectionOf(whole, section), (code) => code === FAULTY).length).toBeGreaterThan(
      0,
    )
  }
  const others = SECTIONS.flatMap((section) =>
    recordings(sectionOf(whole, section), (code) => code !== FAULTY),
  )
  expect(others.length).toBeGreaterThan(5)
})

describe.each(SOURCE_FAULTS)('$fault', ({ set, outcomes, codes, missingFrom }) => {
  it('is told, costs nothing of the other sources, shows nothing wrong, and is over when it is over', async () => {
    await proxies.get(FAULTY)?.setFault(set)
    const answer = await system.ask(RECORD)
    await proxies.get(FAULTY)?.setFault('none')

    expect(answer.status).toBe(200)
    expect(outcomes).toContain(outcomeOf(answer, FAULTY))
    const named = (answer.errors ?? []).map(({ extensions }) => extensions)
    expect(named.every((one) => codes.includes(String(one?.code)))).toBe(true)
    expect(named.every((one) => one?.participant === FAULTY)).toBe(true)
    expect(named.length > 0).toBe(missingFrom !== 'none')

    const incomplete = SECTIONS.filter((section) => !sectionOf(answer, section).isComplete)
    if (missingFrom === 'none') expect(incomplete).toEqual([])
    if (missingFrom === 'some') expect(incomplete).toContain('allergies')
    if (missingFrom === 'all') expect(incomplete).toEqual(SECTIONS)
    for (const section of SECTIONS) {
      const [shown, before] = [sectionOf(answer, section), sectionOf(whole, section)]
      const isOther = (code: string) => code !== FAULTY
      expect(recordings(shown, isOther)).toEqual(recordings(before, isOther))
      const isMissing = incomplete.includes(section)
      expect(shown.missingSources).toEqual(isMissing ? [FAULTY] : [])
      expect(recordings(shown, (code) => code === FAULTY)).toEqual(
        isMissing ? [] : recordings(before, (code) => code === FAULTY),
      )
    }

    expect(answer.text).not.toMatch(/SECRETNAME|Nobody|1999-09-09|9990000026|https?:|127\.0\.0\.1/)
    expect(answer.text).not.toContain(LEAK)
    await eventually(async () =>
      outcomes.includes(
        (await sourceOutcome(system.audit, answer.headers.get('x-request-id'), FAULTY)) ??
          'not there yet',
      ),
    )
    await expectWhole()
  })
})

describe('A source that flaps', () => {
  it('is in every answer either whole or named as missing, and no other source is', async () => {
    await proxies.get(FAULTY)?.setFault('flap')
    const answers = await Promise.all(Array.from({ length: 30 }, () => system.ask(RECORD)))
    await proxies.get(FAULTY)?.setFault('none')
    const outcomes = new Set(answers.map((answer) => outcomeOf(answer, FAULTY)))
    expect(outcomes.size).toBeGreaterThan(1)
    for (const answer of answers) {
      const isThere = outcomeOf(answer, FAULTY) === 'ANSWERED'
      for (const section of SECTIONS) {
        const shown = sectionOf(answer, section)
        const isOwn = (code: string) => isThere || code !== FAULTY
        expect(shown.missingSources).toEqual(isThere ? [] : [FAULTY])
        expect(recordings(shown, () => true)).toEqual(recordings(sectionOf(whole, section), isOwn))
      }
    }
    await expectWhole()
  })
})

describe('A source that keeps hanging', () => {
  it('is left alone, so that nobody waits for it any more, and is asked again by itself', async () => {
    await proxies.get(FAULTY)?.setFault('hang')
    const asked = Array.from({ length: 12 }, () => system.ask(RECORD))
    expect((await Promise.all(asked)).map((answer) => outcomeOf(answer, FAULTY))).toEqual(
      Array(12).fill('TIMED_OUT'),
    )
    const answers = await Promise.all(Array.from({ length: 12 }, () => system.ask(RECORD)))
    const left = answers.filter((answer) => outcomeOf(answer, FAULTY) === 'NOT_ASKED')
    // One at a time tries it.
    expect(left.length).toBeGreaterThanOrEqual(11)
    for (const answer of left) {
      expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
        { code: 'SOURCE_NOT_ASKED', participant: FAULTY },
      ])
      expect(sectionOf(answer, 'allergies').missingSources).toEqual([FAULTY])
    }
    const { data } = await system.ask('{ participants { code service { status circuit } } }')
    expect(data.participants.find(({ code }: { code: string }) => code === FAULTY).service).toEqual(
      { status: 'DOWN', circuit: expect.stringMatching(/OPEN/) },
    )
    await proxies.get(FAULTY)?.setFault('none')
    await expectWhole()
  })
})

describe('The view by source', () => {
  it('names a source that fails, and shows the others', async () => {
    await proxies.get(FAULTY)?.setFault('reset')
    const { data, errors } = await system.ask(
      `{ patient(nhsNumber: "${ADA}") { records { __typename allergies { status } } } }`,
    )
    await proxies.get(FAULTY)?.setFault('none')
    const records: { __typename: string; allergies: object | null }[] = data.patient.records
    const place = records.findIndex(({ __typename }) => __typename === 'NelRecord')
    expect(records.filter(({ allergies }) => allergies === null)).toEqual([
      { __typename: 'NelRecord', allergies: null },
    ])
    expect(errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ['patient', 'records', place], code: 'SOURCE_FAILED', participant: FAULTY },
    ])
  })
})

describe('When all sources are away', () => {
  it('nothing is concluded: no section says that there is nothing', async () => {
    for (const proxy of proxies.values()) await proxy.setFault('reset')
    const { data } = await system.ask(RECORD)
    for (const section of SECTIONS) {
      expect(data.patient[section]).toMatchObject({
        status: 'UNKNOWN',
        isComplete: false,
        nodes: [],
      })
    }
    for (const proxy of proxies.values()) await proxy.setFault('none')
    await expectWhole()
  })
})

describe('Who takes part', () => {
  it('is listed whole although one participant does not answer, and that one as down', async () => {
    await proxies.get(FAULTY)?.setFault('reset')
    const { data } = await system.ask(
      '{ participants { code name organisations { odsCode } service { status circuit items } } }',
    )
    await proxies.get(FAULTY)?.setFault('none')
    expect(data.participants).toHaveLength(12)
    for (const { code, organisations, service } of data.participants) {
      if (code === FAULTY) {
        expect(organisations).toBeNull()
        expect(service).toEqual({
          status: 'DOWN',
          circuit: expect.stringMatching(/^(CLOSED|OPEN|HALF_OPEN)$/),
          items: null,
        })
      } else {
        expect(service).toEqual({
          status: 'UP',
          circuit: 'CLOSED',
          items: expect.any(Number),
        })
      }
    }
    await expectWhole()
  })
})
