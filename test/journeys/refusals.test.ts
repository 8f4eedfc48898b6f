import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const RECORD = `{ patient(nhsNumber: "${ADA}") { name { text } allergies { nodes { id } } } }`

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ stories: ['ada'] })
})

afterAll(() => system?.close())

describe('who reads a record', () => {
  it.each(['gp.nel', 'ed-doctor.sel', 'nurse.ncl', 'doctor.mkuh', 'clinician.hpft'])(
    '%s does',
    async (as) => {
      const { status, data, errors } = await system.ask(RECORD, { as })
      expect({ status, errors, name: data?.patient?.name.text }).toMatchObject({
        status: 200,
        errors: undefined,
        name: expect.stringContaining('Okafor'),
      })
      expect(data.patient.allergies.nodes.length).toBeGreaterThan(0)
    },
  )

  it.each([
    ['clinician.enht', 'VIEWING_NOT_PERMITTED'],
    ['researcher.nel', 'ROLE_NOT_PERMITTED'],
    ['it-support.swl', 'ROLE_NOT_PERMITTED'],
  ])('%s is refused with %s, and told nothing', async (as, code) => {
    const search = '{ findPatients(birthDate: "1957-03-14", familyName: "Okafor") { nhsNumber } }'
    for (const query of [
      RECORD,
      search,
      `{ me { name } patient(nhsNumber: "${ADA}") { nhsNumber } }`,
    ]) {
      const answer = await system.ask(query, { as })
      expect(answer.status).toBe(403)
      expect(answer.data).toBeUndefined()
      expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([code])
      expect(answer.text).not.toMatch(/9990000018|Okafor/)
    }
  })

  it.each(['privacy-officer.sel', 'caldicott-guardian.ncl'])(
    '%s sees nothing of it: governance is another task',
    async (as) => {
      const answer = await system.ask(RECORD, { as })
      expect({ data: answer.data, errors: answer.errors }).toEqual({
        data: { patient: null },
        errors: [
          {
            message: 'The selected role may not see this.',
            path: ['patient'],
            extensions: { code: 'FIELD_NOT_PERMITTED' },
          },
        ],
      })
    },
  )

  it('lets everybody with a genuine token ask who they are and who takes part', async () => {
    const { data, errors } = await system.ask(
      '{ me { name role { code } organisation { odsCode name } participant } participants { code participation } }',
      { as: 'researcher.nel' },
    )
    expect(errors).toBeUndefined()
    expect(data.me).toEqual({
      name: 'Dr Sophie Laurent',
      role: { code: 'R1860' },
      organisation: { odsCode: 'R1H', name: 'Barts Health NHS Trust' },
      participant: 'nel',
    })
    expect(data.participants).toHaveLength(12)
  })
})

describe('a token that is not good', () => {
  it.each<[string, () => Promise<string | null>]>([
    ['is missing', async () => null],
    ['has expired', () => system.token('gp.nel', { now: new Date(0) })],
    ['is for another audience', () => system.token('gp.nel', { audience: 'another' })],
    ['is from another issuer', () => system.token('gp.nel', { issuer: 'https://x.invalid' })],
    ['is at assurance level 1', () => system.token('gp.nel', { assuranceLevel: 1 })],
    ['is no token', async () => 'abc'],
  ])('%s: 401, UNAUTHENTICATED, always in the same words', async (_case, tokenOf) => {
    const token = await tokenOf()
    const headers = token === null ? {} : { authorization: `Bearer ${token}` }
    for (const query of [RECORD, '{ me { name } }', '{ __schema { types { name } } }']) {
      const answer = await system.ask(query, {
        as: null,
        headers: headers as Record<string, string>,
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(JSON.parse(answer.text)).toEqual({
        errors: [
          {
            message:
              'A current access token for this gateway is needed, from a trusted issuer and at assurance level 2 or more.',
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      })
    }
  })
})

describe('a subgraph asked directly', () => {
  const entities = {
    query:
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on NelRecord { nhsNumber } } }',
    variables: { r: [{ __typename: 'NelRecord', nhsNumber: ADA }] },
  }

  it.each([
    ['without an assertion', async () => ({})],
    [
      'with a user’s token',
      async () => ({ authorization: `Bearer ${await system.token('gp.nel')}` }),
    ],
  ])('%s answers nothing', async (_case, headersOf) => {
    for (const body of [entities, { query: '{ _service { sdl } }' }, { query: '{ __typename }' }]) {
      const response = await fetch(system.subgraphs.get('nel')?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await headersOf()) },
        body: JSON.stringify(body),
      })
      const text = await response.text()
      expect(response.status).toBe(401)
      expect(text).not.toMatch(/9990000018|Okafor|type /)
    }
  })
})
