import { describe, expect, it } from 'vitest'
import { mapResource } from '../../../../../subgraphs/kit/fhir/map-resource.ts'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { crisisPlan } from '../examples/document.ts'
import { detained } from '../examples/encounter.ts'
import { legalStatus, mentalHealthEpisode } from '../examples/mental-health.ts'
import { coded, contextOf, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const elft = { odsCode: 'RWK', name: 'ELFT', kind: 'MENTAL_HEALTH_TRUST' }

function atTrust(author: string | null, recordedAt: string | null) {
  const organisation = { ...elft, name: 'East London NHS Foundation Trust' }
  return [{ participant: 'nel', organisation, author, recordedAt }]
}

const adultService = coded(
  'https://fhir.nhs.uk/CodeSystem/NHSDataModelAndDictionary-treatment-function',
  '710',
  'Adult Mental Illness Service',
)

const section2 = coded(
  'https://www.datadictionary.nhs.uk/data_elements/mental_health_act_legal_status_classification_code',
  '02',
  'Detained under section 2',
)

describe('mentalHealth', () => {
  it('carries everything that an episode of a mental health service says into the record', () => {
    expect(onlyItem(mentalHealthEpisode)).toEqual({
      section: 'mentalHealth',
      id: 'nel:EpisodeOfCare/cmht',
      sortTime: new Date('2023-11-02T00:00:00Z'),
      lastTime: new Date('2023-11-02T23:59:59.999Z'),
      sortKey: sortKeyOf(null, 'nel:EpisodeOfCare/cmht'),
      status: 'ACTIVE',
      codes: ['710'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:EpisodeOfCare/cmht',
        code: adultService,
        status: 'ACTIVE',
        time: '2023-11-02',
        provenance: atTrust('Nurse Lind', null),
        kind: 'EPISODE',
        period: { start: '2023-11-02', end: '2024-11-02' },
        organisation: elft,
        team: 'Mile End community team, Crisis line',
        worker: 'Nurse Lind',
        legalStatus: null,
        attachments: [],
        description: null,
      }),
    })
  })

  it('carries everything that a legal status says into the record', () => {
    const found = onlyItem(legalStatus)
    expect(found.codes).toEqual(['02'])
    expect(found.item).toEqual(
      itemShape({
        id: 'nel:Observation/section-2',
        code: words('Mental Health Act legal status'),
        status: 'ACTIVE',
        time: '2024-02-01T09:00:00Z',
        provenance: atTrust('Dr Ngozi Okafor', '2024-02-01T10:00:00Z'),
        notes: ['Rights explained'],
        kind: 'LEGAL_STATUS',
        period: { start: '2024-02-01T09:00:00Z', end: '2024-02-29T09:00:00Z' },
        organisation: elft,
        team: null,
        worker: 'Dr Ngozi Okafor',
        legalStatus: section2,
        attachments: [],
        description: null,
      }),
    )
  })

  it('carries everything that a crisis plan says into the record', () => {
    const found = onlyItem(crisisPlan)
    expect(found.item).toEqual(
      itemShape({
        id: 'nel:DocumentReference/crisis-plan',
        code: snomed('736253002', 'Mental health crisis plan'),
        status: 'ACTIVE',
        time: '2024-02-01',
        provenance: atTrust('Nurse Lind', '2024-02-01'),
        kind: 'CRISIS_PLAN',
        period: { start: '2024-02-01', end: null },
        organisation: elft,
        team: null,
        worker: 'Nurse Lind',
        legalStatus: null,
        attachments: [
          {
            title: 'Crisis plan',
            contentType: null,
            sizeBytes: null,
            createdAt: null,
            text: null,
            data: null,
            availability: 'NOT_GIVEN',
          },
        ],
        description: 'Held in the trust’s own system',
      }),
    )
  })

  it.each(['656', '700', '710', '711', '715', '720', '727'])(
    'knows the treatment function %s as mental health',
    (code) => {
      const coding = [{ system: 'https://example.nhs.uk/MainSpecialty', code }]
      expect(onlyItem({ ...mentalHealthEpisode, type: [{ coding }] }).section).toBe('mentalHealth')
    },
  )

  it.each(['300', '728', '7100', '71'])(
    'leaves the treatment function %s to social care',
    (code) => {
      const coding = [{ system: 'https://example.nhs.uk/treatment-function', code }]
      expect(onlyItem({ ...mentalHealthEpisode, type: [{ coding }] }).section).toBe('socialCare')
    },
  )

  it('knows a mental health service by its name, and the number 710 elsewhere as no specialty', () => {
    const named = { ...mentalHealthEpisode, type: [{ text: 'Older adult psychiatry' }] }
    expect(onlyItem(named).section).toBe('mentalHealth')
    const type = [{ coding: [{ system: 'https://council.example/team', code: '710' }] }]
    expect(onlyItem({ ...mentalHealthEpisode, type }).section).toBe('socialCare')
  })

  // It stood nowhere, and the section said that nothing is recorded.
  it('lists the legal statuses that an Encounter states, each apart from the encounter', () => {
    const items = mapResource(detained, contextOf())
    expect(items.map(({ section }) => section)).toEqual([
      ...['encounters', 'mentalHealth', 'mentalHealth'],
    ])
    expect(new Set(items.map(({ id }) => id)).size).toBe(3)
    const [, admission, discharge] = items.map(({ item }) => item)
    expect(admission).toMatchObject({
      identifiers: [],
      kind: 'LEGAL_STATUS',
      // That the admission is over does not tell whether this is.
      status: 'UNKNOWN',
      time: '2024-02-01T08:00:00Z',
      legalStatus: { code: '02', display: 'Formally detained under Section 2' },
      description: 'admission',
      provenance: atTrust(null, null),
    })
    expect(discharge).toMatchObject({
      time: '2024-03-01T12:00:00Z',
      legalStatus: { code: '01', display: 'Informal' },
    })
    const statuses = (status: string) =>
      mapResource({ ...detained, status }, contextOf()).map((one) => one.status)
    expect(statuses('in-progress')).toEqual(['IN_PROGRESS', 'ACTIVE', 'ACTIVE'])
    expect(new Set(statuses('entered-in-error'))).toEqual(new Set(['ENTERED_IN_ERROR']))
    expect(mapResource({ ...detained, extension: [] }, contextOf())).toHaveLength(1)
  })

  it('takes a legal status whose end was past when it was recorded as over', () => {
    expect(onlyItem({ ...legalStatus, issued: '2024-03-01T00:00:00Z' }).status).toBe('FINISHED')
    const effectivePeriod = { start: '2024-06-01', end: '2024-06-30' }
    const recorded = (issued: string) =>
      onlyItem({ ...legalStatus, effectivePeriod, issued }).status
    expect(recorded('2024-06-30T22:30:00Z')).toBe('ACTIVE')
    expect(recorded('2024-06-30T23:30:00Z')).toBe('FINISHED')
  })

  it.each([
    [legalStatus, 'cancelled', 'CANCELLED'],
    [legalStatus, 'entered-in-error', 'ENTERED_IN_ERROR'],
    [legalStatus, 'lost', 'UNKNOWN'],
    [crisisPlan, 'superseded', 'FINISHED'],
    [crisisPlan, 'entered-in-error', 'ENTERED_IN_ERROR'],
    [mentalHealthEpisode, 'waitlist', 'WAITING'],
    [mentalHealthEpisode, 'entered-in-error', 'ENTERED_IN_ERROR'],
  ])(
    'takes the status of $0.resourceType, %s, in the contract’s word',
    (resource, word, status) => {
      expect(onlyItem({ ...resource, status: word }).status).toBe(status)
    },
  )
})
