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

const purpose = (type: string, ...codes: readonly string[]) => ({
  type,
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
    ['for treatment', { ...objection, provision: purpose('deny', 'TREAT') }],
    ['for treatment and research', { ...objection, provision: purpose('deny', 'HRESCH', 'TREAT') }],
    ['of one organisation alone', { ...objection, provision: { type: 'deny', actor: [{}] } }],
    [
      'whose permission is to a part of what its policy keeps back',
      { ...objection, provision: { type: 'permit', class: [{ code: 'MEDICATIONS' }] } },
    ],
    ['that lets research alone through', { ...objection, provision: purpose('permit', 'HRESCH') }],
    [
      'that lets emergencies alone through',
      { ...objection, provision: purpose('permit', 'ETREAT') },
    ],
    ['that opts out with exceptions', { ...without('provision'), policyRule: policy('OPTOUTE') }],
    ['for a purpose that is not known', { ...objection, provision: purpose('deny', 'ALL') }],
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
    [
      'an opting out of all but direct care',
      { ...objection, provision: purpose('permit', 'TREAT') },
    ],
    [
      'a refusal of resuscitation without a scope',
      { ...without('scope'), category: [{ coding: [{ code: 'dnr' }] }] },
    ],
    [
      'a refusal of research and planning',
      { ...objection, provision: purpose('deny', 'HRESCH', 'HSYSADMIN') },
    ],
  ])('is not %s', (_what, consent) => {
    expect(objectionOf(consent as FhirResource)).toBeNull()
  })

  const nested = (...provision: readonly object[]) => ({
    ...objection,
    policyRule: policy('OPTIN'),
    provision: { provision },
  })
  const permit = { type: 'permit', actor: [{}] }
  const deny = { type: 'deny', action: [{ coding: [{ code: 'disclose' }] }] }

  it.each([
    ['the only one', nested(deny)],
    ['one of several', nested(permit, deny)],
    ['within a permission', nested({ ...permit, provision: [permit, deny] })],
    ['three deep', nested({ ...permit, provision: [{ ...permit, provision: [deny] }] })],
    [
      'under a root that permits',
      { ...nested(), provision: { type: 'permit', provision: [deny] } },
    ],
    ['without a policy', { ...nested(deny), policyRule: undefined }],
    ['of a time that is over', nested({ ...deny, period: { end: '2020' } })],
    ['beside one about research', nested(purpose('deny', 'HRESCH'), deny)],
    ['not written as a list', { ...nested(), provision: { provision: deny } }],
    ['in a list where one rule stands in R4', { ...nested(), provision: [permit, deny] }],
  ])('is one whose denial is an exception to what it permits: %s', (_what, consent) => {
    expect(objectionOf(consent as FhirResource)).toBe('UPHELD')
    expect(objectionOf({ ...consent, status: 'inactive' } as FhirResource)).toBe('WITHDRAWN')
  })

  it.each([
    ['permit as well', nested(permit)],
    ['deny research', nested(purpose('deny', 'HRESCH'))],
    [
      'deny within research',
      { ...nested(), provision: { ...purpose('permit', 'HRESCH'), provision: [deny] } },
    ],
  ])('is not one whose exceptions %s', (_what, consent) => {
    expect(objectionOf(consent as FhirResource)).toBeNull()
  })

  it.each([
    ['without a scope', without('scope')],
    ['of a scope that is not known', { ...objection, scope: scope('sharing') }],
    ['whose exception does not say which way it goes', nested({ actor: [{}] })],
    ['whose exception says another word', nested({ type: 'Deny' })],
    ['whose root says another word', { ...objection, provision: { type: 'refuse' } }],
    ['with a modifier that is not known', { ...nested(permit), modifierExtension: [{ url: 'x' }] }],
    [
      'with a permission under a modifier',
      nested({ ...permit, modifierExtension: [{ url: 'x' }] }),
    ],
  ])('%s keeps the record closed until somebody looks', (_what, consent) => {
    expect(objectionOf(consent as FhirResource)).toBe('UNDER_REVIEW')
  })

  it('is found however deep it stands', () => {
    let provision: object = deny
    for (let depth = 0; depth < 50_000; depth++) provision = { ...permit, provision: [provision] }
    // Whether there is a modifier so deep is not looked for: closed all the same.
    expect(objectionOf(nested(provision) as FhirResource)).toBe('UNDER_REVIEW')
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
