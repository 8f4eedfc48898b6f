import { describe, expect, it } from 'vitest'
import { encounter } from '../examples/encounter.ts'
import { atBarts, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

describe('encounters', () => {
  it('carries everything that an Encounter says into the record', () => {
    expect(onlyItem(encounter)).toEqual({
      section: 'encounters',
      id: 'nel:Encounter/ed',
      sortTime: new Date('2024-05-01T08:00:00Z'),
      lastTime: new Date('2024-05-01T08:00:00Z'),
      sortKey: sharedKey({
        resourceType: 'Encounter',
        system: 'https://barts.example/visit',
        value: 'V-1',
      }),
      status: 'FINISHED',
      codes: ['4525004', '310000008'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Encounter/ed',
        identifiers: encounter.identifier,
        code: snomed('4525004', 'Emergency department visit'),
        status: 'FINISHED',
        time: '2024-05-01T08:00:00Z',
        provenance: atBarts('Dr Ngozi Okafor', null),
        class: 'EMERGENCY',
        period: { start: '2024-05-01T08:00:00Z', end: '2024-05-01T12:00:00Z' },
        serviceType: snomed('310000008', 'Accident and emergency service'),
        priority: words('Urgent'),
        reasons: [words('Chest pain')],
        diagnoses: [snomed('195967001', 'Asthma')],
        locations: ['Ward 7C', 'Majors'],
        clinicians: ['Dr Ngozi Okafor'],
        admissionSource: words('Home'),
        dischargeDisposition: words('Ward'),
        admissionMethod: words('Emergency'),
        dischargeMethod: words('On clinical advice'),
        attendanceOutcome: words('Discharged from care'),
      }),
    })
  })

  it.each([
    ['EMER', 'EMERGENCY'],
    ['AMB', 'OUTPATIENT'],
    ['IMP', 'INPATIENT'],
    ['ACUTE', 'INPATIENT'],
    ['NONAC', 'INPATIENT'],
    ['OBSENC', 'INPATIENT'],
    ['PRENC', 'INPATIENT'],
    ['SS', 'DAY_CASE'],
    ['HH', 'HOME'],
    ['VR', 'VIRTUAL'],
    ['FLD', 'FIELD'],
    ['toString', 'OTHER'],
  ])('takes the class %s as %s', (code, kind) => {
    expect(onlyItem({ ...encounter, class: { code } }).item).toMatchObject({ class: kind })
  })

  it.each([
    ['planned', 'PLANNED'],
    ['arrived', 'ARRIVED'],
    ['triaged', 'TRIAGED'],
    ['in-progress', 'IN_PROGRESS'],
    ['onleave', 'ON_LEAVE'],
    ['finished', 'FINISHED'],
    ['cancelled', 'CANCELLED'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    ['unknown', 'UNKNOWN'],
    ['gone', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...encounter, status: word }).status).toBe(status)
  })

  it('keeps an encounter without a class or a time, in the last place', () => {
    const found = onlyItem({ resourceType: 'Encounter', id: 'bare' })
    expect(found.sortTime).toBeNull()
    expect(found.item).toMatchObject({ class: 'OTHER', period: null, likeness: null })
  })
})
