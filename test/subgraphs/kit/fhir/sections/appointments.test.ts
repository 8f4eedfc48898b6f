import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { appointment } from '../examples/appointment.ts'
import { atBarts, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const FOLLOW_UP = 'http://terminology.hl7.org/CodeSystem/v2-0276'

describe('appointments', () => {
  it('carries everything that an Appointment says into the record', () => {
    expect(onlyItem(appointment)).toEqual({
      section: 'appointments',
      id: 'nel:Appointment/clinic',
      sortTime: new Date('2024-09-01T08:00:00Z'),
      lastTime: new Date('2024-09-01T08:00:00Z'),
      sortKey: sortKeyOf(null, 'nel:Appointment/clinic'),
      status: 'CANCELLED',
      codes: ['705150003', '195967001'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Appointment/clinic',
        code: snomed('705150003', 'Cardiology service'),
        status: 'CANCELLED',
        time: '2024-09-01T09:00:00+01:00',
        provenance: atBarts(null, '2024-06-01'),
        notes: ['Needs transport', 'Bring your medicines'],
        startsAt: '2024-09-01T09:00:00+01:00',
        endsAt: '2024-09-01T09:20:00+01:00',
        kind: {
          display: 'FOLLOWUP',
          code: 'FOLLOWUP',
          system: FOLLOW_UP,
          text: null,
          codings: [{ system: FOLLOW_UP, code: 'FOLLOWUP', display: null }],
        },
        serviceTypes: [snomed('705150003', 'Cardiology service')],
        specialties: [snomed('394579002', 'Cardiology')],
        reasons: [words('Palpitations'), snomed('195967001', 'Asthma')],
        description: 'Echo first',
        location: 'Ward 7C',
        with: ['Dr Ngozi Okafor, Consultant', 'Dr Elsewhere'],
        cancellationReason: words('Clinician ill'),
      }),
    })
  })

  it.each([
    ['proposed', 'PROPOSED'],
    ['pending', 'PENDING'],
    ['booked', 'BOOKED'],
    ['arrived', 'ARRIVED'],
    ['checked-in', 'CHECKED_IN'],
    ['fulfilled', 'FULFILLED'],
    ['cancelled', 'CANCELLED'],
    ['noshow', 'DID_NOT_ATTEND'],
    ['waitlist', 'WAITLIST'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    ['lost', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...appointment, status: word }).status).toBe(status)
  })

  it('orders one without a time by when it was wanted, else by when it was asked for', () => {
    const waiting = { ...appointment, start: undefined, status: 'waitlist' }
    const wanted = { ...waiting, requestedPeriod: [{ start: '2024-10' }] }
    expect(onlyItem(wanted).item).toMatchObject({ time: '2024-10', startsAt: null, likeness: null })
    expect(onlyItem(waiting).item).toMatchObject({ time: '2024-06-01' })
  })

  it('never names the patient among those whom the patient sees', () => {
    expect(JSON.stringify(onlyItem(appointment))).not.toContain('Somebody')
  })
})
