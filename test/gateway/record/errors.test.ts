import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { mapErrors } from '../../../gateway/record/errors.ts'
import type { SourceOutcome } from '../../../gateway/record/sources.ts'

const data = {
  patient: {
    lcr_records: [
      { __typename: 'NelRecord', lcr_allergies: null, lcr_tests: null },
      { __typename: 'SelRecord', lcr_allergies: null, lcr_tests: null },
    ],
  },
}

const error = (path: (string | number)[] | undefined, code = 'SOURCE_TIMED_OUT', more = {}) =>
  new GraphQLError('This source did not answer in time.', {
    path: path ?? null,
    extensions: { code, ...more },
  })

const told = (errors: readonly GraphQLError[], outcomes: Record<string, SourceOutcome> = {}) => {
  const sources = Object.entries(outcomes).map(([code, outcome]) => ({
    participant: { code, name: code, kind: 'TRUST' as const },
    outcome,
    asOf: null,
    latencyMs: null,
    notShared: [],
  }))
  const mapped = mapErrors(errors, { data, sources: new Map([['patient', sources]]) })
  return mapped.map(({ path, extensions }) => [path, extensions])
}

describe('mapErrors', () => {
  it("gives an error in one source's section the client's own path", () => {
    expect(told([error(['patient', 'lcr_records', 1, 'lcr_tests', 'nodes', 3, 'code'])])).toEqual([
      [['patient', 'tests'], { code: 'SOURCE_TIMED_OUT', participant: 'sel' }],
    ])
  })

  it('tells the failure of a whole source once', () => {
    const errors = ['lcr_allergies', 'lcr_tests', 'asOf'].map((key) =>
      error(['patient', 'lcr_records', 0, key]),
    )
    expect(told(errors)).toEqual([[['patient'], { code: 'SOURCE_TIMED_OUT', participant: 'nel' }]])
  })

  it('keeps sources, codes and patients apart', () => {
    const errors = [
      error(['patient', 'lcr_records', 0, 'lcr_tests']),
      error(['patient', 'lcr_records', 1, 'lcr_tests']),
      error(['patient', 'lcr_records', 1, 'lcr_tests'], 'SOURCE_FAILED'),
      error(['other', 'lcr_records', 1, 'lcr_tests'], 'SOURCE_FAILED', { participant: 'sel' }),
    ]
    expect(told(errors)).toEqual([
      [['patient', 'tests'], { code: 'SOURCE_TIMED_OUT', participant: 'nel' }],
      [['patient', 'tests'], { code: 'SOURCE_TIMED_OUT', participant: 'sel' }],
      [['patient', 'tests'], { code: 'SOURCE_FAILED', participant: 'sel' }],
      [['other', 'tests'], { code: 'SOURCE_FAILED', participant: 'sel' }],
    ])
  })

  it('takes the source from the error where the error names it', () => {
    const named = error(['patient', 'lcr_records', '@'], 'SOURCE_FAILED', { participant: 'swl' })
    expect(told([named])).toEqual([[['patient'], { code: 'SOURCE_FAILED', participant: 'swl' }]])
  })

  it('points at the record of the source that failed, whatever record the executor counted', () => {
    const counted = error(['patient', 'mine', 0, 'allergies'], 'FORBIDDEN', { participant: 'sel' })
    expect(told([counted])).toEqual([
      [['patient', 'mine', 1, 'allergies'], { code: 'FORBIDDEN', participant: 'sel' }],
    ])
  })

  it.each(['QUARANTINED', 'NO_RECORD'] as const)(
    'does not count records that are not in the list (%s)',
    (outcome) => {
      const at = (place: number, code: string, participant: string) =>
        error(['patient', 'mine', place], code, { participant })
      const errors = [at(0, 'SOURCE_QUARANTINED', 'nel'), at(1, 'SOURCE_FAILED', 'sel')]
      expect(told(errors, { nel: outcome, sel: 'FAILED' })).toEqual([
        [['patient', 'mine'], { code: 'SOURCE_QUARANTINED', participant: 'nel' }],
        [['patient', 'mine', 0], { code: 'SOURCE_FAILED', participant: 'sel' }],
      ])
    },
  )

  it('leaves all other errors as they are', () => {
    const others = [
      error(['patient', 'name'], 'SOURCE_FAILED'),
      error(['patient', 'records', 0, 'allergies'], 'FORBIDDEN', { participant: 'nel' }),
      error(undefined, 'SOURCE_FAILED'),
    ]
    expect(told(others)).toEqual([
      [['patient', 'name'], { code: 'SOURCE_FAILED' }],
      [['patient', 'records', 0, 'allergies'], { code: 'FORBIDDEN', participant: 'nel' }],
      [undefined, { code: 'SOURCE_FAILED' }],
    ])
  })

  it('shows no generated name, in a path or in words', () => {
    const errors = [
      new GraphQLError('Variable "$lcr_first_0" is wrong', { path: ['found', 0, 'lcr_typename'] }),
    ]
    const [shown] = mapErrors(errors, { data, sources: new Map() })
    expect(JSON.stringify(shown)).not.toContain('lcr_')
    expect(shown?.path).toEqual(['found', 0])
  })
})
