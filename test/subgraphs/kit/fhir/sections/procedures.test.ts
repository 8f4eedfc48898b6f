import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { procedure } from '../examples/procedure.ts'
import { sct } from '../examples/tagged.ts'
import { atBarts, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

describe('procedures', () => {
  it('carries everything that a Procedure says into the record', () => {
    expect(onlyItem(procedure)).toEqual({
      section: 'procedures',
      id: 'nel:Procedure/hip',
      sortTime: new Date('2024-03-01T09:00:00Z'),
      lastTime: new Date('2024-03-01T09:00:00Z'),
      sortKey: sortKeyOf(null, 'nel:Procedure/hip'),
      status: 'STOPPED',
      codes: ['52734007'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Procedure/hip',
        code: snomed('52734007', 'Total hip replacement'),
        status: 'STOPPED',
        time: '2024-03-01T09:00:00Z',
        provenance: atBarts('Dr Ngozi Okafor', null),
        notes: ['Consent on file'],
        performed: { start: '2024-03-01T09:00:00Z', end: '2024-03-01T11:00:00Z' },
        performedText: 'In the morning',
        categories: [snomed('387713003', 'Surgical procedure')],
        bodySites: [snomed('287679003', 'Left hip')],
        performers: ['Dr Ngozi Okafor, Consultant', 'Nurse Lind'],
        reasons: [words('Osteoarthritis'), words('Fall at home')],
        outcome: words('To be continued'),
        complications: [words('Blood loss'), snomed('195967001', 'Asthma')],
        followUp: [words('Clinic in six weeks')],
        statusReason: words('Bleeding'),
        devices: [
          {
            ...{ action: words('Implanted'), device: words('Hip prosthesis, size 4') },
            ...{ manufacturer: null, model: null, serialNumber: null, lotNumber: null, udi: null },
            expiresAt: null,
          },
        ],
        used: [
          words('Bone cement'),
          snomed('266731002', 'Walking frame'),
          snomed('39732311000001104', 'Amoxicillin 250mg capsules'),
        ],
      }),
    })
  })

  it('takes a moment as a stretch that ends where it begins', () => {
    const found = onlyItem({ ...procedure, performedPeriod: undefined, performedDateTime: '2024' })
    expect(found.item).toMatchObject({ performed: { start: '2024', end: '2024' }, time: '2024' })
  })

  it.each([
    ['preparation', 'PREPARATION'],
    ['in-progress', 'IN_PROGRESS'],
    ['not-done', 'NOT_DONE'],
    ['on-hold', 'ON_HOLD'],
    ['stopped', 'STOPPED'],
    ['completed', 'COMPLETED'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    ['unknown', 'UNKNOWN'],
    ['finished', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...procedure, status: word }).status).toBe(status)
  })

  it('takes “no known procedures” as a statement', () => {
    const code = sct('787480003', 'No known procedures')
    expect(onlyItem({ ...procedure, code }).isNoneKnown).toBe(true)
  })
})
