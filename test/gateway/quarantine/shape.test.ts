import { describe, expect, it } from 'vitest'
import { ADA_SENT, askSource, record } from './ask-source.ts'

const SELECTION = `
  at: asOf
  allergies {
    status
    list: nodes {
      id
      ...Named
      substance { __typename code ... on Drug { strength } ... on Food { name } }
      recordedAt @include(if: $more)
    }
  }
  results(first: 5) { nodes { id value grid notes issuedAt } }`

const allergy = {
  id: 'a',
  display: 'Penicillin',
  status: 'HAS_ENTRIES',
  substance: { __typename: 'Drug', code: 'd', strength: 0.5 },
}
const result = { id: 'r', value: 1.5, grid: [[1, 2], []], notes: ['x', null], issuedAt: '2024-03' }
const whole = {
  at: '2026-01-01T10:00:00Z',
  allergies: { status: 'HAS_ENTRIES', list: [allergy] },
  results: { nodes: [result] },
}

function ask(sent: object, variables: Record<string, unknown> = {}) {
  const selection = SELECTION.replace('...Named', '... on Allergy { display status }')
  return askSource(record({ ...ADA_SENT, ...sent }), selection, { variables })
}

const withAllergy = (changed: object) => ({
  ...whole,
  allergies: { ...whole.allergies, list: [allergy, { ...allergy, ...changed }] },
})
const withResult = (changed: object) => ({
  ...whole,
  results: { nodes: [{ ...result, ...changed }, result] },
})

describe('an answer of the contract', () => {
  it('comes through as it is, aliases, fragments, lists in lists and nulls included', async () => {
    const { data, errors, calls } = await ask(whole)
    expect(data).toEqual({ _entities: [whole] })
    expect({ errors, outcome: calls[0]?.outcome }).toEqual({ errors: [], outcome: 'ANSWERED' })
  })

  it('loses what was not asked for, at whatever depth', async () => {
    const inherited = JSON.parse('{"__proto__":{"id":"x"},"toString":1,"constructor":{}}')
    const more = { ...inherited, gossip: 'x', recordedAt: '2024' }
    const { data } = await ask({ ...withAllergy(more), ...more, allergies: undefined })
    expect(data).toEqual({ _entities: [{ ...whole, allergies: null }] })
    const { data: inside } = await ask({ ...withAllergy(more), gossip: 'x' })
    expect(JSON.stringify(inside)).toBe(JSON.stringify({ _entities: [withAllergy({})] }))
  })

  it('is judged by the conditions of its request', async () => {
    const included = withAllergy({ recordedAt: null })
    const onlyOne = await ask(included, { more: true })
    expect(onlyOne.errors).toMatchObject([{ path: ['_entities', 0, 'allergies'] }])
    const [first] = included.allergies.list
    const both = {
      ...included,
      allergies: { status: 'UNKNOWN', list: [{ ...first, recordedAt: '2024' }] },
    }
    expect(await ask(both, { more: true })).toMatchObject({
      data: { _entities: [both] },
      errors: [],
    })
    expect((await ask(both)).data).toMatchObject({
      _entities: [{ allergies: { list: [allergy] } }],
    })
  })
})

