import { describe, expect, it } from 'vitest'
import { formerNumbersOf, nhsNumberOf } from '../../../../subgraphs/kit/fhir/own-number.ts'
import { ada } from './examples/patient.ts'
import { NOW } from './mapping-context.ts'

const SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number'
const ONE = '9990000018'
const OTHER = '9990000026'

const number = (more: object = {}, value = ONE) => ({ system: SYSTEM, value, ...more })
const bearing = (...identifier: unknown[]) => ({ ...ada, identifier })
const foundIn = (...identifier: unknown[]) => nhsNumberOf(bearing(...identifier), NOW)

const UK_CORE =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus'
const CARE_CONNECT =
  'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1'
const status = (code: unknown, url = UK_CORE, system?: string) => ({
  extension: [{ url, valueCodeableConcept: { coding: [{ system, code }] } }],
})

describe('nhsNumberOf', () => {
  it('finds the NHS number among other identifiers, without its spaces', () => {
    expect(nhsNumberOf(ada, NOW)).toEqual({ nhsNumber: ONE })
  })

  it('prefers the number in use to an old one', () => {
    expect(foundIn(number({ use: 'old' }, OTHER), number())).toEqual({ nhsNumber: ONE })
  })

  it('says that a number is missing, or does not pass its check, and never which', () => {
    expect(foundIn()).toEqual({ problem: 'MISSING' })
    expect(foundIn(number({}, '9990000019'))).toEqual({ problem: 'INVALID' })
  })

  it.each([
    ['old', { use: 'old' }],
    ['old, in capitals', { use: 'OLD' }],
    ['temporary', { use: 'temp' }],
    ['in use for a period in a list', { period: [{ end: '2010' }] }],
    ['in use for a period that is a word', { period: '2010' }],
    ['ended by a day', { period: { start: '2001-01-01', end: '2026-06-14' } }],
    ['ended by a month', { period: { end: '2026-05' } }],
    ['ended an hour ago', { period: { end: '2026-06-15T11:00:00Z' } }],
    ['ended at a time that cannot be read', { period: { end: '30/06/2020' } }],
    ['to begin tomorrow', { period: { start: '2026-06-16' } }],
  ])('does not go by a number that is %s', (_, more) => {
    expect(foundIn(number(more))).toEqual({ problem: 'WITHDRAWN' })
  })

  it.each([
    ['today', { end: '2026-06-15' }],
    ['with this month', { end: '2026-06' }],
    ['with this year', { end: '2026' }],
    ['in an hour', { end: '2026-06-15T14:00:00+01:00' }],
    ['never, as some systems write it', { end: '9999-12-31' }],
    ['at no time, as others write it', { start: '0001-01-01', end: '0001-01-01' }],
    ['at no time', { start: '2020-02-02', end: ' ' }],
  ])('goes by a number that ends %s', (_, period) => {
    expect(foundIn(number({ period }))).toEqual({ nhsNumber: ONE })
  })

  it('counts days as London does', () => {
    const lastMinute = new Date('2026-06-15T22:59:00Z')
    const midnight = new Date('2026-06-15T23:00:00Z')
    const patient = bearing(number({ period: { end: '2026-06-15' } }))
    expect(nhsNumberOf(patient, lastMinute)).toEqual({ nhsNumber: ONE })
    expect(nhsNumberOf(patient, midnight)).toEqual({ problem: 'WITHDRAWN' })
  })

  it.each([
    ['UK Core’s code', status('number-present-and-verified')],
    ['two digits', status('01')],
    ['CareConnect’s extension', status('01', CARE_CONNECT)],
    ['a coding alone', { extension: [{ url: UK_CORE, valueCoding: { code: '01' } }] }],
    [
      'a code beside its translation',
      {
        extension: [
          {
            url: UK_CORE,
            valueCodeableConcept: {
              coding: [
                { system: 'https://pas.example/status', code: 'V' },
                {
                  system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
                  code: 'number-present-and-verified',
                },
              ],
            },
          },
        ],
      },
    ],
    ['no word of it', { extension: [{ url: 'https://other.example/x', valueCode: '05' }] }],
  ])('goes by a number that is verified by %s', (_, more) => {
    expect(foundIn(number(more))).toEqual({ nhsNumber: ONE })
  })

  it.each([
    status('number-present-but-not-traced'),
    status('trace-required'),
    status('trace-attempted-no-match-or-multiple-match-found'),
    status('trace-needs-to-be-resolved-(nhs-number-or-patient-detail-conflict)'),
    status('trace-in-progress'),
    status('number-not-present-and-trace-not-required'),
    status('trace-postponed-(baby-under-six-weeks-old)'),
    ...['02', '03', '04', '05', '06', '07', '08', '1', 'verified', 1, null].map((code) =>
      status(code),
    ),
    status('02', CARE_CONNECT),
    { extension: [{ url: UK_CORE }] },
    { extension: status('02').extension[0] },
    { extension: [{ url: UK_CORE, valueCodeableConcept: { text: 'Verified' } }] },
    { extension: [...status('01').extension, ...status('03', CARE_CONNECT).extension] },
  ])(
    'does not go by a number that is not verified, or said to be what nobody knows: %j',
    (more) => {
      expect(foundIn(number(more))).toEqual({ problem: 'NOT_VERIFIED' })
    },
  )

  it('lets a verified number go before one of which nothing is said', () => {
    expect(foundIn(number(), number(status('01'), OTHER))).toEqual({ nhsNumber: OTHER })
  })

  it('leaves an unverified number aside where another one is good', () => {
    expect(foundIn(number(status('04')), number({}, OTHER))).toEqual({ nhsNumber: OTHER })
  })

  it.each([
    ['nothing is said', number(), number({}, OTHER)],
    ['both are verified', number(status('01')), number(status('01', CARE_CONNECT), OTHER)],
  ])('does not choose between two numbers of which %s', (_, ...both) => {
    expect(foundIn(...both)).toEqual({ problem: 'SEVERAL' })
    expect(foundIn(...both.toReversed())).toEqual({ problem: 'SEVERAL' })
  })

  it('takes one number that is written twice as one, and its doubts as doubts', () => {
    expect(foundIn(number(), number({}, '999 000 0018'))).toEqual({ nhsNumber: ONE })
    expect(foundIn(number({ use: 'old' }), number())).toEqual({ nhsNumber: ONE })
    expect(foundIn(number(), number(status('02')))).toEqual({ problem: 'NOT_VERIFIED' })
  })
})

describe('formerNumbersOf', () => {
  it.each([
    ['old', { use: 'old' }],
    ['ended', { period: { end: '2024-01-01' } }],
    ['old and verified once', { use: 'old', ...status('01') }],
  ])('has a number that is %s', (_, more) => {
    expect(formerNumbersOf(bearing(number(), number(more, OTHER)), NOW)).toEqual([OTHER])
  })

  it.each([
    ['the present one', number({ use: 'old' })],
    ['one that was never verified', number({ use: 'old', ...status('02') }, OTHER)],
    ['a temporary one', number({ use: 'temp', period: { end: '2024' } }, OTHER)],
    ['one that is to come', number({ period: { start: '2027' } }, OTHER)],
    ['one that fails its check', number({ use: 'old' }, '9990000027')],
    ['one of another system', { ...number({ use: 'old' }, OTHER), system: 'https://x.example' }],
  ])('does not have %s', (_, other) => {
    expect(formerNumbersOf(bearing(number(), other), NOW)).toEqual([])
  })
})
