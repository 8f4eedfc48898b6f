import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessEvent, Outcome } from '../../gateway/audit/entries.ts'
import { fromCursor, type Position } from '../../subgraphs/kit/position.ts'
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { type AskOptions, startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const JASMINE = '9990000093'

const SECTIONS = {
  allergies: 'ALLERGIES',
  medications: 'MEDICATIONS',
  immunisations: 'IMMUNISATIONS',
  diagnoses: 'DIAGNOSES',
  testResults: 'TEST_RESULTS',
  imagingReports: 'IMAGING_REPORTS',
  observations: 'OBSERVATIONS',
  procedures: 'PROCEDURES',
  appointments: 'APPOINTMENTS',
  encounters: 'ENCOUNTERS',
  documents: 'DOCUMENTS',
  carePlans: 'CARE_PLANS',
  socialCare: 'SOCIAL_CARE',
  mentalHealth: 'MENTAL_HEALTH',
  safetyAlerts: 'SAFETY_ALERTS',
  referrals: 'REFERRALS',
} as const

let system: TestSystem
const recording = new Map<string, RecordingProxy>()
const faulty = new Map<string, FaultyProxy>()

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada', 'jasmine', 'nadia'],
    async urlOf(code, url) {
      const recorder = await startRecordingProxy(url)
      recording.set(code, recorder)
      if (code !== 'nel') return recorder.url
      const proxy = await startFaultyProxy(recorder.url)
      faulty.set(code, proxy)
      return proxy.url
    },
  })
}, 60_000)

afterAll(async () => {
  await system?.close()
  for (const proxy of [...faulty.values(), ...recording.values()]) await proxy.close()
})

const TYPES = { first: 'Int', after: 'String', some: '[TimelineSection!]' }

/** A question for the timeline; the variables that its arguments use are declared. */
function timeline(selection: string, args = '', nhsNumber = ADA): string {
  const used = Object.entries(TYPES).filter(([name]) => args.includes(`$${name}`))
  const variables = used.map(([name, type]) => `$${name}: ${type}`).join(', ')
  const name = used.length > 0 ? `query (${variables}) ` : ''
  return `${name}{ patient(nhsNumber: "${nhsNumber}") { timeline${args} { ${selection} } } }`
}

/** The text of all that the sources were asked since the last look. */
const takeQueries = () => [...recording.values()].flatMap((proxy) => proxy.takeQueries()).join('\n')

interface Edge {
  readonly cursor: string
  readonly node: { readonly id: string }
}

/** The order over all sections: newest first, without a time last, then by key and id. */
function byPlace(one: Edge, other: Edge): number {
  const [a, b] = [one, other].map(({ cursor }) => fromCursor(cursor) as Position)
  if (!a || !b) return 0
  if (a.time !== b.time) {
    if (a.time === null || b.time === null) return a.time === null ? 1 : -1
    return Date.parse(b.time) - Date.parse(a.time)
  }
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return (a.id ?? '') < (b.id ?? '') ? -1 : 1
}

async function pageToTheEnd(
  first: number,
  some: readonly string[] | null = null,
): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const query = timeline(
      'nodes { id } pageInfo { endCursor hasNextPage } isComplete',
      '(first: $first, after: $after, sections: $some)',
    )
    const { data, errors } = await system.ask(query, { variables: { first, after, some } })
    expect(errors).toBeUndefined()
    const { nodes, pageInfo, isComplete } = data.patient.timeline
    expect(isComplete).toBe(true)
    expect(nodes.length).toBeLessThanOrEqual(first)
    ids.push(...nodes.map(({ id }: { id: string }) => id))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return ids
}

