import { type FieldNode, parse, visit } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roleGroupOf } from '../../gateway/access/roles.ts'
import { maySee, type Section, sections } from '../../gateway/access/sections.ts'
import { type Persona, personas } from '../../gateway/identity/personas.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { type Answer, startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'

let system: TestSystem
const proxies: RecordingProxy[] = []

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(_code, url) {
      const proxy = await startRecordingProxy(url)
      proxies.push(proxy)
      return proxy.url
    },
  })
}, 60_000)

afterAll(async () => {
  await system?.close()
  await Promise.all(proxies.map((proxy) => proxy.close()))
})

/** The contract's sections: what every source publishes. */
const clinical = sections.filter(
  (section) => !['identity', 'demographics', 'generalPractice'].includes(section),
)

/** Ways to ask for a section; each puts it under the key `it`, or under its own name. */
const ways: Readonly<Record<string, (section: Section) => string>> = {
  'as a merged field': (section) =>
    `{ patient(nhsNumber: "${ADA}") { ${section} { nodes { id } } } }`,
  'by source, on the interface': (section) =>
    `{ patient(nhsNumber: "${ADA}") { records { ${section} { nodes { id } } } } }`,
  'under another name': (section) =>
    `{ patient(nhsNumber: "${ADA}") { allergies2: ${section} { nodes { id } } } }`,
  'in fragments, named and inline, on types of two sources': (section) => `
    query ($with: Boolean = true) { patient(nhsNumber: "${ADA}") { records { ...A } } }
    fragment A on CareRecord { ... on NelRecord { x: ${section} @include(if: $with) { nodes { id } } } ...B }
    fragment B on SelRecord { x: ${section} { nodes { id } } }`,
}

function keyOf(way: string, section: Section): string {
  if (way === 'under another name') return 'allergies2'
  return way.startsWith('in fragments') ? 'x' : section
}

/** The names of all fields that the subgraphs were asked for. */
function askedFields(): Set<string> {
  const names = new Set<string>()
  for (const query of proxies.flatMap((proxy) => proxy.takeQueries())) {
    visit(parse(query), { Field: (node: FieldNode) => void names.add(node.name.value) })
  }
  return names
}

/** What came of the section: entries, or the codes of what was refused and where. */
function outcomeOf({ data, errors = [] }: Answer, key: string): unknown {
  const refusals = errors.map(({ path, extensions }) => [
    extensions?.code,
    (path ?? []).filter((step) => typeof step === 'string').join('.'),
  ])
  if (refusals.length > 0) return refusals
  const { patient } = data
  const found = patient.records
    ? patient.records.flatMap(
        (record: Record<string, { nodes: unknown[] }>) => record[key]?.nodes ?? [],
      )
    : patient[key].nodes
  return found.length > 0 ? 'ENTRIES' : 'NOTHING'
}

function expectedOf({ roleCode, key }: Persona, section: Section, path: string): unknown {
  const group = roleGroupOf(roleCode.split(':').at(-1) ?? '')
  if (group === null) return [['ROLE_NOT_PERMITTED', '']]
  if (key === 'clinician.enht') return [['VIEWING_NOT_PERMITTED', '']]
  if (!maySee(group, 'identity')) return [['FIELD_NOT_PERMITTED', 'patient']]
  return maySee(group, section) ? 'ENTRIES' : [['FIELD_NOT_PERMITTED', path]]
}

describe.each(personas.map((persona) => [persona.key, persona] as const))('%s', (as, persona) => {
  it.each(Object.entries(ways))(
    'sees the sections of the role and no other, %s',
    async (way, ask) => {
      const seen: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      const leaked: string[] = []
      for (const section of clinical) {
        const key = keyOf(way, section)
        const path = ['patient', ...(way.includes('source') ? ['records'] : []), key].join('.')
        askedFields()
        const answer = await system.ask(ask(section), { as })
        seen[section] = outcomeOf(answer, key)
        expected[section] = expectedOf(persona, section, path)
        if (expected[section] !== 'ENTRIES' && askedFields().has(section)) leaked.push(section)
      }
      expect(seen).toEqual(expected)
      expect(leaked).toEqual([])
    },
  )
})

