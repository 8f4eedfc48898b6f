import { describe, expect, it } from 'vitest'
import { isExcludedItself } from '../../../../subgraphs/kit/exclusions/find-codings.ts'
import { judge } from '../../../../subgraphs/kit/exclusions/judge.ts'
import { linksOf } from '../../../../subgraphs/kit/exclusions/links.ts'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { spread } from '../../../../subgraphs/kit/exclusions/spread.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { referencesIn } from '../../../../subgraphs/kit/load/resolve/references.ts'

const lists = await loadExclusions()
const clinic = { coding: [{ system: 'http://snomed.info/sct', code: '788122004' }] }
const hiv = { coding: [{ system: 'http://snomed.info/sct', code: '86406008' }] }

/** `Type/id` of what is excluded of a record. */
function excludedOf(...resources: FhirResource[]): string[] {
  const byKey = new Map(resources.map((one) => [`${one.resourceType}/${one.id}`, one]))
  const around = {
    isExcludedItself: (one: FhirResource) => isExcludedItself(one, lists),
    find: ({ reference = '' }) => byKey.get(reference) ?? null,
  }
  const keys = (references: readonly { readonly reference?: string }[]) =>
    references.flatMap(({ reference = '' }) => (byKey.has(reference) ? [reference] : []))
  const record = [...byKey].map(([key, resource]) => {
    const { hangsOn, holds } = linksOf(resource)
    const isExcluded = judge(resource, referencesIn(resource), around) !== null
    return { key, isExcluded, hangsOn: keys(hangsOn), holds: keys(holds) }
  })
  return [...spread(record)].sort()
}

const one = (resourceType: string, parts: object = {}, id = '1'): FhirResource => ({
  resourceType,
  id,
  ...parts,
})
const to = (key: string) => ({ reference: key })

describe('exclusion spreads', () => {
  it('from an encounter to all that hangs on it, and on that, at any distance', () => {
    expect(
      excludedOf(
        one('DocumentReference', { context: { related: [to('DiagnosticReport/1')] } }),
        one('DiagnosticReport', { result: [to('Observation/1')] }),
        one('Observation', { basedOn: [to('ServiceRequest/1')] }),
        one('ServiceRequest', { encounter: to('Encounter/1') }),
        one('Encounter', { serviceType: clinic }),
      ),
    ).toEqual([
      'DiagnosticReport/1',
      'DocumentReference/1',
      'Encounter/1',
      'Observation/1',
      'ServiceRequest/1',
    ])
  })

  it('from a result to its report, and from the report to its other results', () => {
    expect(
      excludedOf(
        one('DiagnosticReport', { result: [to('Observation/1'), to('Observation/2')] }),
        one('Observation', { code: hiv }),
        one('Observation', {}, '2'),
      ),
    ).toEqual(['DiagnosticReport/1', 'Observation/1', 'Observation/2'])
  })

  it('round a circle once', () => {
    const circle = excludedOf(
      one('Observation', { derivedFrom: [to('Observation/2')] }),
      one('Observation', { derivedFrom: [to('Observation/1')], code: hiv }, '2'),
    )
    expect(circle).toEqual(['Observation/1', 'Observation/2'])
  })

  it.each([
    ['a place', one('Location', { type: [clinic] }), 'Location/1'],
    ['a service', one('HealthcareService', { specialty: [clinic] }), 'HealthcareService/1'],
    ['an organisation', one('Organization', { type: [clinic] }), 'Organization/1'],
  ])('from %s to whatever it had to do with', (_what, service, key) => {
    const visits = [
      one('Encounter', { location: [{ location: to(key) }] }),
      one('Appointment', { participant: [{ actor: to(key) }] }),
      one('Observation', { performer: [to(key)] }),
      one('ServiceRequest', { performer: [to(key)] }),
      one('DocumentReference', { custodian: to(key) }),
    ]
    expect(excludedOf(service, ...visits)).toHaveLength(visits.length + 1)
  })

  it('from a place to the service in it, its clinicians and their visits, not to what they wrote', () => {
    expect(
      excludedOf(
        one('Location', { type: [clinic] }),
        one('HealthcareService', { location: [to('Location/1')] }),
        one('PractitionerRole', { healthcareService: [to('HealthcareService/1')] }),
        one('Encounter', { participant: [{ individual: to('PractitionerRole/1') }] }),
        one('ServiceRequest', { performer: [to('PractitionerRole/1')] }),
        one('AllergyIntolerance', { recorder: to('PractitionerRole/1') }),
      ),
    ).toEqual([
      'Encounter/1',
      'HealthcareService/1',
      'Location/1',
      'PractitionerRole/1',
      'ServiceRequest/1',
    ])
  })
})

describe('exclusion does not spread', () => {
  it.each([
    [
      'to a plan for one of its goals',
      [one('CarePlan', { goal: [to('Goal/1')] }), one('Goal', { description: hiv })],
      ['Goal/1'],
    ],
    [
      'to a plan for one of its activities',
      [
        one('CarePlan', { activity: [{ reference: to('ServiceRequest/1') }] }),
        one('ServiceRequest', { code: hiv }),
      ],
      ['ServiceRequest/1'],
    ],
    [
      'to an encounter for one of its further diagnoses',
      [
        one('Encounter', {
          diagnosis: [
            { condition: to('Condition/2'), rank: 1 },
            { condition: to('Condition/1'), rank: 2 },
          ],
        }),
        one('Condition', { code: hiv }),
        one('Condition', {}, '2'),
      ],
      ['Condition/1'],
    ],
    [
      'to the order of an excluded result, or what else was ordered with it',
      [
        one('Observation', { code: hiv, basedOn: [to('ServiceRequest/1')] }),
        one('Observation', { basedOn: [to('ServiceRequest/1')] }, '2'),
        one('ServiceRequest'),
      ],
      ['Observation/1'],
    ],
    [
      'to the encounter of an excluded entry',
      [one('Condition', { code: hiv, encounter: to('Encounter/1') }), one('Encounter')],
      ['Condition/1'],
    ],
    [
      'to what merely mentions it in passing',
      [
        one('ServiceRequest', { supportingInfo: [to('Condition/1')] }),
        one('Condition', { code: hiv }),
      ],
      ['Condition/1'],
    ],
    [
      'to the patient',
      [
        one('Patient', { managingOrganization: to('Organization/1') }),
        one('Organization', { type: [clinic] }),
      ],
      ['Organization/1'],
    ],
    [
      'from a service in one of several places',
      [
        one('HealthcareService', { location: [to('Location/1'), to('Location/2')] }),
        one('Location', { type: [clinic] }),
        one('Location', {}, '2'),
      ],
      ['Location/1'],
    ],
  ] as const)('%s', (_what, record, excluded) => {
    expect(excludedOf(...record)).toEqual(excluded)
  })
})
