import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readSlices } from '../../../../subgraphs/kit/reading/read-slices.ts'
import { ada, at, ben, observation, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const may = { name: [{ family: 'Ordinary', given: ['May'] }], birthDate: '1962-01-10' }
const moe = { name: [{ family: 'Stranger', given: ['Moe'] }], birthDate: '1985-09-09' }

/** What is shown of the patient under a number: who it is, or why nothing is. */
async function shown(nhsNumber: string) {
  const [held] = await readSlices(store.db, [{ nhsNumber, server: null, section: null }])
  if (held instanceof Error) return (held as { extensions?: { code?: string } }).extensions?.code
  const { name } = (held as { demographics: { name: { family: string } | null } }).demographics
  return name?.family ?? null
}

async function told(nhsNumber: string) {
  const { patients } = (await store.shown()) as {
    patients: { nhs_number: string; demographics: { name: unknown; birthDate: unknown } }[]
  }
  const found = patients.find((one) => one.nhs_number === nhsNumber)
  return [found?.demographics.name ?? null, found?.demographics.birthDate ?? null]
}

describe.each(['MEMORY', 'TABLES'] as const)('several Patients under one number, %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  const loadBoth = (one: object, other: object) =>
    store.load([
      patient('one', ada, { ...one }),
      patient('other', ada, { ...other }),
      observation('o', at('Patient/one')),
    ])

  it.each([
    ['who are two people', may, moe],
    ['of whom one has no date of birth, and another name', may, { ...moe, birthDate: undefined }],
    ['born on one day, of other names', may, { ...moe, birthDate: may.birthDate }],
    ['a generation apart, of one name', may, { ...may, birthDate: '1990-10-30' }],
  ])('%s: nothing of either is shown, and nobody is named', async (_case, one, other) => {
    await loadBoth(one, other)
    expect(await shown(ada)).toBe('SEVERAL_PEOPLE')
    expect(await told(ada)).toEqual([null, null])
  })

  it.each([
    ['who are one person', may, may],
    ['of whom one married', may, { ...may, name: [{ family: 'Married', given: ['May'] }] }],
    ['of whom one leaves the date of birth out', may, { ...may, birthDate: undefined }],
    ['of whom one says nothing', may, { name: undefined, birthDate: undefined }],
  ])('%s: the record is shown', async (_case, one, other) => {
    await loadBoth(one, other)
    expect(await shown(ada)).not.toBe('SEVERAL_PEOPLE')
  })

  it('are shown as before once the wrong one has got its own number', async () => {
    await loadBoth(may, moe)
    await store.load([patient('other', ben, moe)])
    expect([await shown(ada), await shown(ben)]).toEqual(['Ordinary', 'Stranger'])
  })
})