describe('demographics', () => {
  const query = `{ patient(nhsNumber: "${ADA}") {
    nhsNumber name { text } birthDate addresses { text } telecom { value } contacts { name }
    generalPractice { odsCode } records { ... on NelRecord { demographics { name { text } addresses { text } generalPractice { odsCode } } } }
  } }`

  it.each<[string, boolean, boolean]>([
    ['ed-doctor.sel', true, true],
    ['receptionist.nel', true, true],
    ['social-worker.nwl', true, false],
    ['call-handler.111', true, false],
    ['pharmacist.swl', false, false],
  ])('%s: address %s, practice %s; who the patient is always', async (as, address, practice) => {
    askedFields()
    const { data } = await system.ask(query, { as })
    const own = data.patient.records.find(
      (record: { demographics?: object }) => record.demographics !== undefined,
    )
    expect(data.patient).toMatchObject({ nhsNumber: ADA, birthDate: '1958-03-14' })
    expect(own.demographics.name.text).toContain('Okafor')
    for (const place of [data.patient, own.demographics]) {
      expect({
        address: place.addresses !== null,
        practice: place.generalPractice !== null,
      }).toEqual({ address, practice })
    }
    const asked = askedFields()
    expect([asked.has('addresses'), asked.has('generalPractice')]).toEqual([address, practice])
  })
})

describe('clerical staff', () => {
  it('see encounters without reason, diagnosis and notes, and referrals without their content', async () => {
    askedFields()
    const { data, errors } = await system.ask(
      `{ patient(nhsNumber: "${ADA}") {
        encounters { nodes { class period { start } reasons { display } ... on CareItem { notes } diagnoses { display } } }
        referrals { nodes { specialties { display } authoredAt code { display } reasons { display } description } }
      } }`,
      { as: 'receptionist.nel' },
    )
    const [encounter] = data.patient.encounters.nodes
    expect(encounter).toMatchObject({ reasons: null, notes: null, diagnoses: null })
    expect(encounter.class).toEqual(expect.any(String))
    expect(data.patient.referrals.nodes[0]).toMatchObject({
      code: null,
      reasons: null,
      description: null,
      authoredAt: expect.any(String),
    })
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(
      new Set(['FIELD_NOT_PERMITTED']),
    )
    const asked = askedFields()
    expect(['reasons', 'diagnoses', 'description'].filter((field) => asked.has(field))).toEqual([])
  })

  it('cannot find out by a filter what they may not see', async () => {
    const { data, errors } = await system.ask(
      `{ patient(nhsNumber: "${ADA}") { encounters(codes: ["233604007"]) { nodes { id } } } }`,
      { as: 'receptionist.nel' },
    )
    expect(data.patient.encounters).toBeNull()
    expect(errors).toMatchObject([
      { path: ['patient', 'encounters'], extensions: { code: 'FIELD_NOT_PERMITTED' } },
    ])
  })
})

describe('what a client can try', () => {
  it('runs the operation that is named, and its denials only', async () => {
    const answer = await system.ask(
      `query A { patient(nhsNumber: "${ADA}") { mentalHealth { status } } }
       query B { patient(nhsNumber: "${ADA}") { allergies { status } } }`,
      { as: 'pharmacist.swl', operationName: 'B' },
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data.patient.allergies.status).toEqual(expect.any(String))
  })

  it('says nothing of a field that a variable leaves out, and cuts it once it is let in', async () => {
    const query = `query ($with: Boolean!) { patient(nhsNumber: "${ADA}") {
      name { text } mentalHealth @include(if: $with) { nodes { id } } } }`
    const as = 'pharmacist.swl'
    const without = await system.ask(query, { as, variables: { with: false } })
    expect(without.errors).toBeUndefined()
    expect(Object.keys(without.data.patient)).toEqual(['name'])
    const withIt = await system.ask(query, { as, variables: { with: true } })
    expect(withIt.data.patient.mentalHealth).toBeNull()
    expect(withIt.errors).toMatchObject([{ extensions: { code: 'FIELD_NOT_PERMITTED' } }])
  })

  it.each([
    '_entities(representations: []) { __typename }',
    '_service { sdl }',
    'nelFeed { cursor }',
  ])('does not reach the subgraphs’ own fields: %s', async (field) => {
    const { status, errors } = await system.ask(`{ ${field} }`)
    expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
  })

  it('shows every role the schema as it is', async () => {
    const query = '{ __type(name: "Patient") { fields { name } } }'
    const [doctor, pharmacist, researcher] = await Promise.all(
      ['ed-doctor.sel', 'pharmacist.swl', 'researcher.nel'].map((as) => system.ask(query, { as })),
    )
    expect(doctor?.data.__type.fields.length).toBeGreaterThan(20)
    expect(pharmacist?.data).toEqual(doctor?.data)
    expect(researcher?.data).toEqual(doctor?.data)
  })
})
