import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyOf } from '../../population/stories/stories.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({
    stories: [
      'bernard',
      'carys',
      'dele',
      'jasmine',
      'kwame',
      'lucy',
      'mohammed',
      'nadia',
      'oliver',
      'piotr',
    ],
  })
})

afterAll(() => system?.close())

async function patientOf(key: string, selection: string, nhsNumber = storyOf(key).nhsNumber) {
  const { data, errors } = await system.ask(
    `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) { ${selection} } }`,
    { variables: { nhsNumber } },
  )
  expect(errors).toBeUndefined()
  return data.patient
}

const ALLERGIES = `allergies { status isComplete statedNoneKnown { participant } nodes { id
  substance { display } possibleDuplicateOf provenance { participant } } }`

interface Entry {
  readonly id: string
  readonly kind?: string
  readonly code?: { readonly display: string }
  readonly possibleDuplicateOf: readonly string[]
  readonly provenance: readonly { readonly participant: string }[]
}

describe('one result that two sources hold under one identifier', () => {
  it('is one entry with both provenances; results that only look alike stay apart and point at each other', async () => {
    const { testResults } = await patientOf(
      'nadia',
      'testResults { nodes { id kind code { display } possibleDuplicateOf provenance { participant } } }',
    )
    const sources = testResults.nodes.map(({ provenance }: Entry) =>
      provenance
        .map(({ participant }) => participant)
        .sort()
        .join('+'),
    )
    expect(sources.filter((from: string) => from === 'ncl+nel')).toHaveLength(1)
    const alike: Entry[] = testResults.nodes.filter(
      ({ kind, code }: Entry) =>
        kind === 'RESULT' && code?.display === 'Serum CRP (C reactive protein) level',
    )
    expect(alike).toHaveLength(2)
    expect(alike.map(({ possibleDuplicateOf }) => possibleDuplicateOf)).toEqual([
      [alike[1]?.id],
      [alike[0]?.id],
    ])
  })
})

describe('two sources', () => {
  it('that agree give two entries, each pointing at the other: no double dose', async () => {
    const { allergies, medications } = await patientOf(
      'lucy',
      `${ALLERGIES} medications { nodes { id possibleDuplicateOf provenance { participant } } }`,
    )
    for (const { nodes } of [allergies, medications] as { nodes: Entry[] }[]) {
      expect(
        nodes.flatMap(({ provenance }) => provenance.map(({ participant }) => participant)).sort(),
      ).toEqual(['clch', 'nwl'])
      expect(nodes.map(({ possibleDuplicateOf }) => possibleDuplicateOf)).toEqual([
        [nodes[1]?.id],
        [nodes[0]?.id],
      ])
    }
  })

  it('that contradict are both heard: the allergy, and that another source states none', async () => {
    const selection = `${ALLERGIES} told: allergies { conflicts { kind text participants entries } }`
    const { allergies, told } = await patientOf('mohammed', selection)
    expect(told.conflicts).toEqual([
      {
        kind: 'NONE_KNOWN_BUT_RECORDED',
        text: 'Stated by South East London: the patient has none. Recorded by South West London: entries in force.',
        participants: ['sel', 'swl'],
        entries: [allergies.nodes[0].id],
      },
    ])
    expect(allergies).toMatchObject({
      status: 'HAS_ENTRIES',
      isComplete: true,
      statedNoneKnown: [{ participant: 'sel' }],
      nodes: [{ provenance: [{ participant: 'swl' }] }],
    })
  })
})

describe('absence', () => {
  it('is known to be none where a source says so', async () => {
    const { allergies } = await patientOf('oliver', ALLERGIES)
    expect(allergies).toMatchObject({
      status: 'NONE_KNOWN',
      nodes: [],
      statedNoneKnown: [{ participant: 'whth' }],
    })
  })

  it('is only that nothing is recorded where nobody says anything', async () => {
    const { allergies, encounters } = await patientOf('piotr', `${ALLERGIES} encounters { status }`)
    expect(allergies).toMatchObject({
      status: 'NOTHING_RECORDED',
      nodes: [],
      statedNoneKnown: [],
      isComplete: true,
    })
    expect(encounters.status).toBe('HAS_ENTRIES')
  })
})