describe('the timeline of a patient whom several sources know', () => {
  it('is all of their sections in one order, each entry once, however long the pages', async () => {
    const selection = Object.keys(SECTIONS)
      .map(
        (name) => `${name}(first: 500) { edges { cursor node { id } } pageInfo { hasNextPage } }`,
      )
      .join(' ')
    const { data } = await system.ask(`{ patient(nhsNumber: "${ADA}") { ${selection} } }`)
    const sections: { edges: Edge[]; pageInfo: { hasNextPage: boolean } }[] = Object.values(
      data.patient,
    )
    expect(sections.some(({ pageInfo }) => pageInfo.hasNextPage)).toBe(false)
    const all = sections.flatMap(({ edges }) => edges).sort(byPlace)
    expect(all.length).toBeGreaterThan(200)
    expect(sections.filter(({ edges }) => edges.length > 0)).toHaveLength(16)
    for (const first of [100, 37]) {
      expect(await pageToTheEnd(first)).toEqual(all.map(({ node }) => node.id))
    }
  })

  it('is those sections that a variable names, and no other is asked of a source', async () => {
    takeQueries()
    const wanted = ['allergies', 'documents'] as const
    const ids = await pageToTheEnd(
      5,
      wanted.map((section) => SECTIONS[section]),
    )
    const asked = takeQueries()
    for (const section of Object.keys(SECTIONS)) {
      const isWanted = (wanted as readonly string[]).includes(section)
      expect(asked.includes(`${section}(`)).toBe(isWanted)
    }
    const selection = wanted.map((name) => `${name}(first: 500) { edges { cursor node { id } } }`)
    const { data } = await system.ask(`{ patient(nhsNumber: "${ADA}") { ${selection.join(' ')} } }`)
    const sections: { edges: Edge[] }[] = Object.values(data.patient)
    const all = sections.flatMap(({ edges }) => edges).sort(byPlace)
    expect(ids).toEqual(all.map(({ node }) => node.id))
  })

  it('shows what differs by type, in fragments', async () => {
    const { data, errors } = await system.ask(
      timeline(
        `nodes { __typename id time code { display } provenance { participant organisation { name } }
           ... on TestResult { value { text } } ...Allergies }`,
        '(first: 100)',
      ).concat(' fragment Allergies on Allergy { criticality substance { display } }'),
    )
    expect(errors).toBeUndefined()
    const nodes: Record<string, unknown>[] = data.patient.timeline.nodes
    expect(nodes.some((node) => 'value' in node)).toBe(true)
    for (const node of nodes) {
      expect('value' in node).toBe(node['__typename'] === 'TestResult')
      expect('criticality' in node).toBe(node['__typename'] === 'Allergy')
    }
  })

  it('begins where it is told to', async () => {
    const { data } = await system.ask(timeline('nodes { time }', '(first: 100, since: "2025")'))
    const times: string[] = data.patient.timeline.nodes.map(({ time }: { time: string }) => time)
    expect(times.length).toBeGreaterThan(0)
    expect(times.every((time) => new Date(time) >= new Date('2025'))).toBe(true)
  })

  it('joins the same result of two sources, as its section does', async () => {
    const selection = 'nodes { id provenance { participant } }'
    const { data } = await system.ask(
      `{ patient(nhsNumber: "9990000190") {
        testResults { ${selection} } timeline(sections: TEST_RESULTS) { ${selection} } } }`,
    )
    const { testResults, timeline: joined } = data.patient
    expect(joined).toEqual(testResults)
    expect(
      joined.nodes.filter(({ provenance }: { provenance: object[] }) => provenance.length === 2),
    ).toHaveLength(1)
  })

  it.each([
    ['(first: 101)', {}],
    ['(first: 0)', {}],
    ['(after: "nonsense")', {}],
    ['(sections: $some)', { some: [] }],
    ['(since: "yesterday")', {}],
  ])('refuses %s', async (args, variables) => {
    const { errors } = await system.ask(timeline('isComplete', args), { variables })
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  })
})