describe('a violation within a section', () => {
  it.each<[string, object, string]>([
    ['null where something must be', withAllergy({ id: null }), 'Allergy.id'],
    [
      'nothing where something was asked for',
      withAllergy({ display: undefined }),
      'Allergy.display',
    ],
    ['a number for a text', withAllergy({ display: 1 }), 'Allergy.display'],
    ['a number for an id', withAllergy({ id: 1 }), 'Allergy.id'],
    ['an object for a text', withAllergy({ display: { text: 'x' } }), 'Allergy.display'],
    ['a state that nobody knows', withAllergy({ status: 'PERHAPS' }), 'Allergy.status'],
    ['a state inherited by every object', withAllergy({ status: 'toString' }), 'Allergy.status'],
    [
      'a type that nobody knows',
      withAllergy({ substance: { __typename: 'Toy', code: 'x' } }),
      'Allergy.substance',
    ],
    [
      'a type that is not one of these',
      withAllergy({ substance: { __typename: 'Allergy', code: 'x' } }),
      'Allergy.substance',
    ],
    [
      'no type where it could be several',
      withAllergy({ substance: { code: 'x' } }),
      'Allergy.substance',
    ],
    [
      'a part of another type',
      withAllergy({ substance: { __typename: 'Food', code: 'f', strength: 1 } }),
      'Food.name',
    ],
    [
      'an entry that is null',
      { ...whole, allergies: { status: 'UNKNOWN', list: [null] } },
      'AllergyConnection.nodes',
    ],
    [
      'an entry that is a list',
      { ...whole, allergies: { status: 'UNKNOWN', list: [[]] } },
      'AllergyConnection.nodes',
    ],
    [
      'an object for a list',
      { ...whole, allergies: { status: 'UNKNOWN', list: { length: 0 } } },
      'AllergyConnection.nodes',
    ],
    ['a list for the section', { ...whole, allergies: [] }, 'NelRecord.allergies'],
    ['a text for the section', { ...whole, allergies: 'none' }, 'NelRecord.allergies'],
    [
      'more entries than allowed',
      { ...whole, allergies: { status: 'UNKNOWN', list: Array(11).fill(allergy) } },
      'AllergyConnection.nodes',
    ],
  ])('%s: the section is missing, and no other', async (_case, sent, where) => {
    const answer = await ask(sent)
    expect(answer.data).toEqual({ _entities: [{ ...whole, allergies: null }] })
    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('not of the contract'),
        path: ['_entities', 0, 'allergies'],
        extensions: { code: 'SOURCE_INVALID', participant: 'nel' },
      },
    ])
    expect(answer.calls[0]?.outcome).toBe('INCOMPLETE')
    expect(answer.findings).toEqual([
      { source: 'nel', requestId: 'r-1', problem: 'NOT_OF_THE_CONTRACT', where },
    ])
  })

  it.each<[string, object]>([
    ['a text for a number', { value: '1.5' }],
    ['a number for a list', { grid: 1 }],
    ['a number in the list of lists', { grid: [1] }],
    ['a fraction for a whole number', { grid: [[1.5]] }],
    ['a number of more than 32 bits', { grid: [[2 ** 31]] }],
    ['too long a list in a list', { grid: [Array(11).fill(1)] }],
    ['a text that is no moment', { issuedAt: 'yesterday' }],
    ['a day that is none of the calendar', { issuedAt: '2023-02-29' }],
    ['true for a text', { notes: [true] }],
  ])('%s: the same in results', async (_case, changed) => {
    const answer = await ask(withResult(changed))
    expect(answer.data).toEqual({ _entities: [{ ...whole, results: null }] })
    expect(answer.errors).toMatchObject([{ path: ['_entities', 0, 'results'] }])
  })

  it('that is a number beyond all numbers is found', async () => {
    const text = JSON.stringify({ data: { _entities: [{ ...ADA_SENT, ...withResult({}) }] } })
    const answer = await askSource(
      (response) => void response.end(text.replaceAll('1.5', '1e999')),
      'at: asOf results { nodes { value } }',
    )
    expect(answer.data).toEqual({ _entities: [{ at: whole.at, results: null }] })
  })

  it('is found under a key that every object inherits as well', async () => {
    const selection = 'constructor: allergies { toString: status }'
    const sent = { ...ADA_SENT, constructor: { toString: 'UNKNOWN' } }
    expect((await askSource(record(sent), selection)).errors).toEqual([])
    for (const broken of [ADA_SENT, { ...ADA_SENT, constructor: {} }]) {
      const { data } = await askSource(record(broken), selection)
      expect(data).toEqual({ _entities: [{ constructor: null }] })
    }
  })

  it('counts what stands last where a key stands twice', async () => {
    const text = JSON.stringify({ data: { _entities: [{ ...ADA_SENT, ...whole }] } })
    const twice = text.replace('"status":', '"status":"UNKNOWN","status":')
    expect(twice).not.toBe(text)
    const answer = await askSource((response) => void response.end(twice), 'allergies { status }')
    expect(answer.data).toEqual({ _entities: [{ allergies: { status: 'HAS_ENTRIES' } }] })
    const hidden = text.replace('"status":"HAS_ENTRIES"', '"status":"UNKNOWN","status":"nonsense"')
    const { data } = await askSource(
      (response) => void response.end(hidden),
      'allergies { status }',
    )
    expect(data).toEqual({ _entities: [{ allergies: null }] })
  })
})

describe('a violation outside of every section', () => {
  it.each<[string, unknown]>([
    ['when the record changed', { ...whole, ...ADA_SENT, at: 5 }],
    ['when the record changed is left out', { ...whole, ...ADA_SENT, at: undefined }],
    ['a text for the record', 'x'],
    ['a list for the record', [whole]],
  ])('%s: the whole record counts as failed', async (_case, sent) => {
    const answer = await askSource(record(sent), SELECTION.replace('...Named', 'display status'))
    expect(answer.data).toEqual({ _entities: [null] })
    expect(answer.errors).toMatchObject([
      { path: ['_entities', 0], extensions: { code: 'SOURCE_INVALID' } },
    ])
    expect(answer.calls[0]?.outcome).toBe('FAILED')
  })

  it('costs what a participant says of itself, where it may be missing', async () => {
    const representations = [{ __typename: 'Nel', code: 'nel' }]
    const selection = 'service { status } organisations { odsCode }'
    const organisations = [{ odsCode: 'R1H' }]
    const broken = record({ service: { status: 'x' }, organisations })
    expect(await askSource(broken, selection, { representations })).toMatchObject({
      data: { _entities: [{ service: null, organisations }] },
      errors: [{ path: ['_entities', 0, 'service'], extensions: { code: 'SOURCE_INVALID' } }],
    })
    const without = record({ service: null, organisations: null })
    expect(await askSource(without, selection, { representations })).toMatchObject({
      data: { _entities: [null] },
      errors: [{ path: ['_entities', 0], extensions: { code: 'SOURCE_INVALID' } }],
    })
  })
})
