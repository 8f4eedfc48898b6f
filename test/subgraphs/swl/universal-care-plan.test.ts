import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { participant } from '../../../subgraphs/swl/participant.ts'
import { putItem, putPatient } from '../kit/test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../kit/test-subgraph.ts'

const ADA = '9990000018'
const EVERYTHING = `universalCarePlan {
  title summary updatedAt validUntil author whatMattersToMe preferredPlaceOfCare
  preferredPlaceOfDeath resuscitation { decision text } treatmentEscalation anticipatoryMedicines
  instructions goals keyContacts { name details }
}`

let swl: TestSubgraph

beforeAll(async () => {
  swl = await createTestSubgraph({ participant })
})

beforeEach(async () => {
  await swl.db.deleteFrom('resource').execute()
  await swl.db.deleteFrom('item').execute()
  await putPatient(swl.db, ADA)
})

afterAll(() => swl.close())

it('shows what a clinician in an emergency needs of a Universal Care Plan', async () => {
  await putPlan('ucp', {
    title: 'Universal Care Plan',
    description: 'To stay at home',
    meta: { lastUpdated: '2026-02-03T10:00:00Z' },
    period: { start: '2026-01-01', end: '2027-01-01' },
    author: { display: 'Dr Test' },
    goal: [{ display: 'See the garden in spring' }],
    note: [{ text: 'Key safe by the door' }],
    activity: [
      part('What matters to me', 'My cat'),
      part('Preferred place of care', 'Home'),
      part('Preferred place of death', 'Hospice'),
      part('Resuscitation', 'Would not survive it', '450476008'),
      part('Treatment escalation', 'Hospital for reversible causes, no intensive care'),
      part('Anticipatory medicines', 'Just-in-case box in the kitchen'),
      {
        detail: {
          ...part('Key contact', 'Daughter, 07700 900001').detail,
          performer: [{ display: 'Jo Example' }],
        },
      },
      part('Rescue pack', 'In the hall'),
      { detail: { description: 'Call the rapid response team before 999' } },
    ],
  })

  const { record } = await swl.askRecord(ADA, EVERYTHING)

  expect(record.universalCarePlan).toEqual({
    title: 'Universal Care Plan',
    summary: 'To stay at home',
    updatedAt: '2026-02-03T10:00:00Z',
    validUntil: '2027-01-01',
    author: 'Dr Test',
    whatMattersToMe: 'My cat',
    preferredPlaceOfCare: 'Home',
    preferredPlaceOfDeath: 'Hospice',
    resuscitation: { decision: 'NOT_FOR_CPR', text: 'Would not survive it' },
    treatmentEscalation: 'Hospital for reversible causes, no intensive care',
    anticipatoryMedicines: 'Just-in-case box in the kitchen',
    instructions: [
      'Rescue pack: In the hall',
      'Call the rapid response team before 999',
      'Key safe by the door',
    ],
    goals: ['See the garden in spring'],
    keyContacts: [{ name: 'Jo Example', details: 'Daughter, 07700 900001' }],
  })
})

it('knows one by its SNOMED CT category too, and takes the latest in force', async () => {
  const category = [{ coding: [{ system: 'http://snomed.info/sct', code: '861421000000109' }] }]
  await putPlan('old', { category, created: '2025-01-01', title: 'Old' })
  await putPlan('new', { category, created: '2025-06-01', title: 'New' })
  await putPlan('draft', { category, created: '2026-01-01', title: 'Draft', status: 'draft' })
  await putPlan('other', { created: '2026-01-01', title: 'Diabetes plan' })

  const { record } = await swl.askRecord(ADA, 'universalCarePlan { title resuscitation { text } }')

  expect(record.universalCarePlan).toEqual({ title: 'New', resuscitation: null })
})

it('leaves the decision open where two contradict each other', async () => {
  await putPlan('ucp', {
    title: 'Universal Care Plan',
    activity: [part('Resuscitation', 'No', '450476008'), part('Resuscitation', 'Yes', '450475007')],
  })

  const { record } = await swl.askRecord(
    ADA,
    'universalCarePlan { resuscitation { decision text } }',
  )

  expect(record.universalCarePlan.resuscitation).toEqual({ decision: null, text: 'No\nYes' })
})

it('shows none that was revoked, none that may never be shared, and none of malformed parts', async () => {
  await putPlan('revoked', { title: 'Universal Care Plan', status: 'revoked' })
  await putPlan('restricted', { title: 'Universal Care Plan' }, { is_restricted: true })
  await putItem(swl.db, ADA, 'allergy')
  expect((await swl.askRecord(ADA, EVERYTHING)).record.universalCarePlan).toBeNull()

  await putPlan('odd', {
    title: ' universal care plan ',
    activity: 'none',
    note: [null],
    goal: [3],
  })
  expect((await swl.askRecord(ADA, EVERYTHING)).record.universalCarePlan).toMatchObject({
    title: 'universal care plan',
    instructions: [],
    goals: [],
    keyContacts: [],
  })
})

it('reads it only for the patient that the assertion is for', async () => {
  await putPlan('ucp', { title: 'Universal Care Plan' }, {}, '9990000026')

  expect((await swl.askRecord(ADA, EVERYTHING)).record.universalCarePlan).toBeNull()
})

function part(text: string, description: string, code?: string) {
  const coding = code ? { coding: [{ system: 'http://snomed.info/sct', code }] } : {}
  return { detail: { code: { text, ...coding }, description } }
}

async function putPlan(
  id: string,
  plan: object,
  item: { is_restricted?: boolean } = {},
  nhsNumber = ADA,
): Promise<void> {
  const content = { resourceType: 'CarePlan', id, status: 'active', intent: 'plan', ...plan }
  await swl.db
    .insertInto('resource')
    .values({
      type: 'CarePlan',
      id,
      full_url: null,
      version: null,
      last_updated: null,
      nhs_number: nhsNumber,
      digest: Buffer.alloc(32),
      content: JSON.stringify(content),
    })
    .execute()
  const of = { section: 'carePlans', resource_type: 'CarePlan', resource_id: id }
  await putItem(swl.db, nhsNumber, `swl-${id}`, { ...of, ...item })
}
