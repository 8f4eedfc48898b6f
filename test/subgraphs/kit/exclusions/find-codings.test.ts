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

const ICD = 'http://hl7.org/fhir/sid/icd-10'
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

const labelled = (label: object) => ({ resourceType: 'Flag', meta: { security: [label] } })

describe('what is never shared for what it says', () => {
  it.each([
    ['a code', coded(HIV)],
    ['a code without a system', coded({ code: '86406008' })],
    ['a code in blanks', coded({ system: ` ${SCT} `, code: ' 86406008 ' })],
    ['a code written as a number', coded({ system: SCT, code: 86406008 })],
    ['a version of SNOMED CT', coded({ ...HIV, system: `${SCT}/83821000000107/version/20250101` })],
    ['the OID of SNOMED CT', coded({ ...HIV, system: 'urn:oid:2.16.840.1.113883.6.96' })],
    ['an expression', coded({ system: SCT, code: '417662000 | past |:246090004=86406008' })],
    ['a code with a character that nobody sees', coded({ system: SCT, code: '8640\u200b6008' })],
    ['a code in full-width digits', coded({ system: SCT, code: '８６４０６００８' })],
    ['a code with something behind it', coded({ system: SCT, code: '86406008.' })],
    ['a code with words behind it', coded({ system: SCT, code: '86406008x' })],
    ['a name for SNOMED CT', coded({ ...HIV, system: 'SNOMED-CT' })],
    ['a system with a character that nobody sees', coded({ ...HIV, system: `\ufeff${SCT}/` })],
    ['a system that cannot be read', coded({ ...HIV, system: 'our own codes' })],
    ['ICD-10, as hospitals write it', coded({ system: ICD, code: 'B24X' })],
    ['a category of ICD-10', coded({ system: `${ICD}-uk|2016`, code: 'A54.9' })],
    ['ICD-10 in small letters', coded({ system: 'ICD10', code: 'b20.1' })],
    ['an asterisk code of ICD-10', coded({ system: ICD, code: 'N74.4*' })],
    ['the OID of ICD-10', coded({ system: 'urn:oid:2.16.840.1.113883.6.3', code: 'Z21' })],
    ['ICD-10 without a system', coded({ code: 'A51.0' })],
    ['OPCS-4', coded({ system: 'https://fhir.hl7.org.uk/Id/opcs-4', code: 'Q13.1' })],
    ['OPCS-4 without the dot', coded({ system: 'OPCS-4.10', code: 'Q131' })],
    [
      'a service of SNOMED CT under another address',
      {
        resourceType: 'Encounter',
        serviceType: { coding: [{ system: 'https://a.b/c', code: '788122004' }] },
      },
    ],
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
    ['a label by an OID', labelled({ system: 'urn:oid:2.16.840.1.113883.5.25', code: 'R' })],
    ['an OID for HIV', labelled({ system: '2.16.840.1.113883.5.4', code: 'HIV' })],
    ['a label with a version', labelled({ system: `${CONFIDENTIALITY}|2018-08-12`, code: 'V' })],
    ['a label with a slash at the end', labelled({ system: `${CONFIDENTIALITY}/`, code: 'R' })],
    ['a label in other letters', labelled({ system: CONFIDENTIALITY.toUpperCase(), code: 'ｒ' })],
    [
      'a label of the value set',
      labelled({ system: `${CONFIDENTIALITY}Classification`, code: 'R' }),
    ],
    ['a label that is no list', { resourceType: 'Flag', meta: { security: { code: 'STD' } } }],
    ['a label that is a concept', labelled({ coding: [{ system: CONFIDENTIALITY, code: 'R' }] })],
    [
      'the confidentiality of a FHIR document',
      { resourceType: 'Composition', confidentiality: 'V' },
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
    ['ICD-10 of another chapter', coded({ system: ICD, code: 'A40.1' })],
    ['a code that begins as one of ICD-10', coded({ system: ICD, code: 'O98.0' })],
    ['a Read code for a tumour, which begins as HIV does', coded({ code: 'B20..' })],
    ['another Read code', coded({ code: 'B2000' })],
    ['a category in another system', coded({ system: 'https://example.org/wards', code: 'B24' })],
    ['other digits around a code', coded({ system: SCT, code: '1864060081' })],
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
