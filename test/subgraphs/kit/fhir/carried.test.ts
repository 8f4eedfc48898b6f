import { describe, expect, it } from 'vitest'
import { carriedBy } from '../../../../subgraphs/kit/fhir/carried.ts'

const within = (container: object, one: object) =>
  carriedBy({ resourceType: 'List', id: 'x', contained: [{ id: 'a', ...one }], ...container })[0]

describe('What a resource contains', () => {
  it.each([
    ['Observation', 'final', 'DiagnosticReport', 'cancelled', 'cancelled'],
    ['Observation', 'final', 'Observation', 'preliminary', 'preliminary'],
    ['Observation', 'cancelled', 'DiagnosticReport', 'preliminary', 'cancelled'],
    ['Observation', 'final', 'DiagnosticReport', 'amended', 'final'],
    ['ServiceRequest', 'active', 'CarePlan', 'revoked', 'revoked'],
    ['MedicationRequest', 'active', 'CarePlan', 'revoked', 'cancelled'],
    ['MedicationRequest', 'stopped', 'CarePlan', 'draft', 'stopped'],
    ['MedicationRequest', 'active', 'CarePlan', 'completed', 'active'],
    ['Observation', 'final', 'CarePlan', 'revoked', 'final'],
    ['Immunization', 'completed', 'DocumentReference', 'entered-in-error', 'entered-in-error'],
  ])('is a %s that is %s, within a %s that is %s: %s', (type, own, container, status, expected) => {
    const found = within({ resourceType: container, status }, { resourceType: type, status: own })
    expect(found?.['status']).toBe(expected)
  })

  it('is entered in error by its verification, where that is how its type says so', () => {
    const found = within({ docStatus: 'entered-in-error' }, { resourceType: 'AllergyIntolerance' })
    expect(found?.['verificationStatus']).toEqual({ coding: [{ code: 'entered-in-error' }] })
  })

  it('has ids that nothing else has: by container and own id, where one is missing or twice by its words', () => {
    const contained = [
      { resourceType: 'Condition', id: 'a' },
      { resourceType: 'Condition', id: 'a', code: { text: 'Other' } },
      { resourceType: 'Condition' },
      null,
      'text',
      { id: 'typeless' },
    ]
    const ids = carriedBy({ resourceType: 'List', id: 'x', contained }).map(({ id }) => id)
    expect(ids).toEqual([
      'List/x#a',
      expect.stringMatching(/^List\/x#a~[0-9a-f]{12}$/),
      expect.stringMatching(/^List\/x#~[0-9a-f]{12}$/),
    ])
  })
})
