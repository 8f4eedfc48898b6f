import { describe, expect, it } from 'vitest'
import { sourceError } from '../../../gateway/federation/source-errors.ts'
import { checkAnswer } from '../../../gateway/quarantine/check-answer.ts'
import { prepareQuery } from '../../../gateway/quarantine/prepared-query.ts'
import { ADA_SENT, askSource, json } from './ask-source.ts'
import { smallContract } from './small-contract.ts'

const SELECTION = 'at: asOf allergies { status list: nodes { id display } } results { status }'
const whole = {
  at: '2026-01-01T10:00:00Z',
  allergies: { status: 'HAS_ENTRIES', list: [{ id: 'a', display: 'Penicillin' }] },
  results: { status: 'UNKNOWN' },
}

describe("a source's own errors", () => {
  const secret = 'Smith'
  const failing = (path: unknown, code = 'INTERNAL') =>
    json({
      data: { _entities: [{ ...ADA_SENT, ...whole }] },
      errors: [{ message: `${secret} at http://10.0.0.1`, path, extensions: { code, secret } }],
    })

  it.each<[string, unknown[]]>([
    ['at a section', ['_entities', 0, 'allergies']],
    ['deep within a section', ['_entities', 0, 'allergies', 'list', 0, 'display']],
    ['at a place of its own invention in a section', ['_entities', 0, 'allergies', secret]],
  ])('%s take the section away: null there would be read as nothing', async (_case, path) => {
    const answer = await askSource(failing(path), SELECTION)
    expect(answer.data).toEqual({ _entities: [{ ...whole, allergies: null }] })
    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('could not answer'),
        path: ['_entities', 0, 'allergies'],
        extensions: { code: 'SOURCE_FAILED', participant: 'nel' },
      },
    ])
    expect(answer.calls[0]?.outcome).toBe('INCOMPLETE')
  })

  it.each<[string, unknown]>([
    ['at the record', ['_entities', 0]],
    ['at when it changed, which would be read as: it holds nothing', ['_entities', 0, 'at']],
    ['at all records', ['_entities']],
    ['at a record that was not asked for', ['_entities', 7]],
    ['at something that was not asked for', ['_entities', 0, secret]],
    ['without a place', undefined],
    ['at a place of another kind', secret],
  ])('%s take the record away', async (_case, path) => {
    const answer = await askSource(failing(path), SELECTION)
    expect(answer.data).toEqual({ _entities: [null] })
    expect(answer.errors).toMatchObject([
      { path: ['_entities', 0], extensions: { code: 'SOURCE_FAILED' } },
    ])
    expect(answer.calls[0]?.outcome).toBe('FAILED')
    expect(JSON.stringify(answer)).not.toContain(secret)
  })

  it('keep the code that says what to mend', async () => {
    const path = ['_entities', 0, 'allergies']
    const { errors } = await askSource(failing(path, 'BAD_USER_INPUT'), SELECTION)
    expect(errors).toMatchObject([{ path, extensions: { code: 'BAD_USER_INPUT' } }])
  })
})

describe('a call that brought no answer', () => {
  const asked = {
    source: 'nel',
    query: prepareQuery(
      {
        text: 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Nel { code } } }',
      },
      { schema: smallContract, maxEntries: 10, participant: 'nel' },
    ),
    variables: {},
    representations: [1, 2].map((code) => ({ __typename: 'Nel', code })),
    identityOf: () => undefined,
    isKnown: () => false,
    groupOf: () => '',
  }
  const late = sourceError('nel', 'SOURCE_TIMED_OUT', ['_entities', 0])
  const answer = { data: { _entities: [undefined, { code: 'nel' }] }, errors: [late] }

  it('says nothing of the call beside it', () => {
    const calls = [{ outcome: 'TIMED_OUT' }, { outcome: 'ANSWERED' }] as const
    const judged = checkAnswer({ ...answer, calls }, asked)
    expect(judged.data).toEqual({ _entities: [null, { code: 'nel' }] })
    expect(judged.errors).toEqual([late])
    expect(judged.outcomeOf(undefined)).toBe('ANSWERED')
  })

  it('is none where every call was answered: then the source failed', () => {
    const calls = [{ outcome: 'ANSWERED' }] as const
    expect(checkAnswer({ ...answer, calls }, asked).outcomeOf(undefined)).toBe('FAILED')
  })
})
