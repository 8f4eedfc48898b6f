import { describe, expect, it } from 'vitest'
import { mapPatient } from '../../../../../subgraphs/kit/fhir/map-patient.ts'
import { mapResource } from '../../../../../subgraphs/kit/fhir/map-resource.ts'
import { objectionOf } from '../../../../../subgraphs/kit/fhir/objection.ts'
import { relationshipsOf } from '../../../../../subgraphs/kit/fhir/relationships.ts'
import type { FhirResource } from '../../../../../subgraphs/kit/fhir/resource.ts'
import { examples } from '../examples/examples.ts'
import { objection } from '../examples/objection.ts'
import { ada } from '../examples/patient.ts'
import { contextOf, onlyItem } from '../mapping-context.ts'

const unknown = [{ url: 'https://example.org/negated', valueBoolean: true }]

const request: FhirResource = {
  resourceType: 'MedicationRequest',
  id: 'rx',
  status: 'active',
  intent: 'order',
  medicationReference: { reference: 'Medication/m', display: 'Ranitidine' },
}

function isUnderstood(resource: FhirResource, ...resources: FhirResource[]) {
  return onlyItem(resource, contextOf({ resources })).isUnderstood
}

describe('a modifier that nobody here knows', () => {
  it.each(examples)('is found in any %s, at its root', (_, resource) => {
    for (const modifier of [{ modifierExtension: unknown }, { implicitRules: 'urn:rules' }]) {
      const items = mapResource({ ...resource, ...modifier }, contextOf())
      expect(items.map((item) => item.isUnderstood)).not.toContain(true)
    }
  })

  it.each([
    ['a dosage', { dosageInstruction: [{ text: 'daily', modifierExtension: unknown }] }],
    [
      'a timing within a dosage',
      { dosageInstruction: [{ timing: { modifierExtension: unknown } }] },
    ],
    [
      'what is contained',
      { contained: [{ resourceType: 'Medication', id: 'c', modifierExtension: unknown }] },
    ],
    [
      'a part of what is contained',
      {
        contained: [
          { resourceType: 'Medication', id: 'c', ingredient: [{ modifierExtension: unknown }] },
        ],
      },
    ],
    ['a shape that is none of FHIR', { modifierExtension: { url: 'x' } }],
  ])('is found in %s', (_, part) => {
    expect(isUnderstood(request)).toBe(true)
    expect(isUnderstood({ ...request, ...part })).toBe(false)
  })

  it('is none where the list is empty', () => {
    expect(isUnderstood({ ...request, modifierExtension: [], implicitRules: '' })).toBe(true)
  })

  it('is found in the medicine that is prescribed, and a medicine recorded by mistake is none', () => {
    const medicine = { resourceType: 'Medication', id: 'm', code: { text: 'Ranitidine' } }
    expect(isUnderstood(request, medicine)).toBe(true)
    expect(isUnderstood(request, { ...medicine, modifierExtension: unknown })).toBe(false)
    expect(isUnderstood(request, { ...medicine, status: 'entered-in-error' })).toBe(false)
  })

  it('is found in a request that a care plan refers to', () => {
    const feeding = { resourceType: 'ServiceRequest', id: 's', code: { text: 'Oral feeding' } }
    const plan = {
      resourceType: 'CarePlan',
      id: 'p',
      activity: [{ reference: { reference: 'ServiceRequest/s', display: 'Oral feeding' } }],
    }
    expect(isUnderstood(plan, feeding)).toBe(true)
    expect(isUnderstood(plan, { ...feeding, modifierExtension: unknown })).toBe(false)
  })

  it('opens no record', () => {
    const visit = {
      resourceType: 'Encounter',
      id: 'e',
      status: 'in-progress',
      class: { code: 'EMER' },
      serviceProvider: { reference: 'Organization/barts' },
    }
    expect(relationshipsOf(visit, contextOf())).toHaveLength(1)
    expect(relationshipsOf({ ...visit, modifierExtension: unknown }, contextOf())).toEqual([])
  })

  it('leaves a record closed whose objection carries one', () => {
    const withdrawn = { ...objection, status: 'inactive' }
    expect(objectionOf(withdrawn)).toBe('WITHDRAWN')
    expect(objectionOf({ ...withdrawn, modifierExtension: unknown })).toBe('UNDER_REVIEW')
  })

  it('leaves nobody’s record open whose Patient carries one; of a contact it costs the contact', () => {
    const contacts = [{ name: { text: 'Amy' }, modifierExtension: unknown }]
    expect(mapPatient(ada, contextOf()).isDisputed).toBe(false)
    expect(mapPatient({ ...ada, modifierExtension: unknown }, contextOf()).isDisputed).toBe(true)
    const one = mapPatient({ ...ada, contact: contacts }, contextOf())
    expect([one.isDisputed, one.demographics.contacts]).toEqual([false, []])
  })
})

describe('what was recorded by mistake, or found not to be so', () => {
  it('is no reason, and no name, of anything else', () => {
    const visit = {
      resourceType: 'Encounter',
      id: 'e',
      reasonReference: [{ reference: 'Condition/c', display: 'Stroke' }],
      participant: [{ individual: { reference: 'CareTeam/t', display: 'Stroke team' } }],
    }
    const condition = (verification: string) => ({
      resourceType: 'Condition',
      id: 'c',
      code: { text: 'Stroke' },
      verificationStatus: { coding: [{ code: verification }] },
    })
    const shown = (...resources: FhirResource[]) =>
      onlyItem(visit, contextOf({ resources })).item as { reasons: object[]; clinicians: string[] }
    expect(shown(condition('confirmed')).reasons).toHaveLength(1)
    expect(shown(condition('entered-in-error')).reasons).toEqual([])
    expect(shown(condition('refuted')).reasons).toEqual([])
    const team = { resourceType: 'CareTeam', id: 't', name: 'Stroke team' }
    expect(shown(team).clinicians).toEqual(['Stroke team'])
    expect(shown({ ...team, status: 'entered-in-error' }).clinicians).toEqual([])
  })
})
