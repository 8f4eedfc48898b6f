import { describe, expect, it } from 'vitest'
import { objectionOf, strongestOf } from '../../../../subgraphs/kit/fhir/objection.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { objection } from './examples/objection.ts'

const without = (element: string): FhirResource => {
  const { [element]: _left, ...rest } = objection as Record<string, unknown>
  return rest as unknown as FhirResource
}

const scope = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code }],
})

const policy = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }],
})

const purpose = (...codes: readonly string[]) => ({
  type: 'deny',
  purpose: codes.map((code) => ({
    system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
    code,
  })),
})

describe('An objection to sharing', () => {
  it.each([
    ['draft', 'RECEIVED'],
    ['proposed', 'UNDER_REVIEW'],
    ['active', 'UPHELD'],
    ['rejected', 'NOT_UPHELD'],
    ['inactive', 'WITHDRAWN'],
    ['entered-in-error', null],
  ])('that is %s stands at %s', (status, state) => {
    expect(objectionOf({ ...objection, status })).toBe(state)
  })

  it.each([
    ['no status', without('status')],
    ['a status that FHIR does not know', { ...objection, status: 'constructor' }],
    ['a status of another shape', { ...objection, status: ['active'] }],
  ])('with %s keeps the record closed until somebody looks', (_what, consent) => {
    expect(objectionOf(consent)).toBe('UNDER_REVIEW')
  })

  it.each([
    ['only by its policy, which is to opt out', without('provision')],
    ['only by its provision, which denies', without('policyRule')],
    ['for treatment', { ...objection, provision: purpose('TREAT') }],
    ['for treatment and research', { ...objection, provision: purpose('HRESCH', 'TREAT') }],
    ['of one organisation alone', { ...objection, provision: { type: 'deny', actor: [{}] } }],
    [
      'until a day that has passed',
      { ...objection, provision: { type: 'deny', period: { end: '2020' } } },
    ],
  ])('is one %s', (_what, consent) => {
    expect(objectionOf(consent)).toBe('UPHELD')
  })

  it.each([
    ['another resource', { ...objection, resourceType: 'Flag' }],
    ['a consent that permits', { ...objection, provision: { type: 'permit' } }],
    ['a consent that opts in', { ...without('provision'), policyRule: policy('OPTIN') }],
    ['a consent that says neither', { ...without('provision'), policyRule: undefined }],
    ['a consent to treatment', { ...objection, scope: scope('treatment') }],
    ['a consent to research', { ...objection, scope: scope('research') }],
    ['an advance decision', { ...objection, scope: scope('adr') }],
    ['a consent without a scope', without('scope')],
    [
      'a refusal of research and planning',
      { ...objection, provision: purpose('HRESCH', 'HSYSADMIN') },
    ],
  ])('is not %s', (_what, consent) => {
    expect(objectionOf(consent as FhirResource)).toBeNull()
  })

  it.each(['scope', 'policyRule', 'provision', 'status'])(
    'is read whatever stands in %s',
    (element) => {
      for (const mangled of [
        null,
        1,
        'text',
        [],
        [null],
        {},
        { coding: 1 },
        { coding: [null, 7] },
      ]) {
        expect(() => objectionOf({ ...objection, [element]: mangled })).not.toThrow()
      }
    },
  )
})

describe('Several objections of one patient', () => {
  it('count as the one that closes the record most', () => {
    expect(strongestOf(['WITHDRAWN', 'UPHELD', 'NOT_UPHELD'])).toBe('UPHELD')
    expect(strongestOf(['NOT_UPHELD', 'UNDER_REVIEW', null])).toBe('UNDER_REVIEW')
    expect(strongestOf(['WITHDRAWN', 'NOT_UPHELD'])).toBe('NOT_UPHELD')
    expect(strongestOf([null])).toBeNull()
    expect(strongestOf([])).toBeNull()
  })
})
