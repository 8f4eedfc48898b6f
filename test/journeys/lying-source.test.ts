import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../cli/start/system.ts'
import { sourceOutcome } from '../support/audit.ts'
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts'
import { type Answer, startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
/** What the lying source says wherever it says something; nothing else says it. */
const MARK = 'SOMEBODY-ELSES'
const SECTION =
  'status isComplete missingSources nodes { id code { display } provenance { participant } }'
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  birthDate
  allergies { ${SECTION} }
  testResults(first: 500) { ${SECTION} }
  timeline(first: 100) { isComplete missingSources nodes { ... on CareItem { id } } }
  sources { participant { code } outcome asOf }
} }`
const BY_SOURCE = `{ patient(nhsNumber: "${ADA}") {
  records {
    __typename nhsNumber asOf demographics { name { text } }
    allergies { status nodes { id code { display } } }
    testResults { status }
  }
} }`

// biome-ignore lint/suspicious/noExplicitAny: a lie may have any shape
type Sent = any

let system: TestSystem
let proxy: FaultyProxy
let whole: Answer
let wholeBySource: Answer

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(code, url) {
      if (code !== 'nel') return url
      proxy = await startFaultyProxy(url)
      return proxy.url
    },
    env: { LCR_ALERT_INTERVAL_MS: '100' },
  })
  whole = await system.ask(RECORD)
  wholeBySource = await system.ask(BY_SOURCE)
})
afterEach(() => proxy.setFault('none'))
afterAll(async () => {
  await system?.close()
  await proxy?.close()
})

/** Lets the source send its records otherwise. */
async function lie(change: (record: Sent) => void): Promise<void> {
  await proxy.setFault({
    answer(text) {
      const sent: Sent = JSON.parse(text)
      for (const record of sent.data._entities) change(record)
      return JSON.stringify(sent)
    },
  })
}

/** Writes the mark into everything that is shown of an entry. */
function mark(value: Sent): void {
  for (const [key, part] of Object.entries(value ?? {})) {
    if (key === 'display' || key === 'text') value[key] = MARK
    else if (typeof part === 'object') mark(part)
  }
}

const section = (answer: Answer, name: string) => answer.data.patient[name]
const sourceOf = (answer: Answer, code = 'nel') =>
  answer.data.patient.sources.find((one: Sent) => one.participant.code === code)
const idsOfOthers = (answer: Answer, name: string): string[] =>
  section(answer, name)
    .nodes.filter((node: Sent) => node.provenance.some((one: Sent) => one.participant !== 'nel'))
    .map(({ id }: { id: string }) => id)
const codesOf = ({ errors }: Answer) =>
  errors?.map(({ path, extensions }) => [
    path?.join('.'),
    extensions?.code,
    extensions?.participant,
  ])

/** What the audit trail says that the source did. */
const recordedOutcome = ({ headers }: Answer) =>
  sourceOutcome(system.audit, headers.get('x-request-id'), 'nel')

async function expectWhole(): Promise<void> {
  await proxy.setFault('none')
  const next = await system.ask(RECORD)
  expect(next.errors).toBeUndefined()
  expect(next.data.patient.allergies).toEqual(whole.data.patient.allergies)
}

it('The patient of these tests is known to the lying source and to others', () => {
  expect(whole.errors).toBeUndefined()
  expect(sourceOf(whole).outcome).toBe('ANSWERED')
  for (const name of ['allergies', 'testResults']) {
    const all = section(whole, name).nodes.length
    expect(all).toBeGreaterThan(idsOfOthers(whole, name).length)
    expect(idsOfOthers(whole, name).length).toBeGreaterThan(0)
  }
})

describe.each<[string, (record: Sent) => void]>([
  [
    'with another NHS number',
    (record) => {
      record.lcr_lcr_nhsNumber = '9990000026'
    },
  ],
  [
    "with another person's name and date of birth",
    (record) => {
      record.lcr_lcr_demographics = {
        birthDate: '1999-09-09',
        name: { text: MARK, given: ['Moe'], family: MARK },
      }
    },
  ],
])('A record %s', (_case, change) => {
  it('is kept out, and everything of the other sources is there', async () => {
    await lie((record) => {
      mark(record)
      change(record)
    })
    const answer = await system.ask(RECORD)
    expect(answer.status).toBe(200)
    expect(answer.text).not.toMatch(new RegExp(`${MARK}|9990000026|1999-09-09`))
    expect(sourceOf(answer)).toEqual({
      participant: { code: 'nel' },
      outcome: 'QUARANTINED',
      asOf: null,
    })
    expect(answer.extensions.sources.find((one: Sent) => one.participant.code === 'nel')).toEqual(
      expect.objectContaining({ outcome: 'QUARANTINED', asOf: null }),
    )
    for (const name of ['allergies', 'testResults']) {
      expect(section(answer, name)).toMatchObject({ isComplete: false, missingSources: ['nel'] })
      expect(section(answer, name).nodes.map(({ id }: Sent) => id)).toEqual(
        idsOfOthers(whole, name),
      )
    }
    expect(section(answer, 'timeline')).toMatchObject({
      isComplete: false,
      missingSources: ['nel'],
    })
    expect(codesOf(answer)).toEqual([['patient', 'SOURCE_QUARANTINED', 'nel']])
    await eventually(async () => (await recordedOutcome(answer)) === 'QUARANTINED')
    await expectWhole()
  })

  it('is not in the view by source either', async () => {
    await lie((record) => {
      mark(record)
      change(record)
    })
    const answer = await system.ask(BY_SOURCE)
    expect(answer.text).not.toMatch(new RegExp(`${MARK}|9990000026|1999-09-09`))
    const others = wholeBySource.data.patient.records.filter(
      ({ __typename }: Sent) => __typename !== 'NelRecord',
    )
    expect(answer.data.patient.records).toEqual(others)
    expect(codesOf(answer)).toEqual([['patient.records', 'SOURCE_QUARANTINED', 'nel']])
  })
})

it('Of a source that lies in one of its answers none is shown', async () => {
  await lie((record) => {
    if (!('lcr_allergies' in record)) return
    mark(record)
    record.lcr_lcr_nhsNumber = '9990000026'
  })
  const answer = await system.ask(`{ patient(nhsNumber: "${ADA}") {
    allergies { ${SECTION} }
    records { __typename allergies { status } }
    sources { participant { code } outcome asOf }
  } }`)
  expect(answer.text).not.toMatch(new RegExp(`${MARK}|9990000026|NelRecord`))
  expect(answer.data.patient.records.length).toBeGreaterThan(0)
  expect(sourceOf(answer)).toMatchObject({ outcome: 'QUARANTINED', asOf: null })
  expect(section(answer, 'allergies')).toMatchObject({ missingSources: ['nel'] })
})

describe('A record with one section that is not of the contract', () => {
  const breakIt = () =>
    lie((record) => {
      for (const [key, part] of Object.entries<Sent>(record)) {
        if (!key.endsWith('allergies') || !part) continue
        mark(part)
        part.status = MARK
      }
    })

  it('is shown without it, and the section says whose part is missing', async () => {
    await breakIt()
    const answer = await system.ask(RECORD)
    expect(answer.text).not.toContain(MARK)
    expect(sourceOf(answer)).toEqual({ ...sourceOf(whole), outcome: 'INCOMPLETE' })
    expect(section(answer, 'allergies')).toMatchObject({
      isComplete: false,
      missingSources: ['nel'],
    })
    const shown = section(answer, 'allergies').nodes.map(({ id }: Sent) => id)
    expect(shown).toEqual(idsOfOthers(whole, 'allergies'))
    expect(section(answer, 'testResults')).toEqual(section(whole, 'testResults'))
    const [error] = codesOf(answer) ?? []
    expect(error?.slice(1)).toEqual(['SOURCE_INVALID', 'nel'])
    await eventually(async () => (await recordedOutcome(answer)) === 'INCOMPLETE')
    await expectWhole()
  })

  it('is named where it is missing in the view by source', async () => {
    await breakIt()
    const answer = await system.ask(BY_SOURCE)
    expect(answer.text).not.toContain(MARK)
    const records: Sent[] = wholeBySource.data.patient.records
    const place = records.findIndex(({ __typename }) => __typename === 'NelRecord')
    expect(answer.data.patient.records).toEqual(
      records.with(place, { ...records[place], allergies: null }),
    )
    expect(codesOf(answer)).toEqual([
      [`patient.records.${place}.allergies`, 'SOURCE_INVALID', 'nel'],
    ])
  })

  it('never leads to "none known" where nobody else has anything', async () => {
    await lie((record) => {
      for (const [key, part] of Object.entries<Sent>(record)) {
        if (key.endsWith('socialCare')) part.status = MARK
      }
    })
    const { data } = await system.ask(
      `{ patient(nhsNumber: "${ADA}") { socialCare(codes: ["none"]) { status isComplete nodes { id } } } }`,
    )
    expect(data.patient.socialCare).toEqual({ status: 'UNKNOWN', isComplete: false, nodes: [] })
  })
})

it('A record that does not say when it changed is a record all the same', async () => {
  await lie((record) => {
    record.asOf = null
  })
  const answer = await system.ask(RECORD)
  expect(answer.errors).toBeUndefined()
  expect(sourceOf(answer)).toEqual({ ...sourceOf(whole), asOf: expect.any(String) })
  expect(section(answer, 'allergies')).toEqual(section(whole, 'allergies'))
})

it('A source that repeats an entry thousands of times hides nothing of the others', async () => {
  const COPIES = 9000
  await lie((record) => {
    const list = record.lcr_allergies
    const [node] = list.nodes
    const [edge] = list.lcr_edges
    const [time, key] = JSON.parse(Buffer.from(edge.cursor, 'base64url').toString())
    const ids = Array.from({ length: COPIES }, (_, at) => `copy-${String(at).padStart(5, '0')}`)
    list.nodes = ids.map((id) => ({ ...node, id }))
    list.lcr_edges = ids.map((id) => ({
      ...edge,
      cursor: Buffer.from(JSON.stringify([time, key, id])).toString('base64url'),
    }))
  })
  const answer = await system.ask(`{ patient(nhsNumber: "${ADA}") {
    allergies { isComplete nodes { id possibleDuplicateOf provenance { participant } } conflicts { text } }
  } }`)
  expect(answer.errors).toBeUndefined()
  const nodes: Sent[] = section(answer, 'allergies').nodes
  // Where look-alikes are marked, an id says of which ones it knows.
  const shown = nodes.map(({ id }) => id.replace(/~.*/, ''))
  expect(shown.filter((id) => id.startsWith('copy-'))).toHaveLength(COPIES)
  expect(shown).toEqual(expect.arrayContaining(idsOfOthers(whole, 'allergies')))
  const most = Math.max(...nodes.map((one) => one.possibleDuplicateOf.length))
  expect(most).toBe(50)
  await expectWhole()
})

it("Officers of the lying source's participant are told, once a day for each patient", async () => {
  const alerts = async () => {
    const query = `{ privacyAlerts(rule: WRONG_PATIENT_RECORD) {
      nodes { participant nhsNumber user { odsCode } state }
    } }`
    const { data } = await system.ask(query, { as: 'privacy-officer.sel', at: 'R1H' })
    return data.privacyAlerts.nodes
  }
  await eventually(async () => (await alerts()).length > 0)
  expect(await alerts()).toEqual([
    { participant: 'nel', nhsNumber: ADA, user: { odsCode: 'RJZ' }, state: 'OPEN' },
  ])
})
