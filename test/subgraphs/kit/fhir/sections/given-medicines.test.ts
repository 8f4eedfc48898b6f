import { describe, expect, it } from 'vitest'
import { administration, dispensing } from '../examples/given-medicine.ts'
import { onlyItem, snomed, words } from '../mapping-context.ts'

const amoxicillin = snomed('39732311000001104', 'Amoxicillin 250mg capsules')

describe('medicines that were given or supplied', () => {
  it('carries what was given, how much, how and by whom into the record', () => {
    const { item, sortTime } = onlyItem(administration)
    expect(sortTime).toEqual(new Date('2024-05-02T11:00:00Z'))
    expect(item).toMatchObject({
      ...{ kind: 'ADMINISTRATION', status: 'STOPPED', code: amoxicillin, medication: amoxicillin },
      ...{ dosageText: 'Over half an hour', statusReason: words('Rash') },
      dosages: [{ dose: { value: 500, unit: 'mg' }, rate: '100 mL/h', site: words('Left arm') }],
      period: { start: '2024-05-02T12:00:00+01:00', end: '2024-05-02T12:10:00+01:00' },
      reasons: [words('Chest infection'), snomed('195967001', 'Asthma')],
      notes: ['Stopped at once'],
    })
    expect(item['provenance']).toMatchObject([{ author: 'Nurse Lind' }])
  })

  it('makes words of a dose that has none', () => {
    const { text: _text, ...dosage } = administration.dosage
    expect(onlyItem({ ...administration, dosage }).item).toMatchObject({
      dosageText: 'Infusion 500 mg, at 100 mL/h, Intravenous route, Left arm',
    })
  })

  it('carries what was supplied, how much and for how long into the record', () => {
    expect(onlyItem(dispensing).item).toMatchObject({
      ...{ kind: 'DISPENSE', status: 'COMPLETED', code: amoxicillin },
      ...{ time: '2024-05-02T17:30:00+01:00', prescriptionType: words('Part fill') },
      ...{ quantity: { value: 14 }, supplyDuration: { value: 5, unit: 'd' } },
      dosageText: 'One capsule three times a day',
      notes: ['Rest tomorrow', 'Substituted for what was prescribed: Generic, Stock'],
    })
  })

  it.each([
    [administration, 'in-progress', 'ACTIVE'],
    [administration, 'not-done', 'NOT_TAKEN'],
    [administration, 'completed', 'COMPLETED'],
    [administration, 'entered-in-error', 'ENTERED_IN_ERROR'],
    [administration, 'preparation', 'UNKNOWN'],
    [dispensing, 'preparation', 'INTENDED'],
    // What is being packed is not yet what the patient has.
    [dispensing, 'in-progress', 'INTENDED'],
    [dispensing, 'declined', 'CANCELLED'],
    [dispensing, 'not-done', 'UNKNOWN'],
  ] as const)('has a state for each word of its type: %#', (resource, status, expected) => {
    expect(onlyItem({ ...resource, status }).status).toBe(expected)
  })

  it('keeps several doses of a day apart', () => {
    const likenessAt = (start: string) =>
      onlyItem({ ...administration, effectivePeriod: { start } }).item['likeness']
    expect(likenessAt('2024-05-02T08:00:00Z')).toBe(likenessAt('2024-05-02T08:00:00Z'))
    expect(likenessAt('2024-05-02T08:00:00Z')).not.toBe(likenessAt('2024-05-02T12:00:00Z'))
  })
})
