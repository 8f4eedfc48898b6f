import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { bloodPressure } from '../examples/observation.ts'
import { hl7 } from '../examples/tagged.ts'
import { atBarts, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'

function measured(value: number) {
  return {
    value,
    writtenValue: String(value),
    comparator: null,
    unit: 'mm[Hg]',
    unitCode: 'mm[Hg]',
    text: `${value} mm[Hg]`,
    concept: null,
    absentReason: null,
  }
}

describe('observations', () => {
  it('carries everything that a vital sign says into the record', () => {
    expect(onlyItem(bloodPressure)).toEqual({
      section: 'observations',
      id: 'nel:Observation/bp',
      sortTime: new Date('2024-05-01T08:15:30Z'),
      lastTime: new Date('2024-05-01T08:15:30Z'),
      sortKey: sortKeyOf(null, 'nel:Observation/bp'),
      status: 'FINAL',
      codes: ['75367002', '271649006', '271650006'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Observation/bp',
        code: snomed('75367002', 'Blood pressure'),
        status: 'FINAL',
        time: '2024-05-01T08:15:30Z',
        provenance: atBarts('Nurse Lind', '2024-05-01T08:20:00Z'),
        notes: ['After rest'],
        categories: [
          {
            display: 'vital-signs',
            code: 'vital-signs',
            system: CATEGORY,
            text: null,
            codings: [{ system: CATEGORY, code: 'vital-signs', display: null }],
          },
        ],
        value: null,
        components: [
          {
            code: snomed('271649006', 'Systolic'),
            value: measured(150),
            interpretation: [],
            referenceRanges: [],
          },
          {
            code: snomed('271650006', 'Diastolic'),
            value: measured(95),
            interpretation: [],
            referenceRanges: [],
          },
        ],
        interpretation: [words('High')],
        referenceRanges: [
          { low: null, high: null, text: 'Below 140/90', type: null, appliesTo: [], age: null },
        ],
        effectiveAt: '2024-05-01T08:15:30Z',
        issuedAt: '2024-05-01T08:20:00Z',
        bodySite: snomed('368208006', 'Left upper arm'),
        method: words('Cuff'),
      }),
    })
  })

  it.each(['social-history', 'survey', 'exam', 'imaging', 'made-up'])(
    'keeps an Observation of the category %s',
    (category) => {
      const found = onlyItem({
        ...bloodPressure,
        category: [hl7('observation-category', category)],
      })
      expect(found.section).toBe('observations')
    },
  )

  it('keeps an Observation without a category', () => {
    expect(onlyItem({ ...bloodPressure, category: undefined }).section).toBe('observations')
  })

  it('tells two readings apart by what was found, parts included', () => {
    const other = { ...bloodPressure, component: bloodPressure.component.slice(0, 1) }
    const same = onlyItem({ ...bloodPressure, id: 'copy' })
    expect(same.item['likeness']).toBe(onlyItem(bloodPressure).item['likeness'])
    expect(onlyItem(other).item['likeness']).not.toBe(same.item['likeness'])
  })
})
