import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { flag } from '../examples/flag.ts'
import { atBarts, contextOf, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/flag-category'

describe('safetyAlerts', () => {
  it('carries everything that a Flag says into the record', () => {
    expect(onlyItem(flag)).toEqual({
      section: 'safetyAlerts',
      id: 'nel:Flag/dog',
      sortTime: new Date('2023-01-01T00:00:00Z'),
      lastTime: new Date('2023-01-01T23:59:59.999Z'),
      sortKey: sortKeyOf(null, 'nel:Flag/dog'),
      status: 'INACTIVE',
      codes: ['102481003'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Flag/dog',
        code: snomed('102481003', 'Dog in home'),
        status: 'INACTIVE',
        time: '2023-01-01',
        provenance: atBarts('Nurse Lind', null),
        categories: [
          {
            display: 'safety',
            code: 'safety',
            system: CATEGORY,
            text: null,
            codings: [{ system: CATEGORY, code: 'safety', display: null }],
          },
        ],
        period: { start: '2023-01-01', end: '2024-01-01' },
        priority: null,
        details: [],
      }),
    })
  })

  it('keeps the notes, the urgency and the details that stand in extensions', () => {
    const detail = 'http://hl7.org/fhir/StructureDefinition/flag-detail'
    const found = onlyItem(
      {
        ...flag,
        extension: [
          {
            url: 'https://fhir.nhs.uk/England/StructureDefinition/Extension-FlagNotes',
            valueAnnotation: { text: 'Needs British Sign Language' },
          },
          {
            url: 'http://hl7.org/fhir/StructureDefinition/flag-priority',
            valueCodeableConcept: { text: 'high' },
          },
          { url: detail, valueReference: { display: 'Child protection plan' } },
          { url: detail, valueReference: { reference: 'Condition/deaf' } },
          { url: detail, valueReference: { reference: 'Location/ward', display: 'Ward 3' } },
        ],
      },
      contextOf({ resources: [{ resourceType: 'Condition', id: 'deaf', code: { text: 'Deaf' } }] }),
    )
    expect(found.item).toMatchObject({
      notes: ['Needs British Sign Language'],
      priority: words('high'),
      details: [words('Child protection plan'), words('Deaf')],
    })
  })

  it.each([
    ['active', 'ACTIVE'],
    ['inactive', 'INACTIVE'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    [['active'], 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...flag, status: word }).status).toBe(status)
  })
})
