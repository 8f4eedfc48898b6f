import { describe, expect, it } from 'vitest'
import {
  choiceStart,
  dateTime,
  dayOf,
  minuteOf,
  period,
  toInstant,
  toLastInstant,
} from '../../../../subgraphs/kit/fhir/time.ts'

describe('dateTime', () => {
  it.each([
    '2019',
    '2019-03',
    '2019-03-04',
    '2019-03-04T09:30',
    '2019-03-04T09:30:00',
    '2019-03-04T09:30:00Z',
    '2019-03-04T09:30:00.123456+01:00',
    '2016-12-31T23:59:60Z',
    '2020-02-29',
    '2000-02-29',
    '2019-12-31',
  ])('keeps %s exactly as the source wrote it', (time) => {
    expect(dateTime(time)).toBe(time)
  })

  it.each([
    '',
    '19',
    '2019-13',
    '2019-00',
    '2019-02-29',
    '1900-02-29',
    '2019-04-31',
    '0000-01-01',
    '2019-02-30T10:00:00Z',
    '04/03/2019',
    '2019-03-04T25:00:00Z',
    '2019-03-04T10:60:00Z',
    '2019-03-04T10:00:00+15:00',
    ' 2019',
    '2019-03-04T10:00:00Z; x',
    20190304,
    new Date(),
    null,
  ])('takes %s as no date', (time) => {
    expect(dateTime(time)).toBeNull()
  })
})

describe('toInstant', () => {
  it.each([
    ['2019', '2019-01-01T00:00:00.000Z'],
    ['2019-03', '2019-03-01T00:00:00.000Z'],
    ['2019-03-04', '2019-03-04T00:00:00.000Z'],
    ['2026-07', '2026-06-30T23:00:00.000Z'],
    ['2026-07-01', '2026-06-30T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T00:00:00.000Z'],
    ['2026-03-30', '2026-03-29T23:00:00.000Z'],
    ['2026-10-25', '2026-10-24T23:00:00.000Z'],
    ['2026-10-26', '2026-10-26T00:00:00.000Z'],
    ['1970', '1969-12-31T23:00:00.000Z'],
    ['1840-07-01', '1840-07-01T00:00:00.000Z'],
    ['2019-03-04T09:30:00', '2019-03-04T09:30:00.000Z'],
    ['2026-07-01T09:30:00', '2026-07-01T08:30:00.000Z'],
    ['2019-03-04T00:30:00+01:00', '2019-03-03T23:30:00.000Z'],
    ['2019-03-04T22:30:00.5-03:30', '2019-03-05T02:00:00.500Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['0099-03-04', '0099-03-04T00:00:00.000Z'],
  ])('takes %s as the moment %s', (time, instant) => {
    expect(toInstant(time)?.toISOString()).toBe(instant)
  })

  it('knows no moment for the year 1, which stands for none, nor beyond the calendar', () => {
    expect(toInstant('0001-01-01')).toBeNull()
    expect(toInstant('0001-01-01T00:00:00Z')).toBeNull()
    expect(toInstant('9999-12-31T23:59:59-14:00')).toBeNull()
    expect(toInstant(null)).toBeNull()
  })
})

describe('toLastInstant', () => {
  it.each([
    ['2019', '2019-12-31T23:59:59.999Z'],
    ['2024-02', '2024-02-29T23:59:59.999Z'],
    ['2026-03', '2026-03-31T22:59:59.999Z'],
    ['2026-07-01', '2026-07-01T22:59:59.999Z'],
    ['2026-03-29', '2026-03-29T22:59:59.999Z'],
    ['2026-10-25', '2026-10-25T23:59:59.999Z'],
    ['2026-07-01T09:30Z', '2026-07-01T09:30:59.999Z'],
    ['2026-07-01T09:30:00Z', '2026-07-01T09:30:00.000Z'],
    ['9999', '9999-12-31T23:59:59.999Z'],
  ])('takes %s to mean nothing later than %s', (time, instant) => {
    expect(toLastInstant(time)?.toISOString()).toBe(instant)
  })

  it('knows none for the year 1, nor for what is no date', () => {
    expect(toLastInstant('0001')).toBeNull()
    expect(toLastInstant('soon')).toBeNull()
    expect(toLastInstant(null)).toBeNull()
  })
})

describe('period', () => {
  it('leaves an end open that is missing or no date', () => {
    expect(period({ start: '2019', end: 'later' })).toEqual({ start: '2019', end: null })
    expect(period({ start: 5 })).toBeNull()
    expect(period(['2019'])).toBeNull()
  })
})

describe('minuteOf and dayOf', () => {
  it('see one moment in two offsets as the same minute', () => {
    expect(minuteOf('2019-03-04T10:30:15+01:00')).toBe(minuteOf('2019-03-04T09:30:59Z'))
    expect(minuteOf('2019-03')).toBe('2019-03')
  })

  it('take the day that it was in London', () => {
    expect(dayOf('2026-07-01T00:30:00+01:00')).toBe('2026-07-01')
    expect(dayOf('2026-06-30T23:30:00Z')).toBe('2026-07-01')
    expect(dayOf('2026-01-01T00:30:00+01:00')).toBe('2025-12-31')
    expect(dayOf('2019')).toBe('2019')
  })
})

describe('choiceStart', () => {
  it.each([
    [{ effectiveDateTime: '2019' }, '2019'],
    [{ effectiveInstant: '2019-03-04T09:30:00Z' }, '2019-03-04T09:30:00Z'],
    [{ effectivePeriod: { start: '2018', end: '2019' } }, '2018'],
    [{ effectivePeriod: { end: '2019' } }, '2019'],
    [{ effectiveTiming: { event: ['2019-01', '2019-02'] } }, '2019-01'],
    [{ effectiveTiming: { repeat: { boundsPeriod: { start: '2017' } } } }, '2017'],
    [{ effectiveDateTime: 'soon' }, null],
  ])('finds when %j begins', (source, time) => {
    expect(choiceStart(source, 'effective')).toBe(time)
  })
})
