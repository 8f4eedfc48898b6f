import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTICE } from '../../../gateway/screen/notice.ts'
import { participant as nel } from '../../../subgraphs/nel/participant.ts'
import { excludedCodings } from '../../journeys/never-shared-examples.ts'
import { places, plant, plantedTypes } from '../../journeys/planted.ts'
import { type Answer, startSystem, type TestSystem } from '../../support/system.ts'
import { startCarelessSource } from './careless-source.ts'

const ADA = '9990000239'
const hiv = excludedCodings.find(({ code }) => code === '86406008') ?? { code: '', display: '' }

let source: Awaited<ReturnType<typeof startCarelessSource>>
let system: TestSystem

beforeAll(async () => {
  source = await startCarelessSource(nel, {
    resourceType: 'Bundle',
    type: 'collection',
    entry: entries().map((resource) => ({ resource })),
  })
  system = await startSystem({
    patients: [ADA],
    urlOf: async (code, url) => (code === 'nel' ? source.url : url),
  })
}, 60_000)

afterAll(async () => {
  await system?.close()
  await source?.close()
})

/** An ordinary and an excluded resource of every type, and a report that names an excluded result. */
function entries(): object[] {
  // Codes in extensions and in the details of an order are no part of the contract: only sources see them.
  const unseen = new Set(['Condition 3', 'ServiceRequest 2'])
  const secrets = plantedTypes.flatMap((type) =>
    places[type]
      .filter((_, index) => !unseen.has(`${type} ${index}`))
      .map((place, index) =>
        plant(
          type,
          { id: `secret-${type}-${index}`, words: 'Planted', nhsNumber: ADA },
          place(hiv),
        ),
      ),
  )
  const ordinary = plantedTypes.map((type) =>
    plant(type, { id: `open-${type}`, words: `Ordinary ${type}`, nhsNumber: ADA }),
  )
  const report = plant(
    'DiagnosticReport',
    { id: 'open-report', words: 'Ordinary report', nhsNumber: ADA },
    { result: [{ reference: 'Observation/secret-Observation-0' }] },
  )
  const flags = [1, 2, 3, 4].map((number) =>
    plant(
      'Flag',
      { id: `flag-${number}`, words: `Flag ${number}`, nhsNumber: ADA },
      {
        period: { start: `2024-01-0${number}` },
        ...(number === 2 ? {} : { category: [{ coding: [hiv] }] }),
      },
    ),
  )
  const patient = {
    resourceType: 'Patient',
    id: 'ada',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: ADA }],
    name: [{ family: 'Example' }],
    birthDate: '1980-01-01',
  }
  return [patient, ...secrets, ...ordinary, report, ...flags]
}

const ask = (selection: string, as = 'ed-doctor.sel') =>
  system.ask(`{ patient(nhsNumber: "${ADA}") { ${selection} } }`, { as })

function expectClean({ text, errors }: Answer): void {
  expect(errors).toBeUndefined()
  expect(text).not.toMatch(/Planted|Excluded display|86406008|lcr_/)
}

/** Sections, each with the types that make its entries and show their words. */
const sections: Readonly<Record<string, readonly [words: string, selection: string]>> = {
  allergies: ['Ordinary AllergyIntolerance', 'notes'],
  medications: ['Ordinary MedicationRequest', 'notes'],
  immunisations: ['Ordinary Immunization', 'notes'],
  diagnoses: ['Ordinary Condition', 'notes'],
  testResults: ['Ordinary Observation', 'notes'],
  imagingReports: ['Ordinary ImagingStudy', 'notes'],
  procedures: ['Ordinary Procedure', 'notes'],
  appointments: ['Ordinary Appointment', 'description'],
  encounters: ['Ordinary Encounter', 'locations'],
  documents: ['Ordinary DocumentReference', 'title'],
  carePlans: ['Ordinary CarePlan', 'notes'],
  socialCare: ['Ordinary EpisodeOfCare', 'description'],
  safetyAlerts: ['Ordinary Flag', 'code { text }'],
  referrals: ['Ordinary ServiceRequest', 'notes'],
}

