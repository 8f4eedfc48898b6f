import { describe, expect, it } from 'vitest'
import { prescription } from './examples/medication.ts'
import { contextOf, onlyItem, words } from './mapping-context.ts'

const product = { resourceType: 'Medication', id: 'm', code: { text: 'Inhaler' } }

describe('what a resource contains', () => {
  const pointing = { ...prescription, medicationReference: { reference: '#m' } }

  it('is found by its own reference', () => {
    const found = onlyItem({ ...pointing, contained: [null, product] })
    expect(found.item).toMatchObject({ medication: words('Inhaler') })
  })

  it('is found for a resource that contains it, not for the one that refers to that', () => {
    const role = {
      resourceType: 'PractitionerRole',
      id: 'own',
      practitioner: { reference: '#p' },
      contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ text: 'Dr Inner' }] }],
    }
    const request = {
      ...prescription,
      requester: { reference: 'PractitionerRole/own' },
      contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ text: 'Dr Outer' }] }],
    }
    const found = onlyItem(request, contextOf({ resources: [role] }))
    expect(found.item['provenance']).toMatchObject([{ author: 'Dr Inner' }])
  })

  it('is nothing where the contained resource is missing or has no type', () => {
    for (const contained of [[], [{ id: 'm', code: { text: 'Inhaler' } }], 'x']) {
      expect(onlyItem({ ...pointing, contained }).item).toMatchObject({ medication: null })
    }
  })
})
