import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { episode, equipment, task } from '../examples/social-care.ts'
import { itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const EPISODE_TYPE = 'http://terminology.hl7.org/CodeSystem/episodeofcare-type'

function atCouncil(author: string, recordedAt: string | null) {
  const organisation = { odsCode: '505', name: 'Tower Hamlets Council', kind: 'SOCIAL_CARE' }
  return [{ participant: 'nel', organisation, author, recordedAt }]
}

const council = { odsCode: '505', name: 'LB Tower Hamlets', kind: 'SOCIAL_CARE' }

describe('socialCare', () => {
  it('carries everything that an EpisodeOfCare says into the record', () => {
    expect(onlyItem(episode)).toEqual({
      section: 'socialCare',
      id: 'nel:EpisodeOfCare/episode',
      sortTime: new Date('2024-01-10T00:00:00Z'),
      lastTime: new Date('2024-01-10T23:59:59.999Z'),
      sortKey: sortKeyOf(null, 'nel:EpisodeOfCare/episode'),
      status: 'ON_HOLD',
      codes: ['hacc'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:EpisodeOfCare/episode',
        code: {
          display: 'hacc',
          code: 'hacc',
          system: EPISODE_TYPE,
          text: null,
          codings: [{ system: EPISODE_TYPE, code: 'hacc', display: null }],
        },
        status: 'ON_HOLD',
        time: '2024-01-10',
        provenance: atCouncil('Nurse Lind', null),
        kind: 'EPISODE',
        period: { start: '2024-01-10', end: null },
        description: 'Mile End community team',
        organisation: council,
        worker: 'Nurse Lind',
        priority: null,
        requestedAt: null,
        reasons: [snomed('195967001', 'Asthma')],
      }),
    })
  })

  it('carries everything that a Task says into the record', () => {
    const found = onlyItem(task)
    expect(found.sortTime).toEqual(new Date('2024-03-01T00:00:00Z'))
    expect(found.item).toEqual(
      itemShape({
        id: 'nel:Task/assessment',
        identifiers: task.identifier,
        code: snomed('710824005', 'Assessment of health and social care needs'),
        status: 'ACTIVE',
        time: '2024-03-01',
        provenance: atCouncil('Dr Ngozi Okafor', '2024-02-20T10:00:00Z'),
        notes: ['Ring first', 'Waiting for keys'],
        kind: 'TASK',
        period: { start: '2024-03-01', end: '2024-03-02' },
        description: 'Home visit',
        organisation: council,
        worker: 'LB Tower Hamlets',
        priority: 'urgent',
        requestedAt: '2024-02-20T10:00:00Z',
        reasons: [words('Fall'), snomed('195967001', 'Asthma')],
      }),
    )
  })

  it('carries everything that a DeviceRequest says into the record', () => {
    const found = onlyItem(equipment)
    expect(found.codes).toEqual(['266731002'])
    expect(found.item).toEqual(
      itemShape({
        id: 'nel:DeviceRequest/frame',
        code: snomed('266731002', 'Walking frame'),
        status: 'FINISHED',
        time: '2024-03-10',
        provenance: atCouncil('Nurse Lind', '2024-03-01'),
        notes: ['Left with the daughter'],
        kind: 'EQUIPMENT',
        period: { start: '2024-03-10', end: null },
        description: null,
        organisation: council,
        worker: 'LB Tower Hamlets',
        priority: 'routine',
        requestedAt: '2024-03-01',
        reasons: [words('Unsteady')],
      }),
    )
  })

  it('takes equipment that nobody has asked for yet as planned', () => {
    const one = (intent: string) => onlyItem({ ...equipment, status: 'active', intent }).status
    expect(['proposal', 'plan', 'option', 'order'].map(one)).toEqual([
      ...['PLANNED', 'PLANNED', 'PLANNED'],
      'ACTIVE',
    ])
  })

  it.each([
    [episode, 'planned', 'PLANNED'],
    [episode, 'waitlist', 'WAITING'],
    [episode, 'active', 'ACTIVE'],
    [episode, 'onhold', 'ON_HOLD'],
    [episode, 'finished', 'FINISHED'],
    [episode, 'cancelled', 'CANCELLED'],
    [episode, 'entered-in-error', 'ENTERED_IN_ERROR'],
    [episode, 'lost', 'UNKNOWN'],
    [task, 'draft', 'PLANNED'],
    [task, 'requested', 'PLANNED'],
    [task, 'received', 'WAITING'],
    [task, 'accepted', 'WAITING'],
    [task, 'ready', 'WAITING'],
    [task, 'in-progress', 'ACTIVE'],
    [task, 'on-hold', 'ON_HOLD'],
    [task, 'completed', 'FINISHED'],
    [task, 'rejected', 'CANCELLED'],
    [task, 'cancelled', 'CANCELLED'],
    [task, 'failed', 'CANCELLED'],
    [task, 'entered-in-error', 'ENTERED_IN_ERROR'],
    [task, 'lost', 'UNKNOWN'],
    [equipment, 'draft', 'PLANNED'],
    [equipment, 'active', 'ACTIVE'],
    [equipment, 'on-hold', 'ON_HOLD'],
    [equipment, 'revoked', 'CANCELLED'],
    [equipment, 'completed', 'FINISHED'],
    [equipment, 'entered-in-error', 'ENTERED_IN_ERROR'],
    [equipment, 'unknown', 'UNKNOWN'],
  ])(
    'takes the status of $0.resourceType, %s, in the contract’s word',
    (resource, word, status) => {
      expect(onlyItem({ ...resource, status: word }).status).toBe(status)
    },
  )

  it('names a task without a code by its description', () => {
    expect(onlyItem({ ...task, code: undefined }).item).toMatchObject({ code: words('Home visit') })
  })
})
