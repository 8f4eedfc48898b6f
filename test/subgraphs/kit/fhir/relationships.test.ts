import { describe, expect, it } from 'vitest'
import { relationshipsOf } from '../../../../subgraphs/kit/fhir/relationships.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { appointment } from './examples/appointment.ts'
import { encounter } from './examples/encounter.ts'
import { mentalHealthEpisode } from './examples/mental-health.ts'
import { ada } from './examples/patient.ts'
import { referral } from './examples/referral.ts'
import { contextOf, trust } from './mapping-context.ts'

const context = contextOf()

function shown(resource: FhirResource, from = context) {
  return relationshipsOf(resource, from).map((one) => [
    one.ods_code,
    one.kind,
    one.starts_at?.toISOString() ?? null,
    one.ends_at?.toISOString() ?? null,
  ])
}

describe('relationshipsOf', () => {
  it('names the resource that is the evidence', () => {
    expect(relationshipsOf(encounter, context)).toEqual([
      {
        ods_code: 'R1H',
        kind: 'ATTENDANCE',
        resource_type: 'Encounter',
        resource_id: 'ed',
        starts_at: new Date('2024-05-01T08:00:00Z'),
        ends_at: new Date('2024-05-01T12:00:00Z'),
        referrer: null,
        recorded_at: null,
      },
    ])
  })

  it('makes nothing of a resource that shows no care by itself', () => {
    expect(shown({ resourceType: 'Condition', id: '1', meta: encounter.meta })).toEqual([])
  })
})

describe('a registration with a practice', () => {
  it('is open, with the practice that the Patient names', () => {
    expect(shown(ada)).toEqual([['F84001', 'GP_REGISTRATION', null, null]])
  })

  it('is with the keeper of the record only where that is known to be a practice', () => {
    const unnamed = { ...ada, generalPractitioner: undefined }
    expect(shown(unnamed)).toEqual([])
    const practice = { ...unnamed, managingOrganization: { reference: 'Organization/limehouse' } }
    expect(shown(practice)).toEqual([['F84001', 'GP_REGISTRATION', null, null]])
  })

  it('lasts as long as the identifier of the practice says', () => {
    const at = (value: string, period: object) => ({
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value, period },
    })
    const moved = {
      ...ada,
      meta: { lastUpdated: '2024-02-03T04:05:06Z' },
      generalPractitioner: [
        at('F84001', { start: '2001-01-01', end: '2010-01-01' }),
        at('E83034', { start: '2010-01-01', end: '2020-06-01' }),
        at('F84001', { start: '2020-06-01' }),
      ],
    }
    expect(shown(moved)).toEqual([
      ['F84001', 'GP_REGISTRATION', '2020-05-31T23:00:00.000Z', null],
      ['E83034', 'GP_REGISTRATION', '2010-01-01T00:00:00.000Z', '2020-06-01T22:59:59.999Z'],
    ])
    expect(relationshipsOf(moved, context)[0]?.recorded_at).toEqual(
      new Date('2024-02-03T04:05:06Z'),
    )
  })

  it('is none for a Patient no longer in use', () => {
    expect(shown({ ...ada, active: false })).toEqual([])
  })
})

describe('a referral', () => {
  it('is a relationship with who is asked, and not with who asks, open until it is done', () => {
    const asked = { ...referral, requester: { reference: 'Organization/limehouse' } }
    const start = '2024-05-20T08:00:00.000Z'
    expect(shown(asked)).toEqual([
      ['R1H', 'REFERRAL', start, null],
      ['RQX', 'REFERRAL', start, null],
    ])
    const end = '2024-06-14T22:59:59.999Z'
    expect(shown({ ...asked, status: 'completed' })[0]).toEqual(['R1H', 'REFERRAL', start, end])
  })

  it('says who referred: the requester, else whose tag it carries, else a trust itself', () => {
    const referrer = (changes: object, from = context) =>
      relationshipsOf({ ...referral, ...changes }, from)[0]?.referrer
    expect(referrer({ requester: { reference: 'Organization/limehouse' } })).toBe('F84001')
    expect(referrer({ requester: undefined })).toBe('F84001')
    const untagged = { meta: undefined, requester: undefined }
    expect(referrer(untagged)).toBe(null)
    expect(referrer(untagged, contextOf({ participant: trust }))).toBe('RD8')
  })

  it('that names no recipient is none, whoever recorded it', () => {
    expect(shown({ ...referral, performer: undefined })).toEqual([])
  })

  it.each(['draft', 'revoked', 'entered-in-error', 'unknown', undefined])(
    'that is %s is none',
    (status) => {
      expect(shown({ ...referral, status })).toEqual([])
    },
  )

  it.each([{ doNotPerform: true }, { intent: 'proposal' }, { intent: 'option' }])(
    'that nobody has made is none: %j',
    (changes) => {
      expect(shown({ ...referral, ...changes })).toEqual([])
    },
  )

  it('that is done is over, even where no date says when', () => {
    const { performer } = referral
    const bare = { resourceType: 'ServiceRequest', status: 'completed', performer }
    expect(shown(bare)[0]).toEqual(['R1H', 'REFERRAL', null, '1900-12-31T23:59:59.999Z'])
  })
})

