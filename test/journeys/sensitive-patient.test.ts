import { buildASTSchema, type GraphQLSchema, getNamedType, isInterfaceType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyOf } from '../../population/stories/stories.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { startSystem, type TestSystem } from '../support/system.ts'
import { wholeSelection } from '../support/whole-selection.ts'

const JASMINE = storyOf('jasmine').nhsNumber

/** Her address, telephones and practice, in her own record, in another region's and in free words. */
const PLACES: Readonly<Record<string, RegExp>> = {
  'the postcode': /N1 ?7OO/i,
  'a line of the address': /Cedar Avenue/i,
  'the name of her practice': /Goodinge/i,
  'the code of her practice': /F83008/i,
  'her address in another region': /Harrow Road|W9 ?3XX/i,
  'the place of an appointment': /Room 4, Holloway/i,
  'the place of an attendance': /Hornsey Street/i,
  'the council that cares for her': /Islington/i,
  'the code of that council': /\b706\b/,
  'whom she sees': /Dr Nearby/i,
  'the bytes of a letter': /SGVyIGFkZHJlc3M/,
}

let system: TestSystem
let queries: readonly string[]
let withheld: Awaited<ReturnType<typeof ask>>
let whole: Awaited<ReturnType<typeof ask>>

beforeAll(async () => {
  system = await startSystem({
    stories: ['jasmine'],
    // Every field of everything is more than anybody asks in two seconds.
    env: { LCR_SOURCE_DEADLINE_MS: '20000', LCR_DEADLINE_MS: '25000' },
  })
  await put('ncl', [
    { resourceType: 'Appointment', id: 'appointment', status: 'booked', ...appointment },
    { resourceType: 'Encounter', id: 'encounter', status: 'finished', ...encounter },
    { resourceType: 'DocumentReference', id: 'letter', status: 'current', ...letter },
    {
      resourceType: 'ServiceRequest',
      id: 'referral',
      status: 'active',
      intent: 'order',
      ...referral,
    },
    { resourceType: 'EpisodeOfCare', id: 'care', status: 'active', ...socialCare },
    { resourceType: 'Flag', id: 'flag', status: 'active', ...flag },
  ])
  // Where nobody knows of the flag.
  await put('nwl', [
    unflagged,
    { resourceType: 'Flag', id: 'nwl-flag', status: 'active', ...nwlFlag },
  ])
  await system.catchUp()
  queries = wholeRecord(buildASTSchema(await readContract(), { assumeValid: true }))
  withheld = await ask('nurse.ncl')
  whole = await ask('nurse-s-flag.ncl')
}, 60_000)

afterAll(() => system?.close())

/** Her whole record, merged and by source, with every byte that was sent. */
async function ask(as: string) {
  const variables = { nhsNumber: JASMINE }
  const answers = await Promise.all(queries.map((query) => system.ask(query, { as, variables })))
  const patients = answers.map(({ data }) => data?.patient)
  return {
    text: answers.map(({ text }) => text).join(),
    errors: answers.flatMap(({ errors = [] }) => errors),
    patient: { ...patients[0], ...patients[1] },
  }
}

describe('a sensitive patient', () => {
  it('has something in every place that is searched here', () => {
    for (const { errors, patient } of [withheld, whole]) {
      expect(errors).toEqual([])
      expect(patient.isSensitive).toBe(true)
      expect(patient.records.length).toBe(2)
      for (const section of [
        'appointments',
        'encounters',
        'documents',
        'referrals',
        'socialCare',
      ]) {
        expect([section, patient[section].nodes.length]).toEqual([section, 1])
      }
    }
  })

  it.each(Object.entries(PLACES))(
    'is shown without %s to a nurse whose role does not hold B1611, anywhere in the answer',
    (_what, place) => {
      expect(place.test(withheld.text)).toBe(false)
      expect(place.test(whole.text)).toBe(true)
    },
  )

  it('is shown with the same clinical entries to both', () => {
    const idsOf = (patient: Record<string, { nodes?: { id: string }[] } | null>) =>
      Object.entries(patient).map(([section, connection]) => [
        section,
        connection?.nodes?.map(({ id }) => id),
      ])

    expect(idsOf(withheld.patient)).toEqual(idsOf(whole.patient))
  })

  it('is not found by where she lives without B1611', async () => {
    const search =
      '{ findPatients(birthDate: "1993-04-04", postcode: "N1 7OO") { nhsNumber address } }'
    const found = async (as: string) => (await system.ask(search, { as })).data.findPatients

    expect(await found('nurse.ncl')).toEqual([])
    expect((await found('nurse-s-flag.ncl')).length).toBe(1)
  })
})

