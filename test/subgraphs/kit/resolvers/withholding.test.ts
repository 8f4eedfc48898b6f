import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { participant as swl } from '../../../../subgraphs/swl/participant.ts'
import { putItem, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const JASMINE = '9990000093'
const PRACTICE = { odsCode: 'F84001', name: 'Test Practice', kind: 'GP_PRACTICE' }
const source = {
  provenance: [
    { participant: 'swl', organisation: PRACTICE, author: 'Dr Near', recordedAt: '2026-01-01' },
  ],
}

/** Of the patient in test-store.ts: lines, postcode, telephones, practice; and of the entries here. */
const PLACES =
  /Test Street|E1 ?1AA|7946|F84001|Test Practice|Dr Near|Ward 7|Rosewood|St Mary|Hospice|Door 3/i

const SELECTION = `
  demographics { name { text } addresses { text } telecom { value } generalPractice { name }
    contacts { name telecom { value } } }
  allergies { statedNoneKnown { organisation { name } author } nodes { id notes provenance { ...P } } }
  appointments { nodes { id location with description provenance { ...P } } }
  encounters { edges { cursor node { id locations clinicians dischargeDisposition { text } } } }
  documents { nodes { id title attachments { title text data } } }
  universalCarePlan { title whatMattersToMe preferredPlaceOfCare keyContacts { details } }`
const fragments =
  'fragment P on Provenance { participant organisation { odsCode name } author recordedAt }'

let subgraph: TestSubgraph

beforeAll(async () => {
  subgraph = await createTestSubgraph({ participant: swl })
  const put = (id: string, section: string, item: object, more = {}) =>
    putItem(subgraph.db, JASMINE, id, { section, item: { ...source, ...item }, ...more })
  await put('a', 'allergies', { notes: ['Seen at 1 Test Street, E11AA'] })
  await put('none', 'allergies', {}, { is_none_known: true })
  await put('b', 'appointments', { location: 'Ward 7', with: ['Dr Near'], description: 'Review' })
  await put('c', 'encounters', {
    class: 'INPATIENT',
    locations: ['Ward 7'],
    clinicians: ['Dr Near'],
    dischargeDisposition: { text: 'Rosewood' },
  })
  await put('d', 'documents', {
    title: 'Letter to Test Practice',
    attachments: [{ title: 'Letter', text: 'To: Door 3', data: 'RG9vciAz' }],
  })
  await put('e', 'carePlans', {}, { resource_type: 'CarePlan', resource_id: 'plan' })
  await putPlan()
})

beforeEach(() => putPatient(subgraph.db, JASMINE, { is_sensitive: true }))

afterAll(() => subgraph.close())

it('The record of a sensitive patient gives no location away, in any section or addition', async () => {
  const { record, errors } = await subgraph.askRecord(JASMINE, SELECTION, { fragments })

  expect(errors).toBeUndefined()
  expect(JSON.stringify(record)).not.toMatch(PLACES)
  expect(JSON.stringify(record)).not.toContain('RG9vciAz')
  expect(record).toMatchObject({
    demographics: { name: { text: 'Ada Example' }, contacts: [{ name: 'Bob Example' }] },
    allergies: {
      statedNoneKnown: [{ organisation: null, author: null }],
      nodes: [
        {
          id: 'a',
          notes: ['Seen at [withheld], [withheld]'],
          provenance: [
            { participant: 'swl', organisation: null, author: null, recordedAt: '2026-01-01' },
          ],
        },
      ],
    },
    appointments: { nodes: [{ id: 'b', location: null, with: [], description: 'Review' }] },
    documents: { nodes: [{ title: 'Letter to [withheld]', attachments: [{ title: 'Letter' }] }] },
    universalCarePlan: { title: 'Universal Care Plan', whatMattersToMe: 'My cat', keyContacts: [] },
  })
})

it('is the same whether this participant set the flag or, as the assertion says, another', async () => {
  const flaggedHere = await subgraph.askRecord(JASMINE, SELECTION, { fragments })
  await putPatient(subgraph.db, JASMINE)
  const claims = { patient: { nhs_number: JASMINE, is_sensitive: true } }

  expect(await subgraph.askRecord(JASMINE, SELECTION, { fragments, claims })).toEqual(flaggedHere)
})

it('is whole for a role that holds B1611, and for nobody by another activity', async () => {
  const whole = await subgraph.askRecord(JASMINE, SELECTION, {
    fragments,
    activityCodes: ['B0360', 'B1611'],
  })
  await putPatient(subgraph.db, JASMINE)
  const unflagged = await subgraph.askRecord(JASMINE, SELECTION, { fragments })

  expect(whole).toEqual(unflagged)
  for (const place of ['Test Street', 'F84001', 'Ward 7', 'Rosewood', 'St Mary', 'Door 3']) {
    expect(JSON.stringify(whole.record)).toContain(place)
  }
  await putPatient(subgraph.db, JASMINE, { is_sensitive: true })
  const { record } = await subgraph.askRecord(JASMINE, SELECTION, {
    fragments,
    activityCodes: ['B0360', 'B0825'],
  })
  expect(JSON.stringify(record)).not.toMatch(PLACES)
})

it('does not open to B1611 what the role itself may not see', async () => {
  const { record } = await subgraph.askRecord(
    JASMINE,
    'demographics { addresses { text } } appointments { nodes { location } }',
    { roleCode: 'R1290', activityCodes: ['B1611'] },
  )

  expect(record).toEqual({ demographics: { addresses: null }, appointments: null })
})

it('shows nothing of an addition that does not say what it shows of sensitive patients', async () => {
  const silent = await createTestSubgraph({
    participant: {
      ...swl,
      extension: {
        sdl: 'extend type SwlRecord { swlWords: String }',
        resolvers: { SwlRecord: { swlWords: () => 'Rosewood' } },
      },
    },
  })
  await putPatient(silent.db, JASMINE, { is_sensitive: true })
  const shownTo = async (activityCodes: string[]) =>
    (await silent.askRecord(JASMINE, 'swlWords', { activityCodes })).record.swlWords

  expect([await shownTo([]), await shownTo(['B1611'])]).toEqual([null, 'Rosewood'])
  await silent.close()
})

async function putPlan(): Promise<void> {
  const part = (text: string, description: string) => ({ detail: { code: { text }, description } })
  const content = {
    resourceType: 'CarePlan',
    id: 'plan',
    status: 'active',
    title: 'Universal Care Plan',
    author: { display: 'Dr Near' },
    activity: [
      part('What matters to me', 'My cat'),
      part('Preferred place of care', 'St Mary Hospice'),
      part('Key contact', 'Door 3'),
    ],
  }
  await subgraph.db
    .insertInto('resource')
    .values({
      type: 'CarePlan',
      id: 'plan',
      full_url: null,
      version: null,
      last_updated: null,
      nhs_number: JASMINE,
      digest: Buffer.alloc(32),
      content: JSON.stringify(content),
    })
    .execute()
}
