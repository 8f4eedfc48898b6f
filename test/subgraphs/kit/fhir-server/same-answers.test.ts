import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stories, storyOf } from '../../../../population/stories/stories.ts'
import { bundlesOf } from '../../../../population/stories/story.ts'
import { sections } from '../../../../subgraphs/kit/fhir/sections.ts'
import { holdsNhsNumber } from '../../../../subgraphs/kit/fhir-server/http/next-page.ts'
import { loadBundles } from '../../../../subgraphs/kit/load/load-bundles.ts'
import { participant } from '../../../../subgraphs/swl/participant.ts'
import { sectionSelections } from '../../../support/section-selections.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { asOnServer } from './bundle-on-server.ts'
import { EXAMPLE, exampleBundle } from './example-bundle.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

const NOW = new Date('2026-11-01T09:00:00Z')

/** Long records, in which nothing stands that the others do not have. */
const LONG = new Set(['ada', 'thomas'])

/** Two hospitals' systems number alike: one server cannot hold both. several-same-answers.test.ts */
const OF_SEVERAL_SERVERS = new Set(['uma', 'nadia', 'kwame'])

const names = sections.map(({ section }) => section)

let server: FhirTestServer
let stored: TestSubgraph
let staying: TestSubgraph
let numbers: string[]
let selections: Map<string, string>

beforeAll(async () => {
  server = await startFhirTestServer({ pageSize: 4 })
  const signer = await createTestSigner()
  stored = await createTestSubgraph({ participant, signer })
  staying = await createTestSubgraph({ participant, signer, fhir: { baseUrl: server.baseUrl } })
  // Everybody's records, in every manner of referring: the same person several times over.
  const told = stories
    .filter(({ key }) => !LONG.has(key) && !OF_SEVERAL_SERVERS.has(key))
    .flatMap((story) => [...bundlesOf(story, NOW)].map(({ bundle }) => bundle))
  const bundles = [...told, exampleBundle].map((bundle, index) => ({ name: `${index}`, bundle }))
  // An entry's id tells of its server where the URL does; a source that is a server has one only.
  const unnamed = bundles.map(({ name, bundle }) => ({ name, bundle: withoutServers(bundle) }))
  await loadBundles(stored.db, participant, unnamed, { clock: () => NOW })
  for (const { bundle } of bundles) await server.put(asOnServer(bundle))
  const rows = await stored.db.selectFrom('patient').select('nhs_number').execute()
  numbers = rows.map((row) => row.nhs_number)
  selections = await sectionSelections()
})

afterAll(async () => {
  await Promise.all([stored?.close(), staying?.close()])
  await server?.close()
})

function withoutServers(bundle: { readonly entry?: readonly object[] }): object {
  const entry = (bundle.entry ?? []).map((one: { fullUrl?: string; request?: object }) => {
    const { fullUrl, request: _, ...others } = one
    return fullUrl?.startsWith('http') ? others : { fullUrl, ...others }
  })
  return { ...bundle, entry }
}

async function askBoth(nhsNumber: string, selection: string) {
  const [one, other] = await Promise.all([
    stored.askRecord(nhsNumber, selection),
    staying.askRecord(nhsNumber, selection),
  ])
  expect(one.errors).toBeUndefined()
  expect(other.errors).toBeUndefined()
  return [one.record, other.record]
}

const DEMOGRAPHICS = `demographics { name { text family } birthDate gender addresses { text }
  telecom { value } generalPractice { odsCode name } contacts { name } }`

