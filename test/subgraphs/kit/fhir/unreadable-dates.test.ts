import { describe, expect, it } from 'vitest'
import { dateElements, unreadableDates } from '../../../../subgraphs/kit/fhir/unreadable-dates.ts'
import { onlyItem } from './mapping-context.ts'
import { r4DateElements } from './modifiers/r4-definitions.ts'

describe('dates that are none of FHIR', () => {
  it('are looked for in every element that FHIR R4 has for dates alone', () => {
    expect([...dateElements].sort()).toEqual([...r4DateElements()].sort())
  })

  it.each(['12/03/2024', '2024-02-30', '20240312', 'last spring', '2024-03-12 10:00'])(
    'are found as they are written: %s',
    (written) => {
      const resource = { resourceType: 'AllergyIntolerance', recordedDate: written }
      expect(unreadableDates(resource)).toEqual([{ element: 'recordedDate', written }])
    },
  )

  it('are found in parts of a resource, and not in what it contains', () => {
    const resource = {
      resourceType: 'Procedure',
      performedPeriod: { start: '12/03/2024', end: '2024-03-12' },
      note: [{ time: 'yesterday', text: 'At noon' }],
      contained: [{ resourceType: 'Observation', issued: 'today' }],
      meta: { lastUpdated: 'now' },
    }
    expect(unreadableDates(resource)).toEqual([
      { element: 'start', written: '12/03/2024' },
      { element: 'time', written: 'yesterday' },
    ])
  })

  it('are shown as they are written, and order nothing', () => {
    const found = onlyItem({
      resourceType: 'AllergyIntolerance',
      id: '1',
      code: { text: 'Latex' },
      recordedDate: '12/03/2024',
    })
    expect(found.sortTime).toBeNull()
    expect(found.item).toMatchObject({ time: null, notes: ['recordedDate: 12/03/2024'] })
  })

  it('are none where a date is there, or nothing is', () => {
    for (const recordedDate of ['2024', '2024-03-12', '2024-03-12T10:00:00Z', '', null, 5]) {
      expect(unreadableDates({ resourceType: 'AllergyIntolerance', recordedDate })).toEqual([])
    }
  })
})