/** Everything about a patient: the index's own fields, every section merged, every record by source. */
function wholeRecord(contract: GraphQLSchema): string[] {
  const record = contract.getType('CareRecord')
  if (!isInterfaceType(record)) throw new Error('The contract has no CareRecord')
  const sections = Object.values(record.getFields())
    .map((field) => [field.name, getNamedType(field.type).name] as const)
    .filter(([, type]) => type.endsWith('Connection'))
    .map(([name, type]) => `${name}(first: 100) ${wholeSelection(contract, type)}`)
    .join(' ')
  const demographics = wholeSelection(contract, 'Demographics')
  const own = `isSensitive ${demographics.slice(1, -1)} ${sections} sources { outcome }`
  const bySource = `records { nhsNumber asOf demographics ${demographics} ${sections} }`
  return [own, bySource].map(
    (selection) => `query Whole($nhsNumber: ID!) {
      patient(nhsNumber: $nhsNumber) { ${selection} }
      findPatients(birthDate: "1993-04-04", nhsNumber: $nhsNumber) { name { text } address postcode }
    }`,
  )
}

async function put(participant: string, resources: readonly object[]): Promise<void> {
  const own = system.participants.find(({ code }) => code === participant)
  if (!own) throw new Error(`There is no ${participant}`)
  const db = system.databaseOf(participant)
  const entry = resources.map((resource) => ({ resource }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  await loadBundles(db, own, [{ name: 'sensitive', bundle }])
  await db.destroy()
}

const subject = { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: JASMINE } }
const ods = (value: string, display: string) => ({
  type: 'Organization',
  identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value },
  display,
})
const practice = ods('F83008', 'The Goodinge Group Practice')
const council = ods('706', 'London Borough of Islington')
const doctor = { type: 'Practitioner', display: 'Dr Nearby' }

const appointment = {
  start: '2026-03-01T10:00:00Z',
  end: '2026-03-01T10:20:00Z',
  description: 'Bring your letter to the Goodinge Group Practice',
  participant: [
    { actor: subject, status: 'accepted' },
    { actor: { type: 'Location', display: 'Room 4, Holloway' }, status: 'accepted' },
    { actor: doctor, status: 'accepted' },
  ],
}

const encounter = {
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject,
  period: { start: '2026-02-01T10:00:00Z', end: '2026-02-01T11:00:00Z' },
  serviceProvider: practice,
  location: [{ location: { type: 'Location', display: 'Hornsey Street site' } }],
  participant: [{ individual: doctor }],
}

const letter = {
  subject,
  date: '2026-02-02T10:00:00Z',
  type: { text: 'Letter' },
  description: 'To 40 Cedar Avenue, N1 7OO',
  content: [
    { attachment: { contentType: 'application/pdf', title: 'Letter', data: 'SGVyIGFkZHJlc3M=' } },
  ],
}

const referral = {
  subject,
  authoredOn: '2026-02-03',
  code: { text: 'Referral to respiratory medicine' },
  requester: practice,
  performer: [council, ods('RRV', 'University College London Hospitals')],
}

const socialCare = {
  patient: subject,
  type: [{ text: 'Adult social care' }],
  managingOrganization: council,
  careManager: doctor,
  period: { start: '2025-01-01' },
}

const flag = { code: { text: 'Do not visit 40 Cedar Avenue alone' }, subject }
const nwlFlag = { code: { text: 'Key safe at 9 Harrow Road' }, subject }

/** The same person where nobody knows of the flag. */
const unflagged = {
  resourceType: 'Patient',
  id: 'unflagged',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: JASMINE }],
  name: [{ family: 'Hughes', given: ['Jasmine'] }],
  birthDate: '1993-04-04',
  address: [{ line: ['9 Harrow Road'], city: 'London', postalCode: 'W9 3XX' }],
}
