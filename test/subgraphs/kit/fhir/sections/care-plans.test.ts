import { describe, expect, it } from 'vitest'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { carePlan } from '../examples/care-plan.ts'
import { atBarts, contextOf, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

const management = snomed('736056000', 'Asthma clinical management plan')

describe('carePlans', () => {
  it('carries everything that a CarePlan says into the record', () => {
    expect(onlyItem(carePlan)).toEqual({
      section: 'carePlans',
      id: 'nel:CarePlan/plan',
      sortTime: new Date('2024-01-01T00:00:00Z'),
      lastTime: new Date('2024-01-01T23:59:59.999Z'),
      sortKey: sortKeyOf(null, 'nel:CarePlan/plan'),
      status: 'ACTIVE',
      codes: ['736056000'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:CarePlan/plan',
        code: management,
        status: 'ACTIVE',
        time: '2024-01-01',
        provenance: atBarts('Dr Ngozi Okafor, Consultant', '2023-12-20'),
        notes: ['Agreed with the patient', 'Done in March'],
        title: 'Asthma plan',
        intent: 'plan',
        categories: [management],
        description: 'Step up in winter',
        period: { start: '2024-01-01', end: '2024-12-31' },
        createdAt: '2023-12-20',
        activities: [
          {
            code: words('Inhaler check'),
            status: 'scheduled',
            isProhibited: false,
            description: 'With the nurse',
            scheduled: '1 time every 3 months',
            product: null,
            outcomes: [words('Technique good'), words('Peak flow 450')],
          },
          {
            code: words('Physiotherapy'),
            status: 'active',
            isProhibited: false,
            description: 'Physio',
            scheduled: '2024-07-01',
            product: null,
            outcomes: [],
          },
          {
            code: null,
            status: null,
            isProhibited: false,
            description: null,
            scheduled: 'from 2024-02 until 2024-03',
            product: null,
            outcomes: [],
          },
        ],
        goals: [
          {
            ...{ description: 'Walk to the shops', status: 'active', dueOn: '2025-01' },
            achievement: words('Improving'),
          },
          { description: 'Sleep through', status: null, achievement: null, dueOn: null },
        ],
        addresses: [snomed('195967001', 'Asthma')],
        contributors: ['Dr Ngozi Okafor, Consultant', 'Nurse Lind', 'Mile End community team'],
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
    ['forgotten', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...carePlan, status: word }).status).toBe(status)
  })

  it('shows what the plan forbids as forbidden, told in place or in a request of its own', () => {
    const feeding = {
      resourceType: 'MedicationRequest',
      id: 'feeding',
      status: 'active',
      doNotPerform: true,
      medicationCodeableConcept: { text: 'Thin fluids' },
    }
    const activity = [
      { detail: { status: 'in-progress', doNotPerform: true, description: 'Oral feeding' } },
      { detail: { doNotPerform: true } },
      { reference: { reference: 'MedicationRequest/feeding' } },
      { detail: { status: 'in-progress', doNotPerform: false, description: 'Mouth care' } },
    ]
    const found = onlyItem({ ...carePlan, activity }, contextOf({ resources: [feeding] }))
    const blank = { code: null, product: null, description: null, scheduled: null, outcomes: [] }
    const forbidden = { ...blank, status: 'prohibited', isProhibited: true }
    expect(found.item['activities']).toEqual([
      { ...forbidden, description: 'Oral feeding' },
      forbidden,
      { ...forbidden, code: words('Thin fluids') },
      { ...blank, status: 'in-progress', isProhibited: false, description: 'Mouth care' },
    ])
  })

  it('sees one sort of plan with one title from one day as the same', () => {
    const likeness = (change: object) => onlyItem({ ...carePlan, ...change }).item['likeness']
    expect(likeness({ id: 'copy' })).toBe(likeness({}))
    expect(likeness({ title: 'Winter plan' })).not.toBe(likeness({}))
    expect(likeness({ period: undefined, created: undefined })).toBeNull()
  })

  it('names what an activity takes beside what is done', () => {
    const detail = {
      code: { text: 'Supplementation' },
      productReference: { display: 'Potassium' },
    }
    const activitiesOf = (one: object) =>
      onlyItem({ ...carePlan, activity: [{ detail: one }] }).item['activities']
    expect(activitiesOf(detail)).toMatchObject([
      { code: words('Supplementation'), product: words('Potassium') },
    ])
    expect(activitiesOf({ productReference: detail.productReference })).toMatchObject([
      { code: words('Potassium'), product: null },
    ])
  })
})
