import { describe, expect, it } from 'vitest'
import { document } from '../examples/document.ts'
import { atBarts, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

describe('documents', () => {
  it('carries everything that a DocumentReference says into the record', () => {
    expect(onlyItem(document)).toEqual({
      section: 'documents',
      id: 'nel:DocumentReference/letter',
      sortTime: new Date('2024-05-02T10:00:00Z'),
      lastTime: new Date('2024-05-02T10:00:00Z'),
      sortKey: sharedKey({
        resourceType: 'DocumentReference',
        system: 'urn:ietf:rfc:3986',
        value: 'urn:oid:1.2.9',
      }),
      status: 'CURRENT',
      codes: ['823691000000103'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:DocumentReference/letter',
        identifiers: [document.masterIdentifier, ...document.identifier],
        code: snomed('823691000000103', 'Clinical letter'),
        status: 'CURRENT',
        time: '2024-05-02T10:00:00Z',
        provenance: atBarts('Dr Ngozi Okafor', '2024-05-02T10:00:00Z'),
        notes: ['Clinic letter to the practice'],
        title: 'Cardiology letter',
        documentStatus: 'final',
        categories: [snomed('734163000', 'Care plan')],
        createdAt: '2024-05-02T10:00:00Z',
        period: { start: '2024-04-30', end: '2024-05-01' },
        specialty: snomed('394579002', 'Cardiology'),
        setting: words('Hospital'),
        attachments: [
          {
            title: 'Cardiology letter',
            contentType: 'text/plain',
            sizeBytes: 12,
            createdAt: '2024-05-01',
            text: 'Dear doctor,',
            data: 'RGVhciBkb2N0b3Is',
            availability: 'HERE',
          },
          {
            title: null,
            contentType: 'application/pdf',
            sizeBytes: 2048,
            createdAt: null,
            text: null,
            data: 'JVBERi0=',
            availability: 'HERE',
          },
          {
            title: null,
            contentType: 'text/plain',
            sizeBytes: 11,
            createdAt: null,
            text: 'Dear doctor',
            data: 'RGVhciBkb2N0b3I=',
            availability: 'HERE',
          },
        ],
        encounterId: 'nel:Encounter/visit',
      }),
    })
  })

  it.each([
    ['current', 'final', 'CURRENT'],
    ['superseded', 'amended', 'SUPERSEDED'],
    ['entered-in-error', undefined, 'ENTERED_IN_ERROR'],
    ['current', 'entered-in-error', 'ENTERED_IN_ERROR'],
    ['archived', undefined, 'UNKNOWN'],
  ])('takes the status %s, %s as %s', (word, docStatus, status) => {
    expect(onlyItem({ ...document, status: word, docStatus }).status).toBe(status)
  })

  it('takes the description for a title where no file has one, and dates it by its files', () => {
    const content = [{ attachment: { creation: '2024-05-01' } }]
    const found = onlyItem({ ...document, content, date: undefined })
    expect(found.item).toMatchObject({
      title: 'Clinic letter to the practice',
      notes: [],
      createdAt: '2024-05-01',
      time: '2024-05-01',
    })
  })
})
