import { describe, expect, it } from 'vitest'
import { deletedIdentity, idOf, versionOf } from '../../../../subgraphs/kit/load/read/identity.ts'

const patient = { resourceType: 'Patient' }
const order = { system: 'https://lab.example/order', value: '77' }

describe('the id of a resource', () => {
  it.each([
    ['its own', { ...patient, id: 'own' }, { fullUrl: 'urn:uuid:other' }, 'own'],
    ['its own, given as a number', { ...patient, id: 12 }, {}, '12'],
    ['the end of a URN', patient, { fullUrl: 'urn:uuid:1d8b7a40' }, '1d8b7a40'],
    ['the end of a URL', patient, { fullUrl: 'https://x.example/fhir/Patient/9' }, '9'],
    [
      'the end of a versioned URL',
      patient,
      { fullUrl: 'https://x.example/Patient/9/_history/2' },
      '9',
    ],
    ['the URL of a PUT', patient, { request: { method: 'PUT', url: 'Patient/9' } }, '9'],
  ])('is %s', (_, resource, entry, expected) => {
    expect(idOf(resource, entry)).toBe(expected)
  })

  it.each(['has space', 'a/b', 'x'.repeat(256), 'tab\t', true])(
    'is refused when it is %j',
    (id) => {
      expect(idOf({ ...patient, id }, { fullUrl: 'urn:uuid:good' })).toBeNull()
    },
  )

  it('is the same each time when it is made from the business identifier', () => {
    const first = idOf({ ...patient, identifier: [order], gender: 'male' }, {})
    expect(idOf({ ...patient, identifier: [order], gender: 'female' }, {})).toBe(first)
    expect(idOf({ resourceType: 'Encounter', identifier: [order] }, {})).not.toBe(first)
  })

  it('keeps the results of one order apart, which share its number', () => {
    const result = (code: string) => ({
      resourceType: 'Observation',
      identifier: [order],
      code: { coding: [{ code }] },
    })
    expect(idOf(result('sodium'), {})).not.toBe(idOf(result('potassium'), {}))
  })

  it('is made from the content when there is nothing else, and fits FHIR', () => {
    const first = idOf({ ...patient, gender: 'male' }, {})
    expect(first).toMatch(/^[A-Za-z0-9\-.]{1,64}$/)
    expect(idOf({ ...patient, gender: 'male' }, {})).toBe(first)
    expect(idOf({ ...patient, gender: 'female' }, {})).not.toBe(first)
  })
})

describe('the version of a resource', () => {
  it('is its own, or that of the entry', () => {
    const meta = { versionId: '3', lastUpdated: '2026-01-02T03:04:05Z' }
    const response = { etag: 'W/"2"', lastModified: '2025-01-01T00:00:00Z' }
    expect(versionOf({ meta }, { response })).toEqual({
      version: '3',
      lastUpdated: new Date('2026-01-02T03:04:05Z'),
    })
    expect(versionOf({}, { response })).toEqual({
      version: '2',
      lastUpdated: new Date('2025-01-01T00:00:00Z'),
    })
  })

  it('is unknown when what is written makes no sense', () => {
    const meta = { versionId: {}, lastUpdated: '+275000-01-01T00:00:00Z' }
    expect(versionOf({ meta }, {})).toEqual({ version: null, lastUpdated: null })
  })
})

describe('a deletion', () => {
  it.each([
    [{ request: { method: 'DELETE', url: 'Patient/9' } }],
    [{ request: { method: 'DELETE', url: 'https://x.example/fhir/Patient/9' } }],
    [{ request: { method: 'DELETE' }, fullUrl: 'https://x.example/Patient/9' }],
  ])('means the resource of its URL: %j', (entry) => {
    expect(deletedIdentity(entry)).toEqual({ type: 'Patient', id: '9' })
  })

  it('means nothing when it only gives a condition', () => {
    const entry = { request: { method: 'DELETE', url: 'Patient?identifier=x|1' } }
    expect(deletedIdentity(entry)).toBeNull()
  })
})