describe('what a role may not see', () => {
  const asReceptionist: AskOptions = { as: 'receptionist.nel' }

  it('is left out of the timeline with an error, and never asked of a source', async () => {
    const query = timeline('sections isComplete nodes { __typename id }', '(first: 100)')
    const whole = await system.ask(query)
    expect(whole.errors).toBeUndefined()
    expect(whole.data.patient.timeline.sections).toEqual(Object.values(SECTIONS))
    takeQueries()
    const { data, errors } = await system.ask(query, asReceptionist)
    expect(errors).toEqual([
      {
        message: 'The selected role may not see this.',
        path: ['patient', 'timeline'],
        extensions: { code: 'FIELD_NOT_PERMITTED' },
      },
    ])
    const { sections, isComplete, nodes } = data.patient.timeline
    expect({ sections, isComplete }).toEqual({
      sections: ['APPOINTMENTS', 'ENCOUNTERS', 'REFERRALS'],
      isComplete: true,
    })
    const types = new Set(nodes.map(({ __typename }: { __typename: string }) => __typename))
    expect([...types].sort()).toEqual(['Appointment', 'Encounter', 'Referral'])
    const asked = takeQueries()
    expect(asked).toContain('appointments(')
    for (const section of Object.keys(SECTIONS)) {
      if (!['appointments', 'encounters', 'referrals'].includes(section)) {
        expect(asked).not.toContain(`${section}(`)
      }
    }
  })

  it('is nothing to speak of where it was not asked for', async () => {
    const { data, errors } = await system.ask(
      timeline('sections', '(sections: [REFERRALS])'),
      asReceptionist,
    )
    expect({ data, errors }).toEqual({
      data: { patient: { timeline: { sections: ['REFERRALS'] } } },
      errors: undefined,
    })
  })

  it('leaves no timeline where nothing else was asked for', async () => {
    takeQueries()
    const { data, errors } = await system.ask(timeline('nodes { id }', '(sections: $some)'), {
      as: 'social-worker.nwl',
      variables: { some: ['TEST_RESULTS', 'DOCUMENTS'] },
    })
    expect(data).toEqual({ patient: { timeline: null } })
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['patient', 'timeline'], 'FIELD_NOT_PERMITTED'],
    ])
    expect(takeQueries()).not.toMatch(/testResults\(|documents\(/)
  })

  it('is cut out of its entries, on whatever way they are reached', async () => {
    takeQueries()
    const { data, errors } = await system.ask(
      timeline(
        `nodes { ... on Encounter { id reasons { display } } }
         edges { node { ... on Referral { description } ... on CareItem { notes } } }`,
        '(sections: [ENCOUNTERS, REFERRALS], first: 100)',
      ),
      asReceptionist,
    )
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(
      new Set(['FIELD_NOT_PERMITTED']),
    )
    const { nodes, edges } = data.patient.timeline
    const shown = [nodes, edges.map(({ node }: { node: object }) => node)].flat()
    const withheld = shown.flatMap((node: Record<string, unknown>) =>
      ['reasons', 'description', 'notes']
        .filter((field) => field in node)
        .map((field) => node[field]),
    )
    expect(withheld.length).toBeGreaterThan(0)
    expect(new Set(withheld)).toEqual(new Set([null]))
    expect(takeQueries()).not.toMatch(/\b(reasons|description|notes)\b/)
  })

  it('is written down: the sections that were asked, those that were refused, and how much was shown', async () => {
    const requestId = 'timeline-test'
    const { data } = await system.ask(
      timeline('nodes { __typename }', '(sections: $some, first: 100)'),
      {
        ...asReceptionist,
        headers: { 'x-request-id': requestId },
        variables: { some: ['TEST_RESULTS', 'ENCOUNTERS', 'APPOINTMENTS'] },
      },
    )
    const { rows } = await sql<{ body: AccessEvent }>`
      select body from audit_entry where kind = 'ACCESS' and body ->> 'requestId' = ${requestId}
    `.execute(system.audit.owner)
    expect(rows.map(({ body }) => [body.sections, body.deniedFields])).toEqual([
      [['appointments', 'encounters'], ['testResults']],
    ])
    const count = (type: string) =>
      data.patient.timeline.nodes.filter((node: { __typename: string }) => node.__typename === type)
        .length
    const event = rows[0]?.body.event ?? ''
    await expect
      .poll(async () => {
        const outcomes = await sql<{ body: Outcome }>`
          select body from audit_entry where kind = 'OUTCOME' and event = ${event}
        `.execute(system.audit.owner)
        return outcomes.rows.map(({ body }) => [body.items, body.errors])
      })
      .toEqual([
        [
          { appointments: count('Appointment'), encounters: count('Encounter') },
          ['FIELD_NOT_PERMITTED'],
        ],
      ])
  })

  it('is also where a sensitive patient is to be found', async () => {
    const selection =
      'nodes { __typename ... on Encounter { locations } ... on Appointment { with } }'
    const { data } = await system.ask(timeline(selection, '(first: 100)', JASMINE))
    const places = data.patient.timeline.nodes.flatMap(
      (node: { locations?: string[]; with?: string[] }) => [node.locations ?? [], node.with ?? []],
    )
    expect(places.length).toBeGreaterThan(0)
    expect(places.flat()).toEqual([])
  })
})

describe('a source that does not answer', () => {
  it('is missing from the timeline, and everything of the others is there', async () => {
    const query = timeline(
      'isComplete missingSources nodes { id provenance { participant } }',
      '(first: 100, sections: [ALLERGIES, MEDICATIONS, REFERRALS])',
    )
    interface Node {
      readonly provenance: readonly { readonly participant: string }[]
    }
    const whole = await system.ask(query)
    await faulty.get('nel')?.setFault('reset')
    const { data, errors } = await system.ask(query)
    await faulty.get('nel')?.setFault('none')
    expect(whole.data.patient.timeline.isComplete).toBe(true)
    const ofOthers = whole.data.patient.timeline.nodes.filter(({ provenance }: Node) =>
      provenance.some(({ participant }) => participant !== 'nel'),
    )
    expect(ofOthers.length).toBeLessThan(whole.data.patient.timeline.nodes.length)
    expect(data.patient.timeline).toEqual({
      isComplete: false,
      missingSources: ['nel'],
      nodes: ofOthers,
    })
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'SOURCE_FAILED', participant: 'nel' },
    ])
  })
})
