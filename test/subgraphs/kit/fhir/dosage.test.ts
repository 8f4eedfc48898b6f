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
    [
      { code: { text: 'BD' }, repeat: { boundsDuration: { value: 7, unit: 'days' } } },
      'BD, for 7 days',
    ],
    [
      {
        repeat: {
          boundsRange: { low: { value: 3, unit: 'days' }, high: { value: 7, unit: 'days' } },
        },
      },
      'for 3–7 days',
    ],
    [{ repeat: { when: ['AC'], offset: 60 } }, '1 hour before meals'],
    [{ repeat: { when: ['PCM'], offset: 45 } }, '45 minutes after breakfast'],
    [{ repeat: { duration: 30, durationMax: 60, durationUnit: 'min' } }, 'over 30–60 minutes'],
    [{ repeat: { count: 3, countMax: 5 } }, '3–5 times in all'],
    [{ event: ['2024-01-01', 'x'] }, 'on 2024-01-01'],
    [{}, null],
    ['daily', null],
  ])('puts %j into words', (source, words) => {
    expect(timingText(source)).toBe(words)
  })
})

const tablets = (value: number) => ({ value, unit: 'tablet' })

describe('dosageText', () => {
  it('gives each dosage’s words in turn', () => {
    const ways = dosages([{ text: 'Two at night' }, { patientInstruction: 'With water' }])
    expect(dosageText(ways)).toBe('Two at night; With water')
  })

  // Before: "1–2 tablet", and nothing of the rest.
  it('says all parts where the source has no words', () => {
    const ways = dosages([
      {
        asNeededCodeableConcept: { text: 'pain' },
        timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } },
        doseAndRate: [{ doseRange: { low: tablets(1), high: tablets(2) } }],
        route: { text: 'Oral' },
        additionalInstruction: [{ text: 'After food' }],
        patientInstruction: 'With water',
        maxDosePerPeriod: { numerator: tablets(8), denominator: { value: 1, unit: 'day' } },
        maxDosePerAdministration: tablets(2),
      },
    ])
    expect(dosageText(ways)).toBe(
      '1–2 tablet, Oral, 1 time every 4–6 hours, as needed for pain, After food, With water, at most 8 tablet / 1 day, at most 2 tablet at a time',
    )
  })

  it.each([
    ['Two four times a day', 'Two four times a day, at most 8 tablet / 1 day'],
    ['2 tablets, no more than 8 in 1 day', '2 tablets, no more than 8 in 1 day'],
  ])('adds the limit that the source’s words leave out: %s', (text, words) => {
    const maxDosePerPeriod = { numerator: tablets(8), denominator: { value: 1, unit: 'day' } }
    expect(dosageText(dosages([{ text, maxDosePerPeriod }]))).toBe(words)
  })

  it.each([
    [{ rateQuantity: { value: 1000, unit: 'unit/h' } }, 'at 1000 unit/h'],
    [
      { rateRatio: { numerator: { value: 5, unit: 'mL' }, denominator: { value: 1, unit: 'h' } } },
      'at 5 mL / 1 h',
    ],
    [
      { rateRange: { low: { value: 1, unit: 'mL/h' }, high: { value: 2, unit: 'mL/h' } } },
      'at 1–2 mL/h',
    ],
  ])('says how fast: %j', (amount, words) => {
    expect(dosageText(dosages([{ doseAndRate: [amount] }]))).toBe(words)
  })

  it.each([
    [['then 4 a day', '8 a day for 5 days'], '8 a day for 5 days; then 4 a day'],
    [['4 a day', '8 a day for 5 days'], '8 a day for 5 days; then 4 a day'],
  ])('puts steps in their sequence: %j', ([second, first], words) => {
    const ways = dosages([
      { sequence: 2, text: second },
      { sequence: 1, text: first },
    ])
    expect(dosageText(ways)).toBe(words)
  })

  it('sends to the source for a step that cannot be put into words', () => {
    const ways = dosages([{ text: 'One at night' }, { asNeededBoolean: false }])
    expect(dosageText(ways)).toBe('One at night; see the source for how to take it')
  })

  it('leaves out a dosage that says nothing', () => {
    expect(dosages([{}, null, 'x', { sequence: 1 }])).toEqual([])
  })
})