describe('an appointment', () => {
  it.each(['pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow'])(
    'that is %s is a relationship with whoever gives it, for its time',
    (status) => {
      expect(shown({ ...appointment, status })).toEqual([
        ['R1H', 'APPOINTMENT', '2024-09-01T08:00:00.000Z', '2024-09-01T08:20:00.000Z'],
      ])
    },
  )

  it.each(['proposed', 'cancelled', 'entered-in-error', undefined])(
    'that is %s is none',
    (status) => {
      expect(shown({ ...appointment, status })).toEqual([])
    },
  )

  it('that is waited for is open', () => {
    const waiting = { ...appointment, status: 'waitlist', start: undefined, end: undefined }
    expect(shown(waiting)).toEqual([['R1H', 'APPOINTMENT', '2024-05-31T23:00:00.000Z', null]])
  })
})

describe('an encounter', () => {
  const of = (code: string) => ({ ...encounter, class: { code } })

  it.each(['IMP', 'ACUTE', 'NONAC', 'SS'])('of the class %s is an admission', (code) => {
    expect(shown(of(code))[0]?.[1]).toBe('ADMISSION')
  })

  it.each(['EMER', 'AMB', 'HH', 'VR', 'FLD'])('of the class %s is an attendance', (code) => {
    expect(shown(of(code))[0]?.[1]).toBe('ATTENDANCE')
  })

  it('is open while it goes on, and over with its beginning when it is said to be finished', () => {
    const period = { start: '2024-05-01T08:00:00Z' }
    const start = '2024-05-01T08:00:00.000Z'
    const going = { ...encounter, status: 'in-progress', period }
    expect(shown(going)).toEqual([['R1H', 'ATTENDANCE', start, null]])
    expect(shown({ ...encounter, period })).toEqual([['R1H', 'ATTENDANCE', start, start]])
  })

  it.each(['planned', 'cancelled', 'entered-in-error', 'unknown'])(
    'that is %s is none',
    (status) => {
      expect(shown({ ...encounter, status })).toEqual([])
    },
  )

  it('is with the organisation whose tag it carries where it names none', () => {
    const tagged = { ...encounter, serviceProvider: undefined }
    expect(shown(tagged)[0]?.[0]).toBe('R1H')
    expect(shown({ ...tagged, meta: undefined })).toEqual([])
  })

  it('at a trust that is one organisation is with that trust, unless it names another', () => {
    const atTrust = contextOf({ participant: trust })
    const untagged = { ...encounter, meta: undefined, serviceProvider: undefined }
    expect(shown(untagged, atTrust)[0]?.[0]).toBe('RD8')
    const elsewhere = { ...untagged, serviceProvider: { reference: 'Organization/maker' } }
    expect(shown(elsewhere, atTrust)).toEqual([])
  })
})

describe('a place on a caseload', () => {
  it('lasts as long as the episode of care', () => {
    const ends = '2024-11-02T23:59:59.999Z'
    expect(shown(mentalHealthEpisode)).toEqual([
      ['RWK', 'CASELOAD', '2023-11-02T00:00:00.000Z', ends],
    ])
    const open = { ...mentalHealthEpisode, period: { start: '2023-11-02' } }
    expect(shown(open)[0]?.[3]).toBeNull()
    expect(shown({ ...open, status: 'finished' })[0]?.[3]).toBe('2023-11-02T23:59:59.999Z')
  })

  it.each(['planned', 'cancelled', 'entered-in-error'])('is none while %s', (status) => {
    expect(shown({ ...mentalHealthEpisode, status })).toEqual([])
  })
})
