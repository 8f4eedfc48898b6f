import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ada, at, ben, bundle, nhsIdentifier, observation, patient } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

let store: TestStore

const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}
const named = (family: string) => ({ name: [{ family }] })
const demographicsOf = async () =>
  (await store.patients()).map((row) => JSON.stringify(row.demographics))

describe.each(['MEMORY', 'TABLES'] as const)('patients, staged in %s', (where) => {
  beforeAll(async () => {
    store = await createTestStore(where)
  })
  beforeEach(() => store.clear())
  afterAll(() => store.close())

  it('moves the record with a corrected NHS number', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    await store.load([patient('a', ben)])
    expect((await store.items()).map((item) => item.nhs_number)).toEqual([ben])
    const [before, after] = await store.patients()
    expect(JSON.stringify(before?.demographics)).not.toContain('Quillfeather')
    expect(JSON.stringify(after?.demographics)).toContain('Quillfeather')
  })

  it('refuses another person under the id of a stored one, and all that hangs on that person', async () => {
    await store.load([patient('a', ada), observation('o1', at('Patient/a'))])
    const before = await store.shown()
    const report = await store.load([
      bundle([patient('a', ben, { birthDate: '1990-09-09' }), observation('o2', at('Patient/a'))]),
    ])
    expect(report.refusalCounts).toEqual({ DIFFERENT_PATIENT: 1, UNKNOWN_PATIENT: 1 })
    expect(await store.shown()).toEqual(before)
  })

  it('lets the last updated of two patients with one NHS number speak, in any order', async () => {
    const older = patient('a', ada, {
      name: [{ family: 'Older', given: ['Ada'] }],
      meta: { lastUpdated: '2025-01-01T00:00:00Z' },
    })
    const newer = patient('b', ada, {
      name: [{ family: 'Newer', given: ['Ada'] }],
      meta: { lastUpdated: '2026-01-01T00:00:00Z' },
    })
    await store.load([
      newer,
      older,
      observation('o1', at('Patient/a')),
      observation('o2', at('Patient/b')),
    ])
    expect((await demographicsOf())[0]).toContain('Newer')
    expect((await store.items()).map((item) => item.nhs_number)).toEqual([ada, ada])
  })

  it('treats a patient as sensitive as long as one of their resources says so', async () => {
    const sensitive = async () => {
      const { patients } = (await store.shown()) as { patients: { is_sensitive: boolean }[] }
      return patients.map((row) => row.is_sensitive)
    }
    await store.load([patient('a', ada, { meta: restricted }), patient('b', ada)])
    expect(await sensitive()).toEqual([true])
    await store.load([patient('b', ada, named('Again'))])
    expect(await sensitive()).toEqual([true])
    await store.load([patient('a', ada)])
    expect(await sensitive()).toEqual([false])
  })

  it('knows the number that replaced another', async () => {
    await store.load([
      patient('a', ada, {
        link: [{ type: 'replaced-by', other: { identifier: nhsIdentifier(ben) } }],
      }),
    ])
    const { patients } = (await store.shown()) as { patients: { superseded_by: string }[] }
    expect(patients.map((row) => row.superseded_by)).toEqual([ben])
  })

  it('registers with the practice when the practice becomes known', async () => {
    const relationships = async () =>
      (
        (await store.shown()) as { relationships: { ods_code: string; kind: string }[] }
      ).relationships.map(({ ods_code, kind }) => [ods_code, kind])
    await store.load([patient('a', ada, { generalPractitioner: [at('Organization/gp')] })])
    expect(await relationships()).toEqual([])
    const [before] = await store.patients()
    await store.load([
      {
        resourceType: 'Organization',
        id: 'gp',
        name: 'The Practice',
        identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'F84001' }],
      },
    ])
    expect(await relationships()).toEqual([['F84001', 'GP_REGISTRATION']])
    expect((await demographicsOf())[0]).toContain('The Practice')
    expect((await store.patients())[0]?.change).toBeGreaterThan(before?.change ?? 0)
  })
})