describe('a superseded NHS number', () => {
  it('leads to the one in force, and to the records under both', async () => {
    const { nhsNumber, formerNhsNumber = '' } = storyOf('kwame')
    const selection = `nhsNumber requestedNhsNumber supersededNhsNumbers
      records { __typename nhsNumber } diagnoses { isComplete nodes { provenance { participant } } }`
    const former = await patientOf('kwame', selection, formerNhsNumber)
    const present = await patientOf('kwame', selection)
    expect(former.nhsNumber === nhsNumber && former.requestedNhsNumber === formerNhsNumber).toBe(
      true,
    )
    expect(
      former.records.map(({ __typename }: { __typename: string }) => __typename).sort(),
    ).toEqual(['NelRecord', 'SelRecord'])
    expect({ ...former, requestedNhsNumber: '' }).toEqual({ ...present, requestedNhsNumber: '' })
    expect(present.diagnoses.isComplete).toBe(true)
  })
})

describe('a source that may not view', () => {
  it('is seen by others', async () => {
    const { procedures } = await patientOf(
      'carys',
      'procedures { nodes { provenance { participant } } }',
    )
    expect(procedures.nodes.flatMap(({ provenance }: Entry) => provenance)).toContainEqual({
      participant: 'enht',
    })
  })
})

describe('what carries a label of never being shared', () => {
  it('stands in no section of the record', async () => {
    const { diagnoses } = await patientOf('dele', 'diagnoses { nodes { code { display } } }')
    expect(JSON.stringify(diagnoses)).not.toMatch(/gonorrh/i)
  })
})

describe('a sensitive patient', () => {
  const LOCATION = `isSensitive addresses { text } telecom { value } generalPractice { name } contacts { telecom { value } }
    records { demographics { addresses { text } telecom { value } generalPractice { name } contacts { telecom { value } } } }`

  const withheld = { addresses: [], telecom: [], generalPractice: null }

  it('is shown without address, telephone and practice', async () => {
    const patient = await patientOf('jasmine', LOCATION)
    expect(patient).toMatchObject({ isSensitive: true, ...withheld })
    expect(patient.records).toMatchObject([{ demographics: withheld }])
  })

  it('is so with every source, once one has set the flag', async () => {
    const participant = system.participants.find(({ code }) => code === 'nwl')
    if (!participant) throw new Error('There is no nwl')
    const db = system.databaseOf('nwl')
    await loadBundles(db, participant, [
      { name: 'unflagged', bundle: unflagged(storyOf('jasmine').nhsNumber) },
    ])
    await db.destroy()
    await system.catchUp()
    const patient = await patientOf('jasmine', LOCATION)
    expect(patient.records).toMatchObject([{ demographics: withheld }, { demographics: withheld }])
    expect(JSON.stringify(patient)).not.toContain('Harrow Road')
  })
})

/** The same person where nobody knows of the flag. */
function unflagged(nhsNumber: string): object {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        resource: {
          resourceType: 'Patient',
          id: 'unflagged',
          identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber }],
          name: [{ family: 'Hughes', given: ['Jasmine'] }],
          birthDate: '1993-04-04',
          address: [{ line: ['9 Harrow Road'], city: 'London', postalCode: 'W9 3XX' }],
        },
      },
      {
        resource: {
          resourceType: 'Flag',
          id: 'flag',
          status: 'active',
          code: { text: 'Lives alone' },
          subject: { reference: 'Patient/unflagged' },
        },
      },
    ],
  }
}

describe('what a region publishes beyond the contract', () => {
  it('is in its own record: the Universal Care Plan of South West London', async () => {
    const { records } = await patientOf(
      'bernard',
      'records { ... on SwlRecord { universalCarePlan { updatedAt } } }',
    )
    expect(records).toEqual([{ universalCarePlan: { updatedAt: expect.stringMatching(/^20/) } }])
  })
})
