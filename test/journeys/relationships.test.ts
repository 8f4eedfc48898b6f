import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stories, storyOf } from '../../population/stories/stories.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({
    stories: stories.map(({ key }) => key),
    relationships: 'AS_TOLD',
  })
}, 60_000)

afterAll(() => system?.close())

const NOBODY = '9999999999'
const RECORD = `query Record($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) { nhsNumber } }`

async function codesOf(as: string, key: string, headers: Record<string, string> = {}) {
  const variables = { nhsNumber: storyOf(key).nhsNumber }
  const { errors = [], data } = await system.ask(RECORD, { as, variables, headers })
  const codes = errors.map(({ extensions }) => extensions?.code)
  return codes.length === 0 && data.patient !== null ? 'SEEN' : codes.join()
}

describe('a relationship that the records tell of', () => {
  it.each([
    ['registration', 'gp.nel', 'ada'],
    ['an appointment at the hospital in twelve days', 'ed-doctor.sel', 'ada'],
    ['an open referral', 'nurse.ncl', 'ada'],
    ['an appointment outside London', 'doctor.mkuh', 'ada'],
    ['an open emergency attendance, of a patient from another region', 'ed-doctor.sel', 'rosa'],
    ['an appointment at the medicines clinic', 'pharmacist.swl', 'mohammed'],
    ['a call to NHS 111 two days ago', 'call-handler.111', 'segun'],
    ['a caseload of social care', 'social-worker.nwl', 'halima'],
    ['a referral to a view-only trust', 'clinician.hpft', 'oliver'],
  ])('%s opens the record to %s', async (_what, as, story) => {
    expect(await codesOf(as, story)).toBe('SEEN')
  })

  it.each([
    ['bernard', 'H85115'],
    ['dele', 'G85651'],
    ['eleni', 'E87010'],
    ['frances', 'H83015'],
    ['kwame', 'G85046'],
    ['lucy', 'E87739'],
    ['nadia', 'F83061'],
    ['samuel', 'H83018'],
    ['thomas', 'E86038'],
  ])('registration opens the record of %s to the practice %s', async (story, at) => {
    const { nhsNumber } = storyOf(story)
    const { data, errors } = await system.ask(RECORD, {
      as: 'gp.nel',
      at,
      variables: { nhsNumber },
    })
    expect({ data, errors }).toEqual({ data: { patient: { nhsNumber } }, errors: undefined })
  })

  it.each([
    ['ed-doctor.sel', 'bernard'],
    ['gp.nel', 'bernard'],
    ['nurse.ncl', 'rosa'],
    ['pharmacist.swl', 'ada'],
    ['clinician.hpft', 'ada'],
  ])('is missing: %s does not see %s', async (as, story) => {
    expect(await codesOf(as, story)).toBe('NO_LEGITIMATE_RELATIONSHIP')
  })

  it('is of the acting organisation: what another of the same region has does not count', async () => {
    expect(await codesOf('privacy-officer.sel', 'ada')).toBe('FIELD_NOT_PERMITTED')
    expect(await codesOf('researcher.nel', 'ada')).toBe('ROLE_NOT_PERMITTED')
    expect(await codesOf('gp.nel', 'thomas')).toBe('NO_LEGITIMATE_RELATIONSHIP')
  })
})

describe('whom nobody knows and whom one has nothing to do with', () => {
  const query = `query Ask($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
    nhsNumber name { text } isSensitive allergies { status nodes { id } } records { nhsNumber }
    sources { participant { code } outcome } } }`

  it('are answered in the same bytes', async () => {
    const unrelated = { nhsNumber: storyOf('bernard').nhsNumber }
    const objecting = { nhsNumber: storyOf('george').nhsNumber }
    for (const as of ['nurse.ncl', 'doctor.mkuh']) {
      const unknown = await system.ask(query, { as, variables: { nhsNumber: NOBODY } })
      for (const variables of [unrelated, objecting]) {
        const answer = await system.ask(query, { as, variables })
        expect(answer.text).toBe(unknown.text)
        expect(answer.status).toBe(unknown.status)
      }
    }
  })

  it('are told apart in one request as little as in several', async () => {
    const { data, errors } = await system.ask(
      `{ a: patient(nhsNumber: "${NOBODY}") { nhsNumber }
         b: patient(nhsNumber: "${storyOf('bernard').nhsNumber}") { nhsNumber }
         c: patient(nhsNumber: "${storyOf('ada').nhsNumber}") { birthDate } }`,
    )
    expect(data).toEqual({ a: null, b: null, c: { birthDate: '1958-03-14' } })
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['a'], 'NO_LEGITIMATE_RELATIONSHIP'],
      [['b'], 'NO_LEGITIMATE_RELATIONSHIP'],
    ])
  })

  it('are not found by a search', async () => {
    const search = '{ findPatients(birthDate: "1952-06-17", familyName: "Clarke") { nhsNumber } }'
    expect((await system.ask(search)).data).toEqual({ findPatients: [] })
    const known = '{ findPatients(birthDate: "1958-03-14", familyName: "Okafor") { nhsNumber } }'
    expect((await system.ask(known)).data.findPatients).toEqual([
      { nhsNumber: storyOf('ada').nhsNumber },
    ])
    expect((await system.ask(known, { as: 'pharmacist.swl' })).data.findPatients).toEqual([])
  })
})

describe('an objection', () => {
  it.each([
    ['that was upheld', 'george', 'OBJECTION_IN_FORCE'],
    ['under review', 'ian', 'OBJECTION_IN_FORCE'],
  ])('%s closes the record to who has a relationship', async (_what, story, code) => {
    expect(await codesOf('ed-doctor.sel', story)).toBe(code)
    const { birthDate } = { george: { birthDate: '1949-01-30' }, ian: { birthDate: '1967-12-01' } }[
      story as 'george' | 'ian'
    ]
    const familyName = storyOf(story).person.family
    const search = `{ findPatients(birthDate: "${birthDate}", familyName: "${familyName}") { nhsNumber } }`
    expect((await system.ask(search)).data).toEqual({ findPatients: [] })
  })

  it('is learnt of by nobody else', async () => {
    expect(await codesOf('nurse.ncl', 'george')).toBe('NO_LEGITIMATE_RELATIONSHIP')
    expect(await codesOf('nurse.ncl', 'ian')).toBe('NO_LEGITIMATE_RELATIONSHIP')
  })

  it('that was not upheld changes nothing', async () => {
    expect(await codesOf('social-worker.nwl', 'halima')).toBe('SEEN')
  })
})

describe('the purpose of a request', () => {
  it.each(['TREAT', 'ETREAT', 'COC', 'BTG'])('%s is direct care', async (purpose) => {
    expect(await codesOf('gp.nel', 'ada', { 'x-purpose-of-use': purpose })).toBe('SEEN')
  })

  it.each([
    'HRESCH',
    'HPAYMT',
    'HMARKT',
    'HOPERAT',
    'PUBHLTH',
    'HLEGAL',
    'COVERAGE',
    'treat',
    '9990000018',
  ])('%s is not', async (purpose) => {
    const { status, data, text } = await system.ask(RECORD, {
      as: 'gp.nel',
      variables: { nhsNumber: storyOf('ada').nhsNumber },
      headers: { 'x-purpose-of-use': purpose },
    })
    expect([status, data]).toEqual([403, undefined])
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: 'The London Care Record is for direct care: purpose TREAT, ETREAT, COC or BTG.',
          extensions: { code: 'PURPOSE_NOT_PERMITTED' },
        },
      ],
    })
  })
})
