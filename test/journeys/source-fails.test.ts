import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  allergies { status isComplete missingSources nodes { id provenance { participant } } }
  testResults(first: 5) { isComplete missingSources nodes { id } }
  sources { participant { code } outcome }
} }`

let system: TestSystem
const proxies = new Map<string, FaultyProxy>()

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(code, url) {
      const proxy = await startFaultyProxy(url)
      proxies.set(code, proxy)
      return proxy.url
    },
    env: { LCR_SOURCE_DEADLINE_MS: '1000', LCR_DEADLINE_MS: '1500' },
  })
})

afterEach(() => {
  for (const proxy of proxies.values()) proxy.setFault('none')
})

afterAll(async () => {
  await system?.close()
  for (const proxy of proxies.values()) await proxy.close()
})

interface PatientRecord {
  readonly allergies: Section
  readonly testResults: Section
  readonly sources: readonly {
    readonly participant: { readonly code: string }
    readonly outcome: string
  }[]
}

interface Section {
  readonly isComplete: boolean
  readonly missingSources: readonly string[]
  readonly nodes: readonly {
    readonly id: string
    readonly provenance?: readonly { readonly participant: string }[]
  }[]
}

const outcomeOf = (record: PatientRecord, code: string) =>
  record.sources.find(({ participant }) => participant.code === code)?.outcome

describe.each([
  ['resets its connections', 'reset', 'FAILED', 'SOURCE_FAILED'],
  ['hangs', 'hang', 'TIMED_OUT', 'SOURCE_TIMED_OUT'],
] as const)('a source that %s', (_case, fault, outcome, code) => {
  it('is named as missing, in time, and everything of the others is there', async () => {
    const before = await system.ask(RECORD)
    const healthy: PatientRecord = before.data.patient
    expect(healthy.allergies.isComplete).toBe(true)

    proxies.get('nel')?.setFault(fault)
    const started = performance.now()
    const { status, data, errors, text } = await system.ask(RECORD)
    expect(performance.now() - started).toBeLessThan(1500)
    const record: PatientRecord = data.patient

    expect(status).toBe(200)
    expect(outcomeOf(record, 'nel')).toBe(outcome)
    for (const section of [record.allergies, record.testResults]) {
      expect(section).toMatchObject({ isComplete: false, missingSources: ['nel'] })
    }
    const ofOthers = healthy.allergies.nodes.filter(({ provenance }) =>
      provenance?.some(({ participant }) => participant !== 'nel'),
    )
    expect(record.allergies.nodes.map(({ id }) => id)).toEqual(ofOthers.map(({ id }) => id))
    expect(errors).toEqual([
      {
        message: expect.stringContaining('What it knows is missing here.'),
        path: ['patient'],
        extensions: { code, participant: 'nel' },
      },
    ])
    expect(text).not.toMatch(/https?:|127\.0\.0\.1|ECONN|select /i)
  })

  it('is named in the view by source as well', async () => {
    proxies.get('nel')?.setFault(fault)
    const { data, errors } = await system.ask(
      `{ patient(nhsNumber: "${ADA}") { records { __typename allergies { status } } } }`,
    )
    const records: { __typename: string; allergies: object | null }[] = data.patient.records
    const place = records.findIndex(({ __typename }) => __typename === 'NelRecord')
    expect(records.filter(({ allergies }) => allergies === null)).toEqual([
      { __typename: 'NelRecord', allergies: null },
    ])
    expect(errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ['patient', 'records', place], code, participant: 'nel' },
    ])
  })

  it('is back in the next answer once it is well', async () => {
    const { data, errors } = await system.ask(RECORD)
    expect(errors).toBeUndefined()
    expect(data.patient.allergies).toMatchObject({ isComplete: true, missingSources: [] })
  })
})

describe('all sources away', () => {
  it('leaves nothing concluded: no section says that there is nothing', async () => {
    for (const proxy of proxies.values()) proxy.setFault('reset')
    const { data } = await system.ask(RECORD)
    expect(data.patient.allergies).toMatchObject({
      status: 'UNKNOWN',
      isComplete: false,
      nodes: [],
    })
  })
})

describe('who takes part', () => {
  it('is listed whole although one participant does not answer', async () => {
    proxies.get('nel')?.setFault('reset')
    const { data } = await system.ask(
      '{ participants { code name organisations { odsCode } service { status } } }',
    )
    expect(data.participants).toHaveLength(12)
    expect(data.participants.filter(({ service }: { service: object | null }) => !service)).toEqual(
      [{ code: 'nel', name: 'North East London', organisations: null, service: null }],
    )
  })
})
