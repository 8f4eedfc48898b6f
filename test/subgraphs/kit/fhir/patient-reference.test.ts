import { describe, expect, it } from 'vitest'
import { patientReferenceOf } from '../../../../subgraphs/kit/fhir/patient-reference.ts'
import { examples } from './examples/examples.ts'

const identifier = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }

describe('patientReferenceOf', () => {
  it.each(examples)('finds whom an entry of %s is about', (_, resource) => {
    expect(patientReferenceOf(resource)).toMatchObject({ reference: 'Patient/ada' })
  })

  it.each([
    { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' },
    { reference: 'https://fhir.example/r4/Patient/ada/_history/2' },
    { reference: 'Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018' },
    { reference: '#ada' },
    { identifier },
  ])('takes a patient in every form of reference', (subject) => {
    expect(patientReferenceOf({ resourceType: 'Condition', subject })).toEqual(subject)
  })

  it('takes an actor of an appointment by identifier alone', () => {
    const participant = [
      { actor: { reference: 'Practitioner/okafor' } },
      { actor: { type: 'Patient', identifier } },
    ]
    expect(patientReferenceOf({ resourceType: 'Appointment', participant })).toEqual({
      type: 'Patient',
      identifier,
    })
  })

  it('takes the target of a Provenance', () => {
    const target = [{ reference: 'Condition/asthma' }, { reference: 'Patient/ada' }]
    expect(patientReferenceOf({ resourceType: 'Provenance', target })).toEqual({
      reference: 'Patient/ada',
    })
  })

  it.each([
    ['a group', { resourceType: 'Observation', subject: { reference: 'Group/ward' } }],
    ['a place', { resourceType: 'Flag', subject: { type: 'Location', identifier } }],
    ['a name only', { resourceType: 'Flag', subject: { display: 'Somebody' } }],
    ['nobody', { resourceType: 'Organization', id: 'barts' }],
    ['a Patient', { resourceType: 'Patient', id: 'ada', subject: { reference: 'Patient/x' } }],
    [
      'an actor of unknown sort',
      { resourceType: 'Appointment', participant: [{ actor: { reference: 'urn:uuid:1' } }] },
    ],
  ])('finds no patient for %s', (_, resource) => {
    expect(patientReferenceOf(resource)).toBeNull()
  })
})
