import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lastTurnOf } from '../../../../subgraphs/kit/fhir/turning-points.ts'
import { ada, merged } from './examples/patient.ts'
import { mangled } from './mangled.ts'
import { NOW } from './mapping-context.ts'

const name = (period: object) => ({ ...ada, name: [{ text: 'Ada', period }] })

it.each([
  ['nothing where no period is told', ada, null],
  ['a day after its end', name({ end: '2026-06-01' }), '2026-06-01T23:00:00.000Z'],
  ['a month after its end', name({ end: '2026-05' }), '2026-05-31T23:00:00.000Z'],
  ['a time at once', name({ end: '2026-06-01T10:00:00+01:00' }), '2026-06-01T09:00:00.001Z'],
  ['a beginning', name({ start: '2026-06-03', end: '2026-08' }), '2026-06-02T23:00:00.000Z'],
  ['not what is to come', name({ start: '2026-07-01' }), null],
  ['not a year that is none', name({ end: '0001-01-01' }), null],
  [
    'the practice’s and a contact’s telephone’s, too',
    {
      ...ada,
      generalPractitioner: [{ identifier: { period: { start: '2026-06-04' } } }],
      contact: [{ telecom: [{ value: '1', period: { end: '2026-06-09' } }] }],
    },
    '2026-06-09T23:00:00.000Z',
  ],
])('The last turn of a Patient is %s', (_, patient, expected) => {
  expect(lastTurnOf(patient, NOW)?.toISOString() ?? null).toBe(expected)
})

it('The last turn of any Patient, however mangled, is a moment that has been', () => {
  fc.assert(
    fc.property(mangled([ada, merged]), (patient) => {
      const turn = lastTurnOf(patient, NOW)
      expect(turn === null || turn <= NOW).toBe(true)
    }),
  )
})