describe('A record that stays in a FHIR server', () => {
  it('has the same entries in the same order as one that was loaded, in all sixteen sections', async () => {
    const filled = new Set<string>()
    const all = names.map((name) => `${name}(first: 500) ${selections.get(name)}`).join('\n')
    for (const nhsNumber of numbers) {
      const [one, other] = await askBoth(nhsNumber, `nhsNumber ${DEMOGRAPHICS} ${all}`)
      for (const name of ['nhsNumber', 'demographics', ...names]) {
        expect(other?.[name], name).toEqual(one?.[name])
        if (one?.[name]?.nodes?.length > 0) filled.add(name)
      }
    }
    expect([...filled].sort()).toEqual([...names].sort())
  })

  it('says the same of what is not understood, and shows what is forbidden as such', async () => {
    const all = names.map((name) => `${name} { isComplete notUnderstood }`).join(' ')
    const [one, other] = await askBoth(
      EXAMPLE,
      `${all} forbidden: medications(status: [PROHIBITED]) { nodes { isProhibited } }`,
    )
    for (const name of names) {
      expect(one?.[name], name).toEqual({ isComplete: false, notUnderstood: ['swl'] })
      expect(other?.[name], name).toEqual(one?.[name])
    }
    expect(one?.['forbidden']).toEqual({ nodes: [{ isProhibited: true }] })
    expect(other?.['forbidden']).toEqual(one?.['forbidden'])
  })

  it('has the same entries where one section is asked for alone, and fewer searches are made', async () => {
    for (const name of names) {
      const asked = server.seen.length
      const [one, other] = await askBoth(EXAMPLE, `${name} ${selections.get(name)}`)
      expect(other?.[name]).toEqual(one?.[name])
      const types = server.seen.slice(asked).map(({ type, form }) => `${type} ${form}`)
      expect(new Set(types).size).toBe(types.length)
    }
    const asked = server.seen.length
    await askBoth(EXAMPLE, 'safetyAlerts { nodes { id } }')
    expect(server.seen.slice(asked).map(({ type }) => type)).not.toContain('Observation')
  })

  it('has the same pages, through filters and behind any cursor', async () => {
    const filters = [
      '',
      ', since: "2026"',
      ', since: "2026-05-12T12:00:00Z"',
      ', until: "2026-06-01"',
      ', status: [FINAL]',
      ', codes: ["1000731000000107"]',
    ]
    const tested = [EXAMPLE, storyOf('nadia').nhsNumber, storyOf('bernard').nhsNumber]
    for (const filter of filters) {
      for (const nhsNumber of tested) {
        let after = ''
        for (let page = 0; page < 4; page++) {
          const [one, other] = await askBoth(
            nhsNumber,
            `testResults(first: 1${filter}${after}) { status nodes { id } edges { cursor }
              pageInfo { endCursor hasNextPage } }`,
          )
          expect(other).toEqual(one)
          if (!one?.testResults.pageInfo.hasNextPage) break
          after = `, after: "${one.testResults.pageInfo.endCursor}"`
        }
      }
    }
  })

  it('has what is dated less precisely than asked in, and so has the other', async () => {
    const seen = new Map<string, string[]>()
    for (const bound of ['1998-05-20', '2015-06-01', '2024-01-10T12:00:00Z']) {
      for (const argument of ['since', 'until']) {
        const all = names.map((name) => `${name}(${argument}: "${bound}") { nodes { time } }`)
        const [one, other] = await askBoth(EXAMPLE, all.join(' '))
        expect(other).toEqual(one)
        const times = names.flatMap((name) => one?.[name]?.nodes ?? [])
        seen.set(
          `${argument} ${bound}`,
          times.map(({ time }) => time),
        )
      }
    }
    for (const [bound, time] of [
      ['1998-05-20', '1998-05'],
      ['2015-06-01', '2015'],
      ['2024-01-10T12:00:00Z', '2024-01-10'],
    ]) {
      expect(seen.get(`since ${bound}`)).toContain(time)
      expect(seen.get(`until ${bound}`)).toContain(time)
    }
  })

  it('has the same additions of the participant', async () => {
    const selection = 'universalCarePlan { title author whatMattersToMe keyContacts { name } }'
    const plans = []
    for (const nhsNumber of numbers) {
      const [one, other] = await askBoth(nhsNumber, selection)
      expect(other).toEqual(one)
      if (one?.universalCarePlan) plans.push(one.universalCarePlan)
    }
    expect(plans.length).toBeGreaterThan(0)
  })

  it('is asked for without an NHS number in any URL', () => {
    expect(server.seen.length).toBeGreaterThan(100)
    expect(server.seen.filter(({ url }) => holdsNhsNumber(decodeURIComponent(url)))).toEqual([])
  })
})
