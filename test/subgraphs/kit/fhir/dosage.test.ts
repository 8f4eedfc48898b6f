import { describe, expect, it } from 'vitest'
import { dosages, dosageText } from '../../../../subgraphs/kit/fhir/dosage.ts'
import { timingText } from '../../../../subgraphs/kit/fhir/timing.ts'

describe('timingText', () => {
  it.each([
    [{ code: { text: 'BD' } }, 'BD'],
    [{ repeat: { frequency: 1, period: 6, periodUnit: 'h' } }, '1 time every 6 hours'],
    [{ repeat: { frequency: 2, period: 1, periodUnit: 'd' } }, '2 times every 1 day'],
    [{ repeat: { period: 1, periodUnit: 'wk' } }, '1 time every 1 week'],
    [
      { repeat: { frequency: 1, frequencyMax: 2, period: 4, periodMax: 6, periodUnit: 'h' } },
      '1–2 times every 4–6 hours',
    ],
    [{ repeat: { when: ['HS', 'odd'] } }, 'at bedtime, odd'],
    [
      { repeat: { dayOfWeek: ['mon', 'thu'], timeOfDay: ['09:00:00'] } },
      'on mon, thu, at 09:00:00',
    ],
    [{ repeat: { boundsDuration: { value: 7, unit: 'days' } } }, 'for 7 days'],
    [{ repeat: { boundsPeriod: { start: '2024', end: '2025' } } }, 'from 2024 until 2025'],
    [{ repeat: { count: 3 } }, '3 times in all'],
    [{ event: ['2024-01-01', 'x'] }, 'on 2024-01-01'],
    [{}, null],
    ['daily', null],
  ])('puts %j into words', (source, words) => {
    expect(timingText(source)).toBe(words)
  })
})

describe('dosageText', () => {
  it('gives each dosage’s words in turn, and never makes words of parts', () => {
    const ways = dosages([
      { text: 'Two at night' },
      { patientInstruction: 'With water' },
      { doseAndRate: [{ doseQuantity: { value: 1 } }] },
    ])
    expect(dosageText(ways)).toBe('Two at night; With water')
    expect(dosageText(ways.slice(2))).toBeNull()
  })

  it('takes further instructions where there are none to the patient', () => {
    const [way] = dosages([
      { additionalInstruction: [{ text: 'After food' }, { text: 'Upright' }] },
    ])
    expect(way?.patientInstruction).toBe('After food; Upright')
  })

  it('leaves out a dosage that says nothing', () => {
    expect(dosages([{}, null, 'x', { sequence: 1 }])).toEqual([])
  })
})