describe('what a source should not have sent', () => {
  it.each(Object.entries(sections))(
    'is taken out of %s, merged and by source, though no code was asked for',
    async (section, [words, selection]) => {
      for (const view of [
        `${section} { nodes { ${selection} } edges { cursor node { ${selection} } } status }`,
        `records { ${section} { nodes { ${selection} } edges { cursor node { ${selection} } } status } }`,
        `records { ... on NelRecord { x: ${section} { a: nodes { ${selection} } b: edges { c: node { ${selection} } } } } }`,
        `x: ${section} { ...Entries }`,
      ]) {
        const type = `${await typeOf(section)}Connection`
        const fragment = view.includes('...Entries')
          ? `fragment Entries on ${type} { nodes { ${selection} } }`
          : ''
        const answer = await system.ask(`{ patient(nhsNumber: "${ADA}") { ${view} } } ${fragment}`)
        expectClean(answer)
        expect(answer.text).toContain(words)
      }
    },
  )

  it('leaves no cursor, and no id in another entry', async () => {
    const answer =
      await ask(`records { testResults { nodes { id resultIds notes conclusion } edges { cursor } pageInfo { endCursor } } }
      testResults { nodes { id resultIds conclusion } edges { cursor } }`)
    expectClean(answer)
    const open = new Set<string>()
    const results = [
      answer.data.patient.testResults,
      ...answer.data.patient.records.map((one: { testResults: object }) => one.testResults),
    ]
    for (const { nodes, edges } of results) {
      for (const { id } of nodes) open.add(id)
      for (const { cursor } of edges) {
        const place = JSON.parse(Buffer.from(cursor, 'base64url').toString())
        expect(open.has(place[2] ?? [...open][0])).toBe(true)
      }
      expect(
        nodes.some((one: { conclusion: string }) => one.conclusion === 'Ordinary report'),
      ).toBe(true)
      expect(nodes.flatMap((one: { resultIds: string[] }) => one.resultIds)).toEqual([])
    }
  })

  it('loses no other entry when a source’s page holds nothing else', async () => {
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; page < 10; page++) {
      const answer = await system.ask(
        `query ($after: String) { patient(nhsNumber: "${ADA}") {
          safetyAlerts(first: 1, after: $after) { nodes { code { text } } pageInfo { endCursor hasNextPage } isComplete } } }`,
        { variables: { after } },
      )
      expectClean(answer)
      const { nodes, pageInfo, isComplete } = answer.data.patient.safetyAlerts
      expect(isComplete).toBe(true)
      seen.push(...nodes.map((one: { code: { text: string } }) => one.code.text))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(seen).toEqual(['Ordinary Flag', 'Flag 2'])
  })

  it('leaves an empty section where there was nothing else', async () => {
    const since = 'since: "2024-01-03", until: "2024-01-05"'
    const filtered = await ask(`safetyAlerts(${since}) { nodes { id } status }`)
    expect(filtered.data.patient.safetyAlerts).toEqual({ nodes: [], status: 'HAS_ENTRIES' })
    const whole = await ask(
      'observations { nodes { id } status } records { ... on NelRecord { observations { nodes { id } status } } }',
    )
    expect(whole.data.patient.observations).toEqual({ nodes: [], status: 'NOTHING_RECORDED' })
    expect(whole.data.patient.records).toEqual([
      { observations: { nodes: [], status: 'NOTHING_RECORDED' } },
    ])
  })

  it('is looked for without asking for what the role may not see', async () => {
    const answer = await ask(
      'encounters { nodes { locations } } referrals { nodes { id } }',
      'receptionist.nel',
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data.patient.encounters.nodes.length).toBeGreaterThan(0)
  })

  it('leaves the notice that every answer about a patient carries', async () => {
    const answer = await ask('nhsNumber')
    expect(answer.extensions.notice).toBe(NOTICE)
  })
})

async function typeOf(section: string): Promise<string> {
  const { data } = await system.ask(
    '{ __type(name: "CareRecord") { fields { name type { name } } } }',
  )
  const field = data.__type.fields.find((one: { name: string }) => one.name === section)
  return field.type.name.replace('Connection', '')
}
