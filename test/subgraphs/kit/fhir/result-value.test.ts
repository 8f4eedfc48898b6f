import { describe, expect, it } from 'vitest'
import { resultValue } from '../../../../subgraphs/kit/fhir/result-value.ts'

function absent(valueCode: string) {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
  return { extension: [{ url, valueCode }] }
}

describe('resultValue', () => {
  it.each([
    ['a number with its unit', { valueQuantity: { value: 5.4, unit: 'mmol/L' } }, '5.4 mmol/L'],
    ['a number with a unit’s code', { valueQuantity: { value: 5, code: 'mmol/L' } }, '5 mmol/L'],
    ['a bound', { valueQuantity: { value: 0.1, comparator: '<', unit: 'mg/L' } }, '<0.1 mg/L'],
    [
      'a very small number',
      { valueQuantity: { value: 0.0000001, unit: 'mol/L' } },
      '0.0000001 mol/L',
    ],
    ['a small number below nought', { valueQuantity: { value: -0.00000012 } }, '-0.00000012'],
    ['a very large number', { valueQuantity: { value: 1.5e21 } }, '1500000000000000000000'],
    [
      'a number that is sent as text',
      { valueQuantity: { value: '7.4', unit: 'mmol/L' } },
      '7.4 mmol/L',
    ],
    ['nought', { valueQuantity: { value: 0 } }, '0'],
    ['a whole number', { valueInteger: 15 }, '15'],
    ['a finding', { valueCodeableConcept: { text: 'Positive' } }, 'Positive'],
    ['words', { valueString: 'No growth' }, 'No growth'],
    ['yes', { valueBoolean: true }, 'Yes'],
    ['no', { valueBoolean: false }, 'No'],
    [
      'a range',
      { valueRange: { low: { value: 1 }, high: { value: 5, unit: '/hpf' } } },
      '1–5 /hpf',
    ],
    [
      'a range in two units',
      { valueRange: { low: { value: 1, unit: 'g' }, high: { value: 5, unit: 'kg' } } },
      '1 g–5 kg',
    ],
    ['a lower bound', { valueRange: { low: { value: 1, unit: 'g' } } }, 'from 1 g'],
    ['an upper bound', { valueRange: { high: { value: 1, unit: 'g' } } }, 'up to 1 g'],
    ['a titre', { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, '1:128'],
    [
      'a ratio',
      {
        valueRatio: { numerator: { value: 5, unit: 'mg' }, denominator: { value: 1, unit: 'mL' } },
      },
      '5 mg / 1 mL',
    ],
    ['a date', { valueDateTime: '2019-03' }, '2019-03'],
    ['a time of day', { valueTime: '09:30:00' }, '09:30:00'],
    ['a stretch', { valuePeriod: { start: '2018', end: '2019' } }, '2018 – 2019'],
    ['a trace', { valueSampledData: { data: '1 2 E' } }, '1 2 E'],
  ])('puts %s into words', (_, source, words) => {
    expect(resultValue(source)?.text).toBe(words)
  })

  it('gives UCUM’s code only where the unit is UCUM’s', () => {
    const unit = { value: 5, unit: 'tab', code: 'tbl' }
    expect(resultValue({ valueQuantity: unit })?.unitCode).toBeNull()
    const ucum = { ...unit, system: 'http://unitsofmeasure.org' }
    expect(resultValue({ valueQuantity: ucum })?.unitCode).toBe('tbl')
  })

  it.each([
    [{ valueQuantity: { unit: 'mmol/L', _value: absent('masked') } }, 'masked'],
    [{ valueQuantity: absent('not-performed') }, 'not-performed'],
    [{ _valueString: absent('asked-unknown') }, 'asked-unknown'],
  ])('says why there is no value where the reason stands at the value: %j', (source, reason) => {
    expect(resultValue(source)?.absentReason?.code).toBe(reason)
  })

  it('says why there is no value, and nothing where the source gives neither', () => {
    expect(resultValue({ dataAbsentReason: { text: 'Haemolysed' } })).toMatchObject({
      text: null,
      absentReason: { display: 'Haemolysed' },
    })
    expect(resultValue({ valueQuantity: 'x', valueString: 7 })).toBeNull()
  })
})
