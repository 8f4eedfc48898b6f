import { describe, expect, it } from 'vitest'
import { referral } from '../examples/referral.ts'
import { itemShape, onlyItem, snomed, words } from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

describe('referrals', () => {
  it('carries everything that a ServiceRequest says into the record', () => {
    expect(onlyItem(referral)).toEqual({
      section: 'referrals',
      id: 'nel:ServiceRequest/referral',
      sortTime: new Date('2024-05-20T08:00:00Z'),
      lastTime: new Date('2024-05-20T08:00:00Z'),
      sortKey: sharedKey({
        resourceType: 'ServiceRequest',
        system: 'https://fhir.nhs.uk/Id/UBRN',
        value: '000000070001',
      }),
      status: 'ACTIVE',
      codes: ['183519002'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:ServiceRequest/referral',
        identifiers: referral.identifier,
        code: snomed('183519002', 'Referral to cardiology service'),
        status: 'ACTIVE',
        time: '2024-05-20T09:00:00+01:00',
        provenance: [
          {
            participant: 'nel',
            organisation: {
              odsCode: 'F84001',
              name: 'The Limehouse Practice',
              kind: 'GP_PRACTICE',
            },
            author: 'Dr Ngozi Okafor',
            recordedAt: '2024-05-20T09:00:00+01:00',
          },
        ],
        notes: ['ECG attached', 'Two-week wait'],
        isProhibited: false,
        intent: 'order',
        categories: [snomed('3457005', 'Patient referral')],
        priority: 'urgent',
        specialties: [snomed('17561000', 'Cardiologist')],
        requester: 'Dr Ngozi Okafor',
        recipients: [
          { odsCode: 'R1H', name: 'Barts Health', kind: 'ACUTE_TRUST' },
          { odsCode: 'RQX', name: null, kind: null },
          { odsCode: null, name: 'Dr Elsewhere', kind: null },
        ],
        reasons: [words('Palpitations'), snomed('195967001', 'Asthma')],
        authoredAt: '2024-05-20T09:00:00+01:00',
        occursAt: '2024-06-01',
        scheduled: null,
        description: 'Wait for the hospital to call',
      }),
    })
  })

  it.each([
    ['draft', 'DRAFT'],
    ['active', 'ACTIVE'],
    ['on-hold', 'ON_HOLD'],
    ['revoked', 'REVOKED'],
    ['completed', 'COMPLETED'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    ['unknown', 'UNKNOWN'],
    ['lost', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...referral, status: word }).status).toBe(status)
  })

  it('never takes what must not be done for a referral', () => {
    const forbidden = onlyItem({ ...referral, doNotPerform: true })
    expect(forbidden.item).toMatchObject({ status: 'PROHIBITED', isProhibited: true })
    expect(forbidden.item['likeness']).not.toBe(onlyItem(referral).item['likeness'])
    const over = onlyItem({ ...referral, doNotPerform: true, status: 'revoked' })
    expect(over.status).toBe('PROHIBITION_ENDED')
  })

  it('names a request without a code by its category', () => {
    const found = onlyItem({ ...referral, code: undefined })
    expect(found.item).toMatchObject({ code: snomed('3457005', 'Patient referral') })
  })

  // As HL7's own example of physiotherapy has it: it was no moment, and so nothing.
  it('says how often and how long, where it is to happen more than once', () => {
    const repeat = {
      ...{ duration: 15, durationMax: 25, durationUnit: 'min' },
      ...{ frequency: 1, frequencyMax: 4, period: 1, periodUnit: 'd' },
    }
    const found = onlyItem({ ...referral, occurrenceTiming: { repeat } })
    expect(found.item).toMatchObject({ scheduled: '1–4 times every 1 day, over 15–25 minutes' })
  })
})
