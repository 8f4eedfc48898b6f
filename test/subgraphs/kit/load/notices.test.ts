import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { renderReport } from '../../../../cli/load/render-report.ts'
import { ada, at, observation, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

describe.each(['MEMORY', 'TABLES'] as const)('what is noticed, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  const data = [
    patient('a', ada),
    observation('o1', at('Patient/a'), { effectiveDateTime: '12/03/2024', issued: 'today' }),
    observation('o2', at('Patient/a'), { effectiveDateTime: '13/03/2024' }),
    observation('o3', at('Patient/a'), { modifierExtension: [{ url: 'urn:unknown' }] }),
    observation('o4', at('Patient/a')),
  ]

  // There was no word of either: the entries counted as loaded, without a time or not shown at all.
  it('is told by type and element, and names no patient', async () => {
    const report = await store.load(data)
    const resourceType = 'Observation'
    expect(report.notices).toEqual([
      { kind: 'NOT_UNDERSTOOD', resourceType, element: null, entries: 1 },
      { kind: 'UNREADABLE_DATE', resourceType, element: 'effectiveDateTime', entries: 2 },
      { kind: 'UNREADABLE_DATE', resourceType, element: 'issued', entries: 1 },
    ])
    const printed = renderReport(report)
    expect(printed).toContain('NOT_UNDERSTOOD: kept and not shown')
    expect(printed).toContain('\n  Observation, effectiveDateTime  2\n')
    expect(printed).not.toMatch(/12.03.2024/)
    expect(printed).not.toContain(ada)
  })

  it('is told of a Patient too, whose record nobody is shown', async () => {
    const report = await store.load([patient('a', ada, { implicitRules: 'urn:rules' })])
    expect(report.notices).toEqual([
      { kind: 'NOT_UNDERSTOOD', resourceType: 'Patient', element: null, entries: 1 },
    ])
  })

  it('is nothing of what came before', async () => {
    await store.load(data)
    const again = await store.load(data)
    expect(again.notices).toEqual([])
    expect(renderReport(again)).not.toContain('Taken in')
  })
})
