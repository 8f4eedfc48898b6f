import { describe, expect, it } from 'vitest'
import { isExcludedItself } from '../../../../subgraphs/kit/exclusions/find-codings.ts'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { withoutMembers } from '../../../../subgraphs/kit/exclusions/without-members.ts'

const lists = await loadExclusions()
const SCT = 'http://snomed.info/sct'
const HIV = { system: SCT, code: '86406008' }
const GUM = {
  system: 'https://fhir.nhs.uk/Id/NHSDataModelAndDictionary-treatment-function',
  code: '360',
}

const condition = (code: unknown) => ({ resourceType: 'Condition', code })
const coded = (coding: object) => condition({ coding: [coding] })

describe('what is never shared for what it says', () => {
  it.each([
    ['a code', coded(HIV)],
    ['a code without a system', coded({ code: '86406008' })],
    ['a code in blanks', coded({ system: ` ${SCT} `, code: ' 86406008 ' })],
    ['a code written as a number', coded({ system: SCT, code: 86406008 })],
    ['a version of SNOMED CT', coded({ ...HIV, system: `${SCT}/83821000000107/version/20250101` })],
    ['the OID of SNOMED CT', coded({ ...HIV, system: 'urn:oid:2.16.840.1.113883.6.96' })],
    ['an expression', coded({ system: SCT, code: '417662000 | past |:246090004=86406008' })],
    ['the second of several codings', condition({ coding: [{ code: 'A1' }, HIV] })],
    [
      'a LOINC code',
      {
        resourceType: 'Observation',
        code: { coding: [{ system: 'http://loinc.org', code: '55277-8' }] },
      },
    ],
    [
      'a negative result',
      {
        resourceType: 'Observation',
        code: {},
        valueCodeableConcept: { coding: [{ system: SCT, code: '165815009' }] },
      },
    ],
    [
      'a component',
      { resourceType: 'Observation', component: [{ code: {} }, { code: { coding: [HIV] } }] },
    ],
    [
      'an extension',
      {
        resourceType: 'Condition',
        extension: [{ url: 'x', extension: [{ valueCodeableConcept: { coding: [HIV] } }] }],
      },
    ],
    [
      'an extension of a code alone',
      { resourceType: 'Condition', extension: [{ url: 'x', valueCode: '86406008' }] },
    ],
    [
      'something contained',
      {
        resourceType: 'MedicationRequest',
        contained: [{ resourceType: 'Medication', code: { coding: [HIV] } }],
      },
    ],
    [
      'a planned activity',
      { resourceType: 'CarePlan', activity: [{ detail: { reasonCode: [{ coding: [HIV] }] } }] },
    ],
    ['a service', { resourceType: 'Encounter', serviceType: { coding: [GUM] } }],
    [
      'a specialty without a system',
      { resourceType: 'Appointment', specialty: [{ coding: [{ code: '504' }] }] },
    ],
    [
      'a service as the type of an episode',
      { resourceType: 'EpisodeOfCare', type: [{ coding: [{ code: '360' }] }] },
    ],
    [
      'a service of SNOMED CT',
      {
        resourceType: 'HealthcareService',
        type: [{ coding: [{ system: SCT, code: '788122004' }] }],
      },
    ],
    [
      'a label',
      {
        resourceType: 'Flag',
        meta: {
          security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SEX' }],
        },
      },
    ],
    ['a label without a system', { resourceType: 'Flag', meta: { security: [{ code: 'v' }] } }],
    [
      'the label of a document',
      {
        resourceType: 'DocumentReference',
        securityLabel: [
          {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
            ],
          },
        ],
      },
    ],
    [
      'the label of something contained',
      {
        resourceType: 'DiagnosticReport',
        contained: [{ resourceType: 'Observation', meta: { security: [{ code: 'HIV' }] } }],
      },
    ],
  ])('is known by %s', (_what, resource) => {
    expect(isExcludedItself(resource, lists)).toBe(true)
  })

  it.each([
    ['another code', coded({ system: SCT, code: '38341003' })],
    [
      'the digits in another terminology',
      coded({ system: 'https://example.org/local', code: '86406008' }),
    ],
    [
      'three digits that are no service',
      { resourceType: 'Observation', valueCodeableConcept: { coding: [{ code: '360' }] } },
    ],
    [
      'three digits in another list of services',
      {
        resourceType: 'Encounter',
        serviceType: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/service-type', code: '360' }],
        },
      },
    ],
    [
      'an identifier',
      { resourceType: 'Condition', identifier: [{ system: SCT, value: '86406008' }] },
    ],
    [
      'words alone',
      { resourceType: 'Condition', code: { text: 'HIV infection' }, note: [{ text: '86406008' }] },
    ],
    ['a unit', { resourceType: 'Observation', valueQuantity: { value: 86406008, code: 'mg' } }],
    [
      'a label of another scale',
      {
        resourceType: 'Flag',
        meta: { security: [{ system: 'https://example.org/labels', code: 'HIV' }] },
      },
    ],
    [
      'an ordinary label',
      {
        resourceType: 'Flag',
        meta: {
          security: [
            { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' },
          ],
        },
      },
    ],
    [
      'a patient, whose label is about the address',
      { resourceType: 'Patient', meta: { security: [{ code: 'R' }] } },
    ],
    [
      'a contained patient’s label',
      {
        resourceType: 'Flag',
        contained: [{ resourceType: 'Patient', meta: { security: [{ code: 'R' }] } }],
      },
    ],
    [
      'mangled parts',
      { resourceType: 'Flag', meta: 'R', code: [null, 5, { coding: 'x' }], contained: [7, null] },
    ],
  ])('is not seen in %s', (_what, resource) => {
    expect(isExcludedItself(resource, lists)).toBe(false)
  })
})

it('leaves a patient everything but the concepts that are never shared', () => {
  const patient = {
    resourceType: 'Patient',
    name: [{ family: 'Example' }],
    extension: [{ url: 'about', valueCodeableConcept: { coding: [HIV], text: 'Secret' } }],
    contact: [{ name: { text: 'Next of kin' }, relationship: [{ coding: [HIV], text: 'Secret' }] }],
  }
  expect(withoutMembers(patient, lists)).toEqual({
    resourceType: 'Patient',
    name: [{ family: 'Example' }],
    extension: [{ url: 'about' }],
    contact: [{ name: { text: 'Next of kin' }, relationship: [] }],
  })
})
