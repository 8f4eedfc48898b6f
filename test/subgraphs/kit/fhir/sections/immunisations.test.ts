import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { immunisation } from '../examples/immunisation.ts'
import { atBarts, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const vaccine = snomed('1181000221105', 'Influenza vaccine')

describe('immunisations', () => {
  it('carries everything that an Immunization says into the record', () => {
    expect(onlyItem(immunisation)).toEqual({
      section: 'immunisations',
      id: 'nel:Immunization/flu',
      sortTime: new Date('2023-10-05T13:00:00Z'),
      lastTime: new Date('2023-10-05T13:00:00Z'),
      sortKey: sortKeyOf(null, 'nel:Immunization/flu'),
      status: 'NOT_DONE',
      codes: ['1181000221105', '985151000000100'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Immunization/flu',
        code: vaccine,
        status: 'NOT_DONE',
        time: '2023-10-05T14:00:00+01:00',
        provenance: atBarts('Nurse Lind', '2023-10-06'),
        notes: ['Offered twice'],
        vaccine,
        occurredAt: '2023-10-05T14:00:00+01:00',
        targetDiseases: [snomed('6142004', 'Influenza')],
        doseNumber: '2',
        protocols: [
          {
            series: null,
            doseNumber: '2',
            seriesDoses: null,
            targetDiseases: [snomed('6142004', 'Influenza')],
          },
        ],
        isSubpotent: null,
        subpotentReasons: [],
        site: snomed('368208006', 'Left upper arm'),
        route: snomed('78421000', 'Intramuscular route'),
        doseQuantity: {
          value: 0.5,
          writtenValue: '0.5',
          comparator: null,
          unit: 'ml',
          code: 'mL',
          system: 'http://unitsofmeasure.org',
        },
        lotNumber: 'AB123',
        expiresOn: '2024-06-30',
        manufacturer: 'Vaccines Ltd',
        notGivenReason: snomed('310376006', 'Immunisation consent not given'),
        reactions: [{ at: '2023-10-06', manifestation: words('Rash'), isSelfReported: true }],
      }),
    })
  })

  it.each([
    ['completed', 'COMPLETED'],
    ['not-done', 'NOT_DONE'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    [undefined, 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...immunisation, status: word }).status).toBe(status)
  })

  it('names the procedure where the vaccine is not named', () => {
    const found = onlyItem({ ...immunisation, vaccineCode: null })
    expect(found.item).toMatchObject({
      code: snomed('985151000000100', 'Administration of influenza vaccine'),
      vaccine: null,
    })
  })

  it('keeps the number that each course has for one injection', () => {
    const protocolApplied = [
      { series: 'Tetanus', doseNumberPositiveInt: 5, seriesDosesPositiveInt: 5 },
      { targetDisease: [{ text: 'Whooping cough' }], doseNumberString: 'Booster 1' },
      {},
    ]
    expect(onlyItem({ ...immunisation, protocolApplied }).item).toMatchObject({
      doseNumber: '5; Booster 1',
      protocols: [
        { series: 'Tetanus', doseNumber: '5', seriesDoses: '5', targetDiseases: [] },
        {
          series: null,
          doseNumber: 'Booster 1',
          seriesDoses: null,
          targetDiseases: [words('Whooping cough')],
        },
      ],
    })
  })

  it('says of a dose that it was too little to protect, and why', () => {
    const weak = { isSubpotent: true, subpotentReason: [{ text: 'Cold chain broken' }] }
    expect(onlyItem({ ...immunisation, ...weak }).item).toMatchObject({
      isSubpotent: true,
      subpotentReasons: [words('Cold chain broken')],
    })
  })

  it('keeps a time in words as a note, and orders by when it was recorded', () => {
    const change = { occurrenceDateTime: undefined, occurrenceString: 'As a child' }
    const found = onlyItem({ ...immunisation, ...change })
    expect(found.sortTime).toEqual(new Date('2023-10-05T23:00:00Z'))
    expect(found.item).toMatchObject({ occurredAt: null, notes: ['Offered twice', 'As a child'] })
  })

  it('sees the same vaccine on the same day as one injection, on another day as another', () => {
    const copy = onlyItem({ ...immunisation, id: 'copy', occurrenceDateTime: '2023-10-05' })
    const next = onlyItem({ ...immunisation, id: 'next', occurrenceDateTime: '2024-10-05' })
    const first = onlyItem(immunisation)
    const night = { ...immunisation, occurrenceDateTime: '2023-10-04T23:30:00Z' }
    expect(onlyItem(night).item['likeness']).toBe(first.item['likeness'])
    expect(copy.item['likeness']).toBe(first.item['likeness'])
    expect(next.item['likeness']).not.toBe(first.item['likeness'])
  })
})
